/**
 * The Mantel–Haenszel risk difference: by how much two conditions differ over all strata, weighted by what each can tell.
 *
 * Unlike a ratio it also hears the strata in which nothing happened: they say that there the difference was 0.
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { type StratifiedInterval, type Stratum, sumOver, usableStrata } from "./stratum.ts";

/**
 * Returns the difference `first − second` common to all strata, with Sato's interval, which holds for few large strata
 * and for many small ones.
 *
 * Strata with an empty arm add nothing to it, and are named in the result; strata without variation count. It assumes
 * that the strata share one difference; if they do not, the estimate is their weighted mean and the interval is not for
 * that. Where the variance is 0, as with no success anywhere, an interval of no width would claim certainty: refused.
 *
 * Source: Sato, Greenland & Robins (1989), Biometrics 45:1323–1324, https://www.jstor.org/stable/2531784. Deviation: ends
 * outside [−1, 1] are clipped to it.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, no stratum has both conditions, or the variance is 0
 *
 * @example
 * ```ts
 * import { mantelHaenszelDifference } from "$lib/stats/strata/mantel_haenszel_difference.ts";
 * import assert from "node:assert/strict";
 *
 * const gap = mantelHaenszelDifference([
 *   { first: { successes: 8, trials: 20 }, second: { successes: 0, trials: 20 } },
 *   { first: { successes: 0, trials: 20 }, second: { successes: 0, trials: 20 } },
 * ]);
 * assert.equal(gap.estimate, 0.2);
 * ```
 */
export function mantelHaenszelDifference(
  strata: readonly Stratum[],
  level: number = DEFAULT_LEVEL,
): StratifiedInterval {
  const { used, setAside } = usableStrata("a Mantel–Haenszel difference", strata, false);
  const z = criticalValue(level);
  const weight = sumOver(used, ({ n1, n2, total }) => n1 * n2 / total);
  const estimate = sumOver(used, ({ x1, n1, x2, n2, total }) => (x1 * n2 - x2 * n1) / total) / weight;
  const p = sumOver(
    used,
    ({ x1, n1, x2, n2, total }) => (n1 ** 2 * x2 - n2 ** 2 * x1 + n1 * n2 * (n2 - n1) / 2) / total ** 2,
  );
  const q = sumOver(used, ({ x1, n1, x2, n2, total }) => (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * total));
  const variance = estimate * p + q;
  // Rounding alone can leave a trace of variance where there is none.
  if (variance <= 1e-12 * q) {
    throw new RangeError("Cannot compute a Mantel–Haenszel difference as its variance must be > 0: current value is 0");
  }
  const half = z * Math.sqrt(variance) / weight;
  return {
    estimate,
    lower: Math.max(-1, estimate - half),
    upper: Math.min(1, estimate + half),
    level,
    method: "sato",
    setAside,
  };
}
