/**
 * A record: what one line of JSONL or one row of CSV holds.
 *
 * @module
 */
import type { Problem } from "../../samples/load_report.ts";
import type { Place } from "../../samples/sample.ts";

/** A record: a JSON object, or a CSV row by its header. */
export type Fields = Readonly<Record<string, unknown>>;

/** A record and where it stands, or why there is none. */
export type RecordRead = { readonly fields: Fields; readonly source: Place } | Problem;

/** True for `{…}`, false for arrays, null and plain values. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
