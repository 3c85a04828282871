/**
 * The order in which samples are asked for: shuffled, and balanced wherever it is stopped.
 *
 * Epoch after epoch and in each wording after wording, each wording with all its conditions and models: a stop leaves
 * whole blocks behind it, and of the last block an even draw. What drifts over the hours of a run, such as a server that
 * changes its model, then falls on all conditions alike.
 *
 * @module
 */
import { createRandom } from "../stats/numbers/random.ts";
import { shuffled } from "../stats/numbers/shuffled.ts";

/**
 * Returns epochs × wordings × members in a balanced order.
 *
 * @param seed whole number in [0, 2³²): the same seed gives the same order
 *
 * @example
 * ```ts
 * import { balancedOrder } from "$lib/sampling/order.ts";
 * import assert from "node:assert/strict";
 *
 * const order = balancedOrder(["a", "b"], ["x", "y", "z"], 2, 1);
 * assert.equal(order.length, 12);
 * assert.equal(new Set(order.slice(0, 3).map(({ wording }) => wording)).size, 1); // a block
 * assert.deepEqual(new Set(order.slice(0, 6).map(({ member }) => member)), new Set(["x", "y", "z"]));
 * ```
 */
export function balancedOrder<Wording, Member>(
  wordings: readonly Wording[],
  members: readonly Member[],
  epochs: number,
  seed: number,
): { readonly wording: Wording; readonly member: Member; readonly epoch: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: epochs }, (_, index) => index + 1).flatMap((epoch) =>
    shuffled(wordings, random).flatMap((wording) =>
      shuffled(members, random).map((member) => ({ wording, member, epoch }))
    )
  );
}
