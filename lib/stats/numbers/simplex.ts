/**
 * A linear program small enough for a dense tableau, solved by the simplex method.
 *
 * Of two ways on it takes the first by number (Bland's rule), so that it cannot go round in circles where many
 * constraints meet in a point. Source: Bland (1977), https://doi.org/10.1287/moor.2.2.103. No deviation.
 *
 * @module
 */
import type { Matrix } from "./cholesky.ts";

/** What counts as zero; the numbers of the program are to be of size about 1. */
const TOLERANCE = 1e-9;

/**
 * Returns an x ≥ 0 that makes `objective` · x as large as `constraints` x ≤ `bounds` allow.
 *
 * Time and memory go with the square of the constraints and more: hundreds, not thousands.
 *
 * @param bounds one a constraint, >= 0, so that x = 0 is allowed
 * @throws {RangeError} if the objective has no largest value
 *
 * @example
 * ```ts
 * import { maximise } from "$lib/stats/numbers/simplex.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(maximise([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18]), [2, 6]);
 * ```
 */
export function maximise(objective: readonly number[], constraints: Matrix, bounds: readonly number[]): number[] {
  const [variables, slacks] = [objective.length, constraints.length];
  const rows = constraints.map((row, i) => [...row, ...bounds.map((_, j) => i === j ? 1 : 0), bounds[i]]);
  const gains = [...objective, ...bounds.map(() => 0), 0];
  const basis = bounds.map((_, i) => variables + i);
  const last = variables + slacks;
  for (;;) {
    const entering = gains.findIndex((gain, j) => j < last && gain > TOLERANCE);
    if (entering === -1) break;
    const leaving = leavingRow(rows, basis, entering);
    if (leaving === -1) {
      throw new RangeError(`Cannot solve a linear program as its objective must be bounded: current value is Infinity`);
    }
    pivot(rows, gains, leaving, entering);
    basis[leaving] = entering;
  }
  const solution = objective.map(() => 0);
  for (const [i, variable] of basis.entries()) if (variable < variables) solution[variable] = rows[i][last];
  return solution;
}

/** The row that bounds the entering variable first; of several, that of the first variable. −1: none does. */
function leavingRow(rows: Matrix, basis: readonly number[], entering: number): number {
  let [leaving, smallest] = [-1, Infinity];
  for (const [i, row] of rows.entries()) {
    if (row[entering] <= TOLERANCE) continue;
    const ratio = row[row.length - 1] / row[entering];
    const tied = Math.abs(ratio - smallest) <= TOLERANCE;
    if (tied ? basis[i] < basis[leaving] : ratio < smallest) [leaving, smallest] = [i, Math.min(ratio, smallest)];
  }
  return leaving;
}

function pivot(rows: number[][], gains: number[], leaving: number, entering: number): void {
  const source = rows[leaving];
  const divisor = source[entering];
  for (const j of source.keys()) source[j] /= divisor;
  for (const row of [...rows, gains]) {
    const factor = row[entering];
    if (row === source || factor === 0) continue;
    for (const j of row.keys()) row[j] -= factor * source[j];
    row[entering] = 0;
  }
}
