/**
 * Formats that are a list of records, JSONL or CSV: each says which fields it needs and what a record becomes.
 *
 * @module
 */
import { type Fields, isObject, type RecordRead } from "../bytes/record.ts";
import { parse as parseNow } from "csv-parse/sync";
import { csvBatches } from "../bytes/csv_rows.ts";
import type { FileHead, Format } from "./format.ts";
import { lineBatches } from "../bytes/lines.ts";
import type { Entry } from "../../samples/load_report.ts";
import type { Opener } from "../bytes/source.ts";
import { checkKeys } from "../bytes/unique_keys.ts";
import type { Place } from "../../samples/sample.ts";

/** A record format; `Context` is what is read once for each file before its records. */
export interface RecordFormat<Context> {
  readonly name: string;
  readonly kind: "jsonl" | "csv";
  /** A file is of this format where one of its first records has all of these fields. */
  readonly fields: readonly string[];
  readonly contextOf?: (file: string, open: Opener) => Promise<Context>;
  readonly toEntry: (record: Fields, source: Place, context: Context) => Entry;
}

/** How many records are looked at to find a format. */
const HEAD_RECORDS = 50;

const NAMES = { jsonl: /\.(jsonl|ndjson)(\.gz|\.zst)?$/i, csv: /\.csv(\.gz|\.zst)?$/i };

/** Makes a format of files out of a format of records. */
export function recordFormat<Context = undefined>(format: RecordFormat<Context>): Format {
  const { name, kind, fields, contextOf, toEntry } = format;
  async function* read(files: readonly string[], open: Opener): AsyncGenerator<Entry[]> {
    for (const file of files) {
      const context = await contextOf?.(file, open) as Context;
      const records = kind === "csv" ? csvBatches(file, open) : jsonBatches(file, open);
      for await (const batch of records) {
        yield batch.map((record) => {
          if ("reason" in record) return { reject: record };
          try {
            return toEntry(record.fields, record.source, context);
          } catch (error) { // what is nested too deep for the stack is the problem of one record
            return { reject: { ...record.source, reason: `cannot be read: ${(error as Error).message}` } };
          }
        });
      }
    }
  }
  return {
    name,
    needs: `${kind === "csv" ? "columns" : "fields"} ${fields.join(", ")} in ${kind.toUpperCase()}`,
    fits: (head) =>
      kindOf(head) === kind &&
      headRecords(head).some((record) => fields.every((field) => Object.hasOwn(record, field))),
    read,
  };
}

/** Whether a file is JSONL or CSV: by its name, and for standard input by its first character. */
export function kindOf({ name, text }: Pick<FileHead, "name" | "text">): "jsonl" | "csv" | undefined {
  if (NAMES.jsonl.test(name)) return "jsonl";
  if (NAMES.csv.test(name)) return "csv";
  if (name === "-") return text.trimStart().startsWith("{") ? "jsonl" : "csv";
  return undefined;
}

const heads = new WeakMap<FileHead, Fields[]>(); // every format asks, and a head may hold 64 MiB

/** The records at the beginning of a file that can be read; of a CSV only its columns, as a record. */
export function headRecords(head: FileHead): Fields[] {
  const known = heads.get(head) ?? recordsIn(head);
  heads.set(head, known);
  return known;
}

function recordsIn(head: FileHead): Fields[] {
  if (kindOf(head) === "csv") {
    const [header] = parseNow(head.text, {
      to: 1,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    return [Object.fromEntries((header ?? []).map((column: string) => [column, true]))];
  }
  return head.text.split("\n").filter((line) => line.trim() !== "").slice(0, HEAD_RECORDS).flatMap((line) => {
    const record = objectIn(line);
    return "fields" in record ? [record.fields] : [];
  });
}

/** Yields every line of a JSONL file that is not blank, as an object or as a problem. */
export async function* readJsonLines(file: string, open: Opener): AsyncGenerator<RecordRead> {
  for await (const records of jsonBatches(file, open)) yield* records;
}

/** Yields every row of a CSV file; see {@linkcode csvBatches}. */
export async function* readCsv(file: string, open: Opener): AsyncGenerator<RecordRead> {
  for await (const records of csvBatches(file, open)) yield* records;
}

/** No honest file has so many: what is nothing but line ends is small when compressed, and endless when read. */
const MOST_BLANK = 10_000_000;

async function* jsonBatches(file: string, open: Opener): AsyncGenerator<RecordRead[]> {
  let blank = 0;
  for await (const lines of lineBatches(open.bytes(file))) {
    const records: RecordRead[] = [];
    for (const line of lines) {
      const source = { file, at: `line ${line.number}` };
      if ("reason" in line) records.push({ ...source, reason: line.reason });
      else if (/\S/.test(line.text)) records.push(parseLine(line.text, source));
      else if (++blank > MOST_BLANK) throw new RangeError(`more than ${MOST_BLANK} blank lines, not read further`);
    }
    yield records;
  }
}

function parseLine(text: string, source: Place): RecordRead {
  const record = parseRecord(text);
  return "reason" in record ? { ...source, ...record } : { ...record, source };
}

/** Parses the text of one JSON object; or says why it cannot be used. */
export function parseRecord(text: string): ObjectRead {
  const record = objectIn(text);
  try {
    if ("fields" in record) checkKeys(text, record.fields);
    return record;
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

type ObjectRead = { readonly fields: Fields } | { readonly reason: string };

/** The object as it is, whether it has a key twice or not: which format it is of can be told all the same. */
function objectIn(text: string): ObjectRead {
  if (text.includes("__proto__") && PROTO.test(text) || text.includes("\\u00") && PROTO_ESCAPED.test(text)) {
    return { reason: "a field has the name __proto__, which cannot be used" };
  }
  if (text.length > LONG && hasTooManyValues(text)) return { reason: `holds more than ${MOST_VALUES} values` };
  try {
    const fields: unknown = JSON.parse(text);
    return isObject(fields) ? { fields } : { reason: "not a JSON object" };
  } catch (error) {
    return { reason: `not valid JSON: ${(error as Error).message}` };
  }
}

const PROTO = /"__proto__"\s*:/;
const PROTO_ESCAPED = new RegExp(
  `"${
    [..."__proto__"].map((one) => `(?:${one}|\\\\u00${one.charCodeAt(0).toString(16).replace("f", "[fF]")})`).join("")
  }"\\s*:`,
);

/** A value of two bytes takes fifty in memory, and a complaint about it more: long lines are counted before. */
const LONG = 1 << 20;
const MOST_VALUES = 500_000;

function hasTooManyValues(text: string): boolean {
  let values = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === '"') isText = !isText;
    else if (one === "\\") at++;
    else if (!isText && (one === "," || one === "[" || one === "{") && ++values > MOST_VALUES) return true;
  }
  return false;
}
