/**
 * How many samples one condition needs for an interval that is narrow enough.
 *
 * @module
 */
import { checkInside, checkUnit } from "../numbers/check_number.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";

/**
 * Returns the smallest number of independent trials whose Wilson interval is at most `width` wide, from end to end, if
 * the observed rate is `rate`.
 *
 * The width falls with every trial, so it solves a quadratic equation and no search is needed. The rate that will be
 * observed is not known; the widest interval is that at 0.5. For samples that share prompts, turn the trials into
 * clusters: see `clustersForTrials()` in design_effect.ts.
 *
 * Source: the width of the interval of Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953, solved for the
 * trials; the successes need not be whole here.
 *
 * @throws {TypeError} if the rate or the width is not a number
 * @throws {RangeError} if the rate lies outside [0, 1], or the width or the level is not strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { samplesForWidth } from "$lib/stats/planning/samples_for_width.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(samplesForWidth(0.5, 0.2), 93); // ±10 points
 * assert.equal(samplesForWidth(0, 0.05), 73); // 0/73 has an upper end of 5 %
 * ```
 */
export function samplesForWidth(rate: number, width: number, level: number = DEFAULT_LEVEL): number {
  checkUnit("the samples for a width", "the rate", rate);
  checkInside("the samples for a width", "the width", width);
  // width = 2z / (n + z²) × √(n·rate·(1 − rate) + z²/4), squared and ordered by powers of n.
  const z2 = criticalValue(level) ** 2;
  const square = width ** 2;
  const linear = 2 * z2 * (square - 2 * rate * (1 - rate));
  const constant = z2 ** 2 * (square - 1); // below 0, so exactly one root is positive
  const root = Math.sqrt(linear ** 2 - 4 * square * constant);
  // The form without cancellation for either sign of the linear term.
  const trials = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (2 * square);
  return Math.ceil(trials);
}
