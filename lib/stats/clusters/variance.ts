/**
 * How much less a clustered sample says than as many independent ones: variance, design effect, correlation within
 * clusters and effective sample size of a pooled rate.
 *
 * @module
 */
import { poolClusters } from "./pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

export { MIN_CLUSTERS } from "./pooled.ts";

/** The pooled rate and what clustering does to its precision. */
export interface ClusterVariance {
  /** Successes over trials, all clusters together: large clusters weigh more. */
  readonly rate: number;
  /** Estimated variance of `rate`; 0 where every cluster has the same rate, which is a failure of the estimate. */
  readonly variance: number;
  /** How many clusters there are. */
  readonly clusters: number;
  /** Over all clusters. */
  readonly trials: number;
  /** `variance` over that of as many independent trials, p(1 − p)/n; null where the rate is 0 or 1. */
  readonly designEffect: number | null;
  /** Trials over design effect: as many independent trials would be as precise. Infinite where the variance is 0; null
   *  where the rate is 0 or 1. */
  readonly effectiveTrials: number | null;
  /** Correlation of two trials of a cluster, in [−1, 1]; not cut at 0. Null where the rate is 0 or 1, or no cluster has
   *  two trials: then nothing is known of it. */
  readonly correlation: number | null;
}

/**
 * Estimates the variance of the pooled rate Σ kᵢ / Σ nᵢ by the linearised ratio estimator, the cluster-robust
 * "sandwich", with the small-sample factor G/(G − 1) for G clusters; the correlation by analysis of variance.
 *
 * Assumes that clusters are independent of each other and many; nothing of what happens within them. Source of the
 * variance: Rao & Scott (1992), https://doi.org/10.2307/2532311; no deviation. Source of the correlation: Ridout,
 * Demétrio & Firth (1999), https://doi.org/10.1111/j.0006-341X.1999.00137.x, the estimator ρ_A with G − 1 in the mean
 * square between clusters; no deviation.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is out of range, or there are fewer than 2 clusters
 *
 * @example
 * ```ts
 * import { clusterVariance } from "$lib/stats/clusters/variance.ts";
 * import assert from "node:assert/strict";
 *
 * // Every prompt goes all one way: 4 prompts, not 40 samples.
 * const prompts = [0, 10, 10, 0].map((successes) => ({ successes, trials: 10 }));
 * const { rate, correlation, designEffect } = clusterVariance(prompts);
 * assert.deepEqual([rate, correlation], [0.5, 1]);
 * assert.equal(designEffect!.toFixed(1), "13.3"); // 10 × G/(G − 1)
 * ```
 */
export function clusterVariance(clusters: readonly Proportion[]): ClusterVariance {
  const what = "a cluster-robust variance";
  const { successes, trials, clusters: count, equalClusters } = poolClusters(what, clusters);
  if (count < 2) throw new RangeError(`Cannot compute ${what} as clusters must be >= 2: current value is ${count}`);
  const rate = successes / trials;
  let [residuals, between, within] = [0, 0, 0];
  for (const cluster of clusters) {
    const residual = cluster.successes - rate * cluster.trials;
    residuals += residual ** 2;
    between += residual ** 2 / cluster.trials;
    within += cluster.successes * (cluster.trials - cluster.successes) / cluster.trials;
  }
  const variance = count / (count - 1) * residuals / trials ** 2;
  const known = successes > 0 && successes < trials;
  const designEffect = known ? variance / (rate * (1 - rate) / trials) : null;
  const typicalSize = (trials - trials / equalClusters) / (count - 1);
  const [meanBetween, meanWithin] = [between / (count - 1), within / (trials - count)];
  return {
    rate,
    variance,
    clusters: count,
    trials,
    designEffect,
    effectiveTrials: designEffect === null ? null : trials / designEffect,
    correlation: known && trials > count
      ? (meanBetween - meanWithin) / (meanBetween + (typicalSize - 1) * meanWithin)
      : null,
  };
}
