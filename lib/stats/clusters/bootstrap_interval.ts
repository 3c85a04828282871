/**
 * A bootstrap interval over items for any measure of agreement.
 *
 * Items are drawn with replacement, labels of an item stay together. Items count as independent: where samples share a
 * prompt, the interval is too narrow.
 *
 * @module
 */
import type { Agreement } from "../raters/agreement.ts";
import { bca } from "./bca.ts";
import { checkBootstrap, DEFAULT_REPLICATES } from "./bootstrap.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { createRandom } from "../numbers/random.ts";
import { type Category, checkRatings, type Ratings } from "../raters/ratings.ts";

/** Fewer items than this are not resampled. */
export const FEWEST_ITEMS = 10;

/** A measure of agreement with a bootstrap interval, or with the reason why there is none. */
export interface BootstrapInterval {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Why there is no estimate or no interval; null if there is. */
  readonly reason: string | null;
  readonly level: number;
  readonly method: string;
  readonly replicates: number;
  /** Replicates in which the measure was undefined, for instance as only one category was drawn; left out. */
  readonly undefinedReplicates: number;
}

/**
 * Returns a measure of agreement with its bias-corrected and accelerated (BCa) bootstrap interval.
 *
 * There is no interval, and a reason instead, if the measure is the same in every replicate, as it is for perfect
 * agreement: resampling cannot show the disagreement that was not seen. Nor is there one if so many replicates leave
 * the measure undefined that an end could lie among them.
 *
 * Rows that are alike are drawn together, so the cost grows with the draws and the number of different rows.
 * Source: see {@linkcode bca}; the influence of an item is that of the jackknife, Efron (1987), section 6,
 * https://doi.org/10.1080/01621459.1987.10478410.
 *
 * @param measure any of this project's measures, such as `cohenKappa`
 * @throws {TypeError} if the ratings are malformed
 * @throws {RangeError} if there is no item, or the seed, the replicates or the level is out of range
 *
 * @example
 * ```ts
 * import { bootstrapInterval } from "$lib/stats/clusters/bootstrap_interval.ts";
 * import { cohenKappa } from "$lib/stats/raters/cohen_kappa.ts";
 * import assert from "node:assert/strict";
 *
 * const ratings = Array.from({ length: 60 }, (_, i) => [i % 2, i % 10 === 0 ? 1 - i % 2 : i % 2]);
 * const { estimate, lower, upper } = bootstrapInterval(ratings, cohenKappa, { seed: 1, replicates: 2000 });
 * assert(lower! < estimate! && estimate! < upper!);
 * ```
 */
export function bootstrapInterval(
  ratings: Ratings,
  measure: (ratings: Ratings, weights: readonly number[]) => Agreement,
  { seed, replicates = DEFAULT_REPLICATES, level = DEFAULT_LEVEL }: {
    seed: number;
    replicates?: number;
    level?: number;
  },
): BootstrapInterval {
  checkRatings("a bootstrap interval", ratings);
  checkBootstrap("a bootstrap interval", level, replicates);
  const random = createRandom(seed);
  const { rows, weights, rowOf } = distinctRows(ratings);
  const { estimate, reason, method } = measure(rows, weights);
  const without = (why: string | null, missed = 0): BootstrapInterval => ({
    ...{ estimate, lower: null, upper: null, reason: why, level },
    ...{ method: `${method}, bootstrap bca`, replicates, undefinedReplicates: missed },
  });
  if (estimate === null) return without(reason);
  if (ratings.length < FEWEST_ITEMS) return without(`fewer than ${FEWEST_ITEMS} items`);
  const values: number[] = [];
  for (let i = 0; i < replicates; i++) {
    const drawn = new Array<number>(rows.length).fill(0);
    for (let item = 0; item < ratings.length; item++) drawn[rowOf[random.below(ratings.length)]] += 1;
    const replicate = measure(rows, drawn).estimate;
    if (replicate !== null) values.push(replicate);
  }
  const missed = replicates - values.length;
  if (missed > replicates * (1 - level) / 2) return without("undefined in too many replicates", missed);
  if (values.every((value) => Math.abs(value - estimate) <= ROUNDING)) {
    return without("the same in every replicate", missed);
  }
  const withoutRow = weights.map((weight, row) => measure(rows, weights.with(row, weight - 1)).estimate ?? estimate);
  const ends = bca(estimate, Float64Array.from(values), influences(rowOf.map((row) => withoutRow[row])), level);
  return ends ? { ...without(null, missed), ...ends } : without("all replicates lie to one side of it", missed);
}

/** Differences of a measure between replicates that rounding alone can make. */
const ROUNDING = 1e-12;

/** The jackknife's influence of each item, up to a factor, from the measure without it. */
function influences(leftOut: readonly number[]): number[] {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  const influence = leftOut.map((value) => mean - value);
  // If each item has the same influence there is no skew; the formula of the acceleration would be 0/0.
  return influence.some((value) => Math.abs(value) > ROUNDING) ? influence : [-1, 1];
}

/** The different rows, how often each occurs, and for each item which it is. */
function distinctRows(ratings: Ratings): { rows: Ratings; weights: number[]; rowOf: number[] } {
  const indexOf = new Map<string, number>();
  const rows: (readonly (Category | null)[])[] = [];
  const weights: number[] = [];
  const rowOf = ratings.map((row) => {
    const key = JSON.stringify(row);
    const index = indexOf.get(key) ?? rows.push(row) - 1;
    indexOf.set(key, index);
    weights[index] = (weights[index] ?? 0) + 1;
    return index;
  });
  return { rows, weights, rowOf };
}
