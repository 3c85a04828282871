/**
 * The effective sample size that takes the place of n in an interval made for independent trials.
 *
 * @module
 */
import { clusterVariance } from "./variance.ts";
import { checkEnoughClusters, poolClusters } from "./pooled.ts";
import { t } from "../numbers/distributions.ts";
import { checkLevel } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the effective number of trials n / design effect, times (t_{n−1}/t_{G−1})² as the design effect is itself an
 * estimate from G clusters.
 *
 * Source: Korn & Graubard (1998), "Confidence intervals for proportions with small expected number of positive counts
 * estimated from survey data", Survey Methodology 24:193–201. Two deviations. Never more than n: a design effect below 1
 * is taken for chance, as Dean & Pagano (2015) do, https://doi.org/10.1093/jssam/smv024. And where the rate is 0 or 1,
 * so that the data know nothing of the correlation, it is the number of (equal) clusters: the least that any correlation
 * allows, as if all samples of a prompt were one.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than {@linkcode MIN_CLUSTERS} clusters
 *
 * @example
 * ```ts
 * import { effectiveSize } from "$lib/stats/clusters/effective_size.ts";
 * import assert from "node:assert/strict";
 *
 * const never = Array.from({ length: 20 }, () => ({ successes: 0, trials: 50 }));
 * assert.equal(effectiveSize("an interval", never, 0.95), 20);
 * ```
 */
export function effectiveSize(what: string, clusters: readonly Proportion[], level: number): number {
  checkLevel(level);
  const { successes, trials, clusters: count, equalClusters } = poolClusters(what, clusters);
  checkEnoughClusters(what, count);
  if (successes === 0 || successes === trials) return equalClusters;
  const quantile = (1 + level) / 2;
  const shrink = (t.quantile(quantile, trials - 1) / t.quantile(quantile, count - 1)) ** 2;
  return Math.min(trials, clusterVariance(clusters).effectiveTrials! * shrink);
}
