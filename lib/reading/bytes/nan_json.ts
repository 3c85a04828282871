/**
 * JSON as Python writes it: with bare `NaN`, `Infinity` and `-Infinity`, which `JSON.parse` refuses.
 *
 * @module
 */

import { checkKeys, endOfString } from "./unique_keys.ts";

const BARE = /-?\b(?:NaN|Infinity)\b/g;

/**
 * Parses JSON; where that fails, once more with bare NaN and Infinity read as `null`, so that a score of NaN is missing.
 * The same words inside strings stay as they are.
 *
 * @throws {SyntaxError} if it is not JSON in either way; the place told is that of the text as it was given; or if an
 *   object has a key twice, see {@linkcode checkKeys}
 *
 * @example
 * ```ts
 * import { parseJson } from "$lib/reading/bytes/nan_json.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseJson('{"value": NaN, "why": "it was \\"NaN\\""}'), { value: null, why: 'it was "NaN"' });
 * ```
 */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  checkKeys(text, value);
  return value;
}

/** The same without the check of keys. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const without = withoutBareNumbers(text);
    if (without === text) throw error;
    try {
      return JSON.parse(without);
    } catch {
      throw error;
    }
  }
}

/** Goes from string to string by `indexOf`: one expression over the whole text overflows its stack on long strings. */
function withoutBareNumbers(text: string): string {
  if (!text.includes("NaN") && !text.includes("Infinity")) return text;
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const start = quote === -1 ? text.length : quote;
    parts.push(text.slice(at, start).replace(BARE, "null"));
    at = quote === -1 ? start : endOfString(text, quote);
    parts.push(text.slice(start, at));
  }
  return parts.join("");
}
