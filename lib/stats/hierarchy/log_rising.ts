/**
 * The logarithm of a rising factorial, of which every beta-binomial probability is made.
 *
 * @module
 */

/** From here on Stirling's series is right to 1e-15. */
const LARGE = 16;

/**
 * Returns ln(a (a + 1) … (a + k − 1)), relative error about 1e-14, whatever the size of `a`: the difference of two
 * log-gammas would lose its digits where `a` is large.
 *
 * Source of the series: Abramowitz & Stegun, 6.1.41.
 *
 * @param from the number a, above 0
 * @param factors the whole number k, 0 or more
 *
 * @example
 * ```ts
 * import { logRising } from "$lib/stats/hierarchy/log_rising.ts";
 * import assert from "node:assert/strict";
 *
 * assert(Math.abs(logRising(2, 3) - Math.log(2 * 3 * 4)) < 1e-14);
 * assert.equal(logRising(0.5, 0), 0);
 * ```
 */
export function logRising(from: number, factors: number): number {
  const few = factors <= 2 * LARGE;
  const direct = few ? factors : Math.max(0, Math.ceil(LARGE - from));
  let [sum, product] = [0, 1];
  for (let j = 0; j < direct; j++) {
    product *= from + j;
    if (j % 8 === 7) [sum, product] = [sum + Math.log(product), 1]; // before it can overflow
  }
  sum += Math.log(product);
  if (few) return sum;
  const [a, k] = [from + direct, factors - direct];
  return sum + (a - 0.5) * Math.log1p(k / a) + k * Math.log(a + k) - k + series(a + k) - series(a);
}

function series(z: number): number {
  const inverse = 1 / (z * z);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - inverse / 1188) * inverse) * inverse) * inverse) / z;
}
