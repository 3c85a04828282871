/**
 * What several labelers said of the same items, as every measure of agreement takes it.
 *
 * One row an item, one column a labeler, `null` where a labeler gave no usable label. A missing label is not a
 * category: two labelers who both failed on an item do not agree on it.
 *
 * @module
 */

/** A name or a code of what was seen; the same for every labeler. */
export type Category = string | number;

/** Rows are items, columns are labelers. */
export type Ratings = readonly (readonly (Category | null)[])[];

/** Ratings counted by item and category. */
export interface RatingCounts {
  /** Categories that occur: numbers ascending, then names. */
  readonly categories: readonly Category[];
  /** Per item: how many labelers chose each category, in the order of `categories`. */
  readonly items: readonly CountedItem[];
}

/** The ratings of one item, or of several with the same ratings. */
export interface CountedItem {
  readonly counts: readonly number[];
  /** Labelers who rated it. */
  readonly raters: number;
  /** How many items it stands for. */
  readonly weight: number;
}

/**
 * Counts, for each item, how many labelers chose each category.
 *
 * @param what what is to be computed, as the error would name it: "Fleiss' kappa"
 * @param weights how many items each row stands for; 1 each if not given
 * @throws {TypeError} if a row or a cell is malformed, or a weight not a whole number
 * @throws {RangeError} if there is no item, fewer than two labelers, or a negative weight
 *
 * @example
 * ```ts
 * import { countRatings } from "$lib/stats/raters/ratings.ts";
 * import assert from "node:assert/strict";
 *
 * const { categories, items } = countRatings("a tally", [["comply", "refuse"], ["refuse", null]]);
 * assert.deepEqual(categories, ["comply", "refuse"]);
 * assert.deepEqual(items[1], { counts: [0, 1], raters: 1, weight: 1 });
 * ```
 */
export function countRatings(what: string, ratings: Ratings, weights?: readonly number[]): RatingCounts {
  checkRatings(what, ratings, weights);
  const seen = new Set<Category>();
  for (const row of ratings) for (const cell of row) if (cell !== null) seen.add(cell);
  const categories = [...seen].sort(byKindThenValue);
  const indexOf = new Map(categories.map((category, index) => [category, index]));
  const items = ratings.map((row, item): CountedItem => {
    const counts = new Array<number>(categories.length).fill(0);
    let raters = 0;
    for (const cell of row) {
      if (cell === null) continue;
      counts[indexOf.get(cell)!] += 1;
      raters += 1;
    }
    return { counts, raters, weight: weights?.[item] ?? 1 };
  });
  return { categories, items };
}

/** Throws unless `ratings` is a table with at least one item and two labelers, each cell a category or null. */
export function checkRatings(what: string, ratings: Ratings, weights?: readonly number[]): void {
  if (!Array.isArray(ratings) || !ratings.every(Array.isArray)) {
    throw new TypeError(`Cannot compute ${what} as ratings must be rows of labels: current value is ${ratings}`);
  }
  if (ratings.length === 0) {
    throw new RangeError(`Cannot compute ${what} as the number of items must be >= 1: current value is 0`);
  }
  const labelers = ratings[0].length;
  if (labelers < 2) {
    throw new RangeError(`Cannot compute ${what} as the number of labelers must be >= 2: current value is ${labelers}`);
  }
  for (const [item, row] of ratings.entries()) {
    if (row.length !== labelers) {
      throw new TypeError(
        `Cannot compute ${what} as item ${item} must have ${labelers} labels: current value is ${row.length}`,
      );
    }
    for (const cell of row) {
      if (cell !== null && typeof cell !== "string" && !Number.isFinite(cell)) {
        throw new TypeError(
          `Cannot compute ${what} as each label of item ${item} must be a name, a number or null: ` +
            `current value is ${cell}`,
        );
      }
    }
  }
  if (weights) checkWeights(what, ratings.length, weights);
}

function checkWeights(what: string, items: number, weights: readonly number[]): void {
  if (weights.length !== items) {
    throw new TypeError(
      `Cannot compute ${what} as the number of weights must be ${items}: current value is ${weights.length}`,
    );
  }
  for (const weight of weights) {
    if (!Number.isInteger(weight)) {
      throw new TypeError(`Cannot compute ${what} as weights must be whole numbers: current value is ${weight}`);
    }
    if (weight < 0) throw new RangeError(`Cannot compute ${what} as weights must be >= 0: current value is ${weight}`);
  }
}

function byKindThenValue(a: Category, b: Category): number {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : 1;
}
