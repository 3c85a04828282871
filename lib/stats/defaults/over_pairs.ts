/**
 * The interval that is reported over prompts that stand in both arms, with several samples each, where nobody chose
 * another: Student's on the differences of prompts, and the guaranteed one where that is known to fail.
 *
 * Simulated with 10 to 40 prompts of 2 to 10 samples in either arm, rates of 2 to 60 % and effects that differ from prompt
 * to prompt, Student's covers 92–96 % at a nominal 95 % where enough prompts respond differently, and down to nothing
 * where none of a few that fire was drawn. This choice covers at least 93 %: tests/stats/pairs_default_test.ts.
 *
 * @module
 */
import { MIN_CLUSTERS } from "../clusters/pooled.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { guaranteedDifference } from "../pairs/guaranteed_difference.ts";
import type { ClusterPair } from "../pairs/paired_permutation.ts";
import { pairedStudent } from "../pairs/paired_student.ts";
import { intervalOverClusters } from "./over_clusters.ts";

/** So many prompts must have another difference than the commonest, and such a share of them. */
const LEAST_DIFFERING = 5;
const SHARE_DIFFERING = 1 / 4;

/**
 * Returns the difference over pairs with {@linkcode pairedStudent}; with {@linkcode guaranteedDifference} where there are
 * fewer than 10, or fewer than 5 or a quarter of them have another difference than the commonest (often 0), or events lie in so few prompts of an arm
 * that {@linkcode intervalOverClusters} takes the guaranteed interval for it too.
 *
 * @param pairs both sides of a pair with as many trials
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there is no pair
 *
 * @example
 * ```ts
 * import { differenceOverPairs } from "$lib/stats/defaults/over_pairs.ts";
 * import assert from "node:assert/strict";
 *
 * const pair = (first: number, second: number) => ({
 *   first: { successes: first, trials: 10 },
 *   second: { successes: second, trials: 10 },
 * });
 * const moved = [5, 6, 4, 7, 5, 6, 3, 5, 6, 5, 4, 6];
 * assert.equal(differenceOverPairs(moved.map((first, at) => pair(first, 1 + at % 3))).method, "t on pairs");
 * assert.equal(differenceOverPairs(moved.map((_, at) => pair(at === 0 ? 9 : 0, 0))).method, "betting on pairs");
 * ```
 */
export function differenceOverPairs(pairs: readonly ClusterPair[], level: number = DEFAULT_LEVEL): Interval {
  const differing = pairs.length - commonest(pairs);
  const isEnough = pairs.length >= MIN_CLUSTERS &&
    differing >= Math.max(LEAST_DIFFERING, SHARE_DIFFERING * pairs.length);
  if (isEnough && !isInFew(pairs.map(({ first }) => first)) && !isInFew(pairs.map(({ second }) => second))) {
    return pairedStudent(pairs, level);
  }
  return guaranteedDifference(pairs, level);

  function isInFew(arm: readonly ClusterPair["first"][]): boolean {
    const interval = intervalOverClusters(arm, level);
    return "method" in interval && interval.method === "betting";
  }
}

/** How many pairs have the difference that most have. */
function commonest(pairs: readonly ClusterPair[]): number {
  const ofEach = new Map<number, number>();
  for (const { first, second } of pairs) {
    const difference = (first.successes - second.successes) / first.trials;
    ofEach.set(difference, (ofEach.get(difference) ?? 0) + 1);
  }
  return Math.max(0, ...ofEach.values());
}
