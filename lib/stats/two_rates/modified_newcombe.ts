/**
 * The difference of two small arms, without the shortfall that Newcombe's interval takes over from Wilson's.
 *
 * Exact coverage at a nominal 95 %, least over a grid of both rates (steps of 1/60, finer near 0 and 1): 92.0–92.7 % for
 * arms of 5 and 5, 10 and 10, 10 and 40, and 20 and 20, where Newcombe's falls to 83.6–87.6 % and Miettinen and
 * Nurminen's to 84–89 %. It is 9 % wider than Newcombe's with 5 in each arm on average, 2 % with 10 and 0.5 % with 20.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { modifiedWilson } from "../one_rate/modified_wilson.ts";
import { hybrid, type Proportion } from "./newcombe.ts";

/**
 * Returns the difference `first − second` of two independent proportions with Newcombe's hybrid interval, built from the
 * two {@linkcode modifiedWilson} intervals in place of Wilson's.
 *
 * Source: Newcombe (1998), https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I, with the
 * recovery of variances from any pair of intervals of Zou & Donner (2008), https://doi.org/10.1002/sim.3095.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { modifiedNewcombe } from "$lib/stats/two_rates/modified_newcombe.ts";
 * import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
 * import assert from "node:assert/strict";
 *
 * const [one, none] = [{ successes: 1, trials: 10 }, { successes: 0, trials: 10 }];
 * assert.equal(newcombe(one, none).lower.toFixed(4), "-0.1894");
 * assert.equal(modifiedNewcombe(one, none).lower.toFixed(4), "-0.1933");
 * ```
 */
export function modifiedNewcombe(
  first: Proportion,
  second: Proportion,
  level: number = DEFAULT_LEVEL,
): Interval {
  const arms = [first, second].map(({ successes, trials }) => modifiedWilson(successes, trials, level));
  return hybrid(arms[0], arms[1], "modified newcombe");
}
