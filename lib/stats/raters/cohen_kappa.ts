/**
 * Cohen's kappa: agreement of two labelers beyond what their own category shares would give by chance.
 *
 * It misleads where one category is rare, which is where this field's claims live: two labelers who agree on 95 % of
 * the items can have a kappa near 0, as chance would agree almost as often; see Feinstein & Cicchetti (1990),
 * https://doi.org/10.1016/0895-4356(90)90158-L. Print it with the percent agreement and with Gwet's AC1.
 *
 * @module
 */
import { type Agreement, defined, NO_PAIRS, notDefined, ONE_CATEGORY } from "./agreement.ts";
import { checkTwoLabelers, confusion } from "./confusion.ts";
import type { Ratings } from "./ratings.ts";

/**
 * Returns Cohen's kappa over the items that both labelers labelled; undefined if both used one and the same category.
 *
 * Source: Cohen (1960), https://doi.org/10.1177/001316446002000104. No deviation.
 *
 * @param ratings one row an item, two columns
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed
 * @throws {RangeError} if there is no item, or not exactly two labelers
 *
 * @example
 * ```ts
 * import { cohenKappa } from "$lib/stats/raters/cohen_kappa.ts";
 * import assert from "node:assert/strict";
 *
 * const both = [["yes", "yes"], ["yes", "no"], ["no", "yes"], ["no", "no"]];
 * assert.equal(cohenKappa(both, [20, 5, 10, 15]).estimate?.toFixed(3), "0.400");
 * assert.equal(cohenKappa([["no", "no"], ["no", "no"]]).estimate, null); // neither 0 nor 1
 * ```
 */
export function cohenKappa(ratings: Ratings, weights?: readonly number[]): Agreement {
  checkTwoLabelers("Cohen's kappa", ratings, weights);
  const { counts } = confusion(ratings, weights);
  const firsts = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const seconds = counts.map((_, category) => counts.reduce((sum, row) => sum + row[category], 0));
  const items = firsts.reduce((sum, count) => sum + count, 0);
  if (items === 0) return notDefined(NO_PAIRS, 0, "cohen kappa");
  // In whole numbers, so that "all of one category" is not a matter of rounding.
  const byChance = firsts.reduce((sum, count, category) => sum + count * seconds[category], 0);
  if (byChance === items ** 2) return notDefined(ONE_CATEGORY, items, "cohen kappa");
  const agreed = counts.reduce((sum, row, category) => sum + row[category], 0);
  return defined((agreed * items - byChance) / (items ** 2 - byChance), items, "cohen kappa");
}
