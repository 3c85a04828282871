/**
 * Placeholders in a template: `{{name}}`, filled by a factor or by a wording.
 *
 * @module
 */

const PLACEHOLDER = /\{\{\s*([a-z][a-z\d_]*)\s*\}\}/g;

/** Returns the names in a text, in order, those that come twice twice. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name);
}

/** A stretch of a text, or a placeholder in it. */
export type Piece = { readonly text: string } | { readonly name: string };

/**
 * Returns a text as stretches and placeholders, in order.
 *
 * @example
 * ```ts
 * import { piecesOf } from "$lib/sampling/scenarios/placeholders.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(piecesOf("To {{boss}}:"), [{ text: "To " }, { name: "boss" }, { text: ":" }]);
 * ```
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: whole, 1: name, index } of text.matchAll(PLACEHOLDER)) {
    if (index > at) pieces.push({ text: text.slice(at, index) });
    pieces.push({ name });
    at = index + whole.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** Returns a text with its placeholders filled; every one must be among the texts. */
export function filled(text: string, texts: Readonly<Record<string, string>>): string {
  return text.replaceAll(PLACEHOLDER, (_, name) => texts[name]);
}
