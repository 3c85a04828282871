/**
 * The beta-binomial score interval for a clustered rate: Wilson's interval, with the correlation within clusters taken,
 * for every rate asked about, as the data would have it if that rate were true.
 *
 * Intervals on an *estimated* design effect fail where this field's claims live. One success in 500 samples of 10 prompts
 * shows no correlation, so they count 500 trials; but if the samples of a prompt repeat each other, one success is what a
 * rate of 10 % gives often enough. Here that rate is tested with the correlation it implies. At 0/n this is
 * the Wilson interval of so many trials as there are (equal) clusters, with one trial a cluster the Wilson interval
 * itself, and in between it needs no rule. A few events can make it narrower than none: spread over many clusters they
 * are the first sign that samples do not just repeat each other.
 *
 * @module
 */
import { betaBinomialCorrelation, type Tally, tallyClusters } from "./beta_binomial.ts";
import { checkEnoughClusters, poolClusters } from "./pooled.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { fewEventsLower } from "../one_rate/few_events.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the pooled rate k/n with the least and the greatest rate p for which |k/n − p| ≤ z × √(p(1 − p) Σ nᵢ(1 + (nᵢ − 1)r) / n²), where r is
 * the correlation of {@linkcode betaBinomialCorrelation} at p.
 *
 * Assumes that the correlation within clusters does not depend on their size, and for the choice of r a beta-binomial
 * distribution. Source: Wilson's score on a model's effective sample size, as in Saha, Miller & Wang (2016),
 * https://doi.org/10.1515/ijb-2015-0024, and Franco et al. (2019), https://doi.org/10.1093/jssam/smy019. Deviations: r is
 * estimated anew at each p (the constrained estimate of score tests with a nuisance parameter) and may be below 0; for 1
 * to 3 successes, and for successes in 1 to 3 clusters only, the lower end is moved out to {@linkcode fewEventsLower}, of
 * trials or of clusters; for failures the upper end.
 *
 * @returns estimate and ends as proportions in [0, 1]; ends to 1e-12
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than {@linkcode MIN_CLUSTERS} clusters
 *
 * @example
 * ```ts
 * import { betaBinomialScore } from "$lib/stats/clusters/beta_binomial_score.ts";
 * import assert from "node:assert/strict";
 *
 * const once = Array.from({ length: 10 }, (_, i) => ({ successes: i === 0 ? 1 : 0, trials: 50 }));
 * assert.equal(betaBinomialScore(once).upper.toFixed(3), "0.264"); // Wilson on 1/500 says 0.011
 * ```
 */
export function betaBinomialScore(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval {
  const what = "a beta-binomial score interval";
  const z = criticalValue(level);
  const { successes, trials, clusters: count, equalClusters } = poolClusters(what, clusters);
  checkEnoughClusters(what, count);
  const tally = tallyClusters(clusters);
  const swapped = { successes: tally.failures, failures: tally.successes, trials: tally.trials };
  const repeats = trials / equalClusters - 1;
  const end = (hits: number, counts: Tally) =>
    Math.min(
      scoreLower(counts, hits / trials, trials, repeats, z),
      fewEventsLower(hits, trials, level),
      fewEventsLower(counts.successes[0], count, level), // clusters with a success, of all clusters
    );
  return {
    estimate: successes / trials,
    lower: end(successes, tally),
    upper: 1 - end(trials - successes, swapped),
    level,
    method: "beta-binomial score",
  };
}

/** Places between the ends of the range at which the set of rates that are not rejected is looked for. */
const PLACES = 48;

/**
 * The least rate below `estimate` that is not rejected: the set of those can be in pieces, as the correlation jumps from
 * one maximum of its likelihood to another. `repeats` is Σ nᵢ(nᵢ − 1) / n.
 */
function scoreLower(tally: Tally, estimate: number, trials: number, repeats: number, z: number): number {
  if (estimate === 0) return 0;
  // How much farther than z standard errors: above 0 where the rate is rejected, and without a pole at 0.
  const excess = (rate: number) => {
    const designEffect = 1 + repeats * betaBinomialCorrelation(tally, rate);
    return estimate - rate - z * Math.sqrt(rate * (1 - rate) * designEffect / trials);
  };
  const highest = Math.min(estimate, 1 - 2 ** -53);
  // No correlation is above 1, so below the end for a correlation of 1 all are rejected.
  const size = trials / (1 + repeats);
  const lowest = (estimate + z ** 2 / (2 * size) -
    z * Math.sqrt(estimate * (1 - estimate) / size + z ** 2 / (4 * size ** 2))) / (1 + z ** 2 / size);
  const logit = (rate: number) => Math.log(rate / (1 - rate));
  const [from, to] = [logit(Math.max(lowest, Number.MIN_VALUE)), logit(highest)];
  let [low, above] = [0, estimate];
  for (let place = 0; place <= PLACES; place++) {
    const rate = place === PLACES ? highest : 1 / (1 + Math.exp(-(from + (to - from) * place / PLACES)));
    const height = excess(rate);
    if (height <= 0) return passing(excess, low, rate, above, height);
    [low, above] = [rate, height];
  }
  return highest; // the estimate itself is never rejected
}

/** Where a function passes 0 between `low`, where it is `above` 0, and `high`, where it is `below` it. */
function passing(excess: (rate: number) => number, low: number, high: number, above: number, below: number): number {
  // False position, the "Illinois" way: the height at an end that stays twice is halved, so that both ends close in.
  for (let step = 0, stayed = ""; step < 200 && high - low > 1e-14; step++) {
    const between = low + (high - low) * above / (above - below);
    const middle = between > low && between < high ? between : (low + high) / 2;
    const height = excess(middle);
    if (height > 0) {
      if (stayed === "high") below /= 2;
      [low, above, stayed] = [middle, height, "high"];
    } else {
      if (stayed === "low") above /= 2;
      [high, below, stayed] = [middle, height, "low"];
    }
  }
  return (low + high) / 2;
}
