/**
 * Reads what Python's `repr` writes: logs of Python programs hold it where one expects JSON.
 *
 * Only literals are read, and nothing is ever run: dict, list, tuple, str, int, float, True, False, None. The grammar is
 * that of https://docs.python.org/3/reference/lexical_analysis.html without prefixes, triple quotes and `\N{…}`, which
 * `repr` does not write.
 *
 * @module
 */

/** A dict is a Map, so that no key can reach a prototype; a whole number that a double cannot hold is a bigint. */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PythonValue[]
  | ReadonlyMap<PythonValue, PythonValue>;

/** Deeper nesting is refused before it can exhaust the stack. */
const DEEPEST = 200;

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "", // a backslash at the end of a line joins it with the next
};

const SPACE = /[ \t\r\n\f]*/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /[+-]?(?:(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|(?:0+|[1-9]\d*))(?![\w.])/y;
const PLAIN = { "'": /[^'\\\n]*/y, '"': /[^"\\\n]*/y };
const CODED = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})/y;

/**
 * Reads one Python literal.
 *
 * @throws {SyntaxError} with the character, counted from 1, at which the text is not one
 *
 * @example
 * ```ts
 * import { parsePython } from "$lib/reading/bytes/python_repr.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parsePython(`[{'name': "it's", 'done': True}, (1.5, None)]`), [
 *   new Map<string, unknown>([["name", "it's"], ["done", true]]),
 *   [1.5, null],
 * ]);
 * assert.throws(() => parsePython("[1, __import__('os')]"), /character 5/);
 * ```
 */
export function parsePython(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  if (!reader.atEnd()) reader.fail("the end");
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#take(SPACE);
  }

  atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  fail(wanted: string, at = this.#at): never {
    const seen = at < this.#text.length ? JSON.stringify(this.#text.slice(at, at + 12)) : "the end";
    throw new SyntaxError(`Cannot read a Python literal at character ${at + 1} as ${wanted}: current value is ${seen}`);
  }

  /** The value here, and the space after it. */
  value(depth: number): PythonValue {
    if (depth > DEEPEST) this.fail(`a value nested at most ${DEEPEST} deep`);
    const value = this.#one(depth);
    this.#take(SPACE);
    return value;
  }

  #one(depth: number): PythonValue {
    const first = this.#text[this.#at];
    if (first === "'" || first === '"') return this.#string(first);
    if (first === "[") return this.#items("]", () => this.value(depth + 1)).items;
    if (first === "{") return new Map(this.#items("}", () => this.#pair(depth + 1)).items);
    if (first === "(") {
      const { items, comma } = this.#items(")", () => this.value(depth + 1));
      return items.length === 1 && !comma ? items[0] : items; // (1) is 1, (1,) is a tuple
    }
    const number = this.#take(NUMBER);
    return number === undefined ? this.#constant() : toNumber(number);
  }

  /** Everything up to a closing bracket, and whether a comma stood before it. */
  #items<T>(close: string, item: () => T): { readonly items: T[]; readonly comma: boolean } {
    const items: T[] = [];
    let comma = true;
    this.#at++;
    this.#take(SPACE);
    while (this.#text[this.#at] !== close) {
      if (!comma) this.fail(`, or ${close}`);
      items.push(item());
      comma = this.#text[this.#at] === ",";
      if (comma) this.#at++;
      this.#take(SPACE);
    }
    this.#at++;
    return { items, comma: comma && items.length > 0 };
  }

  #pair(depth: number): [PythonValue, PythonValue] {
    const start = this.#at;
    const key = this.value(depth);
    if (typeof key === "object" && key !== null) this.fail("a key, which must be plain", start);
    if (this.#text[this.#at] !== ":") this.fail(":");
    this.#at++;
    this.#take(SPACE);
    return [key, this.value(depth)];
  }

  #constant(): PythonValue {
    const start = this.#at;
    switch (this.#take(NAME)) {
      case "True":
        return true;
      case "False":
        return false;
      case "None":
        return null;
    }
    return this.fail("a value", start);
  }

  #string(quote: "'" | '"'): string {
    const start = this.#at++;
    let value = "";
    while (true) {
      value += this.#take(PLAIN[quote]);
      const next = this.#text[this.#at];
      if (next === quote) break;
      if (next !== "\\") this.fail("a closed string", next === undefined ? start : this.#at);
      value += this.#escape();
    }
    this.#at++;
    return value;
  }

  #escape(): string {
    const start = this.#at++;
    const simple = this.#text[this.#at] ?? "";
    if (Object.hasOwn(ESCAPES, simple)) {
      this.#at++;
      return ESCAPES[simple];
    }
    const coded = this.#take(CODED);
    if (coded === undefined) {
      if (/^[xuUN]?$/.test(simple)) this.fail("an escape", start);
      return "\\"; // Python keeps the backslash of an escape that it does not know
    }
    const code = /^[xuU]/.test(coded) ? parseInt(coded.slice(1), 16) : parseInt(coded, 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : this.fail("a code point", start);
  }

  /** The text that a sticky pattern matches here, taken; `undefined` where it does not match. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

function toNumber(text: string): number | bigint {
  const value = Number(text);
  return /[.eE]/.test(text) || Number.isSafeInteger(value) ? value : BigInt(text.replace("+", ""));
}
