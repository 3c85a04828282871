/**
 * The correlation within clusters that makes clustered counts most likely at a given rate: maximum likelihood in the
 * extended beta-binomial distribution.
 *
 * The rate is held fixed, as a score test of that rate needs it. So a rate far from the data is not refuted by samples
 * that may only repeat each other: at 0 of n it takes a correlation of 1, and counts clusters.
 *
 * @module
 */
import type { Proportion } from "../two_rates/newcombe.ts";

/** Counts of counts, all that the likelihood depends on. */
export interface Tally {
  /** At j: clusters with more than j successes. */
  readonly successes: Float64Array;
  /** At j: clusters with more than j failures. */
  readonly failures: Float64Array;
  /** At j: clusters with more than j trials; as long as the largest cluster. */
  readonly trials: Float64Array;
}

/** Tallies clusters whose counts were checked before. */
export function tallyClusters(clusters: readonly Proportion[]): Tally {
  const largest = clusters.reduce((most, cluster) => Math.max(most, cluster.trials), 0);
  const above = (count: (cluster: Proportion) => number) => {
    const tally = new Float64Array(largest + 1);
    for (const cluster of clusters) tally[count(cluster)]++;
    for (let j = largest - 1; j >= 0; j--) tally[j] += tally[j + 1];
    return tally.subarray(1);
  };
  return {
    successes: above((cluster) => cluster.successes),
    failures: above((cluster) => cluster.trials - cluster.successes),
    trials: above((cluster) => cluster.trials),
  };
}

/** Correlations between which local maxima are looked for, besides those below 0: finer near 0. */
const GRID = [0, 0.001, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1];

/**
 * Returns the correlation within clusters that maximises the likelihood of the tallied clusters at `rate`, to 1e-12: from
 * the least that a cluster of the largest size allows, slightly below 0, to 1.
 *
 * Source of the distribution: Williams (1975), https://doi.org/10.2307/2529820, and its extension below 0 Prentice (1986),
 * https://doi.org/10.1080/01621459.1986.10478275. No deviation. Clusters of one trial say nothing of it; the answer for
 * them alone is 0.
 *
 * @param rate strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { betaBinomialCorrelation, tallyClusters } from "$lib/stats/clusters/beta_binomial.ts";
 * import assert from "node:assert/strict";
 *
 * const never = tallyClusters([{ successes: 0, trials: 9 }, { successes: 0, trials: 9 }]);
 * assert.equal(betaBinomialCorrelation(never, 0.2), 1);
 * ```
 */
export function betaBinomialCorrelation(tally: Tally, rate: number): number {
  const largest = tally.trials.length;
  if (largest < 2) return 0;
  const rarer = Math.min(rate, 1 - rate);
  // A hair above it, where a cluster of nothing but the rarer outcome is next to impossible, but rounding leaves it so.
  const least = -rarer / (largest - 1 - rarer) * (1 - 1e-9);
  const grid = [least, least / 2, ...GRID];
  const slopes = grid.map((correlation) => slope(tally, rate, correlation).first);
  const maxima = slopes[0] <= 0 ? [least] : [];
  for (let i = 1; i < grid.length; i++) {
    if (slopes[i - 1] > 0 && slopes[i] <= 0) maxima.push(root(tally, rate, grid[i - 1], grid[i]));
  }
  if (slopes[slopes.length - 1] > 0) maxima.push(1);
  if (maxima.length === 1) return maxima[0];
  const heights = maxima.map((correlation) => logLikelihood(tally, rate, correlation));
  return maxima[heights.indexOf(Math.max(...heights))];
}

/** Where the likelihood stops to rise between `low` and `high`: Newton's steps, halving where they lead outside. */
function root(tally: Tally, rate: number, low: number, high: number): number {
  let at = (low + high) / 2;
  for (let i = 0; i < 200 && high - low > 1e-14; i++) {
    const { first, second } = slope(tally, rate, at);
    if (first > 0) low = at;
    else high = at;
    const newton = at - first / second;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - at) < 1e-14) return next;
    at = next;
  }
  return at;
}

/** First and second derivative of the log-likelihood by the correlation r. Each trial of a cluster, given the j before it
 *  that came out alike, has the probability (p(1 − r) + jr) / (1 − r + jr). */
function slope({ successes, failures, trials }: Tally, p: number, r: number): { first: number; second: number } {
  // The first terms of all three have 1 − r alone: what is left of them are the clusters that are mixed.
  const mixed = successes[0] + failures[0] - trials[0];
  let first = mixed === 0 ? 0 : -mixed / (1 - r);
  let second = mixed === 0 ? 0 : -mixed / (1 - r) ** 2;
  for (let j = 1; j < trials.length; j++) {
    const up = (j - p) / (p * (1 - r) + j * r);
    const down = (j - 1 + p) / ((1 - p) * (1 - r) + j * r);
    const all = (j - 1) / (1 - r + j * r);
    // No cluster, no term, though its factor be infinite at the least correlation.
    const [ups, downs] = [successes[j] && successes[j] * up, failures[j] && failures[j] * down];
    first += ups + downs - trials[j] * all;
    second += trials[j] * all ** 2 - (ups && ups * up) - (downs && downs * down);
  }
  return { first, second };
}

function logLikelihood({ successes, failures, trials }: Tally, p: number, r: number): number {
  const mixed = successes[0] + failures[0] - trials[0];
  let sum = successes[0] * Math.log(p) + failures[0] * Math.log(1 - p) + (mixed && mixed * Math.log(1 - r));
  for (let j = 1; j < trials.length; j++) {
    sum += (successes[j] && successes[j] * Math.log(p * (1 - r) + j * r)) +
      (failures[j] && failures[j] * Math.log((1 - p) * (1 - r) + j * r)) - trials[j] * Math.log(1 - r + j * r);
  }
  return sum;
}
