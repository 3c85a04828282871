/**
 * Values that wait to be asked about: some in memory, and all beyond that on disk, so that what is held does not grow with
 * the texts of a corpus.
 *
 * @module
 */
import { readAll, writeAll } from "./file_bytes.ts";

/** Where values wait. */
export interface Spool {
  /** Keeps a value that is JSON and returns how to have it again. @throws {Error} if the disk does not take it */
  readonly keep: <Value>(value: Value) => () => Value;
  /** Nothing can be had again after it. */
  readonly close: () => void;
}

/** So many bytes of JSON stay in memory. */
const IN_MEMORY = 16e6;

/**
 * Opens a spool. A file is made only where memory is used up; it has no name any more from then on, so that a kill leaves
 * none behind.
 *
 * @param path of that file, for the moment that it has one
 *
 * @example
 * ```ts
 * import { openSpool } from "$lib/asking/spool.ts";
 * import assert from "node:assert/strict";
 *
 * const path = `${await Deno.makeTempDir()}/labels.jsonl.texts`;
 * const spool = openSpool(path, 10);
 * const values = ["short", "a longer one", "änd another"].map((value) => spool.keep(value));
 * assert.deepEqual(values.map((again) => again()), ["short", "a longer one", "änd another"]);
 * spool.close();
 * assert.throws(() => values[2](), Deno.errors.BadResource); // was on disk
 * ```
 */
export function openSpool(path: string, inMemory: number = IN_MEMORY): Spool {
  let [file, held, size]: [Deno.FsFile | undefined, number, number] = [undefined, 0, 0];
  return {
    keep: <Value>(value: Value): () => Value => {
      const bytes = new TextEncoder().encode(JSON.stringify(value));
      if (held + bytes.length <= inMemory) {
        held += bytes.length;
        return inMemoryStill(value);
      }
      file ??= openNameless(path);
      file.seekSync(size, Deno.SeekMode.Start);
      writeAll(file, bytes);
      size += bytes.length;
      return onDisk(file, size - bytes.length, bytes.length);
    },
    close: () => {
      if (file === undefined) return;
      file.close();
      if (KEEPS_NAMES) Deno.removeSync(path);
    },
  };
}

// Each is a function of its own: functions that are made in one hold together whatever any of them needs.
const inMemoryStill = <Value>(value: Value) => () => value;
const onDisk = <Value>(file: Deno.FsFile, at: number, length: number) => (): Value =>
  JSON.parse(new TextDecoder().decode(readAll(file, at, length)));

/** There a file that is open cannot be removed. */
const KEEPS_NAMES = Deno.build.os === "windows";

function openNameless(path: string): Deno.FsFile {
  const file = Deno.openSync(path, { read: true, write: true, create: true, truncate: true });
  if (!KEEPS_NAMES) Deno.removeSync(path);
  return file;
}
