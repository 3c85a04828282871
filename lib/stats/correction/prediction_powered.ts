/**
 * A rate from many judged samples and few human-coded ones: prediction-powered inference.
 *
 * The judge's rate is taken from all samples, and its error, measured on the random subset that humans coded, is taken
 * off. Unlike Rogan and Gladen's estimator it uses what the humans found in the subset too, and it is right however the
 * judge errs; tuned, it is about as precise as the human-only rate even if the judge is useless.
 *
 * Here for rates only, so that counts are enough. The interval is a normal approximation.
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
 * Returns the prediction-powered rate (PPI), which trusts the judge fully.
 *
 * There is no interval if judge and humans agree on all of the subset, as the approximation would take the judge for
 * perfect; nor if the variance is 0, or if all of the interval lies outside [0, 1].
 *
 * Source: Angelopoulos et al. (2023), https://doi.org/10.1126/science.adi6000. Deviation: clipped to [0, 1].
 *
 * @param subset a random part of the samples, which both a human and the judge labelled
 * @param judged what the judge said of the other samples
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { predictionPowered } from "$lib/stats/correction/prediction_powered.ts";
 * import assert from "node:assert/strict";
 *
 * const subset = { truePositives: 18, falsePositives: 10, falseNegatives: 2, trueNegatives: 70 };
 * const { estimate } = predictionPowered(subset, { successes: 250, trials: 1000 });
 * assert.equal(estimate?.toFixed(3), "0.170"); // 25 % by the judge, less the 8 points too many in the subset
 * ```
 */
export function predictionPowered(
  subset: CodedSubset,
  judged: Proportion,
  level: number = DEFAULT_LEVEL,
): CorrectedRate {
  return weighted(subset, judged, 1, level, "ppi");
}

/**
 * Returns the tuned prediction-powered rate (PPI++), which trusts the judge as far as the subset shows it to be right.
 *
 * There is no interval where {@linkcode predictionPowered} gives none, nor if the humans coded all of the subset
 * alike: the judge is not heard then, and 0 of 100 would be ±0.
 *
 * Source: Angelopoulos, Duchi & Zrnic (2023), https://doi.org/10.48550/arXiv.2311.01453; weight λ as in proposition 2,
 * kept within [0, 1] as the authors' package ppi-python does. Deviation: clipped to [0, 1].
 *
 * @param subset a random part of the samples, which both a human and the judge labelled
 * @param judged what the judge said of the other samples
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { predictionPoweredTuned } from "$lib/stats/correction/prediction_powered.ts";
 * import assert from "node:assert/strict";
 *
 * const guesses = { truePositives: 10, falsePositives: 40, falseNegatives: 10, trueNegatives: 40 };
 * const { estimate } = predictionPoweredTuned(guesses, { successes: 450, trials: 1000 });
 * assert.equal(estimate, 0.2); // a judge that tosses coins is not heard: 20 of 100 by the humans
 * ```
 */
export function predictionPoweredTuned(
  subset: CodedSubset,
  judged: Proportion,
  level: number = DEFAULT_LEVEL,
): CorrectedRate {
  const { coded, positives } = sumSubset("a prediction-powered rate", subset);
  checkProportion("a prediction-powered rate", judged.successes, judged.trials);
  const said = subset.truePositives + subset.falsePositives;
  const covariance = subset.truePositives / coded - positives / coded * (said / coded);
  const all = coded + judged.trials;
  const share = (said + judged.successes) / all;
  const variance = share * (1 - share) * all / (all - 1);
  // A judge that always says the same says nothing.
  const lambda = variance === 0 ? 0 : clipped(covariance / ((1 + coded / judged.trials) * variance));
  return weighted(subset, judged, lambda, level, "ppi++");
}

/** A variance below this is 0 but for rounding, and its interval would be ±0. */
const NONE = 1e-15;

/** The human rate in the subset + λ × (the judge's rate in the rest − the judge's rate in the subset). */
function weighted(
  subset: CodedSubset,
  judged: Proportion,
  lambda: number,
  level: number,
  method: string,
): CorrectedRate {
  const { coded, positives, negatives, disagreements } = sumSubset("a prediction-powered rate", subset);
  checkProportion("a prediction-powered rate", judged.successes, judged.trials);
  const z = criticalValue(level);
  const rate = judged.successes / judged.trials;
  const said = (subset.truePositives + subset.falsePositives) / coded;
  const error = positives / coded - lambda * said; // mean of human − λ·judge
  const raw = lambda * rate + error;
  const warnings: CorrectionWarning[] = [];
  if (positives < FEW) warnings.push("few_positives");
  if (negatives < FEW) warnings.push("few_negatives");
  if (disagreements < FEW) warnings.push("few_disagreements");
  if (raw < 0 || raw > 1) warnings.push("clipped");
  const common = { estimate: clipped(raw), level, method, warnings };
  if (disagreements === 0) {
    return { ...common, lower: null, upper: null, reason: "judge and humans agree on all of the subset" };
  }
  const squares = subset.truePositives * (1 - lambda) ** 2 + subset.falsePositives * lambda ** 2 +
    subset.falseNegatives;
  const variance = lambda ** 2 * rate * (1 - rate) / judged.trials + (squares / coded - error ** 2) / coded;
  if (variance < NONE) {
    return { ...common, lower: null, upper: null, reason: "the humans coded all of the subset alike" };
  }
  const half = z * Math.sqrt(variance);
  return { ...common, ...clippedEnds(raw - half, raw + half) };
}
