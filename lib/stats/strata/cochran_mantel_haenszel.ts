/**
 * The Cochran–Mantel–Haenszel test: whether two conditions differ when strata, such as models, have rates of their own.
 *
 * Pooling strata first can make or hide a difference that no stratum has; this test compares only within strata. It looks
 * for a difference in one direction: where it goes up in some strata and down in others see {@linkcode breslowDay}.
 *
 * @module
 */
import { normal } from "../numbers/distributions.ts";
import { type StratifiedTest, type Stratum, sumOver, usableStrata } from "./stratum.ts";

/**
 * Returns the Cochran–Mantel–Haenszel test that the odds ratio is 1 in every stratum, two-sided, by chi-square.
 *
 * Strata with an empty arm or without variation add nothing to it, and are named in the result.
 *
 * Source: Mantel & Haenszel (1959), https://doi.org/10.1093/jnci/22.4.719. Deviation: their continuity correction of ½
 * is left out unless asked for, as it makes the test conservative; R's `mantelhaen.test` makes it by default. As in R it
 * is not made where the difference is smaller than the correction.
 *
 * @param correction "continuity" takes ½ from the difference between what was seen and what was expected
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is out of range or no stratum has both conditions and both outcomes
 *
 * @example
 * ```ts
 * import { cochranMantelHaenszel } from "$lib/stats/strata/cochran_mantel_haenszel.ts";
 * import assert from "node:assert/strict";
 *
 * const { pValue, setAside } = cochranMantelHaenszel([
 *   { first: { successes: 8, trials: 20 }, second: { successes: 0, trials: 20 } },
 *   { first: { successes: 5, trials: 20 }, second: { successes: 1, trials: 20 } },
 *   { first: { successes: 0, trials: 20 }, second: { successes: 0, trials: 20 } },
 * ]);
 * assert(pValue < 0.001);
 * assert.deepEqual(setAside, [{ stratum: 2, reason: "no variation" }]);
 * ```
 */
export function cochranMantelHaenszel(
  strata: readonly Stratum[],
  correction: "none" | "continuity" = "none",
): StratifiedTest {
  const { used, setAside } = usableStrata("a Cochran–Mantel–Haenszel test", strata, true);
  const gap = Math.abs(sumOver(used, ({ x1, n1, successes, total }) => x1 - n1 * successes / total));
  const variance = sumOver(
    used,
    ({ n1, n2, successes, total }) => n1 * n2 * successes * (total - successes) / (total ** 2 * (total - 1)),
  );
  const taken = correction === "continuity" && gap >= 0.5 ? 0.5 : 0;
  const z = (gap - taken) / Math.sqrt(variance);
  return {
    statistic: z ** 2,
    degrees: 1,
    pValue: 2 * normal.cdf(-z, 0, 1),
    method: `cochran-mantel-haenszel${correction === "continuity" ? ", continuity correction" : ""}`,
    setAside,
  };
}
