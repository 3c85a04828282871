/**
 * The intervals whose coverage is shown side by side: the recommended one, what others print, and the alternatives.
 *
 * @module
 */
import { clusterBootstrap } from "../clusters/bootstrap.ts";
import { clusterRobust } from "../clusters/robust.ts";
import { MIN_CLUSTERS, poolClusters } from "../clusters/pooled.ts";
import type { ClusteredMethod } from "./simulate.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { effectiveWilson } from "../clusters/effective_wilson.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { guaranteedInterval } from "../clusters/guaranteed_interval.ts";
import { kornGraubard } from "../clusters/korn_graubard.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { recommendedInterval } from "../clusters/recommended_interval.ts";
import { wilson } from "../one_rate/wilson.ts";

/** Names of the intervals under test. */
export type CoverageMethod =
  | "recommended"
  | "normal, ignoring clusters"
  | "wilson, ignoring clusters"
  | "wilson, effective sample size"
  | "korn-graubard"
  | "cluster-robust t"
  | "guaranteed"
  | "cluster bootstrap";

/** Replicates of a bootstrap interval under test: fewer than for one that is printed. */
const REPLICATES = 999;

/**
 * Returns the intervals under test at a level. Each is null where it has none to give: fewer than 10 clusters, or, for
 * the t interval and the bootstrap, clusters that are all alike. The first of the peers, p ± z·SE, prints ±0 there and is
 * taken at its word. The last two take long.
 *
 * @param seed seed of the bootstrap
 *
 * @example
 * ```ts
 * import { coverageMethods } from "$lib/stats/coverage/methods.ts";
 * import assert from "node:assert/strict";
 *
 * const never = Array.from({ length: 10 }, () => ({ successes: 0, trials: 10 }));
 * const methods = coverageMethods(1);
 * assert.deepEqual(methods["normal, ignoring clusters"](never), { lower: 0, upper: 0 });
 * assert.equal(methods["cluster bootstrap"](never), null);
 * ```
 */
export function coverageMethods(
  seed: number,
  level: number = DEFAULT_LEVEL,
): Readonly<Record<CoverageMethod, ClusteredMethod>> {
  const z = criticalValue(level);
  return {
    "recommended": (clusters) => {
      const interval = recommendedInterval(clusters, level);
      return "refusal" in interval ? null : interval;
    },
    "normal, ignoring clusters": (clusters) => {
      const { successes, trials } = poolClusters("a normal interval", clusters);
      const rate = successes / trials;
      const half = z * Math.sqrt(rate * (1 - rate) / trials);
      return { lower: rate - half, upper: rate + half };
    },
    "wilson, ignoring clusters": (clusters) => {
      const { successes, trials } = poolClusters("a Wilson interval", clusters);
      return wilson(successes, trials, level);
    },
    "wilson, effective sample size": (clusters) => enough(clusters) ? effectiveWilson(clusters, level) : null,
    "korn-graubard": (clusters) => enough(clusters) ? kornGraubard(clusters, level) : null,
    "cluster-robust t": (clusters) => enough(clusters) && varied(clusters) ? clusterRobust(clusters, level) : null,
    "guaranteed": (clusters) => guaranteedInterval(clusters, level),
    "cluster bootstrap": (clusters) =>
      enough(clusters) && varied(clusters) ? clusterBootstrap(clusters, seed, level, REPLICATES) : null,
  };
}

function enough(clusters: readonly Proportion[]): boolean {
  return clusters.length >= MIN_CLUSTERS;
}

function varied(clusters: readonly Proportion[]): boolean {
  const { successes, trials } = poolClusters("a rate", clusters);
  return clusters.some((cluster) => cluster.successes / cluster.trials !== successes / trials);
}
