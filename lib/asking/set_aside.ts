/**
 * Broken lines of a store, set aside with everything else kept, so that the rest can be used again.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { writeAll } from "./file_bytes.ts";
import { openLocked, openStore } from "./store.ts";
import { type AnyKind, brokenError, bytesOf, type LineKind, readLines } from "./store_lines.ts";

/** What was done to a file. */
export interface SetAside {
  /** The numbers of the lines that were set aside, from 1. */
  readonly numbers: readonly number[];
  /** Where they are now, one a line, as they were; lines of earlier times stay in it. */
  readonly to: string;
  /** Bytes of a torn or blank end that were taken off. */
  readonly torn: number;
}

/**
 * Sets the broken lines of a store aside. Where a whole line stands behind a torn one, as when a write failed halfway and
 * the next one did not, only the torn one goes. What goes is kept in `PATH.broken`, and spaces take its place. No other byte moves, so a kill
 * in between loses nothing, and neither does a full disk.
 *
 * @throws {SyntaxError} if no line is of its kind: then it is another file, and nothing is changed
 * @throws {Deno.errors.NotFound} if there is no such file
 *
 * @example
 * ```ts
 * import { setAside } from "$lib/asking/set_aside.ts";
 * import { readStore } from "$lib/asking/store.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/answers.jsonl`;
 * const kind = { name: "answer", start: '{"key":"', parse: (row: string) => JSON.parse(row) as { key: string } };
 * await Deno.writeTextFile(file, '{"key":"a"}\n{"key":\n{"key":"b"}\n');
 * assert.deepEqual(await setAside(file, kind), { numbers: [2], to: `${file}.broken`, torn: 0 });
 * assert.deepEqual(readStore(file, kind), [{ key: "a" }, { key: "b" }]);
 * assert.equal(await Deno.readTextFile(`${file}.broken`), '{"key":\n');
 * ```
 */
export async function setAside<Line extends { readonly key?: string }>(
  path: string,
  kind: LineKind<Line>,
): Promise<SetAside> {
  const to = `${path}.broken`;
  const file = openLocked(path, kind, false);
  let done: SetAside;
  try {
    const bytes = Deno.readFileSync(path);
    let lines = 0;
    const { broken, end } = readLines(bytesOf(bytes), kind, () => lines++);
    if (broken.length > 0 && lines === 0) throw brokenError(path, broken[0], { ...kind, mend: undefined });
    const torn = broken.map(({ start, stop }) => ({
      start,
      stop: start + lengthTorn(bytes.subarray(start, stop), kind),
    }));
    if (torn.length > 0) keep(to, torn.map(({ start, stop }) => bytes.subarray(start, stop)));
    for (const { start, stop } of torn) {
      file.seekSync(start, Deno.SeekMode.Start);
      writeAll(file, new Uint8Array(stop - start).fill(SPACE));
    }
    file.syncSync();
    done = { numbers: broken.map(({ number }) => number), to, torn: end.cut };
  } finally {
    file.unlockSync();
    file.close();
  }
  await openStore(path, kind).close(); // which mends the end
  return done;
}

const [SPACE, NEWLINE] = [32, 10];

/** How much of a broken row stands before a whole line that ends it; all of it where there is none. */
function lengthTorn(row: Uint8Array, { start, parse }: AnyKind): number {
  const bytes = Buffer.from(row.buffer, row.byteOffset, row.length);
  for (let at = bytes.indexOf(start, 1); at !== -1; at = bytes.indexOf(start, at + 1)) {
    try {
      parse(bytes.toString("utf8", at));
      return at;
    } catch {
      continue; // another torn one
    }
  }
  return row.length;
}

/** They are on the disk before they are overwritten. */
function keep(path: string, rows: readonly Uint8Array[]): void {
  const file = Deno.openSync(path, { append: true, create: true });
  try {
    for (const row of rows) writeAll(file, new Uint8Array([...row, NEWLINE]));
    file.syncSync();
  } finally {
    file.close();
  }
}
