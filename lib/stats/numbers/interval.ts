/**
 * What every interval of this project says about itself: its ends, its level and its method.
 *
 * @module
 */

/** An estimate with a confidence interval; all three numbers are on the same scale. */
export interface Interval {
  /** What was estimated. */
  readonly estimate: number;
  /** Lower end. */
  readonly lower: number;
  /** Upper end. */
  readonly upper: number;
  /** Confidence level, for example 0.95. */
  readonly level: number;
  /** Name of the method, as printed beside every interval. */
  readonly method: string;
}

/** The level used where none is given. */
export const DEFAULT_LEVEL = 0.95;

/** Throws a RangeError unless a confidence level is strictly between 0 and 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `Cannot use a confidence level that is not strictly between 0 and 1: current value is ${level}`,
    );
  }
}

/**
 * Throws unless `successes` of `trials` is a countable proportion.
 *
 * @throws {TypeError} if either is not a whole number
 * @throws {RangeError} if `trials` < 1, `successes` < 0 or `successes` > `trials`
 *
 * @example
 * ```ts
 * import { checkProportion } from "$lib/stats/numbers/interval.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => checkProportion("a Wilson interval", 3, 2), RangeError);
 * ```
 */
export function checkProportion(what: string, successes: number, trials: number): void {
  if (!Number.isInteger(trials)) {
    throw new TypeError(`Cannot compute ${what} as trials must be a whole number: current value is ${trials}`);
  }
  if (!Number.isInteger(successes)) {
    throw new TypeError(`Cannot compute ${what} as successes must be a whole number: current value is ${successes}`);
  }
  if (trials < 1) {
    throw new RangeError(`Cannot compute ${what} as trials must be >= 1: current value is ${trials}`);
  }
  if (successes < 0 || successes > trials) {
    throw new RangeError(
      `Cannot compute ${what} as successes must be between 0 and trials (${trials}): current value is ${successes}`,
    );
  }
}
