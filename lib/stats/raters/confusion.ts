/**
 * What one labeler said of the items that another put in a category.
 *
 * @module
 */
import { type Category, checkRatings, countRatings, type Ratings } from "./ratings.ts";

/** Labels of two labelers crossed, and the items that are not in the table as a label is missing. */
export interface Confusion {
  /** Categories that occur: numbers ascending, then names. */
  readonly categories: readonly Category[];
  /** Items by the category of the first labeler (rows) and of the second (columns), both in that order. */
  readonly counts: readonly (readonly number[])[];
  /** Items that only the first labelled. */
  readonly onlyFirst: number;
  /** Items that only the second labelled. */
  readonly onlySecond: number;
  /** Items that neither labelled. */
  readonly neither: number;
}

/**
 * Returns the confusion table of two labelers.
 *
 * @param ratings one row an item, two columns
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if the ratings or weights are malformed
 * @throws {RangeError} if there is no item, or not exactly two labelers
 *
 * @example
 * ```ts
 * import { confusion } from "$lib/stats/raters/confusion.ts";
 * import assert from "node:assert/strict";
 *
 * const { categories, counts, onlyFirst } = confusion([["a", "a"], ["a", "b"], ["b", null], ["a", "b"]]);
 * assert.deepEqual(categories, ["a", "b"]);
 * assert.deepEqual(counts, [[1, 2], [0, 0]]);
 * assert.equal(onlyFirst, 1);
 * ```
 */
export function confusion(ratings: Ratings, weights?: readonly number[]): Confusion {
  checkTwoLabelers("a confusion table", ratings, weights);
  const { categories } = countRatings("a confusion table", ratings, weights);
  const indexOf = new Map(categories.map((category, index) => [category, index]));
  const counts = categories.map(() => categories.map(() => 0));
  let [onlyFirst, onlySecond, neither] = [0, 0, 0];
  for (const [item, [first, second]] of ratings.entries()) {
    const weight = weights?.[item] ?? 1;
    if (first !== null && second !== null) counts[indexOf.get(first)!][indexOf.get(second)!] += weight;
    else if (first !== null) onlyFirst += weight;
    else if (second !== null) onlySecond += weight;
    else neither += weight;
  }
  return { categories, counts, onlyFirst, onlySecond, neither };
}

/** Throws unless `ratings` is a table of exactly two labelers. */
export function checkTwoLabelers(what: string, ratings: Ratings, weights?: readonly number[]): void {
  checkRatings(what, ratings, weights);
  if (ratings[0].length !== 2) {
    throw new RangeError(
      `Cannot compute ${what} as the number of labelers must be 2: current value is ${ratings[0].length}`,
    );
  }
}
