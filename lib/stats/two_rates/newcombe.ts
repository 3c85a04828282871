/**
 * Newcombe's hybrid score interval: the interval this project reports for the difference of two independent rates.
 *
 * It is built from the two Wilson intervals, so a difference between 0/100 and 5/100 gets a width that fits the data,
 * where the Wald interval would be too narrow.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { wilson } from "../one_rate/wilson.ts";

/** `successes` of `trials` in one condition. */
export interface Proportion {
  /** How often it came about. */
  readonly successes: number;
  /** Of how many. */
  readonly trials: number;
}

/**
 * Returns the difference `first − second` of two independent proportions with Newcombe's hybrid score interval,
 * without continuity correction.
 *
 * Source: method 10 of Newcombe (1998), Statistics in Medicine 17:873–890,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I. No deviation.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
 * import assert from "node:assert/strict";
 *
 * const gap = newcombe({ successes: 56, trials: 70 }, { successes: 48, trials: 80 });
 * assert.equal(gap.lower.toFixed(4), "0.0524"); // example (a) of the paper's table II
 * assert.equal(gap.upper.toFixed(4), "0.3339");
 * ```
 */
export function newcombe(first: Proportion, second: Proportion, level: number = DEFAULT_LEVEL): Interval {
  const arms = [first, second].map(({ successes, trials }) => wilson(successes, trials, level));
  return hybrid(arms[0], arms[1], "newcombe");
}

/** The difference of two estimates from the intervals of both, by the squares of their distances to the ends. */
export function hybrid(a: Interval, b: Interval, method: string): Interval {
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: estimate + Math.hypot(a.upper - a.estimate, b.estimate - b.lower),
    level: a.level,
    method,
  };
}
