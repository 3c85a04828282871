/**
 * The ratio of the odds of two independent conditions, with an interval that works where a cell is 0.
 *
 * The score interval was chosen over the exact conditional one (R's `fisher.test`) because it is the third face of one
 * test: with {@linkcode miettinenNurminen} and {@linkcode riskRatio} it excludes "no effect" together or not at all, so
 * that no one can pick the measure that is significant; and because the conditional interval's coverage is far above its
 * level in small samples. Its own coverage is near the level, not guaranteed.
 *
 * @module
 */
import { checkProportion, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "./newcombe.ts";
import { invertScore, score } from "../numbers/score_inversion.ts";

/** Odds ratios are searched between e^−60 and e^60, beyond what any whole numbers can show. */
const LOG_RANGE = 60;

/**
 * Returns the odds ratio of `first` against `second`, two independent proportions, with its score interval.
 *
 * The estimate is the sample odds ratio: `Infinity`, with the same upper end, where only failures in the first or
 * successes in the second are missing, 0 with the same lower end where only the opposite are. With no success in either
 * condition, or no failure, it is not defined: the estimate is `NaN`, and the interval 0 to `Infinity` says that nothing
 * is known of it.
 *
 * Source: Miettinen & Nurminen (1985), https://doi.org/10.1002/sim.4780040211, with their variance factor N / (N − 1). No
 * deviation; the ends are found by halving on the logarithm of the odds ratio.
 *
 * @returns estimate and ends as odds ratios, from 0 to `Infinity`
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { oddsRatio } from "$lib/stats/two_rates/odds_ratio.ts";
 * import assert from "node:assert/strict";
 *
 * const { estimate, lower, upper } = oddsRatio({ successes: 9, trials: 13 }, { successes: 4, trials: 14 });
 * assert.equal(estimate, 5.625);
 * assert.equal(lower.toFixed(4), "1.0934");
 * assert.equal(upper.toFixed(4), "28.9419");
 * ```
 */
export function oddsRatio(first: Proportion, second: Proportion, level: number = DEFAULT_LEVEL): Interval {
  for (const { successes, trials } of [first, second]) checkProportion("an odds ratio", successes, trials);
  const [x1, n1, x2, n2] = [first.successes, first.trials, second.successes, second.trials];
  const scoreAt = (logRatio: number) => {
    const ratio = Math.exp(logRatio);
    const odds2 = secondOdds(x1 + x2, n1, n2, ratio);
    const odds1 = ratio * odds2;
    const information = (1 + odds1) ** 2 / (n1 * odds1) + (1 + odds2) ** 2 / (n2 * odds2);
    return score((x1 - (n1 - x1) * odds1) / (1 + odds1), (n1 + n2) / (n1 + n2 - 1) / information);
  };
  const { lower, upper } = invertScore(scoreAt, level, -LOG_RANGE, LOG_RANGE);
  const [onlyUp, onlyDown] = [x1 * (n2 - x2), (n1 - x1) * x2];
  return {
    estimate: onlyUp / onlyDown,
    lower: onlyUp === 0 ? 0 : Math.exp(lower),
    upper: onlyDown === 0 ? Infinity : Math.exp(upper),
    level,
    method: "miettinen-nurminen",
  };
}

/** The second odds that fit both conditions best under an odds ratio: the positive root of a quadratic. */
function secondOdds(successes: number, n1: number, n2: number, ratio: number): number {
  const a = ratio * (n1 + n2 - successes);
  const b = ratio * (n1 - successes) + n2 - successes;
  const root = Math.sqrt(b ** 2 + 4 * a * successes);
  // Of the two forms of the root, the one that does not subtract nearly equal numbers.
  return b > 0 ? 2 * successes / (b + root) : (root - b) / (2 * a);
}
