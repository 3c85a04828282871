/**
 * Files that are a list of records: JSONL, CSV, or JSON that is a list or holds one.
 *
 * @module
 */
import { parse as parseNow } from "csv-parse/sync";
import { csvBatches, delimiterOf } from "../bytes/csv_rows.ts";
import { itemsOf, type JsonList, listAt, listsIn, readJsonText } from "../bytes/json_list.ts";
import { glimpseRecord, parseRecord } from "../../json/strict.ts";
import type { Fields, RecordRead } from "../bytes/record.ts";
import { type Opener, STDIN } from "../bytes/source.ts";
import type { FileHead } from "./format.ts";
import type { Place } from "../../samples/sample.ts";
import { fromCell } from "../../samples/spreadsheet_cell.ts";

/** How a file holds its records. */
export type RecordKind = "jsonl" | "csv" | "json";

/** How many records are looked at to find a format. */
export const HEAD_RECORDS = 50;

const NAMES = {
  jsonl: /\.(jsonl|ndjson)(\.gz|\.zst)?$/i,
  csv: /\.(csv|tsv|tab)(\.gz|\.zst)?$/i,
  json: /\.json(\.gz|\.zst)?$/i,
};

/** How a file holds records: by its name, and for standard input by how it begins; `undefined` where it holds none. */
export function kindOf(head: Pick<FileHead, "name" | "text">): RecordKind | undefined {
  if (!kinds.has(head)) kinds.set(head, foundKind(head));
  return kinds.get(head);
}

const kinds = new WeakMap<object, RecordKind | undefined>(); // every format asks, and a head may hold 64 MiB

function foundKind({ name, text }: Pick<FileHead, "name" | "text">): RecordKind | undefined {
  if (NAMES.jsonl.test(name)) return "jsonl";
  if (NAMES.csv.test(name)) return "csv";
  if (NAMES.json.test(name)) return isJsonLines(text) ? "jsonl" : listsIn(text).length > 0 ? "json" : undefined;
  if (name !== STDIN) return undefined;
  if (/^\ufeff?\s*\[/.test(text)) return "json";
  if (!text.trimStart().startsWith("{")) return "csv";
  return isJsonLines(text) || listsIn(text).length === 0 ? "jsonl" : "json";
}

/** JSONL under the name of JSON: a first line that is an object by itself, and more after it. */
function isJsonLines(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 1 || text[0] !== "{" || text.slice(end).trimStart()[0] !== "{") return false;
  return "fields" in parseRecord(text.slice(0, end));
}

const heads = new WeakMap<FileHead, Fields[]>(); // the same

/** The records at the beginning of a file that can be read; of a CSV only its columns, as a record. */
export function headRecords(head: FileHead): Fields[] {
  const known = heads.get(head) ?? recordsIn(head);
  heads.set(head, known);
  return known;
}

function recordsIn(head: FileHead): Fields[] {
  const kind = kindOf(head);
  if (kind === "csv") {
    const [header] = parseNow(head.text, {
      to: 1,
      bom: true,
      delimiter: delimiterOf(head.text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    return [Object.fromEntries((header ?? []).map((column: string) => [fromCell(column), true]))];
  }
  if (kind === "json") return listsIn(head.text).flatMap((list) => firstOf(head.text, list));
  return head.text.split("\n").filter((line) => line.trim() !== "").slice(0, HEAD_RECORDS).flatMap((line) => {
    const record = glimpseRecord(line);
    return "fields" in record ? [record.fields] : [];
  });
}

/** The first records of a list, as far as they can be read. */
function firstOf(text: string, list: JsonList): Fields[] {
  return itemsOf(text, list).take(HEAD_RECORDS).flatMap((item) => {
    const record = "text" in item ? parseRecord(item.text) : item;
    return "fields" in record ? [record.fields] : [];
  }).toArray();
}

/** Which list of a JSON file is read: that at a path, or the first with a record that is one. */
export interface ListWanted {
  readonly list?: string;
  readonly isRecord?: (record: Fields) => boolean;
}

/** Yields every record of a file, or what is wrong with it, many at a time. A blank line is none. */
export async function* readRecords(
  file: string,
  kind: RecordKind,
  open: Opener,
  wanted: ListWanted = {},
): AsyncGenerator<RecordRead[]> {
  if (kind === "csv") yield* csvBatches(file, open);
  else if (await isLines(file, kind, open)) yield* lineRecords(file, open);
  else yield* itemRecords(file, open, wanted);
}

/** Whether a file of JSON holds a record a line: by its name, or where that does not tell, by how it begins. */
async function isLines(file: string, kind: "jsonl" | "json", open: Opener): Promise<boolean> {
  if (kind === "jsonl" && file !== STDIN && !NAMES.json.test(file)) return true;
  const text = new TextDecoder().decode(await open.head(file, HEAD_BYTES));
  return kind === "jsonl" && file === STDIN ? kindOf({ name: STDIN, text }) === "jsonl" : isJsonLines(text);
}

/** How much of a file is looked at to tell what it is, in bytes. */
export const HEAD_BYTES = 1 << 18;

/** No honest file has so many: what is nothing but line ends is small when compressed, and endless when read. */
const MOST_BLANK = 10_000_000;

async function* lineRecords(file: string, open: Opener): AsyncGenerator<RecordRead[]> {
  let blank = 0;
  for await (const lines of open.lines(file)) {
    const records: RecordRead[] = [];
    for (const line of lines) {
      const source = { file, at: `line ${line.number}` };
      if ("reason" in line) records.push({ ...source, reason: line.reason });
      else if (/\S/.test(line.text)) records.push(parsed(line.text, source));
      else if (++blank > MOST_BLANK) throw new RangeError(`more than ${MOST_BLANK} blank lines, not read further`);
    }
    yield records;
  }
}

/** How many records of a list are parsed at a time. */
const BATCH = 1000;

async function* itemRecords(file: string, open: Opener, { list, isRecord }: ListWanted): AsyncGenerator<RecordRead[]> {
  const text = await readJsonText(file, open);
  const fits = isRecord && listsIn(text).find((one) => firstOf(text, one).some(isRecord));
  const found = fits ?? listAt(text, list);
  let records: RecordRead[] = [];
  for (const item of itemsOf(text, found)) {
    const source = { file, at: `record ${item.index}${found.path && ` of ${found.path}`}` };
    records.push("text" in item ? parsed(item.text, source) : { ...source, reason: item.reason });
    if (records.length >= BATCH) {
      yield records;
      records = [];
    }
  }
  yield records;
}

function parsed(text: string, source: Place): RecordRead {
  const record = parseRecord(text);
  return "reason" in record ? { ...source, ...record } : { ...record, source };
}
