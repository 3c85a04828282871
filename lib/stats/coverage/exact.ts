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

/**
 * Returns the least coverage over all rates strictly between 0 and 1, and a rate that has it: between two ends of
 * intervals the coverage has no minimum inside, so it is enough to look beside each end.
 *
 * @example
 * ```ts
 * import { leastCoverage } from "$lib/stats/coverage/exact.ts";
 * import { wilson } from "$lib/stats/one_rate/wilson.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(leastCoverage(10, wilson).coverage.toFixed(3), "0.835");
 * ```
 */
export function leastCoverage(
  trials: number,
  method: (successes: number, trials: number) => Ends,
): { coverage: number; rate: number } {
  const intervals = Array.from({ length: trials + 1 }, (_, successes) => method(successes, trials));
  const ends = new Set(intervals.flatMap(({ lower, upper }) => [lower, upper]));
  let least = { coverage: 1, rate: 0 };
  for (const end of ends) {
    for (const rate of [end - BESIDE, end + BESIDE]) {
      if (rate <= 0 || rate >= 1) continue;
      let coverage = 0;
      for (const [successes, interval] of intervals.entries()) {
        if (holds(interval, rate)) coverage += binomial.pmf(successes, trials, rate);
      }
      if (coverage < least.coverage) least = { coverage, rate };
    }
  }
  return least;
}

/** How far from an end the rates beside it are taken. */
const BESIDE = 1e-10;
