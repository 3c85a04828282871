/**
 * Is it the first factor, the second, or only both? Every effect of two crossed factors, from the counts of four cells.
 *
 * @module
 */
import { type FactorialCells, type FactorialEffects, mapEffects } from "./factorial_cells.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { moverWilson } from "../two_rates/mover_wilson.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns each effect as a difference of rates with its interval by {@linkcode moverWilson}; a difference of two cells is
 * {@linkcode newcombe}'s, `interaction` is {@linkcode differenceOfDifferences}. Counts every sample as independent; each
 * interval keeps its own level and none is adjusted for there being several.
 *
 * For one stratum. Cells that pool strata (models, scenarios) in different shares mix the strata's differences with the
 * factors' effects: there use {@linkcode marginalEffects}.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { factorialEffects } from "$lib/stats/regression/factorial_effects.ts";
 * import assert from "node:assert/strict";
 *
 * const none = { successes: 0, trials: 20 };
 * const effects = factorialEffects({ neither: none, first: none, second: none, both: { successes: 14, trials: 20 } });
 * assert(effects.interaction.lower > 0);
 * assert.equal(effects.firstAlone.upper.toFixed(2), "0.16"); // not shown, which is not "none"
 * ```
 */
export function factorialEffects(
  cells: FactorialCells<Proportion>,
  level: number = DEFAULT_LEVEL,
): FactorialEffects<Interval> {
  return mapEffects((weights) =>
    moverWilson([
      { ...cells.neither, weight: weights.neither },
      { ...cells.first, weight: weights.first },
      { ...cells.second, weight: weights.second },
      { ...cells.both, weight: weights.both },
    ], level)
  );
}
