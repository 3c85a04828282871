/**
 * A random order.
 *
 * @module
 */
import type { Random } from "./random.ts";

/**
 * Returns the items in an order that is drawn: each is equally likely. By Fisher and Yates, as in Knuth, The Art of
 * Computer Programming 2, 3.4.2, algorithm P.
 *
 * @example
 * ```ts
 * import { createRandom } from "$lib/stats/numbers/random.ts";
 * import { shuffled } from "$lib/stats/numbers/shuffled.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(shuffled([1, 2, 3], createRandom(1)).sort(), [1, 2, 3]);
 * ```
 */
export function shuffled<T>(items: readonly T[], { below }: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
