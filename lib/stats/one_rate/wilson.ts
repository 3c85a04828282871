/**
 * The Wilson score interval: the interval this project reports for every unclustered rate.
 *
 * It keeps near its nominal coverage for small samples and for rates near 0 and 1, where `p ± 1.96 × SE`
 * does not; see Brown, Cai & DasGupta (2001), https://doi.org/10.1214/ss/1009213286.
 *
 * @module
 */
import { checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { criticalValue } from "../numbers/critical_value.ts";

/**
 * Returns the Wilson score interval, without continuity correction, for `successes` in `trials` independent trials.
 *
 * Source: Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953. No deviation, but for ends that are exactly
 * 0 or 1 when no or every trial succeeded.
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
 * import { wilson } from "$lib/stats/one_rate/wilson.ts";
 * import assert from "node:assert/strict";
 *
 * const none = wilson(0, 100);
 * assert.equal(none.lower, 0);
 * assert.equal(none.upper.toFixed(4), "0.0370"); // not ±0
 * ```
 */
export function wilson(successes: number, trials: number, level: number = DEFAULT_LEVEL): Interval {
  checkProportion("a Wilson interval", successes, trials);
  const z = criticalValue(level);
  const estimate = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  const centre = (estimate + z ** 2 / (2 * trials)) / shrink;
  const half = z / shrink * Math.sqrt(estimate * (1 - estimate) / trials + z ** 2 / (4 * trials ** 2));
  return {
    estimate,
    // Rounding alone can step outside [0, 1]: statsmodels GH 7386.
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === trials ? 1 : Math.min(1, centre + half),
    level,
    method: "wilson",
  };
}
