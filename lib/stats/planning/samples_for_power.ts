/**
 * How many samples each of two conditions needs for a study that is likely to find their difference.
 *
 * @module
 */
import { approximatePower } from "./approximate_power.ts";
import { checkInside, checkUnit } from "../numbers/check_number.ts";
import { normal } from "../numbers/distributions.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { type Decision, EXACT_TRIALS, excludesZero, powerTwoProportions } from "./power_two_proportions.ts";

/** Trials that a planned study needs, and what they give it. */
export interface SamplesForPower {
  /** Independent trials in each condition. */
  readonly trials: number;
  /** Power at that number. */
  readonly power: number;
  /** How the number was found. */
  readonly method: "exact" | "normal approximation";
}

/**
 * Returns the smallest number of independent trials in each condition from which on the power is at least `power`.
 *
 * "From which on", as power climbs in saw teeth: a smaller number may reach it by luck and the next one miss it. It is
 * found by exact enumeration, going down from a number whose power is half-way from `power` to 1. Where the normal
 * approximation asks for more than 5,000 the answer is that of the z-test at 95 %, whatever `decide` is, and says so.
 *
 * For samples that share prompts, turn the trials into clusters: see `clustersForTrials()` in design_effect.ts.
 *
 * @param power the probability wanted, usually 0.8 or 0.9
 * @param decide when the study claims a difference; by default when Newcombe's 95 % interval excludes 0. One that is
 * slow, such as Fisher's test, makes this slow, as some hundred powers are enumerated
 * @throws {TypeError} if a rate or the power is not a number
 * @throws {RangeError} if it is out of range, if the rates are equal, or if `decide` needs more than 10,000
 *
 * @example
 * ```ts
 * import { samplesForPower } from "$lib/stats/planning/samples_for_power.ts";
 * import assert from "node:assert/strict";
 *
 * const { trials, method } = samplesForPower(0.2, 0.05, 0.8);
 * assert.equal(trials, 71);
 * assert.equal(method, "exact");
 * ```
 */
export function samplesForPower(
  firstRate: number,
  secondRate: number,
  power: number,
  decide: Decision = excludesZero(),
): SamplesForPower {
  checkUnit("the samples for a power", "the first rate", firstRate);
  checkUnit("the samples for a power", "the second rate", secondRate);
  checkInside("the samples for a power", "the power", power);
  if (firstRate === secondRate) {
    throw new RangeError(
      `Cannot compute the samples for a power as the rates must differ: current value is ${firstRate} for both`,
    );
  }
  const approximate = approximateSamples(firstRate, secondRate, power);
  if (approximate > EXACT_TRIALS / 2) {
    const [first, second] = [firstRate, secondRate].map((rate) => ({ rate, trials: approximate }));
    return { trials: approximate, power: approximatePower(first, second), method: "normal approximation" };
  }
  const powerOf = (trials: number) =>
    powerTwoProportions({ rate: firstRate, trials }, { rate: secondRate, trials }, decide);
  let trials = approximateSamples(firstRate, secondRate, (1 + power) / 2);
  while (powerOf(trials) < (1 + power) / 2) {
    if (trials === EXACT_TRIALS) {
      throw new RangeError(
        `Cannot compute the samples for a power as those needed must be <= ${EXACT_TRIALS}: ` +
          `current value is more than ${EXACT_TRIALS}`,
      );
    }
    trials = Math.min(EXACT_TRIALS, Math.ceil(1.2 * trials));
  }
  let reached = powerOf(trials);
  while (trials > 1) {
    const next = powerOf(trials - 1);
    if (next < power) break;
    [trials, reached] = [trials - 1, next];
  }
  return { trials, power: reached, method: "exact" };
}

/** At 95 %, no continuity correction: Fleiss, Levin & Paik (2003), chapter 4, https://doi.org/10.1002/0471445428. */
function approximateSamples(first: number, second: number, power: number): number {
  const pooled = (first + second) / 2;
  const spread = criticalValue(DEFAULT_LEVEL) * Math.sqrt(2 * pooled * (1 - pooled)) +
    normal.quantile(power, 0, 1) * Math.sqrt(first * (1 - first) + second * (1 - second));
  return Math.max(1, Math.ceil((spread / (first - second)) ** 2));
}
