/**
 * Krippendorff's alpha: agreement of any number of labelers beyond chance, with labels missing, for categories with or
 * without an order.
 *
 * Like kappa it is low where one category is rare, even if nearly all labels agree.
 *
 * @module
 */
import { type Agreement, defined, NO_PAIRS, notDefined, ONE_CATEGORY } from "./agreement.ts";
import { countRatings, type Ratings } from "./ratings.ts";

/** Whether categories have an order: names have none, and the order of numbers counts but not their distance. */
export type Scale = "nominal" | "ordinal";

/**
 * Returns Krippendorff's alpha; undefined if all items with two labels have one category.
 *
 * Source: Hayes & Krippendorff (2007), https://doi.org/10.1080/19312450709336664. No deviation.
 *
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed, or a label is not a number on an ordinal scale
 * @throws {RangeError} if there is no item, or fewer than two labelers
 *
 * @example
 * ```ts
 * import { krippendorffAlpha } from "$lib/stats/raters/krippendorff_alpha.ts";
 * import assert from "node:assert/strict";
 *
 * const ratings = [[1, 1, null], [2, 2, 3], [3, 3, 3], [2, null, 1]];
 * assert.equal(krippendorffAlpha(ratings, "nominal").estimate?.toFixed(3), "0.455");
 * ```
 */
export function krippendorffAlpha(ratings: Ratings, scale: Scale, weights?: readonly number[]): Agreement {
  const method = `krippendorff alpha, ${scale}`;
  const { categories, items } = countRatings("Krippendorff's alpha", ratings, weights);
  if (scale !== "nominal" && scale !== "ordinal") {
    throw new TypeError(
      `Cannot compute Krippendorff's alpha as the scale must be nominal or ordinal: current value is ${scale}`,
    );
  }
  const name = categories.find((category) => typeof category === "string");
  if (scale === "ordinal" && name !== undefined) {
    throw new TypeError(
      `Cannot compute Krippendorff's alpha as ordinal labels must be numbers: current value is ${name}`,
    );
  }
  // o_ck: pairs of labels c and k within an item, each item's shared among its labels; n_c: their sums.
  const pairs = categories.map(() => categories.map(() => 0));
  let pairable = 0;
  for (const { counts, raters, weight } of items) {
    if (raters < 2 || weight === 0) continue;
    pairable += weight;
    counts.forEach((first, c) => {
      if (first === 0) return;
      counts.forEach((second, k) => pairs[c][k] += weight * first * (second - (c === k ? 1 : 0)) / (raters - 1));
    });
  }
  if (pairable === 0) return notDefined(NO_PAIRS, 0, method);
  const totals = pairs.map((row) => row.reduce((sum, count) => sum + count, 0));
  const labels = totals.reduce((sum, total) => sum + total, 0);
  if (totals.filter((total) => total > 0).length === 1) return notDefined(ONE_CATEGORY, pairable, method);
  const distance = squaredDistance(scale, totals);
  let [observed, expected] = [0, 0];
  for (let c = 0; c < totals.length; c++) {
    for (let k = 0; k < c; k++) {
      observed += pairs[c][k] * distance(c, k);
      expected += totals[c] * totals[k] * distance(c, k);
    }
  }
  return defined(1 - (labels - 1) * observed / expected, pairable, method);
}

/** The squared difference of two categories; between ranks it is the number of labels from the one to the other. */
function squaredDistance(scale: Scale, totals: readonly number[]): (c: number, k: number) => number {
  if (scale === "nominal") return (c, k) => c === k ? 0 : 1;
  const rank: number[] = [];
  let below = 0;
  for (const total of totals) {
    rank.push(below + total / 2);
    below += total;
  }
  return (c, k) => (rank[c] - rank[k]) ** 2;
}
