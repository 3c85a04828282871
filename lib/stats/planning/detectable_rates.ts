/**
 * The smallest difference that a study of given size is likely to find.
 *
 * @module
 */
import { checkCount, checkInside } from "../numbers/check_number.ts";
import { checkArm, type PlannedArm } from "./arm.ts";
import { type Decision, excludesZero, powerTwoProportions } from "./power_two_proportions.ts";

/** The rates nearest to a baseline that a study is likely to tell from it; null where no rate on that side is. */
export interface DetectableRates {
  /** The nearest rate below the baseline. */
  readonly below: number | null;
  /** The nearest rate above the baseline. */
  readonly above: number | null;
}

/**
 * Returns the nearest rates below and above the baseline's for which a second condition with `trials` independent
 * trials is found to differ with probability `power`; their distance from the baseline is the smallest detectable
 * difference.
 *
 * Found by bisection on the exact power, until no number lies between found and missed. As claims to either side
 * count, `power` must be above the rate of false claims, as any that is worth planning for is.
 *
 * @param power the probability wanted, usually 0.8 or 0.9
 * @throws {TypeError} if the trials are not a whole number, or a rate not a number
 * @throws {RangeError} if a rate or the power is out of range, or the trials outside [1, 10000]
 *
 * @example
 * ```ts
 * import { detectableRates } from "$lib/stats/planning/detectable_rates.ts";
 * import assert from "node:assert/strict";
 *
 * const { below, above } = detectableRates({ rate: 0.05, trials: 100 }, 100, 0.8);
 * assert.equal(below, null); // not even a rate of 0 could be told from 5 %
 * assert.equal(above?.toFixed(3), "0.171");
 * ```
 */
export function detectableRates(
  baseline: PlannedArm,
  trials: number,
  power: number,
  decide: Decision = excludesZero(),
): DetectableRates {
  checkArm("detectable rates", baseline);
  checkCount("detectable rates", "trials", trials);
  checkInside("detectable rates", "the power", power);
  const found = (rate: number) => powerTwoProportions(baseline, { rate, trials }, decide) >= power;
  return { below: nearestFound(found, baseline.rate, 0), above: nearestFound(found, baseline.rate, 1) };
}

/** The rate nearest to `baseline` that is found, on the way to `end`; null if not even `end` is. */
function nearestFound(found: (rate: number) => boolean, baseline: number, end: number): number | null {
  if (!found(end)) return null;
  let [missed, hit] = [baseline, end];
  while (true) {
    const middle = (missed + hit) / 2;
    if (middle === missed || middle === hit) return hit;
    if (found(middle)) hit = middle;
    else missed = middle;
  }
}
