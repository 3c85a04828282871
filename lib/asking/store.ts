/**
 * The file that answers are kept in: one line each, added at the end the moment it is known, never changed.
 *
 * A line is handed to the system in one write, so a process that is killed loses at most the line that it was writing. A
 * torn last line is taken off when the file is opened again, and at once where the write itself failed, as on a full
 * disk. The lock is the system's and ends with the process, so none is left behind by a kill.
 *
 * @module
 */
import { beginning } from "./completion.ts";
import { partsOf, writeAll } from "./file_bytes.ts";
import { type AnyKind, brokenError, bytesOf, type FileEnd, type LineKind, readLines } from "./store_lines.ts";

export type { LineKind } from "./store_lines.ts";

/** An open store, locked against other processes. */
export interface Store<Line> {
  /** The line that counts for a key: the last one. */
  readonly get: (key: string) => Line | undefined;
  /** All lines of a key, in order: the earlier ones tell what it took. */
  readonly every: (key: string) => readonly Line[];
  /** The line that counts, for each key. */
  readonly lines: () => Iterable<Line>;
  /**
   * Adds a line. When this returns, a kill of the process loses it no more.
   *
   * @throws {TypeError} if the line could not be read again
   * @throws {Error} if it cannot be written; the file holds whole lines then, or takes no more
   */
  readonly add: (line: Line) => void;
  /** Bytes of a torn or blank end that were taken off on opening. */
  readonly torn: number;
  /** Writes through to the disk, unlocks and closes. @throws {Error} if the disk does not take it */
  readonly close: () => Promise<void>;
}

/**
 * Opens a store, or makes it.
 *
 * @throws {Deno.errors.Busy} if another process has it open
 * @throws {SyntaxError} if a line other than a torn last one is none of its kind; nothing is changed then
 *
 * @example
 * ```ts
 * import { openStore } from "$lib/asking/store.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/answers.jsonl`;
 * const kind = { name: "answer", start: '{"key":"', parse: (row: string) => JSON.parse(row) as { key: string; to: string } };
 * const store = openStore(file, kind);
 * store.add({ key: "k", to: "all" });
 * assert.throws(() => openStore(file, kind), /another process/);
 * await store.close();
 * const again = openStore(file, kind);
 * assert.equal(again.get("k")?.to, "all");
 * await again.close();
 * ```
 */
export function openStore<Line extends { readonly key?: string }>(path: string, kind: LineKind<Line>): Store<Line> {
  const file = openLocked(path, kind, true);
  try {
    const { held = (those: readonly Line[]) => those } = kind;
    const byKey = new Map<string, readonly Line[]>();
    const hold = (line: Line) => {
      if (line.key !== undefined) byKey.set(line.key, held([...byKey.get(line.key) ?? [], line]));
    };
    const { broken: [broken], end } = readLines(partsOf(file), kind, hold);
    if (broken !== undefined) throw brokenError(path, broken, kind);
    const tail = openTail(file, path, end);
    return {
      get: (key) => byKey.get(key)?.at(-1),
      every: (key) => byKey.get(key) ?? [],
      lines: () => byKey.values().map((those) => those.at(-1)!),
      add: (line) => {
        tail.add(rowOf(line, kind));
        hold(line);
      },
      torn: end.cut,
      close: async () => {
        try {
          await tail.done();
        } finally {
          file.unlockSync();
          file.close();
        }
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Reads a store that nobody needs to be writing to.
 *
 * @returns its lines; a torn last line is left out
 * @throws {SyntaxError} if a line is none of its kind
 */
export function readStore<Line>(path: string, kind: LineKind<Line>): readonly Line[] {
  const lines: Line[] = [];
  const { broken: [broken] } = readLines(bytesOf(Deno.readFileSync(path)), kind, (line) => lines.push(line));
  if (broken !== undefined) throw brokenError(path, broken, kind);
  return lines;
}

/** Opens a file, or makes it where that is wanted, and locks it. */
export function openLocked(path: string, { name }: AnyKind, create: boolean): Deno.FsFile {
  const file = Deno.openSync(path, { read: true, write: true, create });
  if (file.tryLockSync(true)) return file;
  file.close();
  throw new Deno.errors.Busy(`Cannot ${name} into ${path} as another process has it open`);
}

/** A line as it is written, once it is sure that it can be read. */
function rowOf<Line>(line: Line, { name, parse }: LineKind<Line>): Uint8Array {
  const row = JSON.stringify(line);
  try {
    parse(row);
  } catch (error) {
    throw new TypeError(
      `Cannot keep a ${name} that could not be read again: ${(error as Error).message}: ${beginning(row)}`,
    );
  }
  return new TextEncoder().encode(`${row}\n`);
}

/** The end of a file that only ever holds whole lines: lines are added there, each in one write. */
export function openTail(file: Deno.FsFile, path: string, { keep, cut, lacksEnd }: FileEnd) {
  if (cut > 0) file.truncateSync(keep);
  let size = file.seekSync(keep, Deno.SeekMode.Start);
  let problem: Error | undefined;
  const disk = createSyncer(file, (error) => {
    problem = new Error(`Cannot be sure that ${path} is on the disk: ${error.message}`);
  });
  const add = (row: Uint8Array) => {
    if (problem) throw problem;
    try {
      writeAll(file, row);
      size += row.length;
    } catch (error) {
      const { message } = error as Error;
      const failed = new Error(`Cannot write to ${path}, whose lines so far are kept: ${message}`);
      try {
        file.truncateSync(size); // another, shorter line may still fit
        file.seekSync(size, Deno.SeekMode.Start);
      } catch {
        problem = failed;
      }
      throw failed;
    }
    disk.sync();
  };
  if (lacksEnd) add(new Uint8Array([10]));
  return {
    add,
    done: async () => {
      await disk.done();
      if (problem) throw problem;
    },
  };
}

/** Writes through to the disk beside the work, one at a time, so that a slow disk holds up no call. */
function createSyncer(file: Deno.FsFile, onFailure: (error: Error) => void) {
  let [isBehind, running] = [false, Promise.resolve()];
  let isRunning = false;
  const run = async () => {
    for (isRunning = true; isBehind;) {
      isBehind = false;
      await file.syncData().catch(onFailure);
    }
    isRunning = false;
  };
  return {
    sync: () => {
      isBehind = true;
      if (!isRunning) running = run();
    },
    done: () => running,
  };
}
