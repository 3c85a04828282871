/**
 * Experiments with a known effect: the same wordings in two conditions, each with a rate and a response of its own.
 *
 * @module
 */
import { normal } from "../numbers/distributions.ts";
import type { Random } from "../numbers/random.ts";
import type { ClusterPair } from "../pairs/paired_permutation.ts";

/** What all wordings are like, in log odds: each has the baseline and the effect of the mean, and its own around it. */
export interface PairedTruth {
  /** Of the second condition, over wordings. */
  readonly baseline: number;
  /** Standard deviation of it between wordings, at least 0. */
  readonly spread: number;
  /** Of the first condition over the second. */
  readonly effect: number;
  /** Standard deviation of it between wordings, at least 0. */
  readonly effectSpread: number;
}

/** How much is sampled. */
export interface ExperimentSize {
  /** Drawn anew for each experiment. */
  readonly wordings: number;
  /** Samples of each wording in each condition. */
  readonly epochs: number;
}

/** Rates of the wordings at equal steps of their normal: so many of them give the mean to 6 digits. */
const STEPS = 4_000;

/**
 * Returns the difference of rates, first minus second, over all wordings that there could be.
 *
 * @example
 * ```ts
 * import { trueDifference } from "$lib/stats/coverage/simulated_pairs.ts";
 * import assert from "node:assert/strict";
 *
 * const none = trueDifference({ baseline: 0, spread: 1, effect: 0, effectSpread: 1 });
 * assert(Math.abs(none) < 1e-6);
 * const gap = trueDifference({ baseline: 0, spread: 0, effect: Math.log(3), effectSpread: 0 });
 * assert.equal(gap.toFixed(6), "0.250000"); // odds of 3 are a rate of 75 %
 * ```
 */
export function trueDifference({ baseline, spread, effect, effectSpread }: PairedTruth): number {
  return meanRate(baseline + effect, Math.hypot(spread, effectSpread)) - meanRate(baseline, spread);
}

function meanRate(mean: number, spread: number): number {
  let sum = 0;
  for (let step = 0; step < STEPS; step++) sum += rateAt(mean + spread * normal.quantile((step + 0.5) / STEPS, 0, 1));
  return sum / STEPS;
}

/**
 * Draws the rates of as many wordings in both conditions.
 *
 * @throws {RangeError} if a spread is below 0
 */
export function drawWordings(
  truth: PairedTruth,
  wordings: number,
  random: Random,
): { first: number; second: number }[] {
  const { baseline, spread, effect, effectSpread } = truth;
  for (const [name, value] of Object.entries({ spread, effectSpread })) {
    if (!(value >= 0)) {
      throw new RangeError(`Cannot simulate an experiment as ${name} must be >= 0: current value is ${value}`);
    }
  }
  const drawn = () => normal.quantile(random.uniform() + 2 ** -33, 0, 1);
  return Array.from({ length: wordings }, () => {
    const own = baseline + spread * drawn();
    return { first: rateAt(own + effect + effectSpread * drawn()), second: rateAt(own) };
  });
}

/** Draws an experiment: what each of its wordings gave in both conditions. */
export function drawPairs(truth: PairedTruth, { wordings, epochs }: ExperimentSize, random: Random): ClusterPair[] {
  const drawn = (rate: number) => {
    let successes = 0;
    for (let epoch = 0; epoch < epochs; epoch++) successes += random.uniform() < rate ? 1 : 0;
    return { successes, trials: epochs };
  };
  return drawWordings(truth, wordings, random).map(({ first, second }) => ({
    first: drawn(first),
    second: drawn(second),
  }));
}

function rateAt(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
