/**
 * The power of the z-test for two rates by the normal approximation: where exact enumeration starts to look, and what
 * stands in for it at sample sizes too large to enumerate.
 *
 * At low rates or few trials it is wrong by a lot, which is why power_two_proportions.ts enumerates.
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { normal } from "../numbers/distributions.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { checkArm, type PlannedArm } from "./arm.ts";

/**
 * Returns the approximate probability that the two-sided z-test with pooled variance rejects the equality of two rates,
 * to either side.
 *
 * Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., chapter 4,
 * https://doi.org/10.1002/0471445428; no continuity correction. Deviation: it counts rejections to the wrong side too,
 * as `strict = TRUE` does in R's power.prop.test().
 *
 * @param level confidence level: 1 − the significance level
 * @throws {TypeError} if the trials are not a whole number, or a rate not a number
 * @throws {RangeError} if there is no trial, or a rate or the level is out of range
 *
 * @example
 * ```ts
 * import { approximatePower } from "$lib/stats/planning/approximate_power.ts";
 * import assert from "node:assert/strict";
 *
 * const power = approximatePower({ rate: 0.2, trials: 50 }, { rate: 0.05, trials: 50 });
 * assert.equal(power.toFixed(4), "0.6240");
 * ```
 */
export function approximatePower(first: PlannedArm, second: PlannedArm, level: number = DEFAULT_LEVEL): number {
  for (const arm of [first, second]) checkArm("an approximate power", arm);
  const z = criticalValue(level);
  const pooled = (first.rate * first.trials + second.rate * second.trials) / (first.trials + second.trials);
  const nullError = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  const error = Math.sqrt(variance(first) + variance(second));
  const gap = Math.abs(first.rate - second.rate);
  // Both rates 0 or 1: the result is certain.
  if (error === 0) return gap > z * nullError ? 1 : 0;
  return normal.cdf((gap - z * nullError) / error, 0, 1) + normal.cdf((-gap - z * nullError) / error, 0, 1);
}

function variance({ rate, trials }: PlannedArm): number {
  return rate * (1 - rate) / trials;
}
