/**
 * The file that answers are kept in: one line each, added at the end the moment it is known, never changed.
 *
 * A line is handed to the system in one write, so a process that is killed loses at most the line that it was writing. A
 * torn last line is taken off when the file is opened again. The lock is the system's and ends with the process, so none
 * is left behind by a kill.
 *
 * @module
 */

/** What the lines of a store are. */
export interface LineKind<Line> {
  /** A line in a word that is a noun and a verb: `label`. */
  readonly name: string;
  /** What every line begins with: a torn line is known by it. */
  readonly start: string;
  /** Reads a line. @throws {SyntaxError} if it is none */
  readonly parse: (row: string) => Line;
}

/** An open store, locked against other processes. */
export interface Store<Line> {
  /** The line that counts for a key: the last one. */
  readonly get: (key: string) => Line | undefined;
  /** The line that counts, for each key. */
  readonly lines: () => Iterable<Line>;
  /** Adds a line. When this returns, a kill of the process loses it no more. */
  readonly add: (line: Line) => void;
  /** Bytes of a torn last line that were taken off on opening. */
  readonly torn: number;
  /** Writes through to the disk, unlocks and closes. */
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
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  try {
    if (!file.tryLockSync(true)) {
      throw new Deno.errors.Busy(`Cannot ${kind.name} into ${path} as another process has it open`);
    }
    const { lines, torn } = readLines(path, kind);
    const byKey = new Map(lines.flatMap((line) => line.key === undefined ? [] : [[line.key, line]]));
    repair(file, torn);
    const disk = createSyncer(file);
    return {
      get: (key) => byKey.get(key),
      lines: () => byKey.values(),
      add: (line) => {
        writeAll(file, `${JSON.stringify(line)}\n`);
        if (line.key !== undefined) byKey.set(line.key, line);
        disk.sync();
      },
      torn: torn.cut,
      close: async () => {
        await disk.done();
        file.unlockSync();
        file.close();
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
  return readLines(path, kind).lines;
}

/** What to do about the end of a file: bytes to cut off, or a line end to add. */
interface TornEnd {
  readonly keep: number;
  readonly cut: number;
  readonly lacksEnd: boolean;
}

function readLines<Line>(path: string, kind: LineKind<Line>): { lines: Line[]; torn: TornEnd } {
  const bytes = Deno.readFileSync(path);
  const keep = bytes.lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder();
  const rows = text.decode(bytes.subarray(0, keep)).split("\n").slice(0, -1);
  const lines = rows.map((row, index) => lineAt(path, index + 1, row, kind));
  const rest = text.decode(bytes.subarray(keep));
  if (rest === "") return { lines, torn: { keep, cut: 0, lacksEnd: false } };
  const whole = wholeLine(rest, kind);
  if (whole !== undefined) return { lines: [...lines, whole], torn: { keep: bytes.length, cut: 0, lacksEnd: true } };
  if (!isBeginning(rest, kind)) lineAt(path, rows.length + 1, rest, kind); // is no such file: leave it alone
  return { lines, torn: { keep, cut: bytes.length - keep, lacksEnd: false } };
}

const NEWLINE = 10;

function lineAt<Line>(path: string, number: number, row: string, { name, parse }: LineKind<Line>): Line {
  try {
    return parse(row);
  } catch (error) {
    throw new SyntaxError(`Cannot use ${path} as line ${number} is no ${name}: ${(error as Error).message}`);
  }
}

function wholeLine<Line>(rest: string, { parse }: LineKind<Line>): Line | undefined {
  try {
    return parse(rest);
  } catch {
    return undefined;
  }
}

function isBeginning(rest: string, { start }: LineKind<unknown>): boolean {
  return start.startsWith(rest) || rest.startsWith(start);
}

/** Writes through to the disk beside the work, one at a time, so that a slow disk holds up no call. */
function createSyncer(file: Deno.FsFile) {
  let [isBehind, running] = [false, Promise.resolve()];
  let isRunning = false;
  const run = async () => {
    for (isRunning = true; isBehind;) {
      isBehind = false;
      await file.syncData();
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

function repair(file: Deno.FsFile, { keep, cut, lacksEnd }: TornEnd): void {
  if (cut > 0) file.truncateSync(keep);
  file.seekSync(0, Deno.SeekMode.End);
  if (lacksEnd) writeAll(file, "\n");
}

function writeAll(file: Deno.FsFile, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
}
