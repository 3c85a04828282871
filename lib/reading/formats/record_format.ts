/**
 * Formats that are a list of records, JSONL, a list in JSON, or CSV: each says which fields it needs and what a record
 * becomes.
 *
 * @module
 */
import type { Fields } from "../bytes/record.ts";
import type { Format } from "./format.ts";
import { headRecords, kindOf, readRecords } from "./records.ts";
import type { Entry } from "../../samples/load_report.ts";
import type { Opener } from "../bytes/source.ts";
import type { Place } from "../../samples/sample.ts";

/** A record format; `Context` is what is read once for each file before its records. */
export interface RecordFormat<Context> {
  readonly name: string;
  readonly kind: "jsonl" | "csv";
  /** A file is of this format where one of its first records has all of these fields. */
  readonly fields: readonly string[];
  /** Where the fields alone do not tell: whether a record that has them is of this format. */
  readonly isOne?: (record: Fields) => boolean;
  readonly contextOf?: (file: string, open: Opener) => Promise<Context>;
  readonly toEntry: (record: Fields, source: Place, context: Context) => Entry | Entry[];
}

/** Makes a format of files out of a format of records; those of JSONL are found in lists in JSON too. */
export function recordFormat<Context = undefined>(format: RecordFormat<Context>): Format {
  const { name, kind, fields, isOne = () => true, contextOf, toEntry } = format;
  const isRecord = (record: Fields) => fields.every((field) => Object.hasOwn(record, field)) && isOne(record);
  async function* read(files: readonly string[], open: Opener): AsyncGenerator<Entry[]> {
    for (const file of files) {
      const context = await contextOf?.(file, open) as Context;
      for await (const batch of readRecords(file, kind, open, { isRecord })) {
        yield batch.flatMap((record): Entry | Entry[] => {
          if ("reason" in record) return { reject: record };
          try {
            const found = toEntry(record.fields, record.source, context);
            const named = (one: Entry): Entry => "sample" in one ? { ...one, fields: record.fields } : one;
            return Array.isArray(found) ? found.map(named) : named(found);
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
    fields,
    fits: (head) => {
      const found = kindOf(head);
      return (found === kind || found === "json" && kind === "jsonl") && headRecords(head).some(isRecord);
    },
    read,
  };
}
