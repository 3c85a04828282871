/**
 * The lower end of a score interval for one, two or three successes.
 *
 * There the Wilson interval starts too high: for a rate just below its lower end for one success, about 0.18/n whatever
 * the n, its real coverage falls from 95 % to 84 %.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";

/** Successes (or failures) up to which the end of a score interval is moved. */
const FEW = 3;

/**
 * Returns the one-sided exact (Clopper–Pearson) lower bound at `level` for 1 to `few` successes, below which a score
 * interval should reach; 1, no bound, for any other number.
 *
 * The rate at which so many successes or more in `trials` independent trials have the probability 1 − `level`. Correlated
 * trials make even one success rarer; if they all repeat each other, clusters are the trials. Source: the modified Wilson interval of Brown, Cai & DasGupta (2001), section
 * 4.1, https://doi.org/10.1214/ss/1009213286. Deviations: the binomial distribution where it has the Poisson limit, and
 * up to 3 successes for every n, where it has 2 for n ≤ 50.
 *
 * @example
 * ```ts
 * import { fewEventsLower } from "$lib/stats/one_rate/few_events.ts";
 * import assert from "node:assert/strict";
 *
 * assert(Math.abs(fewEventsLower(1, 100, 0.95) - (1 - 0.95 ** 0.01)) < 1e-12);
 * assert.equal(fewEventsLower(4, 100, 0.95), 1);
 * ```
 */
export function fewEventsLower(successes: number, trials: number, level: number, few: number = FEW): number {
  if (successes < 1 || successes > few) return 1;
  return beta.quantile(1 - level, successes, trials - successes + 1);
}
