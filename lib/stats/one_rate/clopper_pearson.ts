/**
 * The Clopper–Pearson interval of a rate: exact, so it never covers less than its level says, whatever the rate.
 *
 * It pays for that with width: for small samples it covers far more than its level. Wilson's interval, which this project
 * reports by default, is right on average instead; see Brown, Cai & DasGupta (2001),
 * https://doi.org/10.1214/ss/1009213286.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";
import { checkLevel, checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";

/**
 * Returns the Clopper–Pearson interval for `successes` in `trials` independent trials: each end leaves at most half of
 * 1 − level to its side.
 *
 * Source: Clopper & Pearson (1934), https://doi.org/10.1093/biomet/26.4.404, by quantiles of the beta distribution. No
 * deviation.
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
 * import { clopperPearson } from "$lib/stats/one_rate/clopper_pearson.ts";
 * import assert from "node:assert/strict";
 *
 * const none = clopperPearson(0, 100);
 * assert.equal(none.lower, 0);
 * assert.equal(none.upper.toFixed(4), "0.0362");
 * ```
 */
export function clopperPearson(successes: number, trials: number, level: number = DEFAULT_LEVEL): Interval {
  checkProportion("a Clopper–Pearson interval", successes, trials);
  checkLevel(level);
  const side = (1 - level) / 2;
  return {
    estimate: successes / trials,
    lower: successes === 0 ? 0 : beta.quantile(side, successes, trials - successes + 1),
    upper: successes === trials ? 1 : beta.quantile(1 - side, successes + 1, trials - successes),
    level,
    method: "clopper-pearson",
  };
}
