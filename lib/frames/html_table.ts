/**
 * A table as HTML for Jupyter. Every value is escaped: it may come from a transcript.
 *
 * @module
 */
import { escapeHtml } from "../words/html.ts";

type Value = string | number | boolean | null | undefined;

/**
 * Returns an HTML table that scrolls where it is wider than its place. Null, undefined and NaN show as an em dash, never
 * as 0; numbers keep four decimals at most.
 *
 * @example
 * ```ts
 * import { htmlTable } from "$lib/frames/html_table.ts";
 * import assert from "node:assert/strict";
 *
 * assert(htmlTable(["a"], [["<b>"]]).includes("&lt;b&gt;"));
 * assert(htmlTable(["a"], [[null]]).includes("—"));
 * ```
 */
export function htmlTable(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  const head = columns.map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((value) => `<td>${format(value)}</td>`).join("")}</tr>`).join("\n");
  const table = `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
  return `<div style="overflow-x:auto" tabindex="0" role="region" aria-label="table">\n${table}\n</div>`;
}

/** Returns the same table as plain text, columns apart by two spaces. */
export function textTable(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  const lines = [columns, ...rows.map((row) => row.map(plain))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) => line.map((value, i) => value.padEnd(widths[i])).join("  ").trimEnd()).join("\n");
}

function plain(value: Value): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  return typeof value === "number" ? String(Math.round(value * 1e4) / 1e4) : String(value);
}

function format(value: Value): string {
  return escapeHtml(plain(value));
}
