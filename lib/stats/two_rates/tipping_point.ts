/**
 * How many of the missing verdicts would have to be successes to change what is said of one rate.
 *
 * Bounds say what the rate could be; this says whether it matters: at which of the possible fillings the conclusion
 * drawn from the scored verdicts no longer stands. It makes no assumption about why verdicts are missing.
 *
 * @module
 */
import type { Interval } from "../numbers/interval.ts";
import { missingBounds } from "../one_rate/missing_bounds.ts";
import type { PartlyScored } from "./missing_contrast_bounds.ts";
import type { Proportion } from "./newcombe.ts";
import { wilson } from "../one_rate/wilson.ts";

/** Where a whole interval lies against a reference value; "undecided" if it holds or touches the value. */
export type Side = "below" | "undecided" | "above";

/** The numbers from `from` to `to`, both included. */
export interface CountRange {
  /** The least. */
  readonly from: number;
  /** The greatest. */
  readonly to: number;
}

/** What the missing verdicts can do to a conclusion about one rate. */
export interface TippingPoint {
  /** What the scored verdicts alone say. */
  readonly conclusion: Side;
  /** How many of the missing verdicts may be successes, the others failures, with the conclusion unchanged; null: with
   *  no number of them does it stand. */
  readonly holds: CountRange | null;
  /** True if no number of missing verdicts would change the conclusion. */
  readonly robust: boolean;
}

/**
 * Returns for which numbers of successes among the missing verdicts the interval of the rate stays on the same side of
 * `reference` as that of the scored ones alone, for instance below 0.05.
 *
 * Source: Hollis (2002), https://doi.org/10.1002/sim.1276, who draws every allocation of the missing outcomes; here for
 * one arm, and its edges found by bisection.
 *
 * @param reference the rate that the interval is held against
 * @param interval an interval whose ends rise with the successes, as those of the methods for one rate do; the ends of the
 * clustered score interval need not, as more events in more clusters can narrow it
 * @throws {TypeError} if a count is not a whole number, or the reference not a number
 * @throws {RangeError} if a count is out of range or nothing is scored
 *
 * @example
 * ```ts
 * import { tippingPoint } from "$lib/stats/two_rates/tipping_point.ts";
 * import assert from "node:assert/strict";
 *
 * // 0 of 190 is below 5 %, and 10 verdicts are missing: it takes 4 of them to be unsure of it.
 * assert.deepEqual(tippingPoint({ successes: 0, scored: 190, missing: 10 }, 0.05), {
 *   conclusion: "below",
 *   holds: { from: 0, to: 3 },
 *   robust: false,
 * });
 * ```
 */
export function tippingPoint(
  { successes, scored, missing }: PartlyScored,
  reference: number,
  interval: (rate: Proportion) => Interval = (rate) => wilson(rate.successes, rate.trials),
): TippingPoint {
  missingBounds(successes, scored, missing); // refuses what cannot be counted
  checkReference(reference);
  const conclusion = sideOf(interval({ successes, trials: scored }), reference);
  const rank = (filled: number) =>
    RANKS[sideOf(interval({ successes: successes + filled, trials: scored + missing }), reference)];
  const from = fewest(missing, (filled) => rank(filled) >= RANKS[conclusion]);
  const to = fewest(missing, (filled) => rank(filled) > RANKS[conclusion]) - 1;
  const holds = from <= to ? { from, to } : null;
  return { conclusion, holds, robust: from === 0 && to === missing };
}

/** Sides in the order in which a rising interval passes through them. */
export const RANKS: Readonly<Record<Side, number>> = { below: -1, undecided: 0, above: 1 };

/** Returns on which side of `reference` an interval lies. */
export function sideOf({ lower, upper }: Interval, reference: number): Side {
  if (lower > reference) return "above";
  return upper < reference ? "below" : "undecided";
}

/** Throws a TypeError unless a reference value is a number. */
export function checkReference(reference: number): void {
  if (!Number.isFinite(reference)) {
    throw new TypeError(
      `Cannot look for a tipping point as the reference must be a finite number: current value is ${reference}`,
    );
  }
}

/** The smallest number in [0, `most`] from which on `reached` is true; `most` + 1 if it is nowhere. */
function fewest(most: number, reached: (number: number) => boolean): number {
  let [low, high] = [0, most + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
