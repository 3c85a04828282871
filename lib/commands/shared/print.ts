/**
 * All that a command prints, and the only place that prints: a line is one line, and nothing in it acts.
 *
 * A name in a file of others can hold escape sequences that set the title or the clipboard, carriage returns and line ends
 * that forge a line of the report, and marks that turn the direction of the text around so that 18/20 reads 02/81. Such
 * characters are marked by their code point. JSON escapes them and keeps its value; a table that goes to a file or another
 * program is left as it is.
 *
 * @module
 */
import { toCsv } from "../../figures/csv.ts";
import type { TableRow } from "../../rates/counting/rates.ts";

/** Controls, invisible format characters (direction marks among them), separators of lines, halves of a surrogate pair. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Prints one line or several on standard output; a line end within one is marked like everything that acts. */
export function tell(lines: string | readonly string[]): void {
  console.log("%s", [lines].flat().map(visible).join("\n"));
}

/** Prints lines on standard error, as {@linkcode tell} does. */
export function tellError(lines: string | readonly string[]): void {
  const all = [lines].flat();
  if (all.length > 0) console.error("%s", all.map(visible).join("\n"));
}

/** Prints a value as JSON on standard output, on one line or indented by so many spaces. */
export function printJson(value: unknown, indent?: number): void {
  console.log("%s", visibleJson(JSON.stringify(value, undefined, indent)));
}

/** Prints rows as CSV on standard output. */
export function printTable(rows: readonly TableRow[]): void {
  const seen = (cell: TableRow[string]) => typeof cell === "string" ? visible(cell) : cell;
  const shown = (row: TableRow) =>
    Object.fromEntries(Object.entries(row).map(([name, at]) => [visible(name), seen(at)]));
  console.log("%s", toCsv(Deno.stdout.isTerminal() ? rows.map(shown) : rows).trimEnd());
}

/** Writes a line of progress over the last one on standard error, where that is a terminal; "" takes it away. */
export function tellProgress(line: string): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${visible(line)}`));
}

/**
 * Returns a text with every control and format character replaced by its code point: `<U+001B>`. The result is one line.
 *
 * @example
 * ```ts
 * import { visible } from "$lib/commands/shared/print.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(visible("gpt\r\x1b[2Kclaude\n"), "gpt<U+000D><U+001B>[2Kclaude<U+000A>");
 * assert.equal(visible("Ünïcode 拒否 🙂"), "Ünïcode 拒否 🙂");
 * ```
 */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (one) => `<U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}>`);
}

/**
 * Returns JSON that stands for the same value and holds none of these characters but the line ends between its parts.
 *
 * @example
 * ```ts
 * import { visibleJson } from "$lib/commands/shared/print.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(visibleJson('"a\u202eb"'), '"a\\u202eb"');
 * ```
 */
export function visibleJson(json: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replaceAll(UNSEEN, (one) => one === "\n" ? one : one.split("").map(escaped).join(""));
}
