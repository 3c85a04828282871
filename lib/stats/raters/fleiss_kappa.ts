/**
 * Fleiss' kappa: agreement of any number of labelers beyond what the shares of the categories would give by chance.
 *
 * With two labelers it is Scott's pi, not Cohen's kappa. Like Cohen's it misleads where one category is rare.
 *
 * @module
 */
import { type Agreement, defined, NO_PAIRS, notDefined, ONE_CATEGORY } from "./agreement.ts";
import { categoryShares, isOneCategory, observedAgreement } from "./percent_agreement.ts";
import { countRatings, type Ratings } from "./ratings.ts";

/**
 * Returns Fleiss' kappa; undefined if all items with two labels have one category.
 *
 * Source: Fleiss (1971), https://doi.org/10.1037/h0031619. Deviation, which changes nothing where no label is missing:
 * as in Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., chapter 2, items with fewer than two labels count
 * for the category shares only, and every item counts the same whatever the number of its labels.
 *
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed
 * @throws {RangeError} if there is no item, or fewer than two labelers
 *
 * @example
 * ```ts
 * import { fleissKappa } from "$lib/stats/raters/fleiss_kappa.ts";
 * import assert from "node:assert/strict";
 *
 * const ratings = [["a", "a", "a"], ["a", "b", "b"], ["b", "b", "b"], ["a", "a", "b"]];
 * assert.equal(fleissKappa(ratings).estimate?.toFixed(4), "0.3333");
 * ```
 */
export function fleissKappa(ratings: Ratings, weights?: readonly number[]): Agreement {
  const { items } = countRatings("Fleiss' kappa", ratings, weights);
  const { observed, pairable } = observedAgreement(items);
  if (pairable === 0) return notDefined(NO_PAIRS, 0, "fleiss kappa");
  if (isOneCategory(items)) return notDefined(ONE_CATEGORY, pairable, "fleiss kappa");
  const expected = categoryShares(items).reduce((sum, share) => sum + share ** 2, 0);
  return defined((observed - expected) / (1 - expected), pairable, "fleiss kappa");
}
