/**
 * A row of rates or contrasts as words that stand alone: what a mark of a figure says when it is pointed at.
 *
 * @module
 */
import type { Contrast } from "../rates/comparing/contrasts.ts";
import type { Rate } from "../rates/counting/rates.ts";
import { sayContrast, sayRate } from "./say.ts";

/**
 * Says which row it is and what it holds.
 *
 * @example
 * ```ts
 * import { sayRow } from "$lib/words/row.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const [rate] = rates([{ group: { model: "a" }, outcome: "subvert", count: 0, scored: 0, missing: 2 }]);
 * assert.equal(sayRow(rate), "a, subvert: no rate (0 scored, 2 missing)");
 * ```
 */
export function sayRow(row: Rate | Contrast): string {
  const said = "scored" in row ? sayRate(row) : sayContrast(row);
  return `${[...Object.values(row.group), row.outcome].join(", ")}: ${said}`;
}
