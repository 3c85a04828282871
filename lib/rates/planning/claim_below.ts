/**
 * The claim that a rate is below a line: it is shown by an upper bound, and never by an interval that merely is low.
 *
 * @module
 */
import { guaranteedInterval } from "../../stats/clusters/guaranteed_interval.ts";
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { upperBound } from "../../stats/one_rate/upper_bound.ts";
import type { Count } from "../counting/count.ts";
import { reachOf } from "../counting/over.ts";

/** What data say of a claim that a rate is below a line. */
export interface ClaimBelow {
  /** The line. */
  readonly below: number;
  /** True where the upper bound is below the line; false says that it was not shown, not that it is wrong. */
  readonly isShown: boolean;
  /** The one-sided upper bound, a missing verdict taken as an event; null where there is no sample. */
  readonly upper: number | null;
  /** The level of the bound, so that all claims of the family hold together. */
  readonly level: number;
  /** What the bound is over: `prompts`, or `samples of these 4 prompts`. */
  readonly over: string;
  /** Name of the method. */
  readonly method: string;
}

/**
 * Evaluates the claim that the rate behind a count is below a line, by a bound that holds whatever prompts are like: over
 * 10 or more prompts the guaranteed one, else the exact one over samples of these prompts. A missing verdict counts as an
 * event, for it cannot show that there was none. Source of sharing the error among claims: Dunn (1961),
 * https://doi.org/10.1080/01621459.1961.10482090.
 *
 * @param claims how many claims of the family must hold together, at least 1
 * @param level confidence that all of them hold, strictly between 0 and 1
 * @throws {RangeError} if the level is out of range
 *
 * @example
 * ```ts
 * import { claimBelow } from "$lib/rates/planning/claim_below.ts";
 * import assert from "node:assert/strict";
 *
 * const count = { group: {}, outcome: "subvert", count: 0, scored: 100, missing: 0 };
 * assert.equal(claimBelow(count, 0.05).isShown, true); // at most 2.95 %
 * assert.equal(claimBelow(count, 0.05, 16).isShown, false); // at most 5.6 % for all of 16 together
 * assert.equal(claimBelow({ ...count, missing: 9 }, 0.05).isShown, false);
 * ```
 */
export function claimBelow(
  { clustered, ...count }: Count,
  below: number,
  claims: number = 1,
  level: number = DEFAULT_LEVEL,
): ClaimBelow {
  const shared = 1 - (1 - level) / claims;
  const worst = <T extends Pick<Count, "count" | "scored" | "missing">>(row: T): T => (
    { ...row, count: row.count + row.missing, scored: row.scored + row.missing, missing: 0 }
  );
  const all: Count = {
    ...worst(count),
    ...(clustered && { clustered: { ...clustered, counts: clustered.counts.map(worst) } }),
  };
  const { over, isOverClusters } = reachOf(all);
  if (all.scored === 0) return { below, isShown: false, upper: null, level: shared, over, method: "none" };
  if (!isOverClusters) {
    const { upper, method } = upperBound(all.count, all.scored, shared);
    return { below, isShown: upper < below, upper, level: shared, over, method };
  }
  const rates = all.clustered!.counts.filter(({ scored }) => scored > 0);
  const { upper, method } = guaranteedInterval(
    rates.map(({ count, scored }) => ({ successes: count, trials: scored })),
    2 * shared - 1, // its upper end alone errs half as often
  );
  return { below, isShown: upper < below, upper, level: shared, over, method: `${method}, one-sided` };
}
