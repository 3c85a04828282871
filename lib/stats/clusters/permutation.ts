/**
 * The cluster permutation test: two conditions compared without any assumption about what happens within clusters, or
 * about how many there are.
 *
 * @module
 */
import { poolClusters } from "./pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { createRandom, type Random } from "../numbers/random.ts";
import type { TestResult } from "../numbers/test_result.ts";

/** Up to so many arrangements all are gone through. */
export const MAX_ARRANGEMENTS = 200_000;
/** Random arrangements where there are more: the p-value then has a standard error below 0.005. */
export const DRAWS = 9_999;
/** A gap this much smaller than another is as large: only rounding parts them. */
export const TIE = 1e-12;

/**
 * Tests that two conditions with clusters of their own have the same distribution of clusters, by giving whole clusters
 * to the conditions at random; the statistic is the difference `first − second` of the pooled rates, and gaps of either
 * sign count.
 *
 * Assumes that clusters are exchangeable where there is no effect: given to conditions at random, or at least of the same
 * kind and size. Source: Gail et al. (1996), https://doi.org/10.1002/(SICI)1097-0258(19960615)15:11%3C1069::AID-SIM220%3E3.0.CO;2-Q.
 * All arrangements are gone through if they are at most 200,000; else 9,999 are drawn and the p-value is (b + 1)/(m + 1),
 * never 0: Phipson & Smyth (2010), https://doi.org/10.2202/1544-6115.1585.
 *
 * @param seed whole number in [0, 2³²), used where arrangements are drawn
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the seed is out of range, or a condition has no cluster
 *
 * @example
 * ```ts
 * import { clusterPermutation } from "$lib/stats/clusters/permutation.ts";
 * import assert from "node:assert/strict";
 *
 * const of10 = (...counts: number[]) => counts.map((successes) => ({ successes, trials: 10 }));
 * const { pValue } = clusterPermutation(of10(9, 7, 8, 10), of10(0, 1, 3, 0), 1);
 * assert.equal(pValue, 2 / 70); // the most extreme of 70 arrangements, and its mirror
 * ```
 */
export function clusterPermutation(
  first: readonly Proportion[],
  second: readonly Proportion[],
  seed: number,
): TestResult {
  const one = poolClusters("a cluster permutation test (first condition)", first);
  const other = poolClusters("a cluster permutation test (second condition)", second);
  const random = createRandom(seed);
  const clusters = [...first, ...second];
  const [allSuccesses, allTrials] = [one.successes + other.successes, one.trials + other.trials];
  const gap = (successes: number, trials: number) =>
    successes / trials - (allSuccesses - successes) / (allTrials - trials);
  const statistic = gap(one.successes, one.trials);
  const extreme = (successes: number, trials: number) =>
    Math.abs(gap(successes, trials)) >= Math.abs(statistic) - TIE ? 1 : 0;
  const arrangements = combinations(clusters.length, first.length);
  if (arrangements <= MAX_ARRANGEMENTS) {
    const pValue = countChoices(clusters, first.length, extreme) / arrangements;
    return { statistic, pValue, method: "cluster permutation, exact" };
  }
  const pValue = (countDrawn(clusters, first.length, extreme, random) + 1) / (DRAWS + 1);
  return { statistic, pValue, method: `cluster permutation, ${DRAWS} draws` };
}

function combinations(from: number, size: number): number {
  let count = 1;
  for (let i = 1; i <= size && count <= MAX_ARRANGEMENTS * from; i++) count = count * (from - size + i) / i;
  return Math.round(count);
}

type Extreme = (successes: number, trials: number) => number;

/** How many of the ways to choose `size` clusters are extreme. */
function countChoices(clusters: readonly Proportion[], size: number, extreme: Extreme): number {
  const choose = (from: number, left: number, successes: number, trials: number): number => {
    if (left === 0) return extreme(successes, trials);
    let count = 0;
    for (let i = from; i <= clusters.length - left; i++) {
      count += choose(i + 1, left - 1, successes + clusters[i].successes, trials + clusters[i].trials);
    }
    return count;
  };
  return choose(0, size, 0, 0);
}

/** How many of the drawn ways to choose `size` clusters are extreme. */
function countDrawn(clusters: readonly Proportion[], size: number, extreme: Extreme, random: Random): number {
  const order = [...clusters];
  let count = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let [successes, trials] = [0, 0];
    for (let i = 0; i < size; i++) {
      const other = i + random.below(order.length - i);
      [order[i], order[other]] = [order[other], order[i]];
      successes += order[i].successes;
      trials += order[i].trials;
    }
    count += extreme(successes, trials);
  }
  return count;
}
