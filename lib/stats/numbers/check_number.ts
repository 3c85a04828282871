/**
 * Refusing the numbers that a plan or a count cannot be made of, each with its name and the current value.
 *
 * @module
 */

/**
 * Throws unless `value` lies in [0, 1].
 *
 * @param what what is to be computed, as the error would name it: "a design effect"
 * @throws {TypeError} if it is not a number
 * @throws {RangeError} if it lies outside
 *
 * @example
 * ```ts
 * import { checkUnit } from "$lib/stats/numbers/check_number.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => checkUnit("a power", "the rate", 5), {
 *   message: "Cannot compute a power as the rate must be between 0 and 1: current value is 5",
 * });
 * ```
 */
export function checkUnit(what: string, name: string, value: number): void {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new TypeError(`Cannot compute ${what} as ${name} must be a number: current value is ${value}`);
  }
  if (value < 0 || value > 1) {
    throw new RangeError(`Cannot compute ${what} as ${name} must be between 0 and 1: current value is ${value}`);
  }
}

/** Throws as {@linkcode checkUnit} does, and a RangeError for 0 and 1 too. */
export function checkInside(what: string, name: string, value: number): void {
  checkUnit(what, name, value);
  if (value === 0 || value === 1) {
    throw new RangeError(
      `Cannot compute ${what} as ${name} must be strictly between 0 and 1: current value is ${value}`,
    );
  }
}

/** Throws a TypeError unless `value` is a whole number, and a RangeError unless it is at least 1. */
export function checkCount(what: string, name: string, value: number): void {
  if (!Number.isInteger(value)) {
    throw new TypeError(`Cannot compute ${what} as ${name} must be a whole number: current value is ${value}`);
  }
  if (value < 1) {
    throw new RangeError(`Cannot compute ${what} as ${name} must be >= 1: current value is ${value}`);
  }
}
