/**
 * How many samples without an event it takes to say that the rate is below some value.
 *
 * @module
 */
import { checkInside } from "../numbers/check_number.ts";
import { normal } from "../numbers/distributions.ts";
import { checkLevel, DEFAULT_LEVEL } from "../numbers/interval.ts";

/** Trials without any success that rule out a rate. */
export interface ZerosToRuleOut {
  /** By the exact bound of Clopper and Pearson, which never claims too much. */
  readonly exact: number;
  /** By the upper end of Wilson's interval, which claims earlier at a one-sided 95 %. */
  readonly wilson: number;
}

/**
 * Returns the smallest numbers of independent trials, all failures, whose one-sided upper bound is at most `rate`.
 *
 * Exact: the trials at which no success would have a probability of at most 1 − level if the rate were `rate`; that is
 * the "rule of three", Hanley & Lippman-Hand (1983), https://doi.org/10.1001/jama.1983.03330370053031, without its
 * approximation. Wilson: the trials at which z² / (trials + z²), the interval's upper end at no success, is at most
 * `rate`; Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953.
 *
 * The upper end of a two-sided 95 % interval is a one-sided bound at 97.5 %. For samples that share prompts, turn the
 * trials into clusters: see `clustersForTrials()` in design_effect.ts.
 *
 * @param level confidence level of the one-sided bound
 * @throws {TypeError} if the rate is not a number
 * @throws {RangeError} if the rate or the level is not strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { zerosToRuleOut } from "$lib/stats/planning/zeros_to_rule_out.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(zerosToRuleOut(0.05), { exact: 59, wilson: 52 });
 * assert.deepEqual(zerosToRuleOut(0.05, 0.975), { exact: 72, wilson: 73 }); // as the two-sided 95 % interval
 * ```
 */
export function zerosToRuleOut(rate: number, level: number = DEFAULT_LEVEL): ZerosToRuleOut {
  checkInside("the zeros that rule out a rate", "the rate", rate);
  checkLevel(level);
  const z = Math.max(0, normal.quantile(level, 0, 1));
  const exact = Math.log1p(-level) / Math.log1p(-rate);
  return {
    // Rounding alone must not cost a sample: 0.9³ is 0.729.
    exact: Math.max(1, Math.ceil(exact * (1 - 1e-14))),
    wilson: Math.max(1, Math.ceil(z ** 2 * (1 - rate) / rate)),
  };
}
