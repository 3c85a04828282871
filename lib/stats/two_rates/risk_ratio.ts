/**
 * The ratio of two independent rates, with an interval that works where one of them is 0 of n.
 *
 * Control conditions of this field are mostly 0 of n, where the usual interval of the log ratio divides by zero or adds
 * a half to counts. The score interval needs neither: against 0 of n its lower end is a number and its upper end
 * `Infinity`, which is what such data allow.
 *
 * @module
 */
import { checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "./newcombe.ts";
import { invertScore, score } from "../numbers/score_inversion.ts";

/** Ratios are searched between e^−60 and e^60, beyond what any whole numbers can show. */
const LOG_RANGE = 60;

/**
 * Returns the ratio `first / second` of two independent proportions with its score interval.
 *
 * A rate of 0 in the second condition gives the estimate and the upper end `Infinity`; in the first, the estimate and the
 * lower end 0. With no success in either the ratio is not defined: the estimate is `NaN`, and the interval 0 to
 * `Infinity` says that nothing is known of it.
 *
 * Source: Miettinen & Nurminen (1985), https://doi.org/10.1002/sim.4780040211, with their variance factor N / (N − 1);
 * without that factor it would be the interval of Koopman (1984), https://doi.org/10.2307/2531405. No deviation; the ends
 * are found by halving on the logarithm of the ratio.
 *
 * @returns estimate and ends as ratios, from 0 to `Infinity`
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { riskRatio } from "$lib/stats/two_rates/risk_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = riskRatio({ successes: 7, trials: 34 }, { successes: 1, trials: 34 });
 * assert.equal(lower.toFixed(4), "1.2086");
 * assert.equal(upper.toFixed(4), "43.0330");
 *
 * const against0 = riskRatio({ successes: 7, trials: 34 }, { successes: 0, trials: 34 });
 * assert.equal(against0.lower.toFixed(2), "1.93");
 * assert.equal(against0.upper, Infinity);
 * ```
 */
export function riskRatio(first: Proportion, second: Proportion, level: number = DEFAULT_LEVEL): Interval {
  for (const { successes, trials } of [first, second]) checkProportion("a risk ratio", successes, trials);
  const total = first.trials + second.trials;
  const scoreAt = (logRatio: number) => {
    const ratio = Math.exp(logRatio);
    const rate = secondRate(first, second, ratio);
    const variance = ratio * rate * (1 - ratio * rate) / first.trials + ratio ** 2 * rate * (1 - rate) / second.trials;
    const gap = first.successes / first.trials - ratio * second.successes / second.trials;
    return score(gap, variance * total / (total - 1));
  };
  const { lower, upper } = invertScore(scoreAt, level, -LOG_RANGE, LOG_RANGE);
  return {
    estimate: (first.successes * second.trials) / (first.trials * second.successes),
    lower: first.successes === 0 ? 0 : Math.exp(lower),
    upper: second.successes === 0 ? Infinity : Math.exp(upper),
    level,
    method: "miettinen-nurminen",
  };
}

/** The second rate that fits both conditions best if the first is `ratio` times it: the smaller root of a quadratic. */
function secondRate(first: Proportion, second: Proportion, ratio: number): number {
  const [x1, n1, x2, n2] = [first.successes, first.trials, second.successes, second.trials];
  const [left, right] = [x1 + n2, (n1 + x2) * ratio];
  // The discriminant as a sum of what is never negative: its textbook form loses all digits when no sample failed.
  const root = Math.sqrt((left - right) ** 2 + 4 * (n1 - x1) * (n2 - x2) * ratio);
  // Rounding alone can step outside what the ratio allows.
  return Math.min(2 * (x1 + x2) / (left + right + root), 1, 1 / ratio);
}
