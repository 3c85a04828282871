/**
 * Logistic regression by maximum likelihood, which says so where no estimate exists.
 *
 * @module
 */
import { type BinomialRow, poolRows } from "./binomial_rows.ts";
import { choleskyFactor, choleskyFactorOrNull, dot, inverse, type Matrix, solve } from "../numbers/cholesky.ts";
import { logisticModel, weightedInformation, weightedScore } from "./logistic_model.ts";
import { detectSeparation, type Separation } from "./separation.ts";

/** Estimated coefficients on the log-odds scale, in the order of the design's columns. */
export interface Coefficients {
  readonly coefficients: readonly number[];
  readonly covariance: Matrix;
  /** Degrees of freedom of the reference t; none: normal. */
  readonly degrees?: number;
  /** Name of the method that fitted them. */
  readonly method: "maximum likelihood" | "cluster-robust maximum likelihood" | "firth";
}

/** A maximum likelihood fit. */
export interface LogisticFit extends Coefficients {
  readonly method: "maximum likelihood";
  readonly separation: "none";
  /** Log-likelihood of the single samples, without binomial coefficients. */
  readonly logLikelihood: number;
  readonly iterations: number;
}

/** There is no maximum likelihood estimate: use {@linkcode firth}, or the cells' rates themselves. */
export interface SeparatedData extends Separation {
  readonly separation: "complete" | "quasi-complete";
}

/** More than any fit with a finite estimate was seen to need, by far. */
const MAX_ITERATIONS = 100;

/** Squared length of a step, in standard errors, below which it is the last. */
const LAST_STEP = 1e-20;

/** Squared length below which a step that is no shorter than the one before it is rounding. */
const ROUNDING_STEP = 1e-12;

/**
 * Fits a logistic regression by iteratively reweighted least squares, that is Newton's method, with step-halving, until
 * a step is under 1e-10 standard errors. Counts every trial as independent: for samples that share a prompt use
 * {@linkcode clusterRobustLogistic}.
 *
 * Source: McCullagh & Nelder (1989), https://doi.org/10.1007/978-1-4899-3242-6, section 4.4. Deviation: separated data,
 * for which the iteration has no end, are recognised before it by {@linkcode detectSeparation} and returned as such.
 *
 * @returns the fit, or what kind of separation forbids one
 * @throws {TypeError | RangeError} as {@linkcode poolRows} does, or if the fit does not converge, which was seen only of
 * nearly singular designs and of cells with 1 sample beside cells with more than 10,000
 *
 * @example
 * ```ts
 * import { logistic } from "$lib/stats/regression/logistic.ts";
 * import assert from "node:assert/strict";
 *
 * const control = { successes: 5, trials: 20, predictors: [1, 0] };
 * const treated = { successes: 15, trials: 20, predictors: [1, 1] };
 * const fit = logistic([control, treated]);
 * assert(fit.separation === "none");
 * assert.equal(fit.coefficients[1].toFixed(6), Math.log(9).toFixed(6)); // the log odds ratio
 * assert.equal(logistic([{ ...control, successes: 0 }, treated]).separation, "quasi-complete");
 * ```
 */
export function logistic(rows: readonly BinomialRow[]): LogisticFit | SeparatedData {
  const pooled = poolRows("a logistic regression", rows);
  const { separation, unbounded } = detectSeparation(pooled);
  if (separation !== "none") return { separation, unbounded };
  let coefficients = pooled[0].predictors.map(() => 0);
  let model = logisticModel(pooled, coefficients);
  let before = Infinity;
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const score = weightedScore(pooled, pooled.map((row, i) => row.successes - row.trials * model.probabilities[i]));
    const factor = choleskyFactorOrNull(information(pooled, model.variances));
    if (!factor) break; // an estimate so far out, or a design so nearly singular, that numbers do not reach it
    const step = solve(factor, score);
    const length = dot(step, score);
    let moved = coefficients.map((value, j) => value + step[j]);
    let next = logisticModel(pooled, moved);
    for (let share = 0.5; fell(model.logLikelihood, next.logLikelihood) && share > 1e-6; share /= 2) {
      moved = coefficients.map((value, j) => value + share * step[j]);
      next = logisticModel(pooled, moved);
    }
    [coefficients, model] = [moved, next];
    if (isLastStep(length, before)) {
      const covariance = inverse(choleskyFactor(information(pooled, model.variances)));
      const { logLikelihood } = model;
      return { method: "maximum likelihood", separation, coefficients, covariance, logLikelihood, iterations };
    }
    before = length;
  }
  throw new RangeError(`Cannot compute a logistic regression as it must converge: current value is ${coefficients}`);
}

/** Whether a log-likelihood fell by more than rounding. */
export function fell(before: number, after: number): boolean {
  return !(after >= before - 1e-12 * Math.abs(before));
}

/** Whether a fit is done, by the squared lengths of a step and of the one before it in standard errors. */
export function isLastStep(length: number, before: number): boolean {
  return length <= LAST_STEP || (length <= ROUNDING_STEP && length >= before);
}

function information(rows: readonly BinomialRow[], variances: readonly number[]): number[][] {
  return weightedInformation(rows, rows.map((row, i) => row.trials * variances[i]));
}
