/**
 * The cluster bootstrap for the difference of two conditions that share no clusters.
 *
 * @module
 */
import { bca } from "./bca.ts";
import { checkBootstrap, checkVariety, DEFAULT_REPLICATES, influences, resampledRates } from "./bootstrap.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { createRandom } from "../numbers/random.ts";

/**
 * Returns the difference `first − second` of two pooled rates with the BCa interval of `replicates` resamples, in each of
 * which the clusters of either condition are drawn anew.
 *
 * Source: see {@linkcode bca}; the acceleration for two samples is that of Davison & Hinkley (1997), section 5.3,
 * https://doi.org/10.1017/CBO9780511802843. A condition whose clusters do not differ, as at 0/n, is refused: resampling
 * would take its rate for known.
 *
 * @param seed whole number in [0, 2³²): the same seed gives the same interval
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count, the level, the seed or `replicates` is out of range, or the clusters of a condition
 *   are fewer than {@linkcode MIN_CLUSTERS} or do not differ in their rates
 *
 * @example
 * ```ts
 * import { clusterBootstrapDifference } from "$lib/stats/clusters/cluster_bootstrap_difference.ts";
 * import assert from "node:assert/strict";
 *
 * const conflict = [9, 7, 10, 4, 8, 10, 9, 6, 10, 5].map((successes) => ({ successes, trials: 10 }));
 * const none = [0, 1, 0, 0, 3, 0, 2, 0, 0, 1].map((successes) => ({ successes, trials: 10 }));
 * assert(clusterBootstrapDifference(conflict, none, 1).lower > 0.5);
 * ```
 */
export function clusterBootstrapDifference(
  first: readonly Proportion[],
  second: readonly Proportion[],
  seed: number,
  level: number = DEFAULT_LEVEL,
  replicates: number = DEFAULT_REPLICATES,
): Interval {
  const what = "a cluster bootstrap interval of a difference";
  checkBootstrap(what, level, replicates);
  const estimate = checkVariety(what, "clusters of the first condition", first) -
    checkVariety(what, "clusters of the second condition", second);
  const random = createRandom(seed);
  const rates = resampledRates(first, replicates, random);
  const others = resampledRates(second, replicates, random);
  const gaps = rates.map((rate, i) => rate - others[i]);
  const influence = [...influences(first), ...influences(second).map((value) => -value)];
  const ends = bca(estimate, gaps, influence, level);
  if (ends === null) {
    throw new RangeError(
      `Cannot compute ${what} as replicates must lie on both sides of the estimate: ` +
        `current value is ${estimate}, of ${replicates} replicates`,
    );
  }
  return { estimate, ...ends, level, method: "cluster bootstrap, bca" };
}
