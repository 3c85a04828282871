/**
 * Subversion taken apart by the motive that the model itself gave for the act that decided.
 *
 * @module
 */
import { MOTIVE_NAMES } from "../../acts/vocabulary.ts";
import type { Policy } from "../../policies/policy.ts";
import type { Situation } from "../../policies/situation.ts";
import type { Dataset } from "../../reading/load.ts";
import type { Sample } from "../../samples/sample.ts";
import type { Count } from "../counting/count.ts";
import { levelOf, NOT_RECORDED } from "../counting/fields.ts";
import { judgeSample } from "../counting/verdicts.ts";

/** The motive of a subverting act for which nobody coded one. */
export const NOT_CODED = "motive not coded";

/**
 * Counts, for each motive, the samples that subvert with it, of all samples that are judged: so the counts of a group add
 * up to its subverting samples. A sample without coded acts, or that the policy cannot judge, is missing.
 *
 * @returns one row a group and motive; `outcome` is the motive
 * @throws {RangeError} if several labelers coded acts for a sample
 *
 * @example
 * ```ts
 * import { loadPolicy } from "$lib/policies/load_policy.ts";
 * import { motives } from "$lib/rates/comparing/motives.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = motives([await loadData("opus4-variants")], [], await loadPolicy("obey_or_refuse"), []);
 * const counted = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
 * assert.equal(counted.self_preservation + counted.principal_interest, 15);
 * ```
 */
export function motives(
  datasets: readonly Dataset[],
  by: readonly string[],
  policy: Policy,
  situations: readonly Situation[],
): Count[] {
  const groups = new Map<string, { group: Record<string, string>; samples: Sample[] }>();
  for (const sample of datasets.flatMap(({ samples }) => samples)) {
    const group = Object.fromEntries(by.map((field) => [field, levelOf(sample, field) ?? NOT_RECORDED]));
    const key = JSON.stringify(group);
    const own = groups.get(key) ?? { group, samples: [] };
    groups.set(key, own);
    own.samples.push(sample);
  }
  return [...groups.values()].flatMap(({ group, samples }) => {
    const found = samples.map((sample) => motiveOf(sample, policy, situations));
    const missing = found.filter((motive) => motive === null).length;
    return [...MOTIVE_NAMES, NOT_CODED].map((motive): Count => (
      {
        group,
        outcome: motive,
        count: found.filter((one) => one === motive).length,
        scored: samples.length - missing,
        missing,
      }
    )).filter(({ outcome, count }) => outcome !== NOT_CODED || count > 0);
  });
}

/** The motive of a sample's subversion; `undefined` where it does not subvert, null where that is not known. */
function motiveOf(sample: Sample, policy: Policy, situations: readonly Situation[]): string | null | undefined {
  const verdict = judgeSample(sample, { policy, situations })?.verdict;
  if (verdict === undefined || verdict.outcome === null) return null;
  return verdict.outcome === "subvert" ? verdict.act?.motive ?? NOT_CODED : undefined;
}
