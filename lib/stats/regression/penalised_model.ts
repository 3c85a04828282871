/**
 * The pieces of Firth's penalised likelihood at given coefficients: its value, its score and its curvature.
 *
 * Source: Firth (1993), https://doi.org/10.1093/biomet/80.1.27, section 3.3 for the score; the curvature is the second
 * derivative of ½ log |I| by Jacobi's formula. No deviation.
 *
 * @module
 */
import type { BinomialRow } from "./binomial_rows.ts";
import { choleskyFactorOrNull, dot, forwardSolve, logDeterminant } from "../numbers/cholesky.ts";
import { logisticModel, weightedInformation, weightedScore } from "./logistic_model.ts";

/** A penalised likelihood at given coefficients. */
export interface PenalisedModel {
  /** Log-likelihood of the single samples + ½ log |Fisher information|. */
  readonly penalisedLogLikelihood: number;
  /** Its derivative. */
  readonly score: readonly number[];
  /** Cholesky's factor L of the Fisher information. */
  readonly factor: readonly (readonly number[])[];
  readonly probabilities: readonly number[];
  /** L⁻¹ x, one a row. */
  readonly whitened: readonly (readonly number[])[];
  /** Diagonal of the hat matrix, summed over the samples of a row. */
  readonly leverages: readonly number[];
}

/**
 * Returns the penalised likelihood, or null where the information is singular as far as numbers go.
 *
 * @example
 * ```ts
 * import { penalisedModel } from "$lib/stats/regression/penalised_model.ts";
 * import assert from "node:assert/strict";
 *
 * // One cell of 0/1: the penalty acts like half a success and half a failure.
 * const rows = [{ successes: 0, trials: 1, predictors: [1] }];
 * assert.equal(penalisedModel(rows, [0])!.score[0], -0.5);
 * assert(Math.abs(penalisedModel(rows, [Math.log(0.5 / 1.5)])!.score[0]) < 1e-15);
 * ```
 */
export function penalisedModel(rows: readonly BinomialRow[], coefficients: readonly number[]): PenalisedModel | null {
  const { logLikelihood, probabilities, variances } = logisticModel(rows, coefficients);
  const factor = choleskyFactorOrNull(weightedInformation(rows, rows.map((row, i) => row.trials * variances[i])));
  if (!factor) return null;
  const whitened = rows.map((row) => forwardSolve(factor, row.predictors));
  const leverages = rows.map((row, i) => row.trials * variances[i] * dot(whitened[i], whitened[i]));
  const residuals = rows.map(({ successes, trials }, i) =>
    successes - trials * probabilities[i] + leverages[i] * (0.5 - probabilities[i])
  );
  return {
    penalisedLogLikelihood: logLikelihood + logDeterminant(factor) / 2,
    score: weightedScore(rows, residuals),
    factor,
    probabilities,
    whitened,
    leverages,
  };
}

/** Returns the negative second derivative of the penalised log-likelihood; far from its maximum it may be indefinite. */
export function penalisedCurvature(rows: readonly BinomialRow[], model: PenalisedModel): number[][] {
  const { probabilities, leverages, whitened } = model;
  const variances = probabilities.map((p) => p * (1 - p));
  const direct = weightedInformation(
    rows,
    rows.map(({ trials }, i) => trials * variances[i] - leverages[i] * (1 - 6 * variances[i]) / 2),
  );
  // The derivative of the information by each coefficient, between L⁻¹ and L⁻ᵀ, as one long vector.
  const bent = rows[0].predictors.map((_, r) => {
    const weights = rows.map((row, i) => row.trials * variances[i] * (1 - 2 * probabilities[i]) * row.predictors[r]);
    return weightedInformation(whitened.map((predictors, i) => ({ ...rows[i], predictors })), weights).flat();
  });
  return direct.map((row, r) => row.map((value, s) => value + dot(bent[r], bent[s]) / 2));
}

/** Returns the information as if a row's leverage were more trials of it: positive definite wherever there is a model. */
export function augmentedInformation(rows: readonly BinomialRow[], model: PenalisedModel): number[][] {
  const { probabilities, leverages } = model;
  return weightedInformation(
    rows,
    rows.map((row, i) => (row.trials + leverages[i]) * probabilities[i] * (1 - probabilities[i])),
  );
}
