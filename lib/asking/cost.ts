/**
 * What calls cost, and a limit that is never passed.
 *
 * @module
 */
import type { Usage } from "./task.ts";

/** US dollars for a million tokens, as the user knows them: prices change, so none are built in. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

/** A sum that may be spent. Money is set aside before a call and settled after it. */
export interface Budget {
  /** Sets aside the most that a call can cost, unless that could pass the limit; says whether it did. */
  readonly reserve: (most: Usage) => boolean;
  /** Puts what a call did cost in the place of what was set aside; `undefined` where nobody knows: all of it then. */
  readonly settle: (most: Usage, used: Usage | undefined) => void;
  /** US dollars, as counted from the replies; `undefined` without prices. */
  readonly spent: () => number | undefined;
  /** US dollars more that may have been spent: for replies that never came, or that did not say. */
  readonly unknown: () => number | undefined;
}

/** Returns US dollars. */
export function costOf({ input, output }: Usage, prices: Prices): number {
  return (input * prices.input + output * prices.output) / 1e6;
}

/**
 * Makes a budget; without a limit it only counts.
 *
 * @throws {RangeError} if there is a limit and no prices
 *
 * @example
 * ```ts
 * import { createBudget } from "$lib/asking/cost.ts";
 * import assert from "node:assert/strict";
 *
 * const budget = createBudget({ input: 1, output: 2 }, 0.5);
 * const most = { input: 100_000, output: 100_000 }; // 0.30 USD
 * assert(budget.reserve(most));
 * assert(!budget.reserve(most));
 * budget.settle(most, { input: 100_000, output: 1000 });
 * assert.equal(budget.spent(), 0.102);
 * assert(budget.reserve(most));
 * ```
 */
export function createBudget(prices?: Prices, limit: number = Infinity): Budget {
  if (prices === undefined && limit < Infinity) throw new RangeError("Cannot hold a limit of cost without prices");
  const cost = (usage: Usage) => prices === undefined ? 0 : costOf(usage, prices);
  let [spent, unknown, reserved] = [0, 0, 0];
  return {
    reserve: (most) => {
      if (spent + unknown + reserved + cost(most) > limit) return false;
      reserved += cost(most);
      return true;
    },
    settle: (most, used) => {
      reserved -= cost(most);
      if (used === undefined) unknown += cost(most);
      else spent += cost(used);
    },
    spent: () => prices && spent,
    unknown: () => prices && unknown,
  };
}
