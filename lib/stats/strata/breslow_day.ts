/**
 * The Breslow–Day test with Tarone's correction: whether the strata share one odds ratio.
 *
 * What the Mantel–Haenszel estimates and test sum up is one effect; if strata differ in it, it should be told by stratum.
 * With few events the test sees little: a large p-value does not show that the strata are alike.
 *
 * @module
 */
import { invgamma } from "../numbers/distributions.ts";
import { mantelHaenszelOddsRatio } from "./mantel_haenszel_odds_ratio.ts";
import { type StratifiedTest, type Stratum, type StratumCounts, usableStrata } from "./stratum.ts";

/**
 * Returns the Breslow–Day test, with Tarone's correction, that the odds ratio is the same in every stratum.
 *
 * Each stratum is compared with what the Mantel–Haenszel odds ratio expects in it. Strata with an empty arm or without
 * variation fit every odds ratio: they are named in the result and not counted in the degrees of freedom. If that odds
 * ratio is 0 or infinite every stratum is as extreme as its totals allow; the statistic then tends to 0 and is 0.
 *
 * Source: Breslow & Day (1980), Statistical Methods in Cancer Research, volume I; corrected by Tarone (1985),
 * https://doi.org/10.1093/biomet/72.1.91. No deviation.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is out of range or fewer than 2 strata have both conditions and both outcomes
 *
 * @example
 * ```ts
 * import { breslowDay } from "$lib/stats/strata/breslow_day.ts";
 * import assert from "node:assert/strict";
 *
 * const { degrees, pValue } = breslowDay([
 *   { first: { successes: 18, trials: 20 }, second: { successes: 2, trials: 20 } },
 *   { first: { successes: 2, trials: 20 }, second: { successes: 18, trials: 20 } },
 * ]);
 * assert.equal(degrees, 1);
 * assert(pValue < 0.001);
 * ```
 */
export function breslowDay(strata: readonly Stratum[]): StratifiedTest {
  const { used, setAside } = usableStrata("a Breslow–Day test", strata, true);
  if (used.length < 2) {
    throw new RangeError(
      `Cannot compute a Breslow–Day test as at least 2 strata must have both conditions and both outcomes: current value is ${used.length}`,
    );
  }
  const { estimate } = mantelHaenszelOddsRatio(strata);
  const degrees = used.length - 1;
  const statistic = estimate === 0 || estimate === Infinity ? 0 : taroneStatistic(used, estimate);
  return {
    statistic,
    degrees,
    // The upper tail of chi-square as the lower tail of its inverse: 1 − P(X ≤ x) would lose all digits below 1e−16.
    pValue: statistic === 0 ? 1 : invgamma.cdf(1 / statistic, degrees / 2, 1 / 2),
    method: "breslow-day, tarone correction",
    setAside,
  };
}

function taroneStatistic(strata: readonly StratumCounts[], oddsRatio: number): number {
  let [squares, gaps, variances] = [0, 0, 0];
  for (const stratum of strata) {
    const { x1, n1, n2, successes } = stratum;
    const expected = expectedSuccesses(stratum, oddsRatio);
    const variance = 1 /
      (1 / expected + 1 / (n1 - expected) + 1 / (successes - expected) + 1 / (n2 - successes + expected));
    squares += (x1 - expected) ** 2 / variance;
    gaps += x1 - expected;
    variances += variance;
  }
  return Math.max(0, squares - gaps ** 2 / variances);
}

/** Successes of the first condition that give the odds ratio with the stratum's totals: the possible root of a quadratic. */
function expectedSuccesses({ n1, n2, successes }: StratumCounts, oddsRatio: number): number {
  const b = oddsRatio * (n1 + successes) + n2 - successes;
  const c = oddsRatio * n1 * successes;
  return 2 * c / (b + Math.sqrt(b ** 2 - 4 * (oddsRatio - 1) * c));
}
