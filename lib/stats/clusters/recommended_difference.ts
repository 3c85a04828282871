/**
 * The interval for the difference of two rates, clustered or not: Newcombe's way to join two intervals, on those of
 * {@linkcode recommendedInterval}.
 *
 * It has an answer where the cluster bootstrap has none: against a control at 0/n. Simulated at a nominal 95 % for 16 pairs
 * of rates, 7 designs with 20–500 samples in 10–100 clusters a condition and correlations from 0 to 0.8, its coverage was
 * 96–98 % on average over the pairs, highest where both rates are small, and nowhere below 92 %.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { hybrid, type Proportion } from "../two_rates/newcombe.ts";
import { recommendedInterval, type Refusal } from "./recommended_interval.ts";

/**
 * Returns the difference `first − second` of two pooled rates with the square-and-add interval of their own.
 *
 * Assumes that the conditions share no clusters; run on the same prompts, they are compared by
 * {@linkcode pairedPermutation}. Source: Newcombe (1998), method 10,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I, and for intervals of any kind Zou
 * & Donner (2008), https://doi.org/10.1002/sim.3095. No deviation.
 *
 * @param intervalOf the interval of one condition, where it is to be another
 * @returns estimate and ends as differences of proportions in [−1, 1], or the reason why there are none
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or a condition has no cluster
 *
 * @example
 * ```ts
 * import { recommendedDifference } from "$lib/stats/clusters/recommended_difference.ts";
 * import assert from "node:assert/strict";
 *
 * const conflict = [9, 7, 10, 4, 8, 10, 9, 6, 10, 5].map((successes) => ({ successes, trials: 10 }));
 * const none = conflict.map(() => ({ successes: 0, trials: 10 }));
 * const gap = recommendedDifference(conflict, none);
 * assert("lower" in gap);
 * assert.equal(`${gap.lower.toFixed(2)} to ${gap.upper.toFixed(2)}`, "0.44 to 0.88");
 * ```
 */
export function recommendedDifference(
  first: readonly Proportion[],
  second: readonly Proportion[],
  level: number = DEFAULT_LEVEL,
  intervalOf: (clusters: readonly Proportion[], level: number) => Interval | Refusal = recommendedInterval,
): Interval | Refusal {
  const [one, other] = [intervalOf(first, level), intervalOf(second, level)];
  if ("refusal" in one) return { refusal: `${one.refusal} (first condition)` };
  if ("refusal" in other) return { refusal: `${other.refusal} (second condition)` };
  const methods = [...new Set([one.method, other.method])];
  return hybrid(one, other, `newcombe on ${methods.join(" and ")}`);
}
