/**
 * An interval for the mean difference over prompts that were run in two conditions, that holds whatever they are like.
 *
 * @module
 */
import { bettingInterval } from "../clusters/guaranteed_interval.ts";
import { poolClusters } from "../clusters/pooled.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { ClusterPair } from "./paired_permutation.ts";

/**
 * Returns the mean over prompts of the rate in the first condition minus that in the second, with its betting interval:
 * see {@linkcode guaranteedInterval}, applied to (difference + 1) / 2, which lies in [0, 1]. Assumes that prompts are
 * independent draws, and nothing else. It is wide: for prompts that all differ by 20 points, −25 to +51 points with 10 of
 * them and +6 to +29 with 40; {@linkcode pairedPermutation} tells far smaller differences from none.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there is no pair
 *
 * @example
 * ```ts
 * import { guaranteedDifference } from "$lib/stats/pairs/guaranteed_difference.ts";
 * import assert from "node:assert/strict";
 *
 * const pair = (first: number, second: number) => ({
 *   first: { successes: first, trials: 10 },
 *   second: { successes: second, trials: 10 },
 * });
 * const gap = guaranteedDifference(Array.from({ length: 40 }, (_, i) => pair(4 + i % 3, 1 + i % 2)));
 * assert(gap.lower > 0.15 && gap.upper < 0.5);
 * ```
 */
export function guaranteedDifference(pairs: readonly ClusterPair[], level: number = DEFAULT_LEVEL): Interval {
  const what = "a guaranteed difference";
  poolClusters(`${what} (first condition)`, pairs.map(({ first }) => first));
  poolClusters(`${what} (second condition)`, pairs.map(({ second }) => second));
  const share = ({ first, second }: ClusterPair) => first.successes / first.trials - second.successes / second.trials;
  const { estimate, lower, upper } = bettingInterval(pairs.map((pair) => (share(pair) + 1) / 2), level);
  return { estimate: 2 * estimate - 1, lower: 2 * lower - 1, upper: 2 * upper - 1, level, method: "betting on pairs" };
}
