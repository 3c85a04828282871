/**
 * How far two labelers agree on what samples amount to, standard by standard: what is left of their differences in acts.
 *
 * @module
 */
import { type Outcome, OUTCOMES } from "../../acts/vocabulary.ts";
import type { Policy } from "../../policies/policy.ts";
import type { Situation } from "../../policies/situation.ts";
import type { Sample } from "../../samples/sample.ts";
import { judgeSample } from "../counting/verdicts.ts";
import { type Kappa, kappaOf } from "./kappa.ts";

/** How far two labelers agree on the outcome of samples under one standard: kappa over all four outcomes. */
export interface OutcomeAgreement extends Kappa {
  /** The name of the standard. */
  readonly policy: string;
  /** Samples to which both codings give an outcome. */
  readonly samples: number;
  /** Those to which they give the same. */
  readonly same: number;
  /** Outcome → how many of these samples have it by the first coding. */
  readonly first: Readonly<Record<Outcome, number>>;
  /** The same by the second. */
  readonly second: Readonly<Record<Outcome, number>>;
}

/**
 * Compares what the acts of two labelers amount to under each policy; a sample that one of them did not code, or to which
 * a policy gives no outcome by what was coded, is left out there.
 *
 * @param seed of the bootstrap
 * @throws {RangeError} if under a policy no sample has an outcome by both
 *
 * @example
 * ```ts
 * import { withLabelsOf } from "$lib/labelers/with_labels.ts";
 * import { loadPolicies } from "$lib/policies/load_policy.ts";
 * import { loadSituations } from "$lib/policies/load_situations.ts";
 * import { outcomeAgreement } from "$lib/rates/judges/outcome_agreement.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const { samples } = withLabelsOf(await loadData("palisade-shutdown"), await loadData("palisade-reader"));
 * const names = ["codebook@3", "codebook@3, independent reader"] as const;
 * const rows = outcomeAgreement(samples, names, await loadPolicies(), await loadSituations(), 1);
 * assert(rows.every(({ samples, same }) => samples === 80 && same > 70));
 * ```
 */
export function outcomeAgreement(
  samples: readonly Sample[],
  [one, other]: readonly [string, string],
  policies: readonly Policy[],
  situations: readonly Situation[],
  seed: number,
): OutcomeAgreement[] {
  return policies.map((policy) => {
    const pairs = samples.flatMap((sample) => {
      const by = (labeler: string) => judgeSample(sample, { policy, situations, labeler })?.verdict.outcome ?? null;
      const [first, second] = [by(one), by(other)];
      return first === null || second === null ? [] : [[first, second] as const];
    });
    if (pairs.length === 0) {
      throw new RangeError(
        `Cannot compare outcomes under ${policy.name} as no sample has one by both ${one} and ${other}`,
      );
    }
    return {
      policy: policy.name,
      samples: pairs.length,
      same: pairs.filter(([first, second]) => first === second).length,
      ...kappaOf(pairs, seed),
      first: countsOf(pairs.map(([first]) => first)),
      second: countsOf(pairs.map(([, second]) => second)),
    };
  });
}

function countsOf(outcomes: readonly Outcome[]): Record<Outcome, number> {
  const counts = OUTCOMES.map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]);
  return Object.fromEntries(counts) as Record<Outcome, number>;
}
