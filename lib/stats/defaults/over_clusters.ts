/**
 * The interval that is reported over clusters where nobody chose another: the recommended one, and the guaranteed one
 * where the recommended one is known to fail.
 *
 * It fails where a few clusters fire and the rest hardly do: a study that drew none of the few sees small rates that are
 * much alike, and one that drew one or two of them takes these for the rule. Simulated in four such designs (30–50 prompts
 * of 50–100 samples, 2–3 % of the prompts at 0.3–0.9 and the rest at 0.002–0.004) the recommended interval covers 66–85 %
 * and this choice 89–97 %, at an interval that is 1.6 to 2.7 times as wide there. The simulation is in
 * tests/stats/defaults_test.ts.
 *
 * @module
 */
import { guaranteedInterval } from "../clusters/guaranteed_interval.ts";
import { poolClusters } from "../clusters/pooled.ts";
import { recommendedDifference } from "../clusters/recommended_difference.ts";
import { recommendedInterval, type Refusal } from "../clusters/recommended_interval.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** With events in clusters worth fewer than so many equal ones, these few decide alone. */
const FEW_FIRING = 2.5;
/** The guaranteed interval takes seconds from so many clusters on, and the designs in which it is needed have fewer. */
const MANY = 2_000;

/**
 * Returns the pooled rate with its interval over clusters: {@linkcode recommendedInterval}, or where events (or their
 * absence) lie in too few clusters {@linkcode guaranteedOverClusters}.
 *
 * Too few are they where fewer than half of the clusters have one and the upper end lies below that of as many clusters
 * without any, for who saw some events cannot know more than who saw none; and where those that have them are worth fewer
 * than 2.5 equal ones, (Σ k)² / Σ k².
 *
 * @returns estimate and ends as proportions in [0, 1], or the reason why there are none
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { intervalOverClusters } from "$lib/stats/defaults/over_clusters.ts";
 * import assert from "node:assert/strict";
 *
 * const prompts = (counts: number[]) => counts.map((successes) => ({ successes, trials: 50 }));
 * const some = intervalOverClusters(prompts([50, 50, 50, 50, 0, 0, 0, 0, 0, 0]));
 * assert("lower" in some);
 * assert.equal(`${some.lower.toFixed(2)} to ${some.upper.toFixed(2)}`, "0.17 to 0.69");
 * const one = intervalOverClusters(prompts([30, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
 * assert("method" in one && one.method === "betting"); // all events in one prompt
 * ```
 */
export function intervalOverClusters(
  clusters: readonly Proportion[],
  level: number = DEFAULT_LEVEL,
): Interval | Refusal {
  const recommended = recommendedInterval(clusters, level);
  if ("refusal" in recommended || clusters.length > MANY || isSingles(clusters)) return recommended;
  const mirrored = clusters.map(({ successes, trials }) => ({ successes: trials - successes, trials }));
  if (!isInFew(clusters, recommended.upper, level) && !isInFew(mirrored, 1 - recommended.lower, level)) {
    return recommended;
  }
  return guaranteedOverClusters(clusters, level);
}

/** Returns the pooled rate with {@linkcode guaranteedInterval}, its ends moved out to the rate if need be: the guarantee is
 *  for the mean over clusters, which for clusters of one size is the pooled rate. Errors are its own. */
export function guaranteedOverClusters(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  const { lower, upper, method } = guaranteedInterval(clusters, level);
  const { successes, trials } = poolClusters("a guaranteed interval", clusters);
  const estimate = successes / trials;
  return { estimate, lower: Math.min(lower, estimate), upper: Math.max(upper, estimate), level, method };
}

/** Returns the difference `first − second` of two pooled rates: {@linkcode recommendedDifference} on the intervals that
 *  {@linkcode intervalOverClusters} gives; its errors and its refusals. */
export function differenceOverClusters(
  first: readonly Proportion[],
  second: readonly Proportion[],
  level: number = DEFAULT_LEVEL,
): Interval | Refusal {
  return recommendedDifference(first, second, level, intervalOverClusters);
}

function isSingles(clusters: readonly Proportion[]): boolean {
  return clusters.every(({ trials }) => trials === 1);
}

/** True where events lie in too few clusters for the recommended interval, whose upper end is given. */
function isInFew(clusters: readonly Proportion[], upper: number, level: number): boolean {
  const { successes } = poolClusters("an interval", clusters);
  if (successes === 0) return false;
  const squares = clusters.reduce((sum, cluster) => sum + cluster.successes ** 2, 0);
  if (successes ** 2 / squares < FEW_FIRING) return true;
  const firing = clusters.filter((cluster) => cluster.successes > 0).length;
  return firing < clusters.length / 2 && upper < upperWithout(clusters, level);
}

/** The upper end of as many clusters without an event. */
function upperWithout(clusters: readonly Proportion[], level: number): number {
  const without = recommendedInterval(clusters.map(({ trials }) => ({ successes: 0, trials })), level);
  return "upper" in without ? without.upper : 0;
}
