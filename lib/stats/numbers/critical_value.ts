/**
 * How many standard errors an interval of a given confidence level reaches to each side.
 *
 * @module
 */
import { normal } from "./distributions.ts";
import { checkLevel } from "./interval.ts";

/**
 * Returns the two-sided standard normal critical value of a confidence level: 1.959964… for 0.95.
 *
 * @param level confidence level, strictly between 0 and 1
 * @throws {RangeError} if the level is not strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { criticalValue } from "$lib/stats/numbers/critical_value.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(criticalValue(0.95).toFixed(6), "1.959964");
 * ```
 */
export function criticalValue(level: number): number {
  checkLevel(level);
  return normal.quantile((1 + level) / 2, 0, 1);
}
