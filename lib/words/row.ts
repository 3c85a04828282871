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

/**
 * Says between which rows the rates lie, for a title: `subvert: 0/10 (none) to 6/10 (conflict)`; of several outcomes, the
 * one whose rates are furthest apart.
 *
 * @example
 * ```ts
 * import { sayRange } from "$lib/words/row.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (arm: string, count: number) => ({ group: { arm }, outcome: "refuse", count, scored: 10, missing: 0 });
 * assert.equal(sayRange(rates([row("a", 3), row("b", 1)])), "refuse: 1/10 (b) to 3/10 (a)");
 * ```
 */
export function sayRange(rows: readonly Rate[]): string {
  const known = rows.filter(({ rate }) => rate !== null);
  if (known.length === 0) return "no rate, as nothing is scored";
  const ranges = [...new Set(known.map(({ outcome }) => outcome))].map((outcome) => {
    const sorted = known.filter((row) => row.outcome === outcome).sort((a, b) => a.rate! - b.rate!);
    return { outcome, least: sorted[0], most: sorted[sorted.length - 1] };
  });
  const [{ outcome, least, most }] = ranges.sort((a, b) =>
    (b.most.rate! - b.least.rate!) - (a.most.rate! - a.least.rate!)
  );
  const said = ({ count, scored, group }: Rate) => `${count}/${scored} (${Object.values(group).join(", ") || "all"})`;
  return `${outcome}: ${said(least)}${least === most ? "" : ` to ${said(most)}`}`;
}
