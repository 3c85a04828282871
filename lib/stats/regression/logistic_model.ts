/**
 * The pieces of a logistic regression at given coefficients, shared by every way to fit one.
 *
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, 2nd edition, chapter 4,
 * https://doi.org/10.1007/978-1-4899-3242-6. Deviation: the log-likelihood
 * leaves out the binomial coefficients, so that it is that of single samples and does not change with their grouping.
 *
 * @module
 */
import type { BinomialRow } from "./binomial_rows.ts";
import { dot } from "../numbers/cholesky.ts";

/** A logistic regression at given coefficients. */
export interface LogisticModel {
  readonly logLikelihood: number;
  /** Fitted probability of success, one a row. */
  readonly probabilities: readonly number[];
  /** p (1 − p), one a row. */
  readonly variances: readonly number[];
}

/**
 * Returns the log-likelihood and the fitted probabilities, without loss of digits where they are next to 0 or 1.
 *
 * @example
 * ```ts
 * import { logisticModel } from "$lib/stats/regression/logistic_model.ts";
 * import assert from "node:assert/strict";
 *
 * const model = logisticModel([{ successes: 1, trials: 2, predictors: [1] }], [0]);
 * assert.deepEqual(model, { logLikelihood: -2 * Math.log(2), probabilities: [0.5], variances: [0.25] });
 * ```
 */
export function logisticModel(rows: readonly BinomialRow[], coefficients: readonly number[]): LogisticModel {
  let logLikelihood = 0;
  const [probabilities, variances]: [number[], number[]] = [[], []];
  for (const { successes, trials, predictors } of rows) {
    const odds = dot(predictors, coefficients);
    // Each only where it has samples: 0 × Infinity is not a number.
    if (successes > 0) logLikelihood -= successes * softplus(-odds);
    if (successes < trials) logLikelihood -= (trials - successes) * softplus(odds);
    probabilities.push(inverseLogit(odds));
    variances.push(inverseLogit(odds) * inverseLogit(-odds));
  }
  return { logLikelihood, probabilities, variances };
}

/** Returns Σ weight · x xᵀ over the rows: the Fisher information if the weights are trials · p (1 − p). */
export function weightedInformation(rows: readonly BinomialRow[], weights: readonly number[]): number[][] {
  const information = rows[0].predictors.map(() => rows[0].predictors.map(() => 0));
  for (const [i, { predictors }] of rows.entries()) {
    for (let j = 0; j < predictors.length; j++) {
      const weighted = weights[i] * predictors[j];
      for (let k = 0; k <= j; k++) information[j][k] += weighted * predictors[k];
    }
  }
  return information.map((row, j) => row.map((value, k) => k <= j ? value : information[k][j]));
}

/** Returns Σ residual · x over the rows: the score if the residuals are successes − trials · p. */
export function weightedScore(rows: readonly BinomialRow[], residuals: readonly number[]): number[] {
  return rows[0].predictors.map((_, j) => rows.reduce((sum, row, i) => sum + residuals[i] * row.predictors[j], 0));
}

/** Returns 1 / (1 + e^−x). */
export function inverseLogit(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** log(1 + e^x). */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
