/**
 * The Agresti–Coull interval of a rate: Wilson's centre with a plain standard error, simple enough for a blackboard.
 *
 * It always holds Wilson's interval, is wider than it near 0 and 1, and is given for comparison with work that used it;
 * see Brown, Cai & DasGupta (2001), https://doi.org/10.1214/ss/1009213286.
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";

/**
 * Returns the Agresti–Coull interval for `successes` in `trials` independent trials: ± z standard errors after z² / 2
 * successes and as many failures are added.
 *
 * Source: Agresti & Coull (1998), https://doi.org/10.1080/00031305.1998.10480550, with the z of the level, not "add two
 * and two". Two deviations: ends outside [0, 1] are clipped to it, and the estimate is `successes / trials`, not the
 * centre.
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
 * import { agrestiCoull } from "$lib/stats/one_rate/agresti_coull.ts";
 * import assert from "node:assert/strict";
 *
 * const none = agrestiCoull(0, 100);
 * assert.equal(none.lower, 0); // clipped from −0.0074
 * assert.equal(none.upper.toFixed(4), "0.0444");
 * ```
 */
export function agrestiCoull(successes: number, trials: number, level: number = DEFAULT_LEVEL): Interval {
  checkProportion("an Agresti–Coull interval", successes, trials);
  const z = criticalValue(level);
  const added = trials + z ** 2;
  const centre = (successes + z ** 2 / 2) / added;
  const half = z * Math.sqrt(centre * (1 - centre) / added);
  return {
    estimate: successes / trials,
    lower: Math.max(0, centre - half),
    upper: Math.min(1, centre + half),
    level,
    method: "agresti-coull",
  };
}
