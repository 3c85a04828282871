/**
 * Which vectors are linear combinations of others: a design's redundant columns, and the coefficients data determine.
 *
 * Gram–Schmidt done twice, which is enough; source: Giraud, Langou & Rozložník (2005),
 * https://doi.org/10.1016/j.camwa.2005.08.009. No deviation.
 *
 * @module
 */
import { dot } from "./cholesky.ts";

/** All linear combinations of the vectors added so far. */
export interface LinearSpan {
  /** Whether a vector lies in the span, up to 1e-9 of its length; the zero vector always does. */
  readonly has: (vector: readonly number[]) => boolean;
  /** Widens the span by a vector; one that it has already changes nothing. */
  readonly add: (vector: readonly number[]) => void;
}

/**
 * Makes an empty span.
 *
 * @example
 * ```ts
 * import { createSpan } from "$lib/stats/numbers/linear_span.ts";
 * import assert from "node:assert/strict";
 *
 * const span = createSpan();
 * span.add([1, 1, 0]);
 * span.add([0, 1, 1]);
 * assert(span.has([1, 2, 1]));
 * assert(!span.has([1, 0, 0]));
 * ```
 */
export function createSpan(): LinearSpan {
  const basis: number[][] = [];
  const residual = (vector: readonly number[]) => {
    const rest = [...vector];
    for (const axis of [...basis, ...basis]) {
      const along = dot(axis, rest);
      for (const i of rest.keys()) rest[i] -= along * axis[i];
    }
    return rest;
  };
  const has = (vector: readonly number[]) => Math.hypot(...residual(vector)) <= 1e-9 * Math.hypot(...vector);
  const add = (vector: readonly number[]) => {
    if (has(vector)) return;
    const rest = residual(vector);
    const length = Math.hypot(...rest);
    basis.push(rest.map((value) => value / length));
  };
  return { has, add };
}
