/**
 * Integrals of smooth functions over panels: Gauss–Legendre rules side by side, narrow where the function bends.
 *
 * @module
 */

/** A stretch of an axis. */
export interface Panel {
  readonly low: number;
  readonly high: number;
}

/** Nodes in [−1, 1] and their weights, which add up to 2. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Returns the Gauss–Legendre rule of an order, by Newton's steps from the Chebyshev nodes.
 *
 * @example
 * ```ts
 * import { gaussLegendre } from "$lib/stats/hierarchy/panels.ts";
 * import assert from "node:assert/strict";
 *
 * const { nodes, weights } = gaussLegendre(3);
 * const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** 4, 0);
 * assert(Math.abs(sum - 2 / 5) < 1e-14); // exact for powers below 6
 * ```
 */
export function gaussLegendre(order: number): Rule {
  const [nodes, weights] = [new Float64Array(order), new Float64Array(order)];
  for (let i = 0; i < order; i++) {
    let x = -Math.cos(Math.PI * (i + 0.75) / (order + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      const values = legendre(x, order);
      slope = order * (x * values[order] - values[order - 1]) / (x * x - 1);
      const change = values[order] / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** P₀ … P_order at x. */
function legendre(x: number, order: number): Float64Array {
  const values = new Float64Array(order + 1);
  values[0] = 1;
  if (order > 0) values[1] = x;
  for (let j = 2; j <= order; j++) values[j] = ((2 * j - 1) * x * values[j - 1] - (j - 1) * values[j - 2]) / j;
  return values;
}

/** Returns the coefficients of P₀ … P_(order−1) of the polynomial that has these values at the nodes of a rule. */
export function coefficients({ nodes, weights }: Rule, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const at = legendre(nodes[i], nodes.length - 1);
    for (let j = 0; j < nodes.length; j++) sums[j] += (j + 0.5) * weights[i] * values[i] * at[j];
  }
  return sums;
}

/** Returns the integral from −1 to x of a polynomial given by its coefficients. */
export function integralTo(x: number, coefficients: Float64Array): number {
  const at = legendre(x, coefficients.length);
  let sum = coefficients[0] * (x + 1);
  for (let j = 1; j < coefficients.length; j++) sum += coefficients[j] * (at[j + 1] - at[j - 1]) / (2 * j + 1);
  return sum;
}
