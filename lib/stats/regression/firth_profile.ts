/**
 * Intervals and tests of single coefficients from Firth's penalised likelihood: by its profile, not by standard errors,
 * which at a cell of 0/n say nothing.
 *
 * Source: Heinze & Schemper (2002), https://doi.org/10.1002/sim.1047. The coefficient is held, the others are fitted
 * again, and the penalty stays that of the whole design (so not that of a design without the column). No deviation.
 *
 * @module
 */
import type { BinomialRow } from "./binomial_rows.ts";
import { criticalValue } from "../numbers/critical_value.ts";
import { normal } from "../numbers/distributions.ts";
import { firth, type FirthFit } from "./firth.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { TestResult } from "../numbers/test_result.ts";

/**
 * Returns one profile penalised likelihood interval a coefficient: the values that the penalised likelihood ratio test
 * does not reject, on the log-odds scale. The ends are found by Newton's method inside a bracket, to 1e-11.
 *
 * @throws {TypeError | RangeError} as {@linkcode firth} does, or if the level is out of range
 *
 * @example
 * ```ts
 * import { firthIntervals } from "$lib/stats/regression/firth_profile.ts";
 * import assert from "node:assert/strict";
 *
 * const [, effect] = firthIntervals([
 *   { successes: 0, trials: 20, predictors: [1, 0] },
 *   { successes: 8, trials: 20, predictors: [1, 1] },
 * ]);
 * assert(effect.lower > 0 && Number.isFinite(effect.upper)); // where maximum likelihood has neither
 * ```
 */
export function firthIntervals(rows: readonly BinomialRow[], level: number = DEFAULT_LEVEL): Interval[] {
  const allowed = criticalValue(level) ** 2 / 2;
  const fit = firth(rows);
  return fit.coefficients.map((estimate, column) => ({
    estimate,
    lower: profileEnd(rows, fit, column, -1, allowed),
    upper: profileEnd(rows, fit, column, 1, allowed),
    level,
    method: "profile penalised likelihood",
  }));
}

/**
 * Returns one penalised likelihood ratio test a coefficient, of the hypothesis that it is 0.
 *
 * @throws {TypeError | RangeError} as {@linkcode firth} does
 */
export function firthTests(rows: readonly BinomialRow[]): TestResult[] {
  const fit = firth(rows);
  return fit.coefficients.map((_, column) => {
    const zero = firth(rows, { column, start: fit.coefficients.map((value, j) => j === column ? 0 : value) });
    const statistic = Math.max(0, 2 * (fit.penalisedLogLikelihood - zero.penalisedLogLikelihood));
    // The upper tail of chi-squared with one degree, in a form that keeps its digits.
    const pValue = 2 * normal.cdf(-Math.sqrt(statistic), 0, 1);
    return { statistic, degrees: 1, pValue, method: "penalised likelihood ratio" };
  });
}

/** Where the profile, followed from the estimate to one side, has fallen by what is allowed. */
function profileEnd(
  rows: readonly BinomialRow[],
  fit: FirthFit,
  column: number,
  side: 1 | -1,
  allowed: number,
): number {
  let last = fit;
  // The others start from where their covariance with what is held takes them.
  const heldAt = (value: number) => {
    const { coefficients, covariance } = last;
    const slopes = covariance[column].map((shared) => shared / covariance[column][column]);
    const start = coefficients.map((old, j) => old + (value - coefficients[column]) * slopes[j]);
    return last = firth(rows, { column, start: start.with(column, value) });
  };
  const excess = (held: FirthFit) => fit.penalisedLogLikelihood - held.penalisedLogLikelihood - allowed;
  let inside = fit.coefficients[column];
  const width = Math.sqrt(2 * allowed * fit.covariance[column][column]);
  while (excess(heldAt(inside + side * width)) < 0) inside += side * width;
  let [value, outside] = [inside + side * width, inside + side * width];
  while (Math.abs(outside - inside) > 1e-11) {
    // The slope of the profile is the score of what is held.
    const newton = value + excess(last) / last.score[column];
    const next = (newton - inside) * (newton - outside) < 0 ? newton : (inside + outside) / 2;
    if (Math.abs(next - value) <= 1e-11) return next;
    value = next;
    if (excess(heldAt(value)) < 0) inside = value;
    else outside = value;
  }
  return value;
}
