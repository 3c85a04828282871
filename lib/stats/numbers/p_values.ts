/**
 * What a family of p-values must be before any correction: the whole family, each member with its p-value.
 *
 * The number of tests is what a correction corrects for. A member that is left out because it had no data makes the
 * family smaller and every other result look better, so leaving it out is for the caller to decide and to say.
 *
 * @module
 */

/**
 * Throws unless `pValues` is a family of at least one p-value, each in [0, 1].
 *
 * @throws {TypeError} if a member has no p-value or one that is not a number
 * @throws {RangeError} if the family is empty or a p-value lies outside [0, 1]
 *
 * @example
 * ```ts
 * import { checkPValues } from "$lib/stats/numbers/p_values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => checkPValues("Holm's correction", [0.01, NaN]), {
 *   message: "Cannot compute Holm's correction as the p-value at index 1 must be a number: current value is NaN",
 * });
 * ```
 */
export function checkPValues(what: string, pValues: readonly number[]): void {
  if (!Array.isArray(pValues)) {
    throw new TypeError(`Cannot compute ${what} as the p-values must be an array: current value is ${pValues}`);
  }
  if (pValues.length === 0) {
    throw new RangeError(`Cannot compute ${what} as the number of p-values must be >= 1: current value is 0`);
  }
  // By index: a hole in the array is a member without a p-value too, and forEach() would step over it.
  for (let index = 0; index < pValues.length; index++) {
    const value: unknown = pValues[index];
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TypeError(
        `Cannot compute ${what} as the p-value at index ${index} must be a number: current value is ${value}`,
      );
    }
    if (value < 0 || value > 1) {
      throw new RangeError(
        `Cannot compute ${what} as the p-value at index ${index} must be between 0 and 1: current value is ${value}`,
      );
    }
  }
}
