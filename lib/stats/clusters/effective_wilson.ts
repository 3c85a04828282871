/**
 * The Wilson score interval on the effective sample size: the best of the closed forms for a clustered rate, kept here to
 * compare with.
 *
 * Near 0 and 1 with strong correlation it is too short (coverage down to 82 % at a nominal 95 %), as few events show
 * little of the correlation; see {@linkcode recommendedInterval} for the one that does better.
 *
 * @module
 */
import { poolClusters } from "./pooled.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { effectiveSize } from "./effective_size.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the pooled rate with the Wilson interval of as many trials as {@linkcode effectiveSize} says.
 *
 * Source: Franco, Little, Louis & Slud (2019), https://doi.org/10.1093/jssam/smy019, which recommends it. Deviations:
 * those of {@linkcode effectiveSize}.
 *
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than {@linkcode MIN_CLUSTERS} clusters
 *
 * @example
 * ```ts
 * import { effectiveWilson } from "$lib/stats/clusters/effective_wilson.ts";
 * import { wilson } from "$lib/stats/one_rate/wilson.ts";
 * import assert from "node:assert/strict";
 *
 * const never = Array.from({ length: 20 }, () => ({ successes: 0, trials: 50 }));
 * assert(Math.abs(effectiveWilson(never).upper - wilson(0, 20).upper) < 1e-12);
 * ```
 */
export function effectiveWilson(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  const what = "a Wilson interval on the effective sample size";
  const { successes, trials } = poolClusters(what, clusters);
  const size = effectiveSize(what, clusters, level);
  const z = criticalValue(level);
  const estimate = successes / trials;
  const shrink = 1 + z ** 2 / size;
  const centre = (estimate + z ** 2 / (2 * size)) / shrink;
  const half = z / shrink * Math.sqrt(estimate * (1 - estimate) / size + z ** 2 / (4 * size ** 2));
  return {
    estimate,
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === trials ? 1 : Math.min(1, centre + half),
    level,
    method: "wilson, effective sample size",
  };
}
