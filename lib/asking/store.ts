/**
 * The file that labels are kept in: one line each, added at the end the moment it is known, never changed.
 *
 * A line is handed to the system in one write, so a process that is killed loses at most the line that it was writing. A
 * torn last line is taken off when the file is opened again. The lock is the system's and ends with the process, so none
 * is left behind by a kill.
 *
 * @module
 */
import { type LabelLine, parseLabelLine } from "../labelers/label_line.ts";

/** An open label file, locked against other processes. */
export interface LabelStore {
  /** The line that counts for a key: the last one. */
  readonly get: (key: string) => LabelLine | undefined;
  /** The line that counts, for each key. */
  readonly lines: () => Iterable<LabelLine>;
  /** Adds a line. When this returns, a kill of the process loses it no more. */
  readonly add: (line: LabelLine) => void;
  /** Bytes of a torn last line that were taken off on opening. */
  readonly torn: number;
  /** Writes through to the disk, unlocks and closes. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a label file, or makes it.
 *
 * @throws {Deno.errors.Busy} if another process has it open
 * @throws {SyntaxError} if a line other than a torn last one is no label; nothing is changed then
 *
 * @example
 * ```ts
 * import { openLabelStore } from "$lib/asking/store.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/labels.jsonl`;
 * const store = openLabelStore(file);
 * store.add({ id: "1", labeler: "j", kind: "judge", key: "k", missing: "time-out" });
 * assert.throws(() => openLabelStore(file), /another process/);
 * await store.close();
 * const again = openLabelStore(file);
 * assert.equal(again.get("k")?.id, "1");
 * await again.close();
 * ```
 */
export function openLabelStore(path: string): LabelStore {
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  try {
    if (!file.tryLockSync(true)) {
      throw new Deno.errors.Busy(`Cannot label into ${path} as another process has it open`);
    }
    const { lines, torn } = readLines(path);
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
 * Reads a label file that nobody needs to be writing to.
 *
 * @returns its lines; a torn last line is left out
 * @throws {SyntaxError} if a line is no label
 */
export function readLabelFile(path: string): readonly LabelLine[] {
  return readLines(path).lines;
}

/** What to do about the end of a file: bytes to cut off, or a line end to add. */
interface TornEnd {
  readonly keep: number;
  readonly cut: number;
  readonly lacksEnd: boolean;
}

function readLines(path: string): { lines: LabelLine[]; torn: TornEnd } {
  const bytes = Deno.readFileSync(path);
  const keep = bytes.lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder();
  const rows = text.decode(bytes.subarray(0, keep)).split("\n").slice(0, -1);
  const lines = rows.map((row, index) => lineAt(path, index + 1, row));
  const rest = text.decode(bytes.subarray(keep));
  if (rest === "") return { lines, torn: { keep, cut: 0, lacksEnd: false } };
  const whole = wholeLine(rest);
  if (whole !== undefined) return { lines: [...lines, whole], torn: { keep: bytes.length, cut: 0, lacksEnd: true } };
  if (!isBeginning(rest)) lineAt(path, rows.length + 1, rest); // is no label file: leave it alone
  return { lines, torn: { keep, cut: bytes.length - keep, lacksEnd: false } };
}

const NEWLINE = 10;

function lineAt(path: string, number: number, row: string): LabelLine {
  try {
    return parseLabelLine(row);
  } catch (error) {
    throw new SyntaxError(`Cannot use ${path} as line ${number} is no label: ${(error as Error).message}`);
  }
}

function wholeLine(rest: string): LabelLine | undefined {
  try {
    return parseLabelLine(rest);
  } catch {
    return undefined;
  }
}

/** Lines are written with their id first. */
function isBeginning(rest: string): boolean {
  const start = '{"id":"';
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
