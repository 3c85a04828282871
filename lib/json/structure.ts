/**
 * The structure of JSON as text: where strings end, and how many keys and values there are, without parsing it.
 *
 * @module
 */

/** The place after the quote that closes the string opened at `quote`; the end of the text where none does. */
export function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** How many values there are (one for each comma and each list or object) and how deep; not counted beyond the most. */
export function sizeOf(text: string, most: number, deepest: number): { values: number; depth: number } {
  let [values, depth, open] = [0, 0, 0];
  for (let at = 0; at < text.length && values <= most && depth <= deepest; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === COMMA) values++;
    else if (code === BRACE || code === BRACKET) {
      values++;
      depth = Math.max(depth, ++open);
    } else if (code === BRACE + 2 || code === BRACKET + 2) open--;
  }
  return { values, depth };
}

const [QUOTE, COMMA, COLON, BRACKET, BACKSLASH, BRACE] = [0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x7b];

/** How many strings have a colon behind them: so many keys, those that stand twice in one object included. */
export function mostKeys(text: string): number {
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

/** How many keys there are in what was parsed; NaN where it is nested deeper than `deepest`. */
export function keysIn(value: object, deepest: number): number {
  if (deepest === 0) return NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const one of value) if (isNested(one)) keys += keysIn(one, deepest - 1);
    return keys;
  }
  for (const key in value) {
    keys++;
    const one = (value as Record<string, unknown>)[key];
    if (isNested(one)) keys += keysIn(one, deepest - 1);
  }
  return keys;
}

/** True for a list or object. */
export function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The first key that an object of the text names again. */
export function repeatedKey(text: string): string | undefined {
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
