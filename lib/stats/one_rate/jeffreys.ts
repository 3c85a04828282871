/**
 * The Jeffreys interval of a rate: the middle of what Jeffreys' prior and the data leave probable.
 *
 * It comes from Bayes' rule but has, used as a confidence interval, about the coverage of Wilson's with a little less
 * width near 0 and 1; see Brown, Cai & DasGupta (2001), https://doi.org/10.1214/ss/1009213286.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";
import { checkLevel, checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";

/**
 * Returns the equal-tailed Jeffreys interval for `successes` in `trials` independent trials: quantiles of the beta
 * distribution with `successes + ½` and `trials − successes + ½`.
 *
 * Source: Brown, Cai & DasGupta (2001), https://doi.org/10.1214/ss/1009213286, and as there the lower
 * end is 0 with no success and the upper end 1 with no failure. The estimate is `successes / trials`, not the posterior
 * mean, so that one rate has one estimate whatever its interval; at levels far below those in use, the middle of the
 * posterior can miss it (1 of 100 at level 0.05). No other deviation.
 *
 * @param successes whole number, 0 to `trials`
 * @param trials whole number, at least 1
 * @param level confidence level, strictly between 0 and 1
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { jeffreys } from "$lib/stats/one_rate/jeffreys.ts";
 * import assert from "node:assert/strict";
 *
 * const none = jeffreys(0, 100);
 * assert.equal(none.lower, 0);
 * assert.equal(none.upper.toFixed(4), "0.0247");
 * ```
 */
export function jeffreys(successes: number, trials: number, level: number = DEFAULT_LEVEL): Interval {
  checkProportion("a Jeffreys interval", successes, trials);
  checkLevel(level);
  const side = (1 - level) / 2;
  const [a, b] = [successes + 0.5, trials - successes + 0.5];
  return {
    estimate: successes / trials,
    lower: successes === 0 ? 0 : beta.quantile(side, a, b),
    upper: successes === trials ? 1 : beta.quantile(1 - side, a, b),
    level,
    method: "jeffreys",
  };
}
