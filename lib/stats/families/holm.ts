/**
 * Holm's correction: for a family in which one false claim is one too many.
 *
 * It bounds the probability of any false rejection in the family whatever the dependence between the tests, as
 * Bonferroni's does, and rejects at least as much.
 *
 * @module
 */
import { checkPValues } from "../numbers/p_values.ts";

/**
 * Returns Holm's adjusted p-values in the order given: to reject those at or below `a` keeps the probability of any
 * false rejection in the family at or below `a`.
 *
 * Source: Holm (1979), Scandinavian Journal of Statistics 6:65–70, https://www.jstor.org/stable/4615733; as adjusted
 * p-values in Wright (1992), https://doi.org/10.2307/2532694. No deviation.
 *
 * @param pValues the whole family, each in [0, 1]
 * @throws {TypeError} if a member has no p-value
 * @throws {RangeError} if the family is empty or a p-value lies outside [0, 1]
 *
 * @example
 * ```ts
 * import { holm } from "$lib/stats/families/holm.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(holm([0.04, 0.01, 0.5]), [0.08, 0.03, 0.5]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  checkPValues("Holm's correction", pValues);
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  ascending.forEach((index, smaller) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - smaller) * pValues[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}
