/**
 * The ends of a bootstrap interval from replicates: bias-corrected and accelerated (BCa).
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { normal } from "../numbers/distributions.ts";

/** Replicates nearer to the estimate than this are ties with it: only rounding parts them. */
const TIE = 1e-12;

/**
 * Returns the ends of the BCa interval.
 *
 * Source: Efron (1987), https://doi.org/10.1080/01621459.1987.10478410; ends between two replicates are interpolated on
 * the normal scale, equation 5.8 of Davison & Hinkley (1997), https://doi.org/10.1017/CBO9780511802843, as R's package
 * boot does. Deviation: replicates that tie with the estimate count half as below it, which matters for few events. An end
 * that lies beyond the last replicate is the last replicate.
 *
 * @param replicates the estimate on each resample, in any order
 * @param influence empirical influence of each cluster on the estimate; of two samples, each divided by its sample's size
 * @returns null where the replicates lie all to one side of the estimate
 *
 * @example
 * ```ts
 * import { bca } from "$lib/stats/clusters/bca.ts";
 * import assert from "node:assert/strict";
 *
 * const even = Float64Array.from({ length: 999 }, (_, i) => i - 499);
 * const ends = bca(0, even, [-1, 0, 1], 0.9)!;
 * assert.equal(ends.lower.toFixed(9), "-450.000000000"); // no bias, no skew: the 50th of 999
 * ```
 */
export function bca(
  estimate: number,
  replicates: Float64Array,
  influence: ArrayLike<number>,
  level: number,
): { readonly lower: number; readonly upper: number } | null {
  const sorted = replicates.slice().sort();
  let below = 0;
  for (const replicate of sorted) {
    if (Math.abs(replicate - estimate) <= TIE) below += 0.5;
    else if (replicate < estimate) below += 1;
    else break;
  }
  if (below === 0 || below === sorted.length) return null;
  const bias = normal.quantile(below / sorted.length, 0, 1);
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < influence.length; i++) {
    squares += influence[i] ** 2;
    cubes += influence[i] ** 3;
  }
  const acceleration = cubes / (6 * squares ** 1.5);
  const end = (z: number) => {
    const moved = bias + z;
    return interpolated(sorted, normal.cdf(bias + moved / (1 - acceleration * moved), 0, 1));
  };
  const z = criticalValue(level);
  return { lower: end(-z), upper: end(z) };
}

/** The `share` quantile of sorted numbers, taken to stand at the shares i/(R + 1), i = 1…R. */
function interpolated(sorted: Float64Array, share: number): number {
  const rank = (sorted.length + 1) * share;
  const whole = Math.floor(rank);
  if (whole < 1) return sorted[0];
  if (whole >= sorted.length) return sorted[sorted.length - 1];
  if (whole === rank) return sorted[whole - 1];
  const at = (position: number) => normal.quantile(position / (sorted.length + 1), 0, 1);
  const part = (normal.quantile(share, 0, 1) - at(whole)) / (at(whole + 1) - at(whole));
  return sorted[whole - 1] + part * (sorted[whole] - sorted[whole - 1]);
}
