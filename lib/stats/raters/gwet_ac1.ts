/**
 * Gwet's AC1: agreement beyond chance that does not fall apart where one category is rare.
 *
 * Kappa takes the agreement of labelers who both say "no" to nearly everything for chance. AC1 lets chance agree only
 * on items that are hard to label, the more of them the more even the categories. It is no cure: at extreme prevalence
 * it is close to the percent agreement, and says little about the rare category. For that, see the confusion table.
 *
 * @module
 */
import { type Agreement, defined, NO_PAIRS, notDefined } from "./agreement.ts";
import { categoryShares, observedAgreement } from "./percent_agreement.ts";
import { type Category, countRatings, type Ratings } from "./ratings.ts";

/**
 * Returns Gwet's AC1 for any number of labelers.
 *
 * Source: Gwet (2008), https://doi.org/10.1348/000711006X126600; with missing labels as in Gwet (2014), Handbook of
 * Inter-Rater Reliability, 4th ed., chapter 2: items with fewer than two labels count for the category shares only. No
 * deviation.
 *
 * @param categories all that a labeler could choose, whether or not anyone did: AC1 depends on their number, so it
 * is not taken from the data
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed
 * @throws {RangeError} if there is no item, there are fewer than two labelers or categories, or a label is none of them
 *
 * @example
 * ```ts
 * import { cohenKappa } from "$lib/stats/raters/cohen_kappa.ts";
 * import { gwetAc1 } from "$lib/stats/raters/gwet_ac1.ts";
 * import assert from "node:assert/strict";
 *
 * // 90 of 100 items agreed on, all of them "no".
 * const [rows, items] = [[["no", "no"], ["no", "yes"], ["yes", "no"]], [90, 5, 5]];
 * assert.equal(gwetAc1(rows, ["no", "yes"], items).estimate?.toFixed(3), "0.890");
 * assert.equal(cohenKappa(rows, items).estimate?.toFixed(3), "-0.053");
 * ```
 */
export function gwetAc1(ratings: Ratings, categories: readonly Category[], weights?: readonly number[]): Agreement {
  const counted = countRatings("Gwet's AC1", ratings, weights);
  const possible = new Set(categories);
  if (possible.size < 2) {
    throw new RangeError(
      `Cannot compute Gwet's AC1 as the number of categories must be >= 2: current value is ${possible.size}`,
    );
  }
  for (const category of counted.categories) {
    if (!possible.has(category)) {
      throw new RangeError(
        `Cannot compute Gwet's AC1 as labels must be one of ${[...possible].join(", ")}: current value is ${category}`,
      );
    }
  }
  const { observed, pairable } = observedAgreement(counted.items);
  if (pairable === 0) return notDefined(NO_PAIRS, 0, "gwet ac1");
  const spread = categoryShares(counted.items).reduce((sum, share) => sum + share * (1 - share), 0);
  const expected = spread / (possible.size - 1);
  return defined((observed - expected) / (1 - expected), pairable, "gwet ac1");
}
