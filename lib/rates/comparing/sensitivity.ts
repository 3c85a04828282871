/**
 * The same acts under several policies: how a rate moves with the standard, and on which samples two standards part.
 *
 * @module
 */
import type { Outcome } from "../../acts/vocabulary.ts";
import type { Verdict } from "../../policies/evaluate.ts";
import type { Policy } from "../../policies/policy.ts";
import type { Situation } from "../../policies/situation.ts";
import type { Dataset } from "../../reading/load.ts";
import type { Sample } from "../../samples/sample.ts";
import { counts } from "../counting/counts.ts";
import { type Rate, rates } from "../counting/rates.ts";
import { judgeSample } from "../counting/verdicts.ts";

/**
 * Returns the rates of one outcome under each policy, grouped by `by` and by `policy`.
 *
 * @throws {RangeError} as {@linkcode counts} does
 *
 * @example
 * ```ts
 * import { loadPolicies } from "$lib/policies/load_policy.ts";
 * import { loadSituations } from "$lib/policies/load_situations.ts";
 * import { sensitivity } from "$lib/rates/comparing/sensitivity.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const variants = await loadData("opus4-variants");
 * const rows = sensitivity([variants], [], await loadPolicies(), await loadSituations(), "subvert");
 * const shares = Object.fromEntries(rows.map(({ group, count }) => [group.policy, count]));
 * assert.equal(shares.obey_or_refuse, 15); // of 40
 * assert.equal(shares.binary_harmful, 2);
 * ```
 */
export function sensitivity(
  datasets: readonly Dataset[],
  by: readonly string[],
  policies: readonly Policy[],
  situations: readonly Situation[],
  outcome: Outcome,
): Rate[] {
  return policies.flatMap((policy) =>
    rates(counts(datasets, by, [{ outcome, policy, situations }])).map((row) => ({
      ...row,
      group: { ...row.group, policy: policy.name },
    }))
  );
}

/** A sample on which two policies part, with what each says. */
export interface Disagreement {
  /** That of the sample. */
  readonly id: string;
  /** What the first policy says. */
  readonly first: Verdict;
  /** What the second policy says. */
  readonly second: Verdict;
}

/**
 * Returns the samples whose outcome differs between two policies, in the order of the data. Samples that a
 * policy leaves missing, for want of acts or of a motive, are not among them.
 *
 * @throws {RangeError} if several labelers coded acts for a sample
 */
export function disagreements(
  samples: readonly Sample[],
  [first, second]: readonly [Policy, Policy],
  situations: readonly Situation[],
): Disagreement[] {
  return samples.flatMap((sample) => {
    const judged = [first, second].flatMap((policy) => judgeSample(sample, { policy, situations }) ?? []);
    if (judged.length === 0) return [];
    const [one, other] = judged.map(({ verdict }) => verdict);
    if (one.outcome === null || other.outcome === null) return []; // missing under one of them
    return one.outcome === other.outcome ? [] : [{ id: sample.id, first: one, second: other }];
  });
}
