/**
 * The beginning of a file, by which its format is found.
 *
 * @module
 */
import { basename } from "node:path";
import { LONGEST_LINE } from "../bytes/lines.ts";
import { type Opener, STDIN } from "../bytes/source.ts";
import type { FileHead } from "./format.ts";
import { itemsOf, listsIn } from "../bytes/json_list.ts";
import { HEAD_BYTES, kindOf } from "./records.ts";

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
    const head = { path: file, name, bytes, text: new TextDecoder().decode(bytes), whole };
    if (whole || limit > LONGEST_LINE || isEnough(head)) return head;
  }
}

/** Whether a head holds a whole line of JSONL, or a whole record of a list in JSON. */
function isEnough({ name, text, bytes }: FileHead): boolean {
  if (/\.json(\.gz|\.zst)?$/i.test(name)) {
    return !/^\ufeff?\s*[[{]/.test(text) ||
      listsIn(text).some((list) => "text" in (itemsOf(text, list).next().value ?? {}));
  }
  return kindOf({ name, text: "" }) !== "jsonl" || bytes.includes(NEWLINE);
}
