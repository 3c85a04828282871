/**
 * The Korn–Graubard interval: Clopper–Pearson on the effective sample size, the standard of health surveys for rare
 * events.
 *
 * It keeps above 95 % for weak correlation, at the price of width, and like every interval on an estimated design effect
 * falls, to 84 %, for rare events with strong correlation; see {@linkcode recommendedInterval} for the one that does
 * better.
 *
 * @module
 */
import { poolClusters } from "./pooled.ts";
import { beta } from "../numbers/distributions.ts";
import { effectiveSize } from "./effective_size.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the pooled rate p with the Clopper–Pearson interval of n* p successes in n* trials, n* from
 * {@linkcode effectiveSize}.
 *
 * Source: Korn & Graubard (1998), Survey Methodology 24:193–201. Deviations: those of {@linkcode effectiveSize}.
 *
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than {@linkcode MIN_CLUSTERS} clusters
 *
 * @example
 * ```ts
 * import { kornGraubard } from "$lib/stats/clusters/korn_graubard.ts";
 * import assert from "node:assert/strict";
 *
 * const never = Array.from({ length: 20 }, () => ({ successes: 0, trials: 50 }));
 * assert.equal(kornGraubard(never).upper.toFixed(3), "0.168"); // of 20 prompts, not of 1000 samples
 * ```
 */
export function kornGraubard(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  const what = "a Korn-Graubard interval";
  const { successes, trials } = poolClusters(what, clusters);
  const size = effectiveSize(what, clusters, level);
  const estimate = successes / trials;
  const [hits, misses] = [size * estimate, size * (1 - estimate)];
  const tail = (1 - level) / 2;
  return {
    estimate,
    lower: successes === 0 ? 0 : beta.quantile(tail, hits, misses + 1),
    upper: successes === trials ? 1 : beta.quantile(1 - tail, hits + 1, misses),
    level,
    method: "korn-graubard",
  };
}
