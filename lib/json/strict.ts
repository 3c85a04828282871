/**
 * JSON that somebody else wrote, read strictly: the one place where text becomes data.
 *
 * `JSON.parse` keeps the last of two values under one key and says nothing, so that `"harmful": true, "harmful": false`
 * would be read as a no; it turns two bytes into fifty, and nests as deep as it is told. Each of these is an error here.
 *
 * @module
 */
import { endOfString, isNested, keysIn, mostKeys, repeatedKey, sizeOf } from "./structure.ts";

/** What a text may be. */
export interface JsonLimits {
  /** Whether bare `NaN`, `Infinity` and `-Infinity`, which Python writes, are read as null (default: false). */
  readonly python?: boolean;
  /** The most values that it may hold (default: {@linkcode MOST_VALUES}, or one for each 8 characters if more). */
  readonly most?: number;
}

/** So many values fill some 50 MB, and a complaint about each of them ten times that. */
export const MOST_VALUES = 500_000;

/** Deeper nesting serves only to fill a stack; the readers of Inspect and of Rust stop at 200 and 128. */
const DEEPEST = 200;

/** A shorter text cannot hold what fills the memory, so it is not measured before it is parsed. */
const SHORT = 1 << 20;

/**
 * Parses JSON.
 *
 * @throws {SyntaxError} that reads on from "it is": `not valid JSON: …`; or that says which key stands twice in one
 *   object, in any spelling (`"a"`, `"\u0061"`), that there are too many values, or that they are nested too deep
 *
 * @example
 * ```ts
 * import { parseJson } from "$lib/json/strict.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseJson('{"a": {"b": 1}, "b": "\\"a\\": 2"}'), { a: { b: 1 }, b: '"a": 2' });
 * assert.throws(() => parseJson('{"harmful": true, "harmful": false}'), /the key "harmful" stands twice/);
 * assert.deepEqual(parseJson('{"value": NaN, "why": "it was NaN"}', { python: true }), { value: null, why: "it was NaN" });
 * ```
 */
export function parseJson(text: string, limits: JsonLimits = {}): unknown {
  const value = unchecked(text, limits);
  const found = isNested(value) ? keysIn(value, DEEPEST) : 0;
  if (Number.isNaN(found)) throw new SyntaxError(TOO_DEEP);
  if (found !== mostKeys(text)) { // counted fast, and never too few: what is left is looked at closely
    const key = repeatedKey(text);
    if (key !== undefined) throw new SyntaxError(`the key ${JSON.stringify(key)} stands twice in one object`);
  }
  return value;
}

/** An object, or why there is none. */
export type JsonObject = { readonly fields: Readonly<Record<string, unknown>> } | { readonly reason: string };

/** Parses a record, which is an object of at most {@linkcode MOST_VALUES} values as Python may write it. */
export function parseRecord(text: string): JsonObject {
  return asRecord(() => {
    const value = parseJson(text, RECORD);
    // In whatever spelling: a name that an assignment anywhere would turn into a prototype.
    if ((text.includes("__proto__") || text.includes("\\u00")) && names(value, "__proto__")) {
      throw new SyntaxError("a field has the name __proto__, which cannot be used");
    }
    return value;
  });
}

/** The same whether it has a key twice or not: which format it is of can be told all the same. */
export function glimpseRecord(text: string): JsonObject {
  return asRecord(() => unchecked(text, RECORD));
}

const RECORD = { python: true, most: MOST_VALUES };
const TOO_DEEP = `nested more than ${DEEPEST} deep`;

function asRecord(parse: () => unknown): JsonObject {
  try {
    const fields = parse();
    return isNested(fields) && !Array.isArray(fields)
      ? { fields: fields as Readonly<Record<string, unknown>> }
      : { reason: "not a JSON object" };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

function unchecked(text: string, { python = false, most = Math.max(MOST_VALUES, text.length / 8) }: JsonLimits) {
  if (text.length > SHORT) {
    const { values, depth } = sizeOf(text, most, DEEPEST);
    if (depth > DEEPEST) throw new SyntaxError(TOO_DEEP);
    if (values > most) throw new SyntaxError(`holds more than ${Math.floor(most)} values`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const without = python ? withoutBareNumbers(text) : text;
    try {
      if (without !== text) return JSON.parse(without) as unknown;
    } catch { // the first error names the place in the text as it was given
    }
    // The same error again: a million broken lines would need two million, and each takes its stack down.
    throw Object.assign(error as SyntaxError, { message: `not valid JSON: ${(error as Error).message}` });
  }
}

const BARE = /-?\b(?:NaN|Infinity)\b/g;

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

function names(value: unknown, key: string): boolean {
  return isNested(value) &&
    (Object.hasOwn(value, key) || Object.values(value).some((one) => names(one, key)));
}
