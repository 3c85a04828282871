/**
 * Text in a cell of a CSV that a spreadsheet shows and does not run.
 *
 * A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, also after blanks and in full width, and
 * a formula can send what stands in the other cells to a stranger: https://owasp.org/www-community/attacks/CSV_Injection.
 * An apostrophe before it makes it text. These functions run in the coding page too, as text: they use nothing else.
 *
 * @module
 */

/**
 * Returns a text as it is written into a cell: with an apostrophe before it where a spreadsheet would run it, or where
 * it begins with such an apostrophe already. A number below zero stays as it is.
 *
 * @example
 * ```ts
 * import { toCell } from "$lib/samples/spreadsheet_cell.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(toCell('=HYPERLINK("http://evil.example","x")'), `'=HYPERLINK("http://evil.example","x")`);
 * assert.deepEqual(["-1.5", "a=b", "it's"].map(toCell), ["-1.5", "a=b", "it's"]);
 * ```
 */
export function toCell(text: string): string {
  const isNumber = /^-\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  return !isNumber && /^'*([\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text;
}

/**
 * Returns the text that a cell was written from: the inverse of {@linkcode toCell}.
 *
 * @example
 * ```ts
 * import { fromCell, toCell } from "$lib/samples/spreadsheet_cell.ts";
 * import assert from "node:assert/strict";
 *
 * const texts = ["=1+1", "'=1+1", "''@a", "\t", " -x", "-1", "'quoted'", ""];
 * assert.deepEqual(texts.map((text) => fromCell(toCell(text))), texts);
 * ```
 */
export function fromCell(cell: string): string {
  return /^'+([\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u.test(cell) ? cell.slice(1) : cell;
}
