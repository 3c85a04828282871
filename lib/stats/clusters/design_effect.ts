/**
 * What samples that share prompts are worth in independent ones, for planning.
 *
 * Ten answers to one prompt tell less than ten answers to ten prompts. With the design effect every plan for
 * independent trials becomes one for clusters: ask for the trials, then for the clusters that are worth as many.
 *
 * @module
 */
import { checkCount, checkUnit } from "../numbers/check_number.ts";
import { checkEnoughClusters, MIN_CLUSTERS } from "./pooled.ts";
import { t } from "../numbers/distributions.ts";
import { checkLevel, DEFAULT_LEVEL } from "../numbers/interval.ts";

/** Clusters planned for one condition, all of one size. */
export interface PlannedClusters {
  /** How many. */
  readonly clusters: number;
  /** Samples in each. */
  readonly perCluster: number;
  /** Intra-cluster correlation: 0 if samples of a prompt are as different as any, 1 if they are all alike. */
  readonly correlation: number;
}

/**
 * Returns by how much clusters of `perCluster` samples enlarge the variance of a rate: 1 + (perCluster −
 * 1)·correlation.
 *
 * Source: Donner, Birkett & Buck (1981), https://doi.org/10.1093/oxfordjournals.aje.a113261. No deviation.
 *
 * @throws {TypeError} if `perCluster` is not a whole number, or the correlation not a number
 * @throws {RangeError} if `perCluster` < 1, or the correlation lies outside [0, 1]
 *
 * @example
 * ```ts
 * import { designEffect } from "$lib/stats/clusters/design_effect.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(designEffect(11, 0.2), 3);
 * ```
 */
export function designEffect(perCluster: number, correlation: number): number {
  checkCount("a design effect", "samples per cluster", perCluster);
  checkUnit("a design effect", "the intra-cluster correlation", correlation);
  return 1 + (perCluster - 1) * correlation;
}

/**
 * Returns how many independent trials the clusters are worth in an interval of the given level: their samples divided
 * by the design effect, and less as the variance must be estimated from few clusters.
 *
 * Source: the effective sample size of Korn & Graubard (1998), Survey Methodology 24:193–201, with the planned design
 * effect in place of the estimated one: samples / effect × (t(samples − 1) / t(clusters − 1))². No deviation.
 *
 * @returns a number that need not be whole; round it down where whole trials are asked for
 * @throws {TypeError} if a count is not a whole number, or the correlation not a number
 * @throws {RangeError} if there are fewer than 10 clusters, or a value is out of range
 *
 * @example
 * ```ts
 * import { effectiveTrials } from "$lib/stats/clusters/design_effect.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(effectiveTrials({ clusters: 20, perCluster: 11, correlation: 0.2 }).toFixed(1), "65.0"); // of 220
 * assert.equal(effectiveTrials({ clusters: 220, perCluster: 1, correlation: 0.2 }), 220);
 * ```
 */
export function effectiveTrials(
  { clusters, perCluster, correlation }: PlannedClusters,
  level: number = DEFAULT_LEVEL,
): number {
  checkCount("effective trials", "clusters", clusters);
  checkEnoughClusters("effective trials", clusters);
  const effect = designEffect(perCluster, correlation);
  checkLevel(level);
  const samples = clusters * perCluster;
  const reach = (degrees: number) => t.quantile((1 + level) / 2, degrees);
  return samples / effect * (reach(samples - 1) / reach(clusters - 1)) ** 2;
}

/**
 * Returns the smallest number of clusters, at least 10, that are worth `trials` independent trials.
 *
 * @param trials independent trials needed, for instance by samplesForPower()
 * @throws {TypeError} if a count is not a whole number, or the correlation not a number
 * @throws {RangeError} if a value is out of range
 *
 * @example
 * ```ts
 * import { clustersForTrials } from "$lib/stats/clusters/design_effect.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(clustersForTrials(71, 11, 0.2), 22); // 242 samples for 71 independent ones
 * ```
 */
export function clustersForTrials(
  trials: number,
  perCluster: number,
  correlation: number,
  level: number = DEFAULT_LEVEL,
): number {
  checkCount("clusters for trials", "trials", trials);
  const worth = (clusters: number) => effectiveTrials({ clusters, perCluster, correlation }, level);
  if (worth(MIN_CLUSTERS) >= trials) return MIN_CLUSTERS;
  let [low, high] = [MIN_CLUSTERS, 2 * MIN_CLUSTERS];
  while (worth(high) < trials) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (worth(middle) >= trials) high = middle;
    else low = middle;
  }
  return high;
}
