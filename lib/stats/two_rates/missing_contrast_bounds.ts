/**
 * What the difference of two rates could be if the missing verdicts of both arms were known.
 *
 * @module
 */
import { missingBounds } from "../one_rate/missing_bounds.ts";

/** The verdicts of one arm: `successes` of `scored`, and `missing` ones of which nothing is known. */
export interface PartlyScored {
  /** How often it came about. */
  readonly successes: number;
  /** How many have a verdict. */
  readonly scored: number;
  /** How many have none. */
  readonly missing: number;
}

/** The lowest and the highest value that a quantity can have; no confidence interval, as no sampling error is in it. */
export interface Bounds {
  /** The lowest value. */
  readonly lower: number;
  /** The highest value. */
  readonly upper: number;
}

/**
 * Returns the lowest and the highest difference `first − second` that the missing verdicts allow: every missing one of
 * the first arm a failure and of the second a success, and the other way round.
 *
 * No assumption is made and no sampling error is included; for that see tipping_line.ts. An
 * arm with nothing scored and nothing missing may have any rate. Source: Horowitz & Manski (2000),
 * https://doi.org/10.1080/01621459.2000.10473902, for a binary outcome and no covariate. No deviation.
 *
 * @returns bounds as differences of proportions in [−1, 1]
 * @throws {RangeError} if a count is negative, not whole, or `successes` > `scored`
 *
 * @example
 * ```ts
 * import { missingContrastBounds } from "$lib/stats/two_rates/missing_contrast_bounds.ts";
 * import assert from "node:assert/strict";
 *
 * const conflict = { successes: 6, scored: 8, missing: 2 };
 * const none = { successes: 1, scored: 10, missing: 0 };
 * assert.deepEqual(missingContrastBounds(conflict, none), { lower: 0.5, upper: 0.7000000000000001 });
 * ```
 */
export function missingContrastBounds(first: PartlyScored, second: PartlyScored): Bounds {
  const [firstLower, firstUpper] = missingBounds(first.successes, first.scored, first.missing);
  const [secondLower, secondUpper] = missingBounds(second.successes, second.scored, second.missing);
  return { lower: firstLower - secondUpper, upper: firstUpper - secondLower };
}
