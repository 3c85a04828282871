/**
 * A difference over prompts that were run in two conditions, looked at after every prompt.
 *
 * @module
 */
import { bettingLooks } from "../clusters/confidence_sequence.ts";
import { poolClusters } from "../clusters/pooled.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { ClusterPair } from "./paired_permutation.ts";

/** What is known of a difference after so many pairs. */
export interface PairedLook extends Interval {
  /** How many pairs were seen. */
  readonly pairs: number;
  /** Of the test that there is no difference, valid at whatever look one stops. */
  readonly pValue: number;
}

/**
 * Returns the mean over prompts of the rate in the first condition minus that in the second with its confidence sequence:
 * {@linkcode confidenceSequence} of (difference + 1) / 2, one interval after each prompt in the order given. 0 lies outside
 * an interval where the p-value is at most 1 − level. Assumes that prompts are independent draws, and nothing else.
 *
 * @returns one interval a pair, as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there is no pair
 *
 * @example
 * ```ts
 * import { pairedSequence } from "$lib/stats/pairs/paired_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * const pair = { first: { successes: 8, trials: 10 }, second: { successes: 2, trials: 10 } };
 * const looks = pairedSequence(Array.from({ length: 40 }, () => pair));
 * const shown = looks.find(({ lower }) => lower > 0)!;
 * assert(shown.pairs > 5 && shown.pairs < 20 && shown.pValue <= 0.05);
 * ```
 */
export function pairedSequence(pairs: readonly ClusterPair[], level: number = DEFAULT_LEVEL): PairedLook[] {
  const what = "a confidence sequence of differences";
  poolClusters(`${what} (first condition)`, pairs.map(({ first }) => first));
  poolClusters(`${what} (second condition)`, pairs.map(({ second }) => second));
  const values = pairs.map(({ first, second }) =>
    (first.successes / first.trials - second.successes / second.trials + 1) / 2
  );
  return bettingLooks(values, level, 1 / 2).map(({ estimate, lower, upper, pValue }, at) => ({
    estimate: 2 * estimate - 1,
    lower: 2 * lower - 1,
    upper: 2 * upper - 1,
    level,
    method: "betting on pairs, at any time",
    pairs: at + 1,
    pValue,
  }));
}
