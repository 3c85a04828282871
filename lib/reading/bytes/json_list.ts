/**
 * JSON that is a list of records, or an object that holds such lists: found and cut into records without parsing the
 * whole, so that one bad record is one problem and a file that was cut short still gives what it has.
 *
 * @module
 */
import { glimpseRecord } from "../../json/strict.ts";
import { endOfString } from "../../json/structure.ts";
import { type Opener, readText } from "./source.ts";

/** A list whose first value is an object. */
export interface JsonList {
  /** Where it stands, as `results.results`; empty where the whole text is the list. */
  readonly path: string;
  /** The place of its opening bracket in the text. */
  readonly start: number;
  /** True for an object whose values are the records; the key of each is its field `_key`. */
  readonly isKeyed?: true;
}

/** One value of a list: its text, or why there is none. */
export type JsonItem = { readonly index: number } & ({ readonly text: string } | { readonly reason: string });

/** Objects are looked into so deep. */
const DEPTH = 4;

/** Such a file is held in memory as a whole. */
const LARGEST = 256 << 20;

/**
 * Yields every list of objects in the text of some JSON that does not stand inside another list. The text may be cut.
 *
 * @example
 * ```ts
 * import { itemsOf, listsIn } from "$lib/reading/bytes/json_list.ts";
 * import assert from "node:assert/strict";
 *
 * const text = '{"version": 3, "results": {"rows": [{"a": 1}, {"a": [2]}]}}';
 * const [list] = listsIn(text);
 * assert.equal(list.path, "results.rows");
 * assert.deepEqual([...itemsOf(text, list)], [{ index: 1, text: '{"a": 1}' }, { index: 2, text: '{"a": [2]}' }]);
 * ```
 */
export function listsIn(text: string): JsonList[] {
  const lists: JsonList[] = [];
  const visit = (start: number, path: readonly string[]): number => {
    if (text[start] === "[") {
      if (text[spaceEnd(text, start + 1)] === "{") lists.push({ path: path.join("."), start });
      return endOfValue(text, start);
    }
    if (text[start] !== "{" || path.length >= DEPTH) return endOfValue(text, start);
    let at = spaceEnd(text, start + 1);
    while (text[at] === '"') {
      const end = endOfString(text, at);
      const name = keyOf(text.slice(at, end));
      const colon = spaceEnd(text, end);
      if (name === undefined || text[colon] !== ":") return text.length;
      at = spaceEnd(text, colon + 1);
      at = spaceEnd(text, name.includes(".") || name === "" ? endOfValue(text, at) : visit(at, [...path, name]));
      if (text[at] !== ",") break;
      at = spaceEnd(text, at + 1);
    }
    return at + 1;
  };
  const start = spaceEnd(text, text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0);
  visit(start, []);
  const keyed: JsonList = { path: "", start, isKeyed: true };
  return lists.length > 0 || !isKeyed(text, keyed) ? lists : [keyed];
}

/** Whether an object holds records by their keys: at least two, all of them objects, the first alike in their fields. */
function isKeyed(text: string, keyed: JsonList): boolean {
  if (text[keyed.start] !== "{") return false;
  const [first, second, ...others] = itemsOf(text, keyed).take(KEYED_LOOKED_AT).toArray();
  if (first === undefined || second === undefined || !("text" in first && "text" in second)) return false;
  const [one, other] = [first, second].map((item) => keysOf(item.text).filter((key) => key !== KEY));
  const shared = one.filter((key) => other.includes(key)).length;
  return shared > 0 && 2 * shared >= Math.max(one.length, other.length) &&
    others.every((item, index) => "text" in item ? item.text.startsWith("{") : index === others.length - 1);
}

/** So many values of an object tell whether they are records. */
const KEYED_LOOKED_AT = 10;

/** The field that holds the key under which a record stood. */
const KEY = "_key";

function keysOf(text: string): string[] {
  const record = glimpseRecord(text);
  return "fields" in record ? Object.keys(record.fields) : [];
}

/** Yields the values of a list one by one, counted from 1; one that is cut, or a list that does not end, is a problem. */
export function* itemsOf(text: string, { start, isKeyed }: JsonList): Generator<JsonItem> {
  const close = isKeyed ? "}" : "]";
  let at = spaceEnd(text, start + 1);
  for (let index = 1; text[at] !== close; index++) {
    const key = isKeyed && text[at] === '"' ? text.slice(at, endOfString(text, at)) : undefined;
    const colon = key === undefined ? at : spaceEnd(text, at + key.length);
    const from = key === undefined || text[colon] !== ":" ? at : spaceEnd(text, colon + 1);
    const end = endOfValue(text, from);
    const next = spaceEnd(text, end);
    if (end === from || next >= text.length || text[next] !== "," && text[next] !== close) {
      yield { index, reason: "the list is cut short or not valid JSON from here on" };
      return;
    }
    yield { index, text: withKey(text.slice(from, end), key) };
    at = text[next] === "," ? spaceEnd(text, next + 1) : next;
  }
}

/** The text of a record with its key as a field. */
function withKey(record: string, key: string | undefined): string {
  if (key === undefined || !record.startsWith("{")) return record;
  const rest = record.slice(1).trimStart();
  return `{"${KEY}":${key}${rest.startsWith("}") ? "" : ","}${rest}`;
}

/** The text of a JSON file. @throws {TypeError | RangeError} if it is not UTF-8, or too large to be held */
export async function readJsonText(file: string, open: Opener): Promise<string> {
  try {
    return await readText(file, open, LARGEST);
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof RangeError) || !message.startsWith("larger")) throw error;
    throw new RangeError(`JSON ${message}: write it as JSONL, one record a line`);
  }
}

/** The list at a path. @throws {RangeError} if there is none, with those that there are */
export function listAt(text: string, path: string | undefined): JsonList {
  const lists = listsIn(text);
  const found = lists.find((list) => list.path === (path ?? ""));
  if (found !== undefined) return found;
  if (path === undefined && /^\ufeff?\s*\[\s*\]/.test(text)) throw new RangeError("the list is empty");
  const there = lists.map((list) => list.path || "the whole file").join(", ") || "none";
  throw new RangeError(`no list of records at ${path ?? "the whole file"}: lists are at ${there}`);
}

const BYTE_ORDER_MARK = 0xfeff;

function keyOf(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}

function spaceEnd(text: string, at: number): number {
  for (;; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
}

/** The place after the value that begins here; the end of the text where it is cut. */
function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") {
    let at = start;
    while (at < text.length && !",]} \n\r\t".includes(text[at])) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}
