/**
 * The cluster-robust t interval, estimate ± t × SE: what regression software prints for clustered data, kept here to
 * compare with.
 *
 * It says nothing at 0/n and n/n, where the estimated error is 0, and is too short near them; the interval this project
 * reports for clustered rates is {@linkcode recommendedInterval}.
 *
 * @module
 */
import { clusterVariance } from "./variance.ts";
import { checkEnoughClusters } from "./pooled.ts";
import { t } from "../numbers/distributions.ts";
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the pooled rate with the interval ± t × SE, where SE² is {@linkcode clusterVariance} and t has one degree of
 * freedom less than there are clusters.
 *
 * Source: Cameron & Miller (2015), sections II and VI, https://doi.org/10.3368/jhr.50.2.317. Deviation: the ends are cut
 * at 0 and 1.
 *
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, there are fewer than {@linkcode MIN_CLUSTERS} clusters,
 *   or the clusters do not differ in their rates
 *
 * @example
 * ```ts
 * import { clusterRobust } from "$lib/stats/clusters/robust.ts";
 * import assert from "node:assert/strict";
 *
 * const prompts = [0, 0, 1, 0, 5, 2, 0, 0, 9, 3].map((successes) => ({ successes, trials: 10 }));
 * const { lower, upper } = clusterRobust(prompts);
 * assert.equal(`${lower.toFixed(3)} to ${upper.toFixed(3)}`, "0.000 to 0.413");
 * ```
 */
export function clusterRobust(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  const what = "a cluster-robust interval";
  checkLevel(level);
  const { rate, variance, clusters: count } = clusterVariance(clusters);
  checkEnoughClusters(what, count);
  if (!(variance > 0)) {
    throw new RangeError(
      `Cannot compute ${what} as the variance between clusters must be > 0: ` +
        `current value is ${variance}, with every cluster at the rate ${rate}`,
    );
  }
  const half = t.quantile((1 + level) / 2, count - 1) * Math.sqrt(variance);
  return {
    estimate: rate,
    lower: Math.max(0, rate - half),
    upper: Math.min(1, rate + half),
    level,
    method: "cluster-robust t",
  };
}
