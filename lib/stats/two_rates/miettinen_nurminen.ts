/**
 * The Miettinen–Nurminen score interval of the difference of two independent rates.
 *
 * It holds every difference that a score test does not reject, and so agrees with the test; Newcombe's interval, which
 * this project reports by default, has no test behind it. {@linkcode riskRatio} and {@linkcode oddsRatio} invert the same
 * test: of one pair of conditions all three exclude "no effect", or none does.
 *
 * @module
 */
import { crossing } from "../numbers/crossing.ts";
import { checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "./newcombe.ts";
import { invertScore, score } from "../numbers/score_inversion.ts";

/**
 * Returns the difference `first − second` of two independent proportions with its score interval.
 *
 * Source: Miettinen & Nurminen (1985), https://doi.org/10.1002/sim.4780040211, with their variance factor N / (N − 1).
 * One deviation: the rates that fit best under a difference come from halving on the slope of the log-likelihood, which
 * is concave, as the closed form of the cubic loses half the digits where two of its roots meet.
 *
 * @returns estimate and ends as differences of proportions in [−1, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { miettinenNurminen } from "$lib/stats/two_rates/miettinen_nurminen.ts";
 * import assert from "node:assert/strict";
 *
 * const gap = miettinenNurminen({ successes: 0, trials: 16 }, { successes: 15, trials: 72 });
 * assert.equal(gap.lower.toFixed(4), "-0.3164");
 * assert.equal(gap.upper.toFixed(4), "-0.0056");
 * ```
 */
export function miettinenNurminen(first: Proportion, second: Proportion, level: number = DEFAULT_LEVEL): Interval {
  for (const { successes, trials } of [first, second]) {
    checkProportion("a Miettinen–Nurminen interval", successes, trials);
  }
  const estimate = first.successes / first.trials - second.successes / second.trials;
  const total = first.trials + second.trials;
  const scoreAt = (difference: number) => {
    const rate = secondRate(first, second, difference);
    const variance = (rate + difference) * (1 - rate - difference) / first.trials + rate * (1 - rate) / second.trials;
    return score(estimate - difference, variance * total / (total - 1));
  };
  return { estimate, ...invertScore(scoreAt, level, -1, 1), level, method: "miettinen-nurminen" };
}

/** The second rate that fits both conditions best if the first is `difference` above it. */
function secondRate(first: Proportion, second: Proportion, difference: number): number {
  const slopeAt = (rate: number) => slope(first, rate + difference) + slope(second, rate);
  return crossing(slopeAt, 0, Math.max(0, -difference), Math.min(1, 1 - difference));
}

/** Slope of the log-likelihood of a proportion at a rate. */
function slope({ successes, trials }: Proportion, rate: number): number {
  const rise = successes === 0 ? 0 : successes / rate;
  return successes === trials ? rise : rise - (trials - successes) / (1 - rate);
}
