/**
 * What a human-coded subset says of a judge, and what every rate corrected with it says about itself.
 *
 * The subset must have been drawn at random from the samples that the judge labelled; no number can show that it was.
 *
 * @module
 */
import { checkCount } from "../numbers/check_number.ts";

/** Samples that both a human and the judge labelled: positive by the judge, and truly so by the human, and so on. */
export interface CodedSubset {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** A rate corrected for the judge's errors. Where a number cannot be had it is null, and `reason` says why. */
export interface CorrectedRate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reason: string | null;
  readonly level: number;
  readonly method: string;
  readonly warnings: readonly CorrectionWarning[];
}

/**
 * Why a corrected rate must not be trusted to its level:
 * - `few_positives`, `few_negatives`: the humans coded fewer than 10 samples so, and the judge's sensitivity or
 *   specificity is hardly known;
 * - `few_disagreements`: judge and humans differ on fewer than 10 samples, and the normal approximation to the
 * correction
 *   does not hold;
 * - `clipped`: the estimate fell outside [0, 1] and was moved to its edge.
 */
export type CorrectionWarning = "few_positives" | "few_negatives" | "few_disagreements" | "clipped";

/** Fewer samples of a kind than this are few. */
export const FEW = 10;

/** The subset's sums. */
export interface SubsetSums {
  readonly positives: number;
  readonly negatives: number;
  readonly disagreements: number;
  readonly coded: number;
}

/**
 * Sums a subset, after a look at it.
 *
 * @param what what is to be computed, as the error would name it: "a Rogan–Gladen rate"
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is negative, or nothing was coded
 *
 * @example
 * ```ts
 * import { sumSubset } from "$lib/stats/correction/coded_subset.ts";
 * import assert from "node:assert/strict";
 *
 * const subset = { truePositives: 18, falsePositives: 4, falseNegatives: 2, trueNegatives: 76 };
 * assert.deepEqual(sumSubset("a rate", subset), { positives: 20, negatives: 80, disagreements: 6, coded: 100 });
 * ```
 */
export function sumSubset(what: string, subset: CodedSubset): SubsetSums {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = subset;
  for (const [name, value] of Object.entries({ truePositives, falsePositives, falseNegatives, trueNegatives })) {
    if (!Number.isInteger(value)) {
      throw new TypeError(`Cannot compute ${what} as ${name} must be a whole number: current value is ${value}`);
    }
    if (value < 0) throw new RangeError(`Cannot compute ${what} as ${name} must be >= 0: current value is ${value}`);
  }
  const [positives, negatives] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  checkCount(what, "coded samples", positives + negatives);
  return { positives, negatives, disagreements: falsePositives + falseNegatives, coded: positives + negatives };
}

/** A number moved into [0, 1]. */
export function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Interval ends moved into [0, 1]; none, with the reason, if all of the interval lies outside. */
export function clippedEnds(lower: number, upper: number): Pick<CorrectedRate, "lower" | "upper" | "reason"> {
  // Moved to the edge such an interval would be ±0.
  if (upper <= 0 || lower >= 1) {
    return { lower: null, upper: null, reason: "the judge's rate does not fit its errors in the subset" };
  }
  return { lower: clipped(lower), upper: clipped(upper), reason: null };
}
