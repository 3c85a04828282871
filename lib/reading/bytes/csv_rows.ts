/**
 * The rows of a CSV file, in bounded memory.
 *
 * @module
 */
import { parse } from "csv-parse";
import { TABLE } from "./bomb.ts";
import { LONGEST_LINE } from "./lines.ts";
import type { Opener } from "./source.ts";
import type { RecordRead } from "./record.ts";
import { fromCell } from "../../samples/spreadsheet_cell.ts";

/**
 * The rows of a CSV file, many at a time. A row with too few or too many columns is a problem of its own; a quote that is never
 * closed, or bytes that are not UTF-8, make the rest of the file unusable, by name, and what came before is kept.
 */
export async function* csvBatches(file: string, open: Opener): AsyncGenerator<RecordRead[]> {
  const delimiter = delimiterOf(new TextDecoder().decode(await open.head(file, LONGEST_DELIMITED)));
  if (delimiter !== ",") open.note(file, `its columns are separated by ${delimiter === ";" ? "semicolons" : "tabs"}`);
  const rows: RecordRead[] = [];
  let line = 1;
  let any = false;
  let hasHeader = false;
  let isEscaped = false;
  let silent = 0; // bytes since the last row
  const parser = parse({
    columns: (header) => {
      hasHeader = true;
      return checkColumns(header.map(fromCell));
    },
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: ({ record, info }) => {
      line = info.lines;
      const source = { file, at: `line ${line}` };
      if (info.error === undefined) isEscaped = takeApostrophes(record) || isEscaped;
      rows.push(info.error === undefined ? { fields: record, source } : { ...source, reason: info.error.message });
      return null;
    },
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const feed = (text: string) =>
    new Promise<void>((done, fail) => parser.write(text, (error) => error ? fail(error) : done()));
  const finish = () => new Promise<void>((done, fail) => parser.once("error", fail).end(done));
  parser.on("error", () => {}); // it reaches us through the callbacks above
  parser.resume();
  try {
    for await (const chunk of open.bytes(file, TABLE)) {
      await feed(decoder.decode(chunk, { stream: true }));
      any ||= rows.length > 0;
      silent = rows.length > 0 ? 0 : silent + chunk.length;
      const most = hasHeader ? LONGEST_LINE : LONGEST_HEADER;
      if (silent > most) throw new RangeError(`no end of a row in ${most >> 20} MiB`);
      yield rows.splice(0);
    }
    await feed(decoder.decode());
    await finish();
  } catch (error) {
    if ((error as { syscall?: unknown }).syscall !== undefined) throw error; // the file itself cannot be read
    rows.push({ file, at: `after line ${line}`, reason: `not readable as CSV: ${(error as Error).message}` });
  }
  if (isEscaped) open.note(file, "apostrophes that keep a spreadsheet from running a cell are not read as text");
  any ||= rows.length > 0;
  if (!any) rows.push({ file, at: "file", reason: "no rows below the header" });
  yield rows;
}

/** The same rows one by one. */
export async function* eachRow(file: string, open: Opener): AsyncGenerator<RecordRead> {
  for await (const rows of csvBatches(file, open)) yield* rows;
}

/**
 * What stands between the columns: the comma, or where the header has more of them outside quotes, the semicolon or the
 * tab of spreadsheets.
 *
 * @example
 * ```ts
 * import { delimiterOf } from "$lib/reading/bytes/csv_rows.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["a,b;c,d\n", '"a,b";c\n', "a\tb\n", "a\n"].map(delimiterOf), [",", ";", "\t", ","]);
 * ```
 */
export function delimiterOf(text: string): string {
  const header = /^[\ufeff\r\n]*((?:"(?:[^"]|"")*"|[^"\r\n])*)/.exec(text.slice(0, LONGEST_DELIMITED))?.[1] ?? "";
  const bare = header.replace(/"(?:[^"]|"")*"/g, "");
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, one) => count(one) > count(best) ? one : best);
}

/** So much of a header tells what it is delimited by. */
const LONGEST_DELIMITED = 1 << 16;

/** A longer first line is no header: until it ends, each of its characters takes long. */
const LONGEST_HEADER = 4 << 20;

/** Gives the cells of a row that were written for a spreadsheet the text that they were written from. */
function takeApostrophes(row: Record<string, string>): boolean {
  let any = false;
  for (const name in row) {
    const cell = row[name];
    if (cell.charCodeAt(0) !== APOSTROPHE) continue;
    row[name] = fromCell(cell);
    any ||= row[name] !== cell;
  }
  return any;
}

const APOSTROPHE = 39;

/** Refuses a header in which one name would hide another. */
function checkColumns(header: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = header.find((name) => seen.has(name) || !seen.add(name));
  if (twice !== undefined) throw new SyntaxError(`two columns have the name ${JSON.stringify(twice)}`);
  if (header.includes("__proto__")) throw new SyntaxError("a column has the name __proto__, which cannot be used");
  return [...header];
}
