/**
 * The beginning of a file, by which its format is found.
 *
 * @module
 */
import { basename } from "node:path";
import { LONGEST_LINE } from "../bytes/lines.ts";
import { type Opener, STDIN } from "../bytes/source.ts";
import type { FileHead } from "./format.ts";
import { kindOf } from "./record_format.ts";

/** How much of a file is looked at, in bytes. */
const HEAD_BYTES = 1 << 18;
const NEWLINE = 10;

/**
 * Reads the beginning of a file: so much that it holds a whole line, where lines are not longer than is read at all.
 *
 * @throws what the file system throws if it cannot be read
 */
export async function readHead(file: string, open: Opener): Promise<FileHead> {
  const name = file === STDIN ? STDIN : basename(file);
  for (let limit = HEAD_BYTES;; limit *= 8) {
    const bytes = await open.head(file, limit);
    const whole = bytes.length < limit;
    if (whole || limit > LONGEST_LINE || kindOf({ name, text: "" }) !== "jsonl" || bytes.includes(NEWLINE)) {
      return { path: file, name, bytes, text: new TextDecoder().decode(bytes), whole };
    }
  }
}
