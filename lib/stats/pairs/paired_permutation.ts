/**
 * The permutation test for two conditions that were run on the same prompts: each prompt is its own control.
 *
 * @module
 */
import { DRAWS, MAX_ARRANGEMENTS, TIE } from "../clusters/permutation.ts";
import { poolClusters } from "../clusters/pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { createRandom } from "../numbers/random.ts";
import type { TestResult } from "../numbers/test_result.ts";

/** What one prompt gave in either condition. */
export interface ClusterPair {
  /** In the first condition. */
  readonly first: Proportion;
  /** In the second condition. */
  readonly second: Proportion;
}

/**
 * Tests that a prompt gives the same in both conditions, by swapping the two within each pair at random; the statistic is
 * the difference `first − second` of the pooled rates, and gaps of either sign count.
 *
 * Assumes that pairs are independent, and nothing of what happens within them. Source: Gail et al. (1996),
 * https://doi.org/10.1002/(SICI)1097-0258(19960615)15:11%3C1069::AID-SIM220%3E3.0.CO;2-Q. All swaps are gone through if
 * they are at most 200,000 (17 pairs); else 9,999 are drawn and the p-value is (b + 1)/(m + 1), never 0: Phipson & Smyth
 * (2010), https://doi.org/10.2202/1544-6115.1585. Pairs that agree in both counts change nothing, and are left out first.
 *
 * @param seed whole number in [0, 2³²), used where swaps are drawn
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the seed is out of range, or there is no pair
 *
 * @example
 * ```ts
 * import { pairedPermutation } from "$lib/stats/pairs/paired_permutation.ts";
 * import assert from "node:assert/strict";
 *
 * const pair = (first: number, second: number) => ({
 *   first: { successes: first, trials: 10 },
 *   second: { successes: second, trials: 10 },
 * });
 * const pairs = [pair(9, 2), pair(5, 0), pair(3, 0), pair(10, 8), pair(4, 3)];
 * assert.equal(pairedPermutation(pairs, 1).pValue, 2 / 32); // every pair to one side
 * ```
 */
export function pairedPermutation(pairs: readonly ClusterPair[], seed: number): TestResult {
  const what = "a paired permutation test";
  if (!Array.isArray(pairs)) {
    throw new TypeError(`Cannot compute ${what} as pairs must be an array: current value is ${pairs}`);
  }
  const one = poolClusters(`${what} (first condition)`, pairs.map((pair) => pair.first));
  const other = poolClusters(`${what} (second condition)`, pairs.map((pair) => pair.second));
  const random = createRandom(seed);
  // What a swap takes from the first condition and gives to the second.
  const swaps = pairs
    .map(({ first, second }) => ({
      successes: first.successes - second.successes,
      trials: first.trials - second.trials,
    }))
    .filter((swap) => swap.successes !== 0 || swap.trials !== 0);
  const gap = (successes: number, trials: number) =>
    (one.successes - successes) / (one.trials - trials) - (other.successes + successes) / (other.trials + trials);
  const statistic = gap(0, 0);
  const extreme = (successes: number, trials: number) =>
    Math.abs(gap(successes, trials)) >= Math.abs(statistic) - TIE ? 1 : 0;
  if (2 ** swaps.length <= MAX_ARRANGEMENTS) {
    const countFrom = (pair: number, successes: number, trials: number): number =>
      pair === swaps.length ? extreme(successes, trials) : countFrom(pair + 1, successes, trials) +
        countFrom(pair + 1, successes + swaps[pair].successes, trials + swaps[pair].trials);
    return { statistic, pValue: countFrom(0, 0, 0) / 2 ** swaps.length, method: "paired permutation, exact" };
  }
  let count = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let [successes, trials] = [0, 0];
    for (const swap of swaps) {
      if (random.below(2) === 0) continue;
      successes += swap.successes;
      trials += swap.trials;
    }
    count += extreme(successes, trials);
  }
  return { statistic, pValue: (count + 1) / (DRAWS + 1), method: `paired permutation, ${DRAWS} draws` };
}
