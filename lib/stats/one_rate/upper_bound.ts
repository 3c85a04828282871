/**
 * How high a rate can be, at most: what a claim of "it never happened" is worth.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";
import { checkLevel, checkProportion, DEFAULT_LEVEL } from "../numbers/interval.ts";

/** A one-sided bound. It is not an interval: all of 1 − level lies above it, where an interval leaves half. */
export interface UpperBound {
  /** The rate itself, in [0, 1]. */
  readonly estimate: number;
  /** The bound, in [0, 1]. */
  readonly upper: number;
  /** Confidence level of the one side, for example 0.95. */
  readonly level: number;
  /** Name of the method, as printed beside every bound. */
  readonly method: string;
}

/**
 * Returns the exact one-sided upper bound of the rate behind `successes` in `trials` independent trials.
 *
 * Source: Clopper & Pearson (1934), https://doi.org/10.1093/biomet/26.4.404. With no success it is 1 − α^(1 / n), about
 * 3 / n at 95 %: Hanley & Lippman-Hand (1983), https://doi.org/10.1001/jama.1983.03330370053031. No deviation. Trials that
 * share a prompt are not independent, and this bound is then too low.
 *
 * @param successes whole number, 0 to `trials`
 * @param trials whole number, at least 1
 * @param level confidence level of the one side, strictly between 0 and 1
 * @returns estimate and bound as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { upperBound } from "$lib/stats/one_rate/upper_bound.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(upperBound(0, 100).upper.toFixed(4), "0.0295"); // at most 2.95 % with 95 % confidence
 * ```
 */
export function upperBound(successes: number, trials: number, level: number = DEFAULT_LEVEL): UpperBound {
  checkProportion("an upper bound", successes, trials);
  checkLevel(level);
  return {
    estimate: successes / trials,
    upper: boundOf(successes, trials, level),
    level,
    method: "clopper-pearson, one-sided",
  };
}

function boundOf(successes: number, trials: number, level: number): number {
  if (successes === trials) return 1;
  // The closed form without the digits that 1 − α^(1 / n) loses when n is large.
  if (successes === 0) return -Math.expm1(Math.log1p(-level) / trials);
  return beta.quantile(level, successes + 1, trials - successes);
}
