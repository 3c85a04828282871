/**
 * How often labelers agree, uncorrected: the plain number that every corrected one should stand beside.
 *
 * @module
 */
import { type Agreement, defined, NO_PAIRS, notDefined } from "./agreement.ts";
import { type CountedItem, countRatings, type Ratings } from "./ratings.ts";

/**
 * Returns the share of pairs of labelers that agree on an item, averaged over the items with at least two labels.
 *
 * With two labelers it is the share of items on which they agree. It is high for any two labelers if one category is
 * rare. Source: the observed agreement of Fleiss (1971), https://doi.org/10.1037/h0031619. Deviation: items need not
 * have the same number of labels; those with fewer than two are left out, and every other item counts the same.
 *
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed
 * @throws {RangeError} if there is no item, or fewer than two labelers
 *
 * @example
 * ```ts
 * import { percentAgreement } from "$lib/stats/raters/percent_agreement.ts";
 * import assert from "node:assert/strict";
 *
 * const ratings = [["refuse", "refuse"], ["comply", "refuse"], ["comply", null]];
 * assert.equal(percentAgreement(ratings).estimate, 0.5); // of the 2 items that both labelled
 * ```
 */
export function percentAgreement(ratings: Ratings, weights?: readonly number[]): Agreement {
  const { observed, pairable } = observedAgreement(countRatings("the percent agreement", ratings, weights).items);
  return pairable === 0
    ? notDefined(NO_PAIRS, 0, "percent agreement")
    : defined(observed, pairable, "percent agreement");
}

/** Returns the mean share of agreeing pairs over the items with at least two labels, and the number of these. */
export function observedAgreement(items: readonly CountedItem[]): { observed: number; pairable: number } {
  let [sum, pairable] = [0, 0];
  for (const { counts, raters, weight } of items) {
    if (raters < 2 || weight === 0) continue;
    let pairs = 0;
    for (const count of counts) pairs += count * (count - 1);
    sum += weight * pairs / (raters * (raters - 1));
    pairable += weight;
  }
  return { observed: sum / pairable, pairable };
}

/** Returns each category's share: the share of an item's labels that it has, averaged over the items with any. */
export function categoryShares(items: readonly CountedItem[]): number[] {
  const shares = new Array<number>(items[0].counts.length).fill(0);
  let rated = 0;
  for (const { counts, raters, weight } of items) {
    if (raters === 0) continue;
    rated += weight;
    counts.forEach((count, category) => shares[category] += weight * count / raters);
  }
  return shares.map((share) => share / rated);
}

/** True if the labels of the items with at least two are all of one category. */
export function isOneCategory(items: readonly CountedItem[]): boolean {
  const used = new Set<number>();
  for (const { counts, raters, weight } of items) {
    if (raters >= 2 && weight > 0) counts.forEach((count, category) => count > 0 && used.add(category));
  }
  return used.size === 1;
}
