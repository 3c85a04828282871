/**
 * What every estimator of clustered proportions needs: the sums over clusters, and how many clusters are enough.
 *
 * Samples of the same prompt are not independent. All that is kept of a cluster is its `successes` and `trials`, so the
 * cost of an estimator depends on the number of clusters and not on the number of samples.
 *
 * @module
 */
import { checkProportion } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * The fewest clusters for which an interval is given. With fewer, the variance between them is known too badly. That few
 * clusters mislead: Cameron & Miller (2015), section VI, https://doi.org/10.3368/jhr.50.2.317; the number is ours.
 */
export const MIN_CLUSTERS = 10;

/** Sums over clusters. */
export interface Pooled {
  readonly successes: number;
  readonly trials: number;
  readonly clusters: number;
  /** Number of equal clusters that are worth as much as these if all samples of a cluster are one: n² / Σ nᵢ². It is
   *  the number of clusters where they are of one size. */
  readonly equalClusters: number;
}

/**
 * Sums clusters, after a look at each.
 *
 * @param what what is to be computed, as the error would name it: "a cluster-robust interval"
 * @throws {TypeError} if `clusters` is no array or a count is not a whole number
 * @throws {RangeError} if there is no cluster, one without trials, or a count out of range
 *
 * @example
 * ```ts
 * import { poolClusters } from "$lib/stats/clusters/pooled.ts";
 * import assert from "node:assert/strict";
 *
 * const clusters = [{ successes: 1, trials: 5 }, { successes: 2, trials: 5 }];
 * assert.deepEqual(poolClusters("a rate", clusters), { successes: 3, trials: 10, clusters: 2, equalClusters: 2 });
 * ```
 */
export function poolClusters(what: string, clusters: readonly Proportion[]): Pooled {
  if (!Array.isArray(clusters)) {
    throw new TypeError(`Cannot compute ${what} as clusters must be an array: current value is ${clusters}`);
  }
  if (clusters.length === 0) {
    throw new RangeError(`Cannot compute ${what} as there must be at least one cluster: current value is 0`);
  }
  let [successes, trials, squares] = [0, 0, 0];
  for (const [index, cluster] of clusters.entries()) {
    checkProportion(`${what} (cluster ${index})`, cluster.successes, cluster.trials);
    successes += cluster.successes;
    trials += cluster.trials;
    squares += cluster.trials ** 2;
  }
  return { successes, trials, clusters: clusters.length, equalClusters: trials ** 2 / squares };
}

/**
 * Throws a RangeError for fewer clusters than {@linkcode MIN_CLUSTERS}.
 *
 * @param count number of clusters
 */
export function checkEnoughClusters(what: string, count: number): void {
  if (count < MIN_CLUSTERS) {
    throw new RangeError(`Cannot compute ${what} as clusters must be >= ${MIN_CLUSTERS}: current value is ${count}`);
  }
}
