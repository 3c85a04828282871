/**
 * What is left open where it is known how many samples a judge and people called so, and not which.
 *
 * @module
 */
import type { Count } from "../counting/count.ts";
import type { Bounds } from "../../stats/two_rates/missing_contrast_bounds.ts";

/**
 * Bounds on the share of the samples that a reference calls yes which the judge calls yes too, from the counts of both
 * alone, group by group: of n samples of which the judge calls J and the reference R, at least J + R − n and at most the
 * smaller of the two are called by both. A sample that the judge gave no answer for may be either. They are bounds, not
 * an interval: nothing of sampling is in them.
 *
 * Source: Fréchet (1951), "Sur les tableaux de corrélation dont les marges sont données".
 *
 * @param judged counts of the judge, one a group
 * @param reference counts of the reference, over the same samples in the same groups
 * @throws {RangeError} if a group is not in both, if they are not over as many samples, or if the reference calls nothing
 *
 * @example
 * ```ts
 * import { marginBounds } from "$lib/rates/judges/margin_bounds.ts";
 * import assert from "node:assert/strict";
 *
 * const of = (count: number) => [{ group: { model: "m" }, outcome: "refusal", count, scored: 100, missing: 0 }];
 * assert.deepEqual(marginBounds(of(70), of(80)), { lower: 50 / 80, upper: 70 / 80 });
 * ```
 */
export function marginBounds(judged: readonly Count[], reference: readonly Count[]): Bounds {
  const sums = { lower: 0, upper: 0, all: 0 };
  for (const { group, count, scored, missing } of reference) {
    const same = judged.find((one) => Object.entries(group).every(([factor, level]) => one.group[factor] === level));
    const size = scored + missing;
    if (same === undefined || same.scored + same.missing !== size) {
      const found = same === undefined ? "none of the judge" : `${same.scored + same.missing} and ${size} samples`;
      throw new RangeError(
        `Cannot bound group ${JSON.stringify(group)} as both must have it: current value is ${found}`,
      );
    }
    sums.lower += Math.max(0, same.count + count - size);
    sums.upper += Math.min(same.count + same.missing, count);
    sums.all += count;
  }
  if (sums.all === 0) throw new RangeError("Cannot bound a share as the reference calls no sample so");
  return { lower: sums.lower / sums.all, upper: sums.upper / sums.all };
}
