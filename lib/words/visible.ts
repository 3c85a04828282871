/**
 * Text from data as a line of a terminal or a figure may hold it: nothing in it acts, and what would have is marked.
 *
 * @module
 */
import { escapeHtml } from "./html.ts";

/** Controls, invisible format characters (direction marks among them), separators of lines, halves of a surrogate pair. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/gu;

/**
 * Returns a text with every control and format character replaced by its code point: `<U+001B>`. The result is one line.
 *
 * @example
 * ```ts
 * import { visible } from "$lib/words/visible.ts";
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

/**
 * Returns a document of XML with the same marks in place of these characters, line ends apart: XML forbids most of them.
 *
 * @example
 * ```ts
 * import { visibleXml } from "$lib/words/visible.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(visibleXml("<text>a\u0000\n</text>"), "<text>a&lt;U+0000&gt;\n</text>");
 * ```
 */
export function visibleXml(xml: string): string {
  return xml.replaceAll(UNSEEN, (one) => one === "\n" ? one : escapeHtml(visible(one)));
}
