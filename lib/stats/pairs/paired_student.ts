/**
 * Student's interval for the mean difference over prompts that were run in two conditions.
 *
 * @module
 */
import { t } from "../numbers/distributions.ts";
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { poolClusters } from "../clusters/pooled.ts";
import type { ClusterPair } from "./paired_permutation.ts";

/**
 * Returns the rate in the first condition minus that in the second over all pairs, each weighing as many as its trials,
 * with Student's interval from how differently prompts responded: ± t (n − 1) × √(n / (n − 1) × Σ w² (d − D)²) / Σ w. For
 * pairs of one size it is that of the paired t-test: Student (1908), https://doi.org/10.1093/biomet/6.1.1; for unequal ones
 * the linearised variance of a ratio, as for cluster-robust errors: Cameron & Miller (2015),
 * https://doi.org/10.3368/jhr.50.2.317. Assumes that prompts are independent draws and their mean is near normal: where
 * hardly any prompt differs between conditions it is too short.
 *
 * @param pairs both sides of a pair with as many trials
 * @returns estimate and ends as differences of proportions, ends cut to [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than 2 pairs
 *
 * @example
 * ```ts
 * import { pairedStudent } from "$lib/stats/pairs/paired_student.ts";
 * import assert from "node:assert/strict";
 *
 * const pair = (first: number, second: number) => ({
 *   first: { successes: first, trials: 10 },
 *   second: { successes: second, trials: 10 },
 * });
 * const gap = pairedStudent([5, 6, 4, 7, 5, 6, 3, 5, 6, 5].map((first, at) => pair(first, 1 + at % 3)));
 * assert.equal(`${gap.lower.toFixed(2)} to ${gap.upper.toFixed(2)}`, "0.23 to 0.43");
 * ```
 */
export function pairedStudent(pairs: readonly ClusterPair[], level: number = DEFAULT_LEVEL): Interval {
  checkLevel(level);
  const what = "Student's interval of pairs";
  const sides = [pairs.map(({ first }) => first), pairs.map(({ second }) => second)];
  const [first, second] = sides.map((side) => poolClusters(what, side));
  const count = pairs.length;
  if (count < 2) throw new RangeError(`Cannot compute ${what} as there must be at least 2: current number is ${count}`);
  const estimate = first.successes / first.trials - second.successes / second.trials;
  const squares = pairs.reduce(
    (sum, { first, second }) => sum + (first.successes - second.successes - estimate * first.trials) ** 2,
    0,
  );
  const error = Math.sqrt(count / (count - 1) * squares) / first.trials;
  const half = t.quantile((1 + level) / 2, count - 1) * error;
  return {
    estimate,
    lower: Math.max(-1, estimate - half),
    upper: Math.min(1, estimate + half),
    level,
    method: "t on pairs",
  };
}
