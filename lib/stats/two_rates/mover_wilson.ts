/**
 * An interval for a weighted sum of independent rates, built from their Wilson intervals: what remains honest where some
 * of the rates are 0/n.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "./newcombe.ts";
import { wilson } from "../one_rate/wilson.ts";

/** One rate and what it counts in the sum. */
export interface WeightedProportion extends Proportion {
  readonly weight: number;
}

/**
 * Returns Σ weight · rate with the interval of the method of variance estimates recovery (MOVER) from Wilson intervals.
 * With the weights 1 and −1 it is {@linkcode newcombe}.
 *
 * Sources: Zou & Donner (2008), https://doi.org/10.1002/sim.3095; for this sum Zou, Huang & Zhang (2009),
 * https://doi.org/10.1016/j.csda.2008.09.033. No deviation.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if there is no term, or a count, a weight or the level is out of range
 *
 * @example
 * ```ts
 * import { moverWilson } from "$lib/stats/two_rates/mover_wilson.ts";
 * import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
 * import assert from "node:assert/strict";
 *
 * const [a, b] = [{ successes: 9, trials: 10 }, { successes: 3, trials: 10 }];
 * const gap = moverWilson([{ ...a, weight: 1 }, { ...b, weight: -1 }]);
 * assert.equal(gap.lower.toFixed(12), newcombe(a, b).lower.toFixed(12));
 * ```
 */
export function moverWilson(terms: readonly WeightedProportion[], level: number = DEFAULT_LEVEL): Interval {
  if (terms.length === 0) {
    throw new RangeError("Cannot compute a weighted sum of rates as terms must be >= 1: current value is 0");
  }
  let [estimate, below, above] = [0, 0, 0];
  for (const { successes, trials, weight } of terms) {
    if (!Number.isFinite(weight)) {
      throw new RangeError(
        `Cannot compute a weighted sum of rates as weights must be finite numbers: current value is ${weight}`,
      );
    }
    const rate = wilson(successes, trials, level);
    const [toLower, toUpper] = [weight * (rate.estimate - rate.lower), weight * (rate.upper - rate.estimate)];
    estimate += weight * rate.estimate;
    below += (weight > 0 ? toLower : toUpper) ** 2;
    above += (weight > 0 ? toUpper : toLower) ** 2;
  }
  return {
    estimate,
    lower: estimate - Math.sqrt(below),
    upper: estimate + Math.sqrt(above),
    level,
    method: "mover wilson",
  };
}
