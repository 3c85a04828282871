/**
 * The four cells of two crossed factors, each absent or present, and the questions asked of them.
 *
 * Every effect is a weighted sum of the four rates, on the probability scale: "twice as many blackmails" has a meaning
 * there for a control of 1 % as for one of 40 %, and an interaction on the log-odds scale may have the other sign.
 *
 * @module
 */

/** One thing a cell of a 2 × 2 factorial. */
export interface FactorialCells<Thing> {
  /** Neither factor. */
  readonly neither: Thing;
  /** The first factor only. */
  readonly first: Thing;
  /** The second factor only. */
  readonly second: Thing;
  /** Both factors. */
  readonly both: Thing;
}

/** One thing an effect of a 2 × 2 factorial. */
export interface FactorialEffects<Thing> {
  /** first − neither. */
  readonly firstAlone: Thing;
  /** second − neither. */
  readonly secondAlone: Thing;
  /** both − second: the first factor added to the second. */
  readonly firstAdded: Thing;
  /** both − first: the second factor added to the first. */
  readonly secondAdded: Thing;
  /** both − neither. */
  readonly together: Thing;
  /** Main effect: the mean of firstAlone and firstAdded, each level of the second factor counting the same. */
  readonly firstMain: Thing;
  /** Main effect: the mean of secondAlone and secondAdded, each level of the first factor counting the same. */
  readonly secondMain: Thing;
  /** Difference of differences, both − first − second + neither: what the two do beyond the sum of each alone. */
  readonly interaction: Thing;
}

/** What each cell's rate counts in each effect. */
const WEIGHTS: FactorialEffects<FactorialCells<number>> = {
  firstAlone: { neither: -1, first: 1, second: 0, both: 0 },
  secondAlone: { neither: -1, first: 0, second: 1, both: 0 },
  firstAdded: { neither: 0, first: 0, second: -1, both: 1 },
  secondAdded: { neither: 0, first: -1, second: 0, both: 1 },
  together: { neither: -1, first: 0, second: 0, both: 1 },
  firstMain: { neither: -0.5, first: 0.5, second: -0.5, both: 0.5 },
  secondMain: { neither: -0.5, first: -0.5, second: 0.5, both: 0.5 },
  interaction: { neither: 1, first: -1, second: -1, both: 1 },
};

/** Returns what `compute` makes of the weights of each effect. */
export function mapEffects<Thing>(compute: (weights: FactorialCells<number>) => Thing): FactorialEffects<Thing> {
  return {
    firstAlone: compute(WEIGHTS.firstAlone),
    secondAlone: compute(WEIGHTS.secondAlone),
    firstAdded: compute(WEIGHTS.firstAdded),
    secondAdded: compute(WEIGHTS.secondAdded),
    together: compute(WEIGHTS.together),
    firstMain: compute(WEIGHTS.firstMain),
    secondMain: compute(WEIGHTS.secondMain),
    interaction: compute(WEIGHTS.interaction),
  };
}

/**
 * Returns what `compute` makes of each cell.
 *
 * @example
 * ```ts
 * import { mapCells } from "$lib/stats/regression/factorial_cells.ts";
 * import assert from "node:assert/strict";
 *
 * const doubled = mapCells({ neither: 0, first: 1, second: 2, both: 3 }, (value) => value * 2);
 * assert.deepEqual(doubled, { neither: 0, first: 2, second: 4, both: 6 });
 * ```
 */
export function mapCells<From, To>(cells: FactorialCells<From>, compute: (cell: From) => To): FactorialCells<To> {
  return {
    neither: compute(cells.neither),
    first: compute(cells.first),
    second: compute(cells.second),
    both: compute(cells.both),
  };
}
