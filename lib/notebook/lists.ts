/**
 * Lists of rates and of contrasts as tables, in words and with what each is over.
 *
 * @module
 */
import { htmlTable, textTable } from "../frames/html_table.ts";
import type { Contrast } from "../rates/comparing/contrasts.ts";
import type { FamilyMember } from "../rates/comparing/family.ts";
import type { Rate } from "../rates/counting/rates.ts";
import { sayContrast, sayP, sayRate } from "../words/say.ts";

/** A list that shows itself. */
export type ShownList = readonly Rate[] | readonly Contrast[] | readonly FamilyMember[];

/** So many rows are shown; a line below says how many there are. */
const SHOWN = 100;

/** True for a list of rates, contrasts or tests of a family, which is not empty. */
export function isShownList(value: unknown): value is ShownList {
  return Array.isArray(value) && value.length > 0 && value.every((row) => columnsOf(row) !== undefined);
}

/**
 * Returns what Jupyter shows of such a list: one row each, its group, then the rate or difference in words.
 *
 * @example
 * ```ts
 * import { listBundle } from "$lib/notebook/lists.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([{ group: { model: "a" }, outcome: "subvert", count: 0, scored: 0, missing: 2 }]);
 * assert.equal(listBundle(rows)["text/plain"].split("\n")[1], "a      subvert  no rate (0 scored, 2 missing)");
 * ```
 */
export function listBundle(rows: ShownList): Readonly<Record<string, string>> {
  const shown = rows.slice(0, SHOWN).map((row) => columnsOf(row)!);
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const values = shown.map((row) => columns.map((column) => row[column]));
  const more = rows.length > SHOWN ? `${SHOWN} of ${rows.length} rows` : "";
  return {
    "text/html": htmlTable(columns, values) + (more && `\n<p>${more}</p>`),
    "text/plain": textTable(columns, values) + (more && `\n${more}`),
  };
}

/** The columns of one row, or nothing where it is neither. */
function columnsOf(row: unknown): Record<string, string> | undefined {
  if (typeof row !== "object" || row === null) return undefined;
  if ("contrast" in row && "holm" in row) {
    const { contrast, pValue, holm, benjaminiHochberg } = row as FamilyMember;
    const adjusted = { p: sayP(pValue), Holm: sayP(holm), "Benjamini–Hochberg": sayP(benjaminiHochberg) };
    return { ...contrastColumns(contrast), ...adjusted };
  }
  if (!("group" in row && "outcome" in row)) return undefined;
  if ("scored" in row && "rate" in row) {
    const rate = row as Rate;
    return { ...rate.group, outcome: rate.outcome, rate: sayRate(rate) };
  }
  if (!("difference" in row)) return undefined;
  const contrast = row as Contrast;
  return { ...contrastColumns(contrast), p: sayP(contrast.test?.pValue ?? null) };
}

function contrastColumns(contrast: Contrast): Record<string, string> {
  const { group, factor, outcome, first, second } = contrast;
  const arms = [first, second].map((arm) => arm === undefined ? "—" : `${arm.count}/${arm.scored}`);
  const levels = [first, second].map((arm) => arm?.group[factor] ?? "nothing");
  return { ...group, outcome, [levels.join(" against ")]: arms.join(" against "), difference: sayContrast(contrast) };
}
