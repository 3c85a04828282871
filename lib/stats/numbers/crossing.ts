/**
 * Where a falling function passes a height: the end of an interval that has no closed form.
 *
 * @module
 */

/**
 * Returns the place between `low` and `high` at which `falling` passes `height`: `low` if it starts below, `high` if it
 * never gets there. Found by halving, which cannot fail or wander, until two neighbouring numbers are left or 2⁻¹⁰⁰ of
 * the range.
 *
 * @example
 * ```ts
 * import { crossing } from "$lib/stats/numbers/crossing.ts";
 * import assert from "node:assert/strict";
 *
 * assert(Math.abs(crossing((x) => -(x ** 2), -2, 0, 9) - Math.SQRT2) < 1e-15);
 * assert.equal(crossing((x) => -(x ** 2), -100, 0, 9), 9);
 * ```
 */
export function crossing(falling: (place: number) => number, height: number, low: number, high: number): number {
  if (falling(low) < height) return low;
  if (falling(high) > height) return high;
  let [left, right] = [low, high];
  for (let halvings = 0; halvings < 100; halvings++) {
    const middle = (left + right) / 2;
    if (middle === left || middle === right) break;
    if (falling(middle) > height) left = middle;
    else right = middle;
  }
  return right;
}
