/**
 * Splits bytes into lines in bounded memory, many lines at a time.
 *
 * `node:readline` also splits at U+2028 and U+2029, which are legal inside a JSON string, so it is not used here. Lines
 * are decoded a chunk at once, which is several times faster than one by one; only a chunk with bytes that are not
 * UTF-8 is decoded line by line, to name the line.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { decodeText } from "./decode_text.ts";

/** A line by its number; instead of its text, why it has none. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly reason: string });

const NEWLINE = 10;

/** A longer line is not held in memory. */
export const LONGEST_LINE = 64 << 20;

/**
 * Yields the lines that each chunk completes, without their line ends (LF or CRLF), white space and empty ones included.
 * A byte order mark at the start of the first line is dropped.
 *
 * @example
 * ```ts
 * import { lineBatches } from "$lib/reading/bytes/lines.ts";
 * import assert from "node:assert/strict";
 *
 * const batches = await Array.fromAsync(lineBatches([new TextEncoder().encode("a\r\nb")]));
 * assert.deepEqual(batches.flat(), [{ number: 1, text: "a" }, { number: 2, text: "b" }]);
 * ```
 */
export async function* lineBatches(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Line[]> {
  let number = 0;
  let rest: Uint8Array[] = [];
  let length = 0; // of the rest, also where it is too long to be held
  const keep = (part: Uint8Array) => {
    length += part.length;
    if (length <= LONGEST_LINE) rest.push(part.slice()); // a copy: the next piece may come in the same buffer
    else rest = [];
  };
  const complete = (part: Uint8Array): Line[] => {
    const texts = length === 0 && part.length <= LONGEST_LINE ? decode(part) : afterRest(part);
    rest = [];
    length = 0;
    return texts.map((text) =>
      typeof text === "string" ? { number: ++number, text } : { number: ++number, reason: text.reason }
    );
  };
  /** The line that began before, by itself, so that the others need not be copied to stand behind it; then these. */
  const afterRest = (part: Uint8Array): Text[] => {
    const end = part.indexOf(NEWLINE);
    const first = end === -1 ? part : part.subarray(0, end);
    const texts = length + first.length > LONGEST_LINE
      ? [{ reason: `longer than ${LONGEST_LINE >> 20} MiB: ${length + first.length} bytes` }]
      : decode(Buffer.concat([...rest, first]));
    return end === -1 ? texts : texts.concat(decode(part.subarray(end + 1)));
  };
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end !== -1) yield complete(chunk.subarray(0, end));
    if (end + 1 < chunk.length) keep(chunk.subarray(end + 1));
  }
  if (length > 0) yield complete(new Uint8Array(0));
}

/** Yields the same lines one by one. */
export async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  for await (const lines of lineBatches(bytes)) yield* lines;
}

type Text = string | { readonly reason: string };

/** The lines of a block; where it is not UTF-8 as a whole, each line by itself. */
function decode(block: Uint8Array): Text[] {
  try {
    return decodeText(block).split("\n").map(withoutReturn);
  } catch {
    const texts: Text[] = [];
    for (let start = 0, end = 0; end !== -1; start = end + 1) {
      end = block.indexOf(NEWLINE, start);
      try {
        texts.push(withoutReturn(decodeText(block.subarray(start, end === -1 ? undefined : end))));
      } catch {
        texts.push({ reason: "not valid UTF-8" });
      }
    }
    return texts;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
