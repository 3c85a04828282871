/**
 * How small a common odds ratio can be when the data, taken alone, say it is infinite.
 *
 * @module
 */
import { crossing } from "../numbers/crossing.ts";
import { checkLevel, DEFAULT_LEVEL } from "../numbers/interval.ts";
import { type Stratum, type StratumCounts, usableStrata } from "./stratum.ts";

/** Odds ratios are searched between e^−60 and e^60, beyond what any whole numbers can show. */
const LOG_RANGE = 60;

/**
 * Returns the lower end of the exact conditional interval of the common odds ratio, for strata each of which has as many
 * successes in the first condition as its totals allow: the odds ratio under which that has probability (1 − level) / 2.
 *
 * A plug-in variance cannot serve here: it sees no spread where one cell is always 0, and puts the end far too high.
 *
 * Source: Agresti (1992), https://doi.org/10.1214/ss/1177011454, and R's `mantelhaen.test` with `exact = TRUE`. No deviation; found by halving on the logarithm.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, no stratum has both conditions and both outcomes, or one
 * of them has both a failure of the first condition and a success of the second
 *
 * @example
 * ```ts
 * import { leastOddsRatio } from "$lib/stats/strata/least_odds_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * const separated = { first: { successes: 3, trials: 3 }, second: { successes: 0, trials: 3 } };
 * assert.equal(leastOddsRatio([separated]).toFixed(4), "0.6480");
 * ```
 */
export function leastOddsRatio(strata: readonly Stratum[], level: number = DEFAULT_LEVEL): number {
  checkLevel(level);
  const { used } = usableStrata("a least odds ratio", strata, true);
  const open = used.filter(({ x1, n1, x2 }) => x1 < n1 && x2 > 0);
  if (open.length > 0) {
    throw new RangeError(
      `Cannot compute a least odds ratio as strata with failures in the first condition and successes in the second must be 0: current value is ${open.length}`,
    );
  }
  // Falls as the logarithm falls, so the search runs along its negative.
  const logChance = (falling: number) => used.reduce((sum, stratum) => sum + logChanceOfMost(stratum, -falling), 0);
  return Math.exp(-crossing(logChance, Math.log((1 - level) / 2), -LOG_RANGE, LOG_RANGE));
}

/** Logarithm of the probability, given the stratum's totals, of the most successes in the first condition. */
function logChanceOfMost({ x1, n1, n2, successes }: StratumCounts, logOddsRatio: number): number {
  let [weight, sum] = [1, 1];
  // Weights of fewer successes as multiples of that of the most, each from its neighbour.
  for (let k = x1; k > Math.max(0, successes - n2) && weight > 0; k--) {
    weight *= (k * (n2 - successes + k)) / ((successes - k + 1) * (n1 - k + 1)) * Math.exp(-logOddsRatio);
    sum += weight;
  }
  return -Math.log(sum);
}
