/**
 * Which missing verdicts, in the one arm and in the other, would change what is said of a difference of two rates.
 *
 * A conclusion that stands at every filling needs no assumption about the missing. One that falls at some has a line
 * between, and the reader can judge whether what lies beyond it is plausible.
 *
 * @module
 */
import type { Interval } from "../numbers/interval.ts";
import { missingBounds } from "../one_rate/missing_bounds.ts";
import type { PartlyScored } from "./missing_contrast_bounds.ts";
import { newcombe, type Proportion } from "./newcombe.ts";
import { checkReference, type CountRange, RANKS, type Side, sideOf } from "./tipping_point.ts";

/** What the missing verdicts can do to a conclusion about two rates. */
export interface TippingLine {
  /** What the scored verdicts alone say of `first − second` against the reference. */
  readonly conclusion: Side;
  /** For 0, 1, … successes among the first arm's missing verdicts: how many of the second arm's may be successes with
   *  the conclusion unchanged; null: with no number of them does it stand. */
  readonly line: readonly (CountRange | null)[];
  /** True if no filling of the missing verdicts would change the conclusion. */
  readonly robust: boolean;
}

/**
 * Returns the fillings of the missing verdicts of two arms at which the interval of `first − second` stays on the same
 * side of `reference` as that of the scored verdicts alone: above 0, below 0, or holding 0.
 *
 * Both edges of the line rise with the first arm's successes, so one walk along each finds them: the cost grows with
 * the sum of the missing, not with their product. Source: Hollis (2002), https://doi.org/10.1002/sim.1276; enhanced by
 * Liublinska & Rubin (2014), https://doi.org/10.1002/sim.6197. Deviation: edges instead of the whole grid.
 *
 * @param reference the difference that the interval is held against
 * @param interval an interval whose ends rise with the first arm's successes and fall with the second's; Newcombe's do,
 * because the ends of a Wilson interval rise with the successes
 * @throws {TypeError} if a count is not a whole number, or the reference not a number
 * @throws {RangeError} if a count is out of range or an arm has nothing scored
 *
 * @example
 * ```ts
 * import { tippingLine } from "$lib/stats/two_rates/tipping_line.ts";
 * import assert from "node:assert/strict";
 *
 * const conflict = { successes: 12, scored: 20, missing: 2 };
 * const none = { successes: 4, scored: 18, missing: 2 };
 * const { conclusion, line, robust } = tippingLine(conflict, none);
 * assert.equal(conclusion, "above");
 * // If both missing of the first arm were failures, it would fall with one success in the second arm.
 * assert.deepEqual(line, [{ from: 0, to: 0 }, { from: 0, to: 1 }, { from: 0, to: 2 }]);
 * assert.equal(robust, false);
 * ```
 */
export function tippingLine(
  first: PartlyScored,
  second: PartlyScored,
  reference: number = 0,
  interval: (first: Proportion, second: Proportion) => Interval = newcombe,
): TippingLine {
  for (const { successes, scored, missing } of [first, second]) missingBounds(successes, scored, missing);
  checkReference(reference);
  const conclusion = sideOf(
    interval(filledIn({ ...first, missing: 0 }, 0), filledIn({ ...second, missing: 0 }, 0)),
    reference,
  );
  const rank = (x: number, y: number) => RANKS[sideOf(interval(filledIn(first, x), filledIn(second, y)), reference)];
  let [from, end] = [0, 0]; // the conclusion stands from `from` up to, not including, `end`
  const line: (CountRange | null)[] = [];
  for (let x = 0; x <= first.missing; x++) {
    while (from <= second.missing && rank(x, from) > RANKS[conclusion]) from += 1;
    end = Math.max(end, from);
    while (end <= second.missing && rank(x, end) === RANKS[conclusion]) end += 1;
    line.push(from < end ? { from, to: end - 1 } : null);
  }
  return { conclusion, line, robust: line.every((run) => run?.from === 0 && run.to === second.missing) };
}

/** The arm as it would be if `yes` of its missing verdicts were successes and the others failures. */
function filledIn({ successes, scored, missing }: PartlyScored, yes: number): Proportion {
  return { successes: successes + yes, trials: scored + missing };
}
