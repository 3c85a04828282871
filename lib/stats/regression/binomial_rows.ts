/**
 * Grouped binomial data: what every logistic regression of this project is fitted to.
 *
 * The likelihood of single samples depends on them only through successes and trials per distinct row of predictors, so
 * that a cell of a design is one row, whatever number of samples it holds.
 *
 * @module
 */
import { checkProportion } from "../numbers/interval.ts";
import { createSpan } from "../numbers/linear_span.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** `successes` of `trials` under one row of predictors. */
export interface BinomialRow extends Proportion {
  /** One number a column of the design; an intercept is a column of 1, which is not added. */
  readonly predictors: readonly number[];
}

/**
 * Returns the rows with equal predictors as one, in order of first appearance.
 *
 * @param what what cannot be computed if the rows are bad
 * @throws {TypeError} if a count is not a whole number, or the rows differ in their number of predictors
 * @throws {RangeError} if there is no row, a count or a predictor is out of range, or a column of the design is a linear
 * combination of those before it
 *
 * @example
 * ```ts
 * import { poolRows } from "$lib/stats/regression/binomial_rows.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = [{ successes: 1, trials: 2, predictors: [1] }, { successes: 0, trials: 3, predictors: [1] }];
 * assert.deepEqual(poolRows("a fit", rows), [{ successes: 1, trials: 5, predictors: [1] }]);
 * ```
 */
export function poolRows(what: string, rows: readonly BinomialRow[]): BinomialRow[] {
  const pooled = new Map<string, BinomialRow>();
  for (const row of rows) {
    checkProportion(what, row.successes, row.trials);
    checkPredictors(what, row.predictors, rows[0].predictors);
    const key = row.predictors.map((value) => value + 0).join(); // −0 + 0 is 0
    const { successes, trials } = pooled.get(key) ?? { successes: 0, trials: 0 };
    pooled.set(key, {
      successes: successes + row.successes,
      trials: trials + row.trials,
      predictors: row.predictors,
    });
  }
  if (pooled.size === 0) throw new RangeError(`Cannot compute ${what} as rows must be >= 1: current value is 0`);
  const design = [...pooled.values()];
  checkRank(what, design);
  return design;
}

function checkPredictors(what: string, predictors: readonly number[], first: readonly number[]): void {
  if (!Array.isArray(predictors) || predictors.length === 0 || predictors.length !== first.length) {
    throw new TypeError(
      `Cannot compute ${what} as each row must have the same number of predictors, >= 1: ` +
        `current value is ${JSON.stringify(predictors)}`,
    );
  }
  const bad = predictors.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new RangeError(`Cannot compute ${what} as predictors must be finite numbers: current value is ${bad}`);
  }
}

function checkRank(what: string, rows: readonly BinomialRow[]): void {
  const span = createSpan();
  for (const column of rows[0].predictors.keys()) {
    const values = rows.map((row) => row.predictors[column]);
    if (span.has(values)) {
      throw new RangeError(
        `Cannot compute ${what} as each column of the design must not be a linear combination of those before it: ` +
          `current value is column ${column}, counted from 0`,
      );
    }
    span.add(values);
  }
}
