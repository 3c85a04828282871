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
import { visible, visibleJson } from "../../words/visible.ts";

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
