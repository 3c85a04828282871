/**
 * Text from data as a line of a terminal or a page of text may hold it: nothing in it acts, and what would have is marked.
 *
 * A name in a file can hold escape sequences that set the title or the clipboard, carriage returns and line ends that forge
 * a line of the report, and marks that turn the direction of the text around so that 18/20 reads 02/81.
 *
 * @module
 */

/** Controls, invisible format characters (direction marks among them), separators of lines, halves of a surrogate pair. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Returns a text with every control and format character replaced by its code point: `<U+001B>`. The result is one line.
 *
 * @example
 * ```ts
 * import { visible } from "$lib/words/visible.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(visible("gpt\r\x1b[2Kclaude"), "gpt<U+000D><U+001B>[2Kclaude");
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
 * import { visibleJson } from "$lib/words/visible.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(visibleJson('"a\u202eb"'), '"a\\u202eb"');
 * ```
 */
export function visibleJson(json: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replaceAll(UNSEEN, (one) => one === "\n" ? one : one.split("").map(escaped).join(""));
}
