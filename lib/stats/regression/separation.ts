/**
 * Whether a logistic regression has a maximum likelihood estimate at all.
 *
 * Where a direction of the coefficients raises the fitted probability of no failure and lowers that of no success, the
 * likelihood grows along it for ever and the estimate does not exist: a control cell of 0/n is enough. Software that
 * iterates there prints large numbers that depend on when it stopped. Here the question is answered before any
 * iteration, by a linear program.
 *
 * @module
 */
import { type BinomialRow, poolRows } from "./binomial_rows.ts";
import { createSpan } from "../numbers/linear_span.ts";
import { maximise } from "../numbers/simplex.ts";

/** What the data say about the existence of the estimate. */
export interface Separation {
  /** "none": it exists. "complete": every sample can be predicted without error. "quasi-complete": some can. */
  readonly separation: "none" | "quasi-complete" | "complete";
  /** The columns, counted from 0, whose coefficient has no finite estimate. */
  readonly unbounded: readonly number[];
}

/**
 * Returns whether successes and failures are separated by the design.
 *
 * With x̄ the predictors of a success, or their negative for a failure, the program asks for the coefficients γ with
 * x̄ᵀγ ≥ 0 for all samples that make x̄ᵀγ > 0 for as many as possible: maximise Σ t with x̄ᵀγ ≥ t and 0 ≤ t ≤ 1, where t
 * comes out as 0 or 1, since γ can be stretched. Every t is 1: complete; some: quasi-complete; none: no separation.
 *
 * Sources: Albert & Anderson (1984), https://doi.org/10.1093/biomet/71.1.1, for the three cases; Konis (2007),
 * https://ora.ox.ac.uk/objects/uuid:8f9ee0d0-d78e-4101-9ab4-f9cbceed2a2a, for linear programs. Deviation: Konis bounds γ
 * where this program bounds x̄ᵀγ, so that its solution is the limit of the likelihood of Geyer (2009),
 * https://doi.org/10.1214/08-EJS349: a coefficient is finite if and only if the samples with t = 0 determine it.
 *
 * @throws {TypeError | RangeError} as {@linkcode poolRows} does
 *
 * @example
 * ```ts
 * import { detectSeparation } from "$lib/stats/regression/separation.ts";
 * import assert from "node:assert/strict";
 *
 * const control = { successes: 0, trials: 20, predictors: [1, 0] };
 * const treated = { successes: 8, trials: 20, predictors: [1, 1] };
 * assert.deepEqual(detectSeparation([control, treated]), { separation: "quasi-complete", unbounded: [0, 1] });
 * assert.equal(detectSeparation([{ ...control, successes: 1 }, treated]).separation, "none");
 * ```
 */
export function detectSeparation(rows: readonly BinomialRow[]): Separation {
  const pooled = scaled(poolRows("the separation of data", rows));
  const columns = [...pooled[0].predictors.keys()];
  const mixed = pooled.filter((row) => row.successes > 0 && row.successes < row.trials);
  const undetermined = (determining: readonly BinomialRow[]) => {
    const span = createSpan();
    for (const row of determining) span.add(row.predictors);
    return columns.filter((column) => !span.has(columns.map((j) => j === column ? 1 : 0)));
  };
  // The usual case, for which the program would only say the same.
  if (undetermined(mixed).length === 0) return { separation: "none", unbounded: [] };
  const separated = separatedRows(pooled);
  if (separated.size === 0) return { separation: "none", unbounded: [] };
  return {
    separation: separated.size === pooled.length ? "complete" : "quasi-complete",
    unbounded: undetermined(pooled.filter((row) => !separated.has(row))),
  };
}

/** The rows all of whose samples some direction predicts without error while it predicts no sample wrongly. */
function separatedRows(rows: readonly BinomialRow[]): Set<BinomialRow> {
  const sides = rows.flatMap((row) => [
    ...(row.successes > 0 ? [{ row, sign: 1 }] : []),
    ...(row.successes < row.trials ? [{ row, sign: -1 }] : []),
  ]);
  // Variables: one t a side, then γ as the difference of two vectors >= 0.
  const ones = sides.map(() => 1);
  const unit = (i: number) => sides.map((_, j) => i === j ? 1 : 0);
  const directions = rows[0].predictors.flatMap(() => [0, 0]);
  const reach = sides.map(({ row, sign }, i) => [...unit(i), ...row.predictors.flatMap((x) => [-sign * x, sign * x])]);
  const limit = sides.map((_, i) => [...unit(i), ...directions]);
  const solution = maximise([...ones, ...directions], [...reach, ...limit], [...ones.map(() => 0), ...ones]);
  return new Set(sides.filter((_, i) => solution[i] > 0.5).map(({ row }) => row));
}

/** Each column divided by its largest value: the same directions, in numbers of size about 1. */
function scaled(rows: readonly BinomialRow[]): BinomialRow[] {
  const sizes = rows[0].predictors.map((_, j) => Math.max(...rows.map((row) => Math.abs(row.predictors[j]))));
  return rows.map((row) => ({ ...row, predictors: row.predictors.map((x, j) => x / sizes[j]) }));
}
