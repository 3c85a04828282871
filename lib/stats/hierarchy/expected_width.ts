/**
 * What more prompts, or more samples of each, would buy.
 *
 * @module
 */
import { checkCount } from "../numbers/check_number.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { type Hierarchy, ORDER } from "./hierarchy.ts";

/**
 * Returns the width to expect of an interval for the mean over units, in a study of `units` units with `samples` samples
 * each: 2z times the standard error √(m(1 − m)(r + (1 − r) / samples) / units), averaged over what the counts so far
 * leave possible of mean m and share r.
 *
 * More samples of the same prompts leave r / units standing, however many they are. An approximation by the normal
 * distribution with m and r known: for few units, or so few successes that the ends are lopsided, the interval that is
 * printed in the end is wider.
 *
 * @returns a width on the scale of rates, in [0, 1] for all but the smallest studies
 * @throws {TypeError} if a number is not whole
 * @throws {RangeError} if a number is below 1
 *
 * @example
 * ```ts
 * import { expectedWidth } from "$lib/stats/hierarchy/expected_width.ts";
 * import { fitHierarchy } from "$lib/stats/hierarchy/hierarchy.ts";
 * import assert from "node:assert/strict";
 *
 * const prompts = [2, 9, 0, 5, 1, 10, 3, 7, 0, 4].map((successes) => ({ successes, trials: 10 }));
 * const fit = fitHierarchy(prompts);
 * assert.equal(expectedWidth(fit, 10, 10).toFixed(2), "0.42");
 * assert.equal(expectedWidth(fit, 10, 100).toFixed(2), "0.40"); // ten times the samples, of the same prompts
 * assert.equal(expectedWidth(fit, 100, 10).toFixed(2), "0.13"); // as many samples, of ten times the prompts
 * ```
 */
export function expectedWidth({ posterior, level }: Hierarchy, units: number, samples: number): number {
  checkCount("an expected width", "units", units);
  checkCount("an expected width", "samples", samples);
  const error = posterior.possibilities(ORDER).reduce(
    (sum, { mean, correlation, weight }) =>
      sum + weight * Math.sqrt(mean * (1 - mean) * (correlation + (1 - correlation) / samples) / units),
    0,
  );
  return 2 * criticalValue(level) * error;
}
