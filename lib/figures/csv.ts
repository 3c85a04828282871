/**
 * A figure's table as CSV (RFC 4180): the plotted numbers in full precision, and no text that a spreadsheet would run.
 *
 * @module
 */
import { stringify } from "csv-stringify/sync";
import type { TableRow } from "../rates/counting/rates.ts";
import { toCell } from "../samples/spreadsheet_cell.ts";

/**
 * Returns the table as CSV with a header; null is an empty field, for no data is not zero.
 *
 * @example
 * ```ts
 * import { toCsv } from "$lib/figures/csv.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(toCsv([{ model: "a, b", rate: null }]), 'model,rate\n"a, b",\n');
 * ```
 */
export function toCsv(table: readonly TableRow[]): string {
  const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
  const rows = table.map((row) => columns.map((name) => row[name]));
  return stringify([columns, ...rows], { cast: { string: toCell }, quoted_match: /\r/ });
}
