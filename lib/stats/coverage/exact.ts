/**
 * How often an interval for independent trials holds the true rate, without simulation.
 *
 * @module
 */
import { type Coverage, type Ends, holds } from "./simulate.ts";
import { binomial } from "../numbers/distributions.ts";

/**
 * Returns the exact coverage and mean width of an interval for `trials` independent trials, by going through every number
 * of successes.
 *
 * @example
 * ```ts
 * import { exactCoverage } from "$lib/stats/coverage/exact.ts";
 * import { wilson } from "$lib/stats/one_rate/wilson.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(exactCoverage(100, 0.0017, wilson).coverage!.toFixed(3), "0.844"); // too short for rates near 0.18/n
 * ```
 */
export function exactCoverage(
  trials: number,
  rate: number,
  method: (successes: number, trials: number) => Ends,
): Coverage {
  let [coverage, width] = [0, 0];
  for (let successes = 0; successes <= trials; successes++) {
    const probability = binomial.pmf(successes, trials, rate);
    if (probability === 0) continue;
    const interval = method(successes, trials);
    width += probability * (interval.upper - interval.lower);
    if (holds(interval, rate)) coverage += probability;
  }
  return { coverage, width, offered: 1 };
}
