/**
 * The interaction of two factors on the probability scale, from the counts of the four cells: the answer for one
 * stratum that stays honest where control cells are 0/n.
 *
 * @module
 */
import type { FactorialCells } from "./factorial_cells.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { moverWilson } from "../two_rates/mover_wilson.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns both − first − second + neither, in [−2, 2], with the interval of {@linkcode moverWilson}. Counts every sample
 * as independent.
 *
 * Its exact coverage at a nominal 95 %, least of 400 quadruples of rates drawn from all over [0, 1]⁴: 88 % with 5 samples
 * a cell, 91 % with 10, 93 % with 20, on average 96 %. Where three rates are near 0, the field's usual case, it covers
 * 97 % and more.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { differenceOfDifferences } from "$lib/stats/regression/difference_of_differences.ts";
 * import assert from "node:assert/strict";
 *
 * const none = { successes: 0, trials: 20 };
 * const excess = differenceOfDifferences({ neither: none, first: none, second: none, both: { successes: 14, trials: 20 } });
 * assert.equal(excess.estimate, 0.7);
 * assert.equal(excess.lower.toFixed(2), "0.38"); // three controls of 0/20 are not three rates of 0
 * ```
 */
export function differenceOfDifferences(cells: FactorialCells<Proportion>, level: number = DEFAULT_LEVEL): Interval {
  return moverWilson([
    { ...cells.neither, weight: 1 },
    { ...cells.first, weight: -1 },
    { ...cells.second, weight: -1 },
    { ...cells.both, weight: 1 },
  ], level);
}
