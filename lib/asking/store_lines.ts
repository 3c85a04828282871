/**
 * What stands in the file of a store, and what its end needs before a line can be added.
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
  /** What is held of all lines of a key, once one was added; absent: all of it. */
  readonly held?: (lines: readonly Line[]) => readonly Line[];
  /** How a user sets broken lines aside, where there is a way. */
  readonly mend?: (path: string) => string;
}

/** Lines of whatever kind, as far as a file of them goes. */
export type AnyKind = Omit<LineKind<unknown>, "held">;

/** Where the bytes of a file are had from, some at a time. */
export interface StoreBytes {
  readonly size: number;
  /** At most so many bytes from an offset on; fewer only at the end. */
  readonly read: (at: number, length: number) => Uint8Array;
}

/** The rows of a file that are no lines, and its end. */
export interface StoreAccount {
  readonly broken: readonly BrokenLine[];
  readonly end: FileEnd;
}

/** A row that is no line. */
export interface BrokenLine {
  readonly number: number;
  readonly reason: string;
  /** Offsets in bytes; the line end is not part of it. */
  readonly start: number;
  readonly stop: number;
}

/** What to do about the end of a file: bytes to keep, how many were torn or blank, and whether to add a line end. */
export interface FileEnd {
  readonly keep: number;
  readonly cut: number;
  readonly lacksEnd: boolean;
}

/** The bytes of a file that was read. */
export function bytesOf(bytes: Uint8Array): StoreBytes {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/**
 * Reads the lines of a file, one by one. A kill tears the last line, and a system that goes down can leave blank lines or
 * NULs behind it: such an end is no broken line. Blank lines between others say nothing and are passed over.
 */
export function readLines<Line>(source: StoreBytes, kind: LineKind<Line>, onLine: (line: Line) => void): StoreAccount {
  const broken: BrokenLine[] = [];
  const body = endOfBody(source);
  const text = new TextDecoder();
  const after = source.read(body, source.size - body);
  const newline = after.indexOf(NEWLINE);
  const isEnded = newline !== -1 && !after.subarray(0, newline).includes(NUL); // NULs come after what was torn
  let end: FileEnd = { keep: body, cut: after.length, lacksEnd: false };
  let number = 0;
  for (const { start, bytes } of rowsOf(source, body)) {
    const [row, stop] = [text.decode(bytes), start + bytes.length];
    number++;
    const read = row.trim() === "" ? {} : lineIn(row, kind);
    if (read.line !== undefined) onLine(read.line);
    if (stop === body) end = endAfter(after, body);
    if (read.reason !== undefined) {
      const isTorn = stop === body && !isEnded && isBeginning(row, kind);
      if (isTorn) end = { keep: start, cut: source.size - start, lacksEnd: false };
      else broken.push({ number, reason: read.reason, start, stop });
    }
  }
  return { broken, end };
}

/** So many bytes are read at once. */
const CHUNK = 1 << 20;

/** The rows up to an offset, without their line ends. */
function* rowsOf(source: StoreBytes, body: number): Generator<{ readonly start: number; readonly bytes: Uint8Array }> {
  let [start, open]: [number, Uint8Array] = [0, new Uint8Array()];
  for (let at = 0; at < body; at += CHUNK) {
    const chunk = source.read(at, Math.min(CHUNK, body - at));
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      yield { start, bytes: joined(open, chunk.subarray(from, to)) };
      [start, open, from] = [at + to + 1, new Uint8Array(), to + 1];
    }
    open = joined(open, chunk.subarray(from));
  }
  if (start < body) yield { start, bytes: open };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** The error of a file that cannot be used as it is. */
export function brokenError(path: string, { number, reason }: BrokenLine, kind: AnyKind): SyntaxError {
  const mend = kind.mend === undefined ? "" : `; ${kind.mend(path)}`;
  return new SyntaxError(`Cannot use ${path} as line ${number} is no ${kind.name}: ${reason}${mend}`);
}

const [NEWLINE, NUL, RETURN, SPACE, TAB] = [10, 0, 13, 32, 9];

/** The offset behind the last byte that says something. */
function endOfBody(source: StoreBytes): number {
  for (let at = source.size; at > 0;) {
    const length = Math.min(CHUNK, at);
    at -= length;
    const last = source.read(at, length).findLastIndex((byte) => ![NEWLINE, NUL, RETURN, SPACE, TAB].includes(byte));
    if (last !== -1) return at + last + 1;
  }
  return 0;
}

function endAfter(after: Uint8Array, body: number): FileEnd {
  const isEnded = after[0] === NEWLINE;
  const kept = isEnded ? 1 : 0;
  return { keep: body + kept, cut: after.length - kept, lacksEnd: !isEnded };
}

function lineIn<Line>(row: string, { parse }: LineKind<Line>): { line?: Line; reason?: string } {
  try {
    return { line: parse(row) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

function isBeginning(row: string, { start }: AnyKind): boolean {
  return start.startsWith(row) || row.startsWith(start);
}
