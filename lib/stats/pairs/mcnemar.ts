/**
 * McNemar's test: whether two conditions differ when each prompt was run in both.
 *
 * Only prompts on which the two disagree count. If the conditions are alike, each such prompt leans either way with
 * probability ½, whatever the prompts are. Source: McNemar (1947), https://doi.org/10.1007/BF02295996. The approximate
 * versions by chi-square are not offered, as the exact distribution costs nothing.
 *
 * @module
 */
import { binomial } from "../numbers/distributions.ts";
import type { TestResult } from "../numbers/test_result.ts";

/** Pairs of samples, one in each condition on the same prompt, by where there was a success. */
export interface PairedCounts {
  /** Success in both conditions. */
  readonly both: number;
  /** Success in the first only. */
  readonly onlyFirst: number;
  /** Success in the second only. */
  readonly onlySecond: number;
  /** Success in none. */
  readonly neither: number;
}

/**
 * Returns the exact test that the two conditions have the same rate: binomial on the discordant pairs, two-sided.
 *
 * Its error rate is never above the level, and in small samples far below it; {@linkcode mcnemarMidP} is nearer. With no
 * discordant pair the p-value is 1. No deviation from the source.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is negative or all are 0
 *
 * @example
 * ```ts
 * import { mcnemarExact } from "$lib/stats/pairs/mcnemar.ts";
 * import assert from "node:assert/strict";
 *
 * const { pValue } = mcnemarExact({ both: 1, onlyFirst: 1, onlySecond: 7, neither: 12 });
 * assert.equal(pValue, 18 / 256);
 * ```
 */
export function mcnemarExact(pairs: PairedCounts): TestResult {
  checkPairs("an exact McNemar test", pairs);
  return { statistic: null, pValue: Math.min(1, 2 * smallerTail(pairs)), method: "mcnemar exact" };
}

/**
 * Throws unless the counts of pairs are whole numbers, not negative and not all 0.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is negative or all are 0
 */
export function checkPairs(what: string, { both, onlyFirst, onlySecond, neither }: PairedCounts): void {
  for (const [name, value] of Object.entries({ both, onlyFirst, onlySecond, neither })) {
    if (!Number.isInteger(value)) {
      throw new TypeError(`Cannot compute ${what} as ${name} must be a whole number: current value is ${value}`);
    }
    if (value < 0) throw new RangeError(`Cannot compute ${what} as ${name} must be >= 0: current value is ${value}`);
  }
  if (both + onlyFirst + onlySecond + neither < 1) {
    throw new RangeError(`Cannot compute ${what} as pairs must be >= 1: current value is 0`);
  }
}

/** Probability of at most as many in the rarer direction, if both are equally likely. */
function smallerTail({ onlyFirst, onlySecond }: PairedCounts): number {
  return binomial.cdf(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond, 0.5);
}
