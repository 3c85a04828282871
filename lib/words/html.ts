/**
 * Text that stands in HTML or SVG as it is written. It may come from a transcript.
 *
 * @module
 */

/**
 * Returns text with the characters that mean something in HTML, SVG and their quoted attributes escaped.
 *
 * @example
 * ```ts
 * import { escapeHtml } from "$lib/words/html.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeHtml('<b title="R&D">'), "&lt;b title=&quot;R&amp;D&quot;&gt;");
 * ```
 */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
