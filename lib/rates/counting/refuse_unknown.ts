/**
 * What is asked for and is nowhere: an error that names the nearest, for an empty table would look like an answer.
 *
 * @module
 */
import { nearest } from "../../samples/nearest.ts";
import type { Summary } from "../../samples/summary.ts";

/**
 * Refuses a name that is not among those known.
 *
 * @param action what cannot be done, and why: `count label harmfull as no sample has it`
 * @param kind what the known names are, as the sentence goes on: `labels`
 * @throws {RangeError} if the name is not known
 *
 * @example
 * ```ts
 * import { refuseUnknown } from "$lib/rates/counting/refuse_unknown.ts";
 * import assert from "node:assert/strict";
 *
 * refuseUnknown("count", "labels", "harmful", ["harmful"]);
 * assert.throws(() => refuseUnknown("count it", "labels", "harmfull", ["harmful"]), /: nearest is harmful; labels are /);
 * ```
 */
export function refuseUnknown(action: string, kind: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = nearest(name, known);
  const said = `${near === undefined ? "" : `nearest is ${near}; `}${kind} are ${known.join(", ") || "none"}`;
  throw new RangeError(`Cannot ${action}: ${said}`);
}

/** A score may be meant as a factor: a mapping can make it one. */
export function orScore(field: string, among: readonly Summary[]): string {
  const isScore = among.some(({ labels }) => Object.hasOwn(labels, field));
  return isScore ? `; it is a score, which a mapping in dataset.json can make a factor` : "";
}
