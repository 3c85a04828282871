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

/** The lines of a file, those that are none, and its end. */
export interface StoreLines<Line> {
  readonly lines: readonly Line[];
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

/**
 * Reads the lines of a file. A kill tears the last line, and a system that goes down can leave blank lines or NULs
 * behind it: such an end is no broken line. Blank lines between others say nothing and are passed over.
 */
export function linesOf<Line>(bytes: Uint8Array, kind: LineKind<Line>): StoreLines<Line> {
  const lines: Line[] = [];
  const broken: BrokenLine[] = [];
  const body = endOfBody(bytes);
  const text = new TextDecoder();
  let [start, number] = [0, 0];
  let end: FileEnd = { keep: body, cut: bytes.length - body, lacksEnd: false };
  while (start < body) {
    const newline = bytes.indexOf(NEWLINE, start);
    const isEnded = newline !== -1 && !bytes.subarray(body, newline).includes(NUL); // NULs come after what was torn
    const stop = isEnded && newline < body ? newline : body;
    const row = text.decode(bytes.subarray(start, stop));
    number++;
    const read = row.trim() === "" ? {} : lineIn(row, kind);
    if (read.line !== undefined) lines.push(read.line);
    if (stop === body) end = endAfter(bytes, body);
    if (read.reason !== undefined) {
      if (!isEnded && isBeginning(row, kind)) end = { keep: start, cut: bytes.length - start, lacksEnd: false };
      else broken.push({ number, reason: read.reason, start, stop });
    }
    start = stop + 1;
  }
  return { lines, broken, end };
}

/** The error of a file that cannot be used as it is. */
export function brokenError(path: string, { number, reason }: BrokenLine, kind: AnyKind): SyntaxError {
  const mend = kind.mend === undefined ? "" : `; ${kind.mend(path)}`;
  return new SyntaxError(`Cannot use ${path} as line ${number} is no ${kind.name}: ${reason}${mend}`);
}

const [NEWLINE, NUL, RETURN, SPACE, TAB] = [10, 0, 13, 32, 9];

/** The offset behind the last byte that says something. */
function endOfBody(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => ![NEWLINE, NUL, RETURN, SPACE, TAB].includes(byte)) + 1;
}

function endAfter(bytes: Uint8Array, body: number): FileEnd {
  const isEnded = bytes[body] === NEWLINE;
  const keep = isEnded ? body + 1 : body;
  return { keep, cut: bytes.length - keep, lacksEnd: !isEnded };
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
