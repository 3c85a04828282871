/**
 * An interval for the mean over clusters that holds whatever the clusters are like.
 *
 * Every other interval here leans on a shape: that clusters are beta-binomial, or that their mean is near normal. Where a
 * few prompts fire and the rest hardly do, a study that drew none of the few cannot know, and those intervals are far too
 * short. This one assumes only that clusters are independent draws and that a rate lies in [0, 1]. Its coverage is at
 * least the level, for any number of clusters, and the price is its width: without an event in 30 prompts it reaches to
 * 15 %.
 *
 * @module
 */
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { createRandom } from "../numbers/random.ts";
import { crossing } from "../numbers/crossing.ts";
import { plugInBets, STAKE } from "./bets.ts";
import { poolClusters } from "./pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** Orders of the clusters over which the capital is averaged, and their seed. */
const ORDERS = 200;
const SEED = 20240;
/** A product beyond this, or below its inverse, is put into the sum of logarithms before it can overflow. */
const LARGE = 1e150;

/**
 * Returns the mean of the clusters' rates with its betting interval: a mean is rejected if a gambler who bets on each
 * cluster in turn that rates lie above (or below) it, and who could not win in the long run if it were true, has turned
 * his capital into 2 / (1 − level).
 *
 * Each cluster counts once, whatever its trials; for clusters of one size the estimate is the pooled rate. Source: the
 * hedged capital of Waudby-Smith & Ramdas (2024), https://doi.org/10.1093/jrsssb/qkad009, with the bets of their
 * fixed-sample interval and the truncation c = 3/4. Deviations: each end is of its own at half the error, which makes both
 * monotone; and as the order of clusters says nothing, the capital is averaged over 200 orders, seeded, which keeps the
 * guarantee and makes the answer the same for clusters in any order.
 *
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { guaranteedInterval } from "$lib/stats/clusters/guaranteed_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const never = Array.from({ length: 30 }, () => ({ successes: 0, trials: 100 }));
 * assert.equal(guaranteedInterval(never).upper.toFixed(3), "0.149");
 * ```
 */
export function guaranteedInterval(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  poolClusters("a guaranteed interval", clusters);
  return bettingInterval(clusters.map(({ successes, trials }) => successes / trials), level);
}

/**
 * Returns the mean of values in [0, 1] with the betting interval of {@linkcode guaranteedInterval}: independent draws are
 * all that it assumes.
 *
 * @throws {RangeError} if the level is not strictly between 0 and 1
 */
export function bettingInterval(values: readonly number[], level: number): Interval {
  const rates = [...values].sort((a, b) => a - b);
  const alike = rates[0] === rates[rates.length - 1];
  const random = createRandom(SEED);
  const orders = alike ? [rates] : Array.from({ length: ORDERS / 2 }, () => {
    const order = rates.map((_, place) => place);
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    // Each with its mirror, so that the interval mirrors where the values do.
    return [order.map((place) => rates[place]), order.map((place) => rates[rates.length - 1 - place])];
  }).flat();
  const estimate = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return { estimate, ...bettingEnds(orders, level), level, method: "betting" };
}

/**
 * Returns the ends of the betting interval for values in [0, 1], the capital averaged over the given orders of them.
 *
 * @throws {RangeError} if the level is not strictly between 0 and 1
 */
export function bettingEnds(orders: readonly (readonly number[])[], level: number): { lower: number; upper: number } {
  checkLevel(level);
  const mirrored = orders.map((order) => order.map((value) => 1 - value));
  return { lower: lowerEnd(orders, level), upper: 1 - lowerEnd(mirrored, level) };
}

/** The mean below which all are rejected. */
function lowerEnd(orders: readonly (readonly number[])[], level: number): number {
  const bets = orders.map((order) => plugInBets(order, level, () => order.length));
  const goal = Math.log(2 / (1 - level));
  const capital = (mean: number) => {
    const logs = orders.map((order, which) => {
      const most = STAKE / mean;
      let [sum, product] = [0, 1]; // one logarithm of many factors: they take most of the time
      for (let i = 0; i < order.length; i++) {
        product *= 1 + Math.min(bets[which][i], most) * (order[i] - mean);
        if (product > LARGE || product < 1 / LARGE) {
          sum += Math.log(product);
          product = 1;
        }
      }
      return sum + Math.log(product);
    });
    const highest = Math.max(...logs);
    return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0) / logs.length);
  };
  return crossing(capital, goal, 0, 1); // at 0 no bet is cut, and no value lies below it
}
