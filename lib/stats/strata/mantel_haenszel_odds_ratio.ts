/**
 * The Mantel–Haenszel odds ratio: one odds ratio for two conditions in all strata, where strata have rates of their own.
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { leastOddsRatio } from "./least_odds_ratio.ts";
import { type StratifiedInterval, type Stratum, type StratumCounts, sumOver, usableStrata } from "./stratum.ts";

/**
 * Returns the odds ratio of `first` against `second` common to all strata, with the interval of Robins, Breslow and
 * Greenland, which holds for few large strata and for many small ones.
 *
 * Strata with an empty arm or without variation add nothing to it, and are named in the result. It assumes that the
 * strata share one odds ratio: {@linkcode breslowDay} tests that.
 *
 * Source: Robins, Breslow & Greenland (1986), https://doi.org/10.2307/2531052. Deviation: where no stratum has both a
 * failure of the first condition and a success of the second, the estimate is `Infinity` (the other way round 0) and the
 * standard error of its logarithm does not exist. The end on that side is then `Infinity` (or 0) and the other is exact:
 * {@linkcode leastOddsRatio}. The method says which.
 *
 * @returns estimate and ends as odds ratios, from 0 to `Infinity`
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or no stratum has both conditions and both outcomes
 *
 * @example
 * ```ts
 * import { mantelHaenszelOddsRatio } from "$lib/stats/strata/mantel_haenszel_odds_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * const { estimate, lower } = mantelHaenszelOddsRatio([
 *   { first: { successes: 8, trials: 20 }, second: { successes: 0, trials: 20 } },
 *   { first: { successes: 5, trials: 20 }, second: { successes: 1, trials: 20 } },
 * ]);
 * assert.equal(estimate.toFixed(2), "17.00");
 * assert(lower > 1);
 * ```
 */
export function mantelHaenszelOddsRatio(strata: readonly Stratum[], level: number = DEFAULT_LEVEL): StratifiedInterval {
  const { used, setAside } = usableStrata("a Mantel–Haenszel odds ratio", strata, true);
  const z = criticalValue(level);
  const r = sumOver(used, towardsFirst);
  const s = sumOver(used, towardsSecond);
  const [pr, qs] = [
    sumOver(used, (k) => agreeing(k) * towardsFirst(k)),
    sumOver(used, (k) => (1 - agreeing(k)) * towardsSecond(k)),
  ];
  const mixed = sumOver(used, (k) => agreeing(k) * towardsSecond(k) + (1 - agreeing(k)) * towardsFirst(k));
  if (r === 0 || s === 0) {
    const ends = s === 0
      ? { estimate: Infinity, lower: leastOddsRatio(strata, level), upper: Infinity }
      : { estimate: 0, lower: 0, upper: 1 / leastOddsRatio(strata.map(swapped), level) };
    return { ...ends, level, method: "exact conditional", setAside };
  }
  const half = z * Math.sqrt((pr / r ** 2 + mixed / (r * s) + qs / s ** 2) / 2);
  const estimate = r / s;
  return {
    estimate,
    lower: estimate * Math.exp(-half),
    upper: estimate * Math.exp(half),
    level,
    method: "robins-breslow-greenland",
    setAside,
  };
}

function swapped({ first, second }: Stratum): Stratum {
  return { first: second, second: first };
}

/** R: the stratum's part in the numerator. */
function towardsFirst({ x1, n2, x2, total }: StratumCounts): number {
  return x1 * (n2 - x2) / total;
}

/** S: the stratum's part in the denominator. */
function towardsSecond({ x1, n1, x2, total }: StratumCounts): number {
  return (n1 - x1) * x2 / total;
}

/** P: share of the stratum's samples that are successes of the first condition or failures of the second; Q is 1 − P. */
function agreeing({ x1, n2, x2, total }: StratumCounts): number {
  return (x1 + n2 - x2) / total;
}
