/**
 * A rate corrected by the judge's sensitivity and specificity: Rogan and Gladen's estimator.
 *
 * It uses the human-coded subset only for how the judge errs. So it still holds if the subset was drawn by the human
 * label or is from elsewhere, as long as the judge errs there as here; in return it is less precise than
 * prediction_powered.ts where the subset is a random part of the same samples.
 *
 * @module
 */
import {
  clipped,
  clippedEnds,
  type CodedSubset,
  type CorrectedRate,
  type CorrectionWarning,
  FEW,
  sumSubset,
} from "./coded_subset.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { checkProportion, DEFAULT_LEVEL } from "../numbers/interval.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/**
 * Returns the rate among the samples that no human coded, with the interval of Lang and Reiczigel, which counts the
 * uncertainty of the judge's rate, of its sensitivity and of its specificity.
 *
 * There is no estimate if the humans coded no positive or no negative, or if the judge says "positive" about as often
 * of their negatives as of their positives; and no interval if all of it lies outside [0, 1].
 *
 * Source: Rogan & Gladen (1978), https://doi.org/10.1093/oxfordjournals.aje.a112510; interval: Lang & Reiczigel (2014),
 * https://doi.org/10.1016/j.prevetmed.2013.09.015. Deviation: the variance has (1 − p)² with the specificity, as the
 * delta method gives it and R's asht::prevSeSp() has it, where the paper's equation 4 prints (1 + p)².
 *
 * @param subset samples that both a human and the judge labelled
 * @param judged what the judge said of the other samples
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { roganGladen } from "$lib/stats/correction/rogan_gladen.ts";
 * import assert from "node:assert/strict";
 *
 * const subset = { truePositives: 18, falsePositives: 8, falseNegatives: 2, trueNegatives: 72 };
 * const { estimate, warnings } = roganGladen(subset, { successes: 200, trials: 1000 });
 * assert.equal(estimate?.toFixed(3), "0.125"); // (0.2 − 0.1) / (0.9 − 0.1)
 * assert.deepEqual(warnings, []);
 * ```
 */
export function roganGladen(subset: CodedSubset, judged: Proportion, level: number = DEFAULT_LEVEL): CorrectedRate {
  const { positives, negatives } = sumSubset("a Rogan–Gladen rate", subset);
  checkProportion("a Rogan–Gladen rate", judged.successes, judged.trials);
  const z = criticalValue(level);
  const warnings: CorrectionWarning[] = [];
  if (positives < FEW) warnings.push("few_positives");
  if (negatives < FEW) warnings.push("few_negatives");
  const method = "rogan-gladen, lang-reiczigel";
  const without = (reason: string): CorrectedRate => ({
    ...{ estimate: null, lower: null, upper: null, reason, level, method, warnings },
  });
  if (positives === 0) return without("no sample was coded positive, so the judge's sensitivity is unknown");
  if (negatives === 0) return without("no sample was coded negative, so the judge's specificity is unknown");
  const gain = subset.truePositives / positives + subset.trueNegatives / negatives - 1;
  const adjusted = adjustedRates(subset, judged, z);
  if (gain <= 0 || adjusted.gain <= 0) return without("the judge does not tell positives from negatives");
  const raw = (judged.successes / judged.trials + subset.trueNegatives / negatives - 1) / gain;
  if (raw < 0 || raw > 1) warnings.push("clipped");
  const { middle, error } = adjusted;
  return { estimate: clipped(raw), ...clippedEnds(middle - z * error, middle + z * error), level, method, warnings };
}

/** Equations 6–17 of the paper: P is the prevalence and AP the judge's rate, as there; all are the adjusted ones. */
function adjustedRates(
  subset: CodedSubset,
  judged: Proportion,
  z: number,
): { gain: number; middle: number; error: number } {
  const nP = judged.trials + z ** 2;
  const nSe = subset.truePositives + subset.falseNegatives + 2;
  const nSp = subset.trueNegatives + subset.falsePositives + 2;
  const AP = (judged.successes + z ** 2 / 2) / nP;
  const Se = (subset.truePositives + 1) / nSe;
  const Sp = (subset.trueNegatives + 1) / nSp;
  const gain = Se + Sp - 1;
  const P = (AP + Sp - 1) / gain;
  const [varSe, varSp] = [Se * (1 - Se) / nSe, Sp * (1 - Sp) / nSp];
  const shift = 2 * z ** 2 * (P * varSe - (1 - P) * varSp);
  const error = Math.sqrt(AP * (1 - AP) / nP + P ** 2 * varSe + (1 - P) ** 2 * varSp) / gain;
  return { gain, middle: P + shift, error };
}
