/**
 * Small dense symmetric systems by Cholesky's factor: what a regression needs of linear algebra, and no more.
 *
 * A matrix is an array of rows. Rounding does not grow with the scale of single columns, so that a design needs no
 * scaling before; source: Golub & Van Loan (2013), Matrix Computations, 4th edition, section 4.2. No deviation.
 *
 * @module
 */

/** A matrix as an array of rows, all of one length. */
export type Matrix = readonly (readonly number[])[];

/**
 * Returns the lower triangle L with L Lᵀ = `matrix`; of the matrix only the lower triangle is read.
 *
 * @throws {RangeError} if the matrix is not positive definite as far as rounding lets one say
 *
 * @example
 * ```ts
 * import { choleskyFactor, inverse, solve } from "$lib/stats/numbers/cholesky.ts";
 * import assert from "node:assert/strict";
 *
 * const factor = choleskyFactor([[4, 2], [2, 5]]);
 * assert.deepEqual(factor, [[2], [1, 2]]);
 * assert.deepEqual(solve(factor, [8, 12]), [1, 2]);
 * assert.deepEqual(inverse(factor), [[0.3125, -0.125], [-0.125, 0.25]]);
 * ```
 */
export function choleskyFactor(matrix: Matrix): number[][] {
  const factor = choleskyFactorOrNull(matrix);
  if (factor) return factor;
  throw new RangeError(
    `Cannot factor a matrix as it must be positive definite: current value is ${JSON.stringify(matrix)}`,
  );
}

/** Returns what {@linkcode choleskyFactor} does, or null where that throws. */
export function choleskyFactorOrNull(matrix: Matrix): number[][] | null {
  const factor: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    factor.push([]);
    for (let j = 0; j < i; j++) factor[i].push((row[j] - dot(factor[i], factor[j], j)) / factor[j][j]);
    const pivot = row[i] - dot(factor[i], factor[i], i);
    if (!(pivot > 1e-14 * Math.abs(row[i]))) return null;
    factor[i].push(Math.sqrt(pivot));
  }
  return factor;
}

/** Returns x with L x = `vector`. */
export function forwardSolve(factor: Matrix, vector: readonly number[]): number[] {
  const solution: number[] = [];
  for (const [i, row] of factor.entries()) solution.push((vector[i] - dot(row, solution, i)) / row[i]);
  return solution;
}

/** Returns x with L Lᵀ x = `vector`. */
export function solve(factor: Matrix, vector: readonly number[]): number[] {
  const solution = forwardSolve(factor, vector);
  for (let i = factor.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < factor.length; j++) solution[i] -= factor[j][i] * solution[j];
    solution[i] /= factor[i][i];
  }
  return solution;
}

/** Returns the inverse of L Lᵀ, symmetric to the last bit. */
export function inverse(factor: Matrix): number[][] {
  const columns = factor.map((_, j) => solve(factor, factor.map((_, i) => i === j ? 1 : 0)));
  return columns.map((column, i) => column.map((_, j) => columns[Math.min(i, j)][Math.max(i, j)]));
}

/** Returns the natural logarithm of the determinant of L Lᵀ. */
export function logDeterminant(factor: Matrix): number {
  return factor.reduce((sum, row, i) => sum + 2 * Math.log(row[i]), 0);
}

/** Returns the sum of the first `length` products. */
export function dot(a: readonly number[], b: readonly number[], length: number = a.length): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}
