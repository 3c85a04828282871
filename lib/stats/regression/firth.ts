/**
 * Firth's penalised likelihood: a logistic regression whose estimates exist for every design of full rank, so also where
 * a control cell is 0/n and maximum likelihood has none.
 *
 * The likelihood is multiplied by Jeffreys' prior, the square root of the determinant of the Fisher information. That
 * removes the first-order bias of the coefficients and keeps them finite; for the latter see Kosmidis & Firth (2021),
 * https://doi.org/10.1093/biomet/asaa052. Predicted probabilities are pulled towards 1/2 (a cell on its own becomes
 * (k + ½) / (n + 1)), see Puhr et al. (2017), https://doi.org/10.1002/sim.7273: report the cells' rates from their counts.
 *
 * @module
 */
import { type BinomialRow, poolRows } from "./binomial_rows.ts";
import { choleskyFactorOrNull, dot, inverse, type Matrix, solve } from "../numbers/cholesky.ts";
import { type Coefficients, fell, isLastStep } from "./logistic.ts";
import { augmentedInformation, penalisedCurvature, type PenalisedModel, penalisedModel } from "./penalised_model.ts";

/** A fit by Firth's penalised likelihood. */
export interface FirthFit extends Coefficients {
  readonly method: "firth";
  /** Log-likelihood of the single samples + ½ log |Fisher information|. */
  readonly penalisedLogLikelihood: number;
  /** Derivative of the penalised log-likelihood; 0 but for the coefficient that is held. */
  readonly score: readonly number[];
  readonly iterations: number;
}

/** A coefficient that is not estimated. */
export interface HeldCoefficient {
  /** Column of the design, counted from 0. */
  readonly column: number;
  /** Value of every coefficient to start from; that of the column stays. */
  readonly start: readonly number[];
}

/** More than any fit was seen to need, by far. */
const MAX_ITERATIONS = 500;

/** How far a step may move a fitted log odds: beyond, the likelihood says little of what is there. */
const LONGEST_STEP = 5;

/**
 * Fits a logistic regression by Firth's penalised likelihood, by Newton's method with step-halving, until a step is under
 * 1e-10 standard errors. Counts every trial as independent.
 *
 * Sources: Firth (1993), https://doi.org/10.1093/biomet/80.1.27; Heinze & Schemper (2002),
 * https://doi.org/10.1002/sim.1047. Deviation, of the way and not of where it leads: steps use the second derivative of
 * the whole penalised likelihood in place of the Fisher information, which needs thousands of them far out in a profile.
 * The covariance is the inverse of the Fisher information of the data, without the penalty.
 *
 * @param held a coefficient that keeps its value while the others are fitted, as in a profile
 * @throws {TypeError | RangeError} as {@linkcode poolRows} does, or if the fit does not converge, which was seen only of
 * nearly singular designs and of cells with 1 sample beside cells with more than 10,000
 *
 * @example
 * ```ts
 * import { firth } from "$lib/stats/regression/firth.ts";
 * import assert from "node:assert/strict";
 *
 * const fit = firth([
 *   { successes: 0, trials: 20, predictors: [1, 0] },
 *   { successes: 8, trials: 20, predictors: [1, 1] },
 * ]);
 * assert.equal(fit.coefficients[0].toFixed(6), Math.log(0.5 / 20.5).toFixed(6)); // ½ added to each count
 * ```
 */
export function firth(rows: readonly BinomialRow[], held?: HeldCoefficient): FirthFit {
  const pooled = poolRows("a Firth regression", rows);
  const columns = [...pooled[0].predictors.keys()];
  const free = columns.filter((column) => column !== held?.column);
  let coefficients = held ? [...held.start] : columns.map(() => 0);
  let model = penalisedModel(pooled, coefficients);
  let before = Infinity;
  for (let iterations = 0; iterations < MAX_ITERATIONS && model; iterations++) {
    const { factor, score, penalisedLogLikelihood }: PenalisedModel = model;
    const step = stepOf(pooled, model, free);
    if (!step) break;
    const length = dot(step, score);
    if (isLastStep(length, before)) {
      const covariance = inverse(factor);
      return { method: "firth", coefficients, covariance, penalisedLogLikelihood, score, iterations };
    }
    before = length;
    const reach = Math.max(...pooled.map((row) => Math.abs(dot(row.predictors, step))));
    const moveBy = (share: number) => coefficients.map((value, j) => value + share * step[j]);
    let share = Math.min(1, LONGEST_STEP / reach);
    let next = penalisedModel(pooled, moveBy(share));
    while (share > 1e-9 && fell(penalisedLogLikelihood, next?.penalisedLogLikelihood ?? -Infinity)) {
      share /= 2;
      next = penalisedModel(pooled, moveBy(share));
    }
    coefficients = moveBy(share);
    model = next;
  }
  throw new RangeError(`Cannot compute a Firth regression as it must converge: current value is ${coefficients}`);
}

/** The step to the maximum of the penalised likelihood's parabola, or up its slope where that has none. */
function stepOf(rows: readonly BinomialRow[], model: PenalisedModel, free: readonly number[]): number[] | null {
  const freeOf = (matrix: Matrix) => free.map((j) => free.map((k) => matrix[j][k]));
  const factor = choleskyFactorOrNull(freeOf(penalisedCurvature(rows, model))) ??
    choleskyFactorOrNull(freeOf(augmentedInformation(rows, model)));
  if (!factor) return null;
  const moves = solve(factor, free.map((j) => model.score[j]));
  return model.score.map((_, j) => free.includes(j) ? moves[free.indexOf(j)] : 0);
}
