/**
 * The Benjamini–Hochberg correction: for a family that is searched for leads, where some of the claims may be false.
 *
 * @module
 */
import { checkPValues } from "../numbers/p_values.ts";

/**
 * Returns the Benjamini–Hochberg adjusted p-values in the order given: to reject those at or below `q` keeps the
 * expected share of false ones among the rejected at or below `q`.
 *
 * This holds for independent tests and for positively dependent ones (Benjamini & Yekutieli 2001,
 * https://doi.org/10.1214/aos/1013699998), as one-sided z-tests against one shared control are; for two-sided ones it
 * is not proven. Where any dependence must be allowed for, use Holm's.
 *
 * Source: Benjamini & Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x. No deviation.
 *
 * @param pValues the whole family, each in [0, 1]
 * @throws {TypeError} if a member has no p-value
 * @throws {RangeError} if the family is empty or a p-value lies outside [0, 1]
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from "$lib/stats/families/benjamini_hochberg.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(benjaminiHochberg([0.04, 0.01, 0.5]), [0.06, 0.03, 0.5]);
 * ```
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  checkPValues("the Benjamini–Hochberg correction", pValues);
  const descending = [...pValues.keys()].sort((a, b) => pValues[b] - pValues[a]);
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  descending.forEach((index, larger) => {
    const rank = pValues.length - larger;
    smallest = Math.min(smallest, pValues.length / rank * pValues[index]);
    adjusted[index] = smallest;
  });
  return adjusted;
}
