/**
 * Whether the data show that a rate or a difference lies within a margin: "without a conflict it is below 5 %".
 *
 * A difference that is not significant shows nothing; this does: the claim holds if the whole 1 − 2α interval lies inside
 * the margin, which is two one-sided tests at α each. It can fail to be shown, and that does not show the opposite. No
 * result says that two rates are equal: no data can.
 *
 * @module
 */
import type { Interval } from "../numbers/interval.ts";

/** What is to be shown: that the value is below a number, above one, or between two. The ends are not part of it. */
export interface Margin {
  /** The value is to lie above this. */
  readonly above?: number;
  /** The value is to lie below this. */
  readonly below?: number;
}

/** What an interval shows about a margin. */
export interface Equivalence {
  /** "within" if the margin has two ends; "not shown" says nothing about the value. */
  readonly shown: "below" | "above" | "within" | "not shown";
  /** What was to be shown. */
  readonly margin: Margin;
  /** Highest probability to show what is not so, if the interval misses at most this much on each side. */
  readonly alpha: number;
  /** The interval of level 1 − 2α that decided. */
  readonly interval: Interval;
}

/**
 * Returns whether the interval of level 1 − 2α lies wholly inside the margin.
 *
 * Takes the estimator, not an interval, so that the level fits alpha: an interval of 95 % decides at α = 0.025. It must
 * miss at most α on each side. For one rate only the exact {@linkcode clopperPearson} does so whatever the rate: Wilson's
 * takes 0 of 52 to show "below 5 %", which a rate of 5 % gives with probability 0.07; the exact one asks for 0 of 59.
 *
 * Source: Schuirmann (1987), https://doi.org/10.1007/BF01068419. Deviation: any interval, for a margin with one end too.
 * Margin and α must be chosen before the data.
 *
 * @param intervalAt two-sided interval of the data at a confidence level
 * @param margin at least one end, on the scale of the interval
 * @param alpha strictly between 0 and 0.5
 * @throws {TypeError} if the margin has no end, or one that is not a number
 * @throws {RangeError} if the margin is empty, or alpha or the interval's level is not as it must be
 *
 * @example
 * ```ts
 * import { equivalence } from "$lib/stats/one_rate/equivalence.ts";
 * import { clopperPearson } from "$lib/stats/one_rate/clopper_pearson.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(equivalence((level) => clopperPearson(0, 59, level), { below: 0.05 }).shown, "below");
 * assert.equal(equivalence((level) => clopperPearson(0, 58, level), { below: 0.05 }).shown, "not shown");
 * ```
 */
export function equivalence(
  intervalAt: (level: number) => Interval,
  margin: Margin,
  alpha: number = 0.05,
): Equivalence {
  if (!(alpha > 0 && alpha < 0.5)) {
    throw new RangeError(
      `Cannot test equivalence as alpha must be strictly between 0 and 0.5: current value is ${alpha}`,
    );
  }
  checkMargin(margin);
  const level = 1 - 2 * alpha;
  const interval = intervalAt(level);
  if (interval.level !== level) {
    throw new RangeError(
      `Cannot test equivalence as the interval's level must be 1 - 2 alpha (${level}): current value is ${interval.level}`,
    );
  }
  const { above = -Infinity, below = Infinity } = margin;
  const inside = interval.lower > above && interval.upper < below;
  return { shown: inside ? claimOf(margin) : "not shown", margin, alpha, interval };
}

function claimOf({ above, below }: Margin): "below" | "above" | "within" {
  if (above === undefined) return "below";
  return below === undefined ? "above" : "within";
}

function checkMargin(margin: Margin): void {
  const ends = Object.entries({ above: margin.above, below: margin.below }).filter(([, end]) => end !== undefined);
  if (ends.length === 0) {
    throw new TypeError("Cannot test equivalence as the margin must have an end: current value is none");
  }
  for (const [name, end] of ends) {
    if (!Number.isFinite(end)) {
      throw new TypeError(`Cannot test equivalence as ${name} must be a finite number: current value is ${end}`);
    }
  }
  const { above = -Infinity, below = Infinity } = margin;
  if (above >= below) {
    throw new RangeError(`Cannot test equivalence as above must be < below (${below}): current value is ${above}`);
  }
}
