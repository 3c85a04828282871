/**
 * What a rate could be if the missing verdicts were known.
 *
 * A missing verdict is neither a success nor a failure. The two extremes, every missing one a failure and every missing
 * one a success, enclose every answer that the full data could have given. No assumption is made and no sampling error
 * is included. Source: Manski (1989), "Anatomy of the selection problem", https://doi.org/10.2307/145818.
 *
 * @module
 */

/**
 * Returns the lowest and the highest rate that `missing` unknown verdicts allow.
 *
 * With nothing scored and nothing missing the answer is [0, 1]: nothing is known.
 *
 * @throws {RangeError} if a count is negative, not whole, or `successes` > `scored`
 *
 * @example
 * ```ts
 * import { missingBounds } from "$lib/stats/one_rate/missing_bounds.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(missingBounds(3, 8, 2), [0.3, 0.5]);
 * ```
 */
export function missingBounds(successes: number, scored: number, missing: number): readonly [number, number] {
  for (const [name, value] of Object.entries({ successes, scored, missing })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`Cannot bound a rate as ${name} must be a whole number >= 0: current value is ${value}`);
    }
  }
  if (successes > scored) {
    throw new RangeError(
      `Cannot bound a rate as successes must be <= scored (${scored}): current value is ${successes}`,
    );
  }
  const all = scored + missing;
  return all === 0 ? [0, 1] : [successes / all, (successes + missing) / all];
}
