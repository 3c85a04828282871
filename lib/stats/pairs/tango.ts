/**
 * Tango's score interval: by how much two conditions differ when each prompt was run in both.
 *
 * Where the two never disagree it does not shrink to nothing, as `± z × SE` does: its ends are then those of Wilson's
 * interval for 0 of n, to both sides. It tests against 0 as McNemar's chi-square does.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { checkPairs, type PairedCounts } from "./mcnemar.ts";
import { invertScore, score } from "../numbers/score_inversion.ts";

/**
 * Returns the difference `first − second` of two rates measured on the same prompts, with Tango's score interval.
 *
 * Source: Tango (1998), Statistics in Medicine 17:891–908,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C891::AID-SIM780%3E3.0.CO;2-B. No deviation; the ends are found
 * by halving.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is negative, all are 0, or the level is out of range
 *
 * @example
 * ```ts
 * import { tango } from "$lib/stats/pairs/tango.ts";
 * import assert from "node:assert/strict";
 *
 * const gap = tango({ both: 59, onlyFirst: 6, onlySecond: 16, neither: 80 });
 * assert.equal(gap.lower.toFixed(4), "-0.1240");
 * assert.equal(gap.upper.toFixed(4), "-0.0054");
 * ```
 */
export function tango(pairs: PairedCounts, level: number = DEFAULT_LEVEL): Interval {
  checkPairs("Tango's interval", pairs);
  const { onlyFirst, onlySecond } = pairs;
  const total = pairs.both + onlyFirst + onlySecond + pairs.neither;
  const estimate = (onlyFirst - onlySecond) / total;
  const scoreAt = (difference: number) => {
    const rate = onlySecondRate(onlyFirst, onlySecond, total, difference);
    return score(estimate - difference, (2 * rate + difference * (1 - difference)) / total);
  };
  return { estimate, ...invertScore(scoreAt, level, -1, 1), level, method: "tango" };
}

/** The rate of success in the second condition only that fits best under a difference: the larger root of a quadratic. */
function onlySecondRate(onlyFirst: number, onlySecond: number, total: number, difference: number): number {
  const a = 2 * total;
  const b = (2 * total - onlyFirst + onlySecond) * difference - onlyFirst - onlySecond;
  const c = -onlySecond * difference * (1 - difference);
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  // Of the two forms of the root, the one that does not subtract nearly equal numbers.
  return b > 0 ? -2 * c / (b + root) : (root - b) / (2 * a);
}
