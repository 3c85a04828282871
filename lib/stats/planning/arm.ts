/**
 * What a study plans for one condition before any data.
 *
 * @module
 */
import { checkCount, checkUnit } from "../numbers/check_number.ts";

/** A planned condition: the rate it is assumed to have, and the number of its independent trials. */
export interface PlannedArm {
  /** In [0, 1]. */
  readonly rate: number;
  /** At least 1. */
  readonly trials: number;
}

/**
 * Throws unless a planned condition has a rate and at least one trial.
 *
 * @throws {TypeError} if the trials are not a whole number, or the rate not a number
 * @throws {RangeError} if there is no trial, or the rate lies outside [0, 1]
 *
 * @example
 * ```ts
 * import { checkArm } from "$lib/stats/planning/arm.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => checkArm("a power", { rate: 5, trials: 100 }), RangeError); // 5 % is 0.05
 * ```
 */
export function checkArm(what: string, { rate, trials }: PlannedArm): void {
  checkUnit(what, "the rate", rate);
  checkCount(what, "trials", trials);
}
