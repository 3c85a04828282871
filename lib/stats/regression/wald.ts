/**
 * Intervals and tests of single coefficients from their standard errors.
 *
 * Good where every cell has a fair number of successes and of failures; with few of either the standard error grows
 * faster than the effect and the test loses its power: Hauck & Donner (1977), https://doi.org/10.1080/01621459.1977.10479969.
 * There use {@linkcode firthIntervals}.
 *
 * @module
 */
import { criticalValue } from "../numbers/critical_value.ts";
import { normal, t } from "../numbers/distributions.ts";
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import type { Coefficients } from "./logistic.ts";
import type { TestResult } from "../numbers/test_result.ts";

/**
 * Returns one interval a coefficient, on the log-odds scale: estimate ± critical value × standard error.
 *
 * @throws {RangeError} if the level is not strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { waldIntervals } from "$lib/stats/regression/wald.ts";
 * import assert from "node:assert/strict";
 *
 * const fit = { coefficients: [1], covariance: [[0.25]], method: "maximum likelihood" } as const;
 * assert.equal(waldIntervals(fit)[0].lower.toFixed(4), "0.0200");
 * ```
 */
export function waldIntervals(fit: Coefficients, level: number = DEFAULT_LEVEL): Interval[] {
  const reach = referenceQuantile(fit, level);
  return fit.coefficients.map((estimate, j) => {
    const half = reach * Math.sqrt(fit.covariance[j][j]);
    return { estimate, lower: estimate - half, upper: estimate + half, level, method: waldMethod(fit) };
  });
}

/** Returns one test a coefficient, of the hypothesis that it is 0. */
export function waldTests(fit: Coefficients): TestResult[] {
  return fit.coefficients.map((estimate, j) => {
    const statistic = estimate / Math.sqrt(fit.covariance[j][j]);
    const method = waldMethod(fit);
    if (fit.degrees === undefined) return { statistic, pValue: 2 * normal.cdf(-Math.abs(statistic), 0, 1), method };
    const { degrees } = fit;
    return { statistic, degrees, pValue: 2 * t.cdf(-Math.abs(statistic), degrees), method };
  });
}

/** Returns how many standard errors an interval reaches to each side. */
export function referenceQuantile(fit: Coefficients, level: number): number {
  checkLevel(level);
  return fit.degrees === undefined ? criticalValue(level) : t.quantile((1 + level) / 2, fit.degrees);
}

function waldMethod(fit: Coefficients): string {
  return fit.degrees === undefined ? `wald, ${fit.method}` : `wald with t(${fit.degrees}), ${fit.method}`;
}
