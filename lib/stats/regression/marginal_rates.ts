/**
 * What a logistic regression says on the probability scale: the rate of each cell of two crossed factors, and their
 * effects, averaged over strata such as models.
 *
 * Predictions are made for every stratum under each cell and averaged, so that cells compare like with like even where
 * the strata are spread unevenly. Standard errors by the delta method; source of the
 * averages: Lane & Nelder (1982), Biometrics 38:613–621. No deviation.
 *
 * @module
 */
import { dot, quadraticForm } from "../numbers/cholesky.ts";
import type { ClusterRobustFit } from "./cluster_sandwich.ts";
import { type FactorialCells, type FactorialEffects, mapCells, mapEffects } from "./factorial_cells.ts";
import type { FirthFit } from "./firth.ts";
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Coefficients, LogisticFit } from "./logistic.ts";
import { inverseLogit } from "./logistic_model.ts";
import { referenceQuantile } from "./wald.ts";

/** A stratum as the fitted design describes it under each of the four cells. */
export interface FactorialStratum {
  /** What the stratum counts in the average, for example its number of samples. */
  readonly weight: number;
  /** The design's row for this stratum in each cell. */
  readonly predictors: FactorialCells<readonly number[]>;
}

/**
 * Returns the average rate of each cell. The interval is symmetric on the log-odds scale, so that it stays in (0, 1).
 *
 * A Firth fit is refused by type: it pulls rates towards 1/2, and at 0/n its interval leaves out 0, which the data do not
 * (for a true rate of 0 it never covers). Report {@linkcode wilson} there.
 *
 * @throws {TypeError} if a row of the strata does not fit the coefficients
 * @throws {RangeError} if there is no stratum, or a weight or the level is out of range
 *
 * @example
 * ```ts
 * import { logistic } from "$lib/stats/regression/logistic.ts";
 * import { marginalRates } from "$lib/stats/regression/marginal_rates.ts";
 * import assert from "node:assert/strict";
 *
 * const predictors = { neither: [1, 0, 0, 0], first: [1, 1, 0, 0], second: [1, 0, 1, 0], both: [1, 1, 1, 1] };
 * const counts = { neither: 1, first: 2, second: 3, both: 16 };
 * const fit = logistic(
 *   (["neither", "first", "second", "both"] as const).map((cell) => (
 *     { successes: counts[cell], trials: 20, predictors: predictors[cell] }
 *   )),
 * );
 * assert(fit.separation === "none");
 * assert.equal(marginalRates(fit, [{ weight: 1, predictors }]).both.estimate.toFixed(6), "0.800000");
 * ```
 */
export function marginalRates(
  fit: LogisticFit | ClusterRobustFit,
  strata: readonly FactorialStratum[],
  level: number = DEFAULT_LEVEL,
): FactorialCells<Interval> {
  const reach = referenceQuantile(fit, level);
  return mapCells(averageRates(fit, strata), ({ rate, gradient }) => {
    const centre = Math.log(rate / (1 - rate));
    const half = reach * Math.sqrt(quadraticForm(fit.covariance, gradient)) / (rate * (1 - rate));
    const [lower, upper] = [inverseLogit(centre - half), inverseLogit(centre + half)];
    return { estimate: rate, lower, upper, level, method: `delta on log-odds, ${fit.method}` };
  });
}

/**
 * Returns the effects of the two factors as differences of the average rates, cut where they leave what is possible.
 *
 * From a maximum likelihood fit to one saturated stratum these are plain Wald intervals, too narrow for few samples or
 * rates near 0: there use {@linkcode factorialEffects}. From a Firth fit to one saturated stratum they are nearly those of
 * Price & Bonett (2004), https://doi.org/10.1016/S0167-9473(03)00007-0: the interaction holds its level at 0/n, but all
 * effects are pulled towards 0, and a difference of two cells of 10 is covered in under 88 % where one rate is 0 and the other
 * 0.185. An interval of {@linkcode factorialEffects} is to be preferred where it can be had.
 *
 * @throws {TypeError | RangeError} as {@linkcode marginalRates} does
 */
export function marginalEffects(
  fit: LogisticFit | ClusterRobustFit | FirthFit,
  strata: readonly FactorialStratum[],
  level: number = DEFAULT_LEVEL,
): FactorialEffects<Interval> {
  const reach = referenceQuantile(fit, level);
  const cells = averageRates(fit, strata);
  return mapEffects((weights) => {
    const terms = (["neither", "first", "second", "both"] as const).map((cell) => ({
      ...cells[cell],
      weight: weights[cell],
    }));
    const sum = (value: (term: typeof terms[number]) => number) => terms.reduce((all, term) => all + value(term), 0);
    const gradient = fit.coefficients.map((_, j) => sum((term) => term.weight * term.gradient[j]));
    const estimate = sum((term) => term.weight * term.rate);
    const half = reach * Math.sqrt(quadraticForm(fit.covariance, gradient));
    const lower = Math.max(estimate - half, sum((term) => Math.min(term.weight, 0)));
    const upper = Math.min(estimate + half, sum((term) => Math.max(term.weight, 0)));
    return { estimate, lower, upper, level, method: `delta, ${fit.method}` };
  });
}

/** Each cell's average rate and its derivative by the coefficients. */
function averageRates(
  fit: Coefficients,
  strata: readonly FactorialStratum[],
): FactorialCells<{ readonly rate: number; readonly gradient: readonly number[] }> {
  checkStrata(fit, strata);
  const total = strata.reduce((sum, stratum) => sum + stratum.weight, 0);
  const averageRate = (cell: keyof FactorialCells<unknown>) => {
    const parts = strata.map(({ weight, predictors }) => {
      const odds = dot(predictors[cell], fit.coefficients);
      const share = weight / total;
      const slope = share * inverseLogit(odds) * inverseLogit(-odds);
      return { rate: share * inverseLogit(odds), gradient: predictors[cell].map((x) => slope * x) };
    });
    return {
      rate: parts.reduce((sum, part) => sum + part.rate, 0),
      gradient: fit.coefficients.map((_, j) => parts.reduce((sum, part) => sum + part.gradient[j], 0)),
    };
  };
  return mapCells({ neither: "neither", first: "first", second: "second", both: "both" } as const, averageRate);
}

function checkStrata(fit: Coefficients, strata: readonly FactorialStratum[]): void {
  if (strata.length === 0) {
    throw new RangeError("Cannot compute marginal rates as strata must be >= 1: current value is 0");
  }
  for (const { weight, predictors } of strata) {
    if (!(weight > 0 && weight < Infinity)) {
      throw new RangeError(
        `Cannot compute marginal rates as each weight must be finite and > 0: current value is ${weight}`,
      );
    }
    for (const [cell, row] of Object.entries(predictors)) {
      if (row.length !== fit.coefficients.length || !row.every(Number.isFinite)) {
        throw new TypeError(
          `Cannot compute marginal rates as ${cell} must be ${fit.coefficients.length} finite predictors: ` +
            `current value is ${JSON.stringify(row)}`,
        );
      }
    }
  }
}
