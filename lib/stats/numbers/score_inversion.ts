/**
 * Interval ends by inverting a score test: the interval holds every parameter that the test would not reject.
 *
 * @module
 */
import { criticalValue } from "./critical_value.ts";
import { crossing } from "./crossing.ts";

/**
 * Returns what a score test says of one parameter: the gap between what was seen and what the parameter predicts, in
 * standard errors under that parameter. Without gap and without variance the data are exactly what it predicts: 0.
 */
export function score(gap: number, variance: number): number {
  return gap === 0 ? 0 : gap / Math.sqrt(Math.max(0, variance));
}

/**
 * Returns the parameters between `low` and `high` at which `scoreAt`, which falls as the parameter grows, passes the
 * critical value from above and its negative; `low` or `high` where it never does.
 *
 * @param level confidence level, strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { invertScore } from "$lib/stats/numbers/score_inversion.ts";
 * import assert from "node:assert/strict";
 *
 * const { lower, upper } = invertScore((mean) => 3 - mean, 0.95, -10, 4); // one normal observation, no mean above 4
 * assert.equal(lower.toFixed(4), "1.0400");
 * assert.equal(upper, 4);
 * ```
 */
export function invertScore(scoreAt: (parameter: number) => number, level: number, low: number, high: number) {
  const z = criticalValue(level);
  return { lower: crossing(scoreAt, z, low, high), upper: crossing(scoreAt, -z, low, high) };
}
