/**
 * Two conditions compared within strata, for example within each model, and which strata have nothing to say.
 *
 * @module
 */
import { checkProportion, type Interval } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import type { TestResult } from "../numbers/test_result.ts";

/** Two conditions in one stratum; an arm nobody ran has 0 of 0. */
export interface Stratum {
  readonly first: Proportion;
  readonly second: Proportion;
}

/** A stratum that a method cannot use, and why. */
export interface SetAside {
  /** Its place among the strata given, from 0. */
  readonly stratum: number;
  /** One condition was not run in it, or all its samples had the same outcome. */
  readonly reason: "empty arm" | "no variation";
}

/** A test over strata, with those it could not use. */
export interface StratifiedTest extends TestResult {
  /** Strata that are not in it. */
  readonly setAside: readonly SetAside[];
}

/** An interval over strata, with those it could not use. */
export interface StratifiedInterval extends Interval {
  /** Strata that are not in it. */
  readonly setAside: readonly SetAside[];
}

/** The counts of one stratum: successes and trials of each condition, successes and trials in all. */
export interface StratumCounts {
  readonly x1: number;
  readonly n1: number;
  readonly x2: number;
  readonly n2: number;
  readonly successes: number;
  readonly total: number;
}

/**
 * Sets aside the strata that cannot contribute, and returns the counts of the others.
 *
 * A stratum with an empty arm compares nothing. One in which all samples had the same outcome says nothing of an odds
 * ratio, and is set aside if `needsVariation`; of a difference it says that there was none.
 *
 * @throws {TypeError} if strata is not an array or a count is not a whole number
 * @throws {RangeError} if a count is out of range or no stratum is left
 *
 * @example
 * ```ts
 * import { usableStrata } from "$lib/stats/strata/stratum.ts";
 * import assert from "node:assert/strict";
 *
 * const { used, setAside } = usableStrata("a test", [
 *   { first: { successes: 3, trials: 9 }, second: { successes: 0, trials: 8 } },
 *   { first: { successes: 3, trials: 9 }, second: { successes: 0, trials: 0 } },
 *   { first: { successes: 0, trials: 9 }, second: { successes: 0, trials: 8 } },
 * ], true);
 * assert.equal(used.length, 1);
 * assert.deepEqual(setAside, [{ stratum: 1, reason: "empty arm" }, { stratum: 2, reason: "no variation" }]);
 * ```
 */
export function usableStrata(
  what: string,
  strata: readonly Stratum[],
  needsVariation: boolean,
): { used: readonly StratumCounts[]; setAside: readonly SetAside[] } {
  if (!Array.isArray(strata)) {
    throw new TypeError(`Cannot compute ${what} as strata must be an array: current value is ${strata}`);
  }
  const used: StratumCounts[] = [];
  const setAside: SetAside[] = [];
  strata.forEach(({ first, second }, stratum) => {
    for (const { successes, trials } of [first, second]) {
      if (successes !== 0 || trials !== 0) checkProportion(what, successes, trials);
    }
    const [x1, n1, x2, n2] = [first.successes, first.trials, second.successes, second.trials];
    const [successes, total] = [x1 + x2, n1 + n2];
    const same = successes === 0 || successes === total;
    if (n1 === 0 || n2 === 0) setAside.push({ stratum, reason: "empty arm" });
    else if (needsVariation && same) setAside.push({ stratum, reason: "no variation" });
    else used.push({ x1, n1, x2, n2, successes, total });
  });
  if (used.length === 0) {
    const needed = needsVariation ? "both conditions and both outcomes" : "both conditions";
    throw new RangeError(`Cannot compute ${what} as at least 1 stratum must have ${needed}: current value is 0`);
  }
  return { used, setAside };
}

/** Sum over strata. */
export function sumOver(strata: readonly StratumCounts[], term: (stratum: StratumCounts) => number): number {
  return strata.reduce((sum, stratum) => sum + term(stratum), 0);
}
