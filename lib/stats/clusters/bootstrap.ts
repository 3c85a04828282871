/**
 * The cluster bootstrap: whole clusters drawn anew, with their sums. It costs what clusters cost, however many samples
 * they hold.
 *
 * It has no answer at 0/n and n/n, where every resample repeats the data, and near them it is too short (coverage
 * down to 76 % at a nominal 95 %), as it cannot draw a kind of cluster that was not seen; the interval this project reports is {@linkcode recommendedInterval}.
 *
 * @module
 */
import { bca } from "./bca.ts";
import { checkEnoughClusters, poolClusters } from "./pooled.ts";
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { createRandom, type Random } from "../numbers/random.ts";

/** Replicates where none are asked for: the ends then differ between seeds by about 1 % of the width. */
export const DEFAULT_REPLICATES = 10_000;

/**
 * Returns the pooled rate with the BCa interval of `replicates` resamples of the clusters.
 *
 * Source: see {@linkcode bca}. The resampling of whole clusters: Davison & Hinkley (1997), section 3.8,
 * https://doi.org/10.1017/CBO9780511802843.
 *
 * @param seed whole number in [0, 2³²): the same seed gives the same interval
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count, the level, the seed or `replicates` is out of range, there are fewer than
 *   {@linkcode MIN_CLUSTERS} clusters, or they do not differ in their rates
 *
 * @example
 * ```ts
 * import { clusterBootstrap } from "$lib/stats/clusters/bootstrap.ts";
 * import assert from "node:assert/strict";
 *
 * const prompts = [0, 0, 1, 0, 5, 2, 0, 0, 9, 3].map((successes) => ({ successes, trials: 10 }));
 * const { estimate, lower, upper } = clusterBootstrap(prompts, 1);
 * assert(lower < estimate && estimate < upper);
 * assert.equal(clusterBootstrap(prompts, 1).upper, upper);
 * ```
 */
export function clusterBootstrap(
  clusters: readonly Proportion[],
  seed: number,
  level: number = DEFAULT_LEVEL,
  replicates: number = DEFAULT_REPLICATES,
): Interval {
  const what = "a cluster bootstrap interval";
  checkBootstrap(what, level, replicates);
  const estimate = checkVariety(what, "clusters", clusters);
  const rates = resampledRates(clusters, replicates, createRandom(seed));
  const ends = bca(estimate, rates, influences(clusters), level);
  if (ends === null) {
    throw new RangeError(
      `Cannot compute ${what} as replicates must lie on both sides of the estimate: ` +
        `current value is ${estimate}, of ${replicates} replicates`,
    );
  }
  return { estimate, ...ends, level, method: "cluster bootstrap, bca" };
}

/** Throws unless level and number of replicates are in range. */
export function checkBootstrap(what: string, level: number, replicates: number): void {
  checkLevel(level);
  if (!Number.isInteger(replicates) || replicates < 100) {
    throw new RangeError(
      `Cannot compute ${what} as replicates must be a whole number >= 100: current value is ${replicates}`,
    );
  }
}

/** Returns the pooled rate; throws for too few clusters, and for those that do not differ in their rates. */
export function checkVariety(what: string, name: string, clusters: readonly Proportion[]): number {
  const { successes, trials, clusters: count } = poolClusters(what, clusters);
  checkEnoughClusters(what, count);
  const rate = successes / trials;
  if (clusters.every((cluster) => cluster.successes / cluster.trials === rate)) {
    throw new RangeError(
      `Cannot compute ${what} as ${name} must differ in their rates, or every resample repeats the data: ` +
        `current value is ${rate} in each of ${count}`,
    );
  }
  return rate;
}

/** Returns the pooled rate of each of `replicates` resamples of the clusters, drawn with replacement. */
export function resampledRates(clusters: readonly Proportion[], replicates: number, random: Random): Float64Array {
  const successes = Float64Array.from(clusters, (cluster) => cluster.successes);
  const trials = Float64Array.from(clusters, (cluster) => cluster.trials);
  const count = clusters.length;
  return new Float64Array(replicates).map(() => {
    let [hits, all] = [0, 0];
    for (let i = 0; i < count; i++) {
      const drawn = random.below(count);
      hits += successes[drawn];
      all += trials[drawn];
    }
    return hits / all;
  });
}

/** Returns the empirical influence of each cluster on the pooled rate, divided by the number of clusters. */
export function influences(clusters: readonly Proportion[]): number[] {
  const { successes, trials } = poolClusters("influences", clusters);
  return clusters.map((cluster) => (cluster.successes - successes / trials * cluster.trials) / trials);
}
