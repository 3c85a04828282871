/**
 * JSON in which an object names a key twice: `JSON.parse` keeps the last value and says nothing, so that
 * `"harmful": true, "harmful": false` would be read as a no.
 *
 * @module
 */

/**
 * Parses JSON, and refuses it where an object has a key twice, at any depth and in any spelling (`"a"`, `"\u0061"`).
 *
 * @throws {SyntaxError} if it is not JSON; or that names the key
 *
 * @example
 * ```ts
 * import { parseUnique } from "$lib/reading/bytes/unique_keys.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseUnique('{"a": {"b": 1}, "b": "\\"a\\": 2"}'), { a: { b: 1 }, b: '"a": 2' });
 * assert.throws(() => parseUnique('{"harmful": true, "harmful": false}'), /the key "harmful" stands twice/);
 * ```
 */
export function parseUnique(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkKeys(text, value);
  return value;
}

/**
 * Holds the text of some JSON against what was parsed from it: each key that stands twice is one key fewer there.
 *
 * @throws {SyntaxError} that names the key
 */
export function checkKeys(text: string, value: unknown): void {
  if (mostKeys(text) === keysIn(value)) return; // counted fast, and never too few: what is left is looked at closely
  const key = twice(text);
  if (key !== undefined) throw new SyntaxError(`the key ${JSON.stringify(key)} stands twice in one object`);
}

/** The place after the quote that closes the string opened at `quote`; the end of the text where none does. */
export function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Strings with a colon behind them. */
function mostKeys(text: string): number {
  let keys = 0;
  for (let quote = text.indexOf('"'); quote !== -1;) {
    const end = endOfString(text, quote);
    if (isKey(text, end)) keys++;
    quote = text.indexOf('"', end);
  }
  return keys;
}

/** Whether a colon comes next, behind any space. */
function isKey(text: string, end: number): boolean {
  for (let at = end;; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) return true;
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
  }
}

const COLON = 0x3a;

function keysIn(value: unknown): number {
  let keys = 0;
  const open: unknown[] = [value]; // a list, and no recursion: what is nested too deep would fill the stack
  while (open.length > 0) {
    const one = open.pop();
    if (Array.isArray(one)) { for (const item of one) if (isNested(item)) open.push(item); }
    else if (isNested(one)) {
      for (const key in one) {
        keys++;
        const item = (one as Record<string, unknown>)[key];
        if (isNested(item)) open.push(item);
      }
    }
  }
  return keys;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The first key that an object names again. */
function twice(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        const key: string = JSON.parse(text.slice(at, end));
        const keys = open.at(-1)!;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}
