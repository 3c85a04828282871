/**
 * Finds what a mapping's sources stand for in one record, and notes every problem on the way.
 *
 * @module
 */
import type { Changes, Mapping, Source, TextSource } from "../../samples/mapping.ts";
import type { Fields } from "../bytes/record.ts";
import { partOf } from "../../samples/path_pattern.ts";
import type { Score } from "../../samples/sample.ts";

/** One record with what is needed to read it. */
export interface MappedRecord {
  readonly mapping: Mapping | Changes;
  readonly fields: Fields;
  /** The path of its file from the folder of the card. */
  readonly path: string;
  /** True where records of the file say of a message whether the provider declined. */
  readonly tellsRefusals: boolean;
  /** Problems so far, each with the name of what could not be read. */
  readonly problems: string[];
  /** Scores that could not be read: they are missing, and the sample stands. */
  readonly unusable: string[];
}

/** A text that must be there; noted as a problem and `""` where it is not. */
export function textOf(name: string, source: TextSource, record: MappedRecord): string {
  const value = optionalTextOf(name, source, record);
  if (value === undefined && !record.problems.some((problem) => problem.startsWith(`${name}: `))) {
    record.problems.push(`${name}: ${whyAbsent(source, record)}`);
  }
  return value ?? "";
}

/** A text, or `undefined` where there is none. */
export function optionalTextOf(name: string, source: TextSource, record: MappedRecord): string | undefined {
  const value = valueOf(name, source, record);
  return value === undefined || value === null ? undefined : String(value);
}

/** A score; `null` where none was given. A CSV does not say what is a number: what looks like one, or like true, is. */
export function scoreOf(name: string, source: Source, record: MappedRecord): Score {
  const value = valueOf(name, source, { ...record, problems: record.unusable }) ?? null;
  const isCell = "from" in source && source.map === undefined && isTable(record.mapping);
  return isCell && typeof value === "string" ? typed(value) : value;
}

/**
 * What stands at a path as `a.b.0`: a field of just that name, or one inside others.
 *
 * @example
 * ```ts
 * import { fieldAt } from "$lib/reading/mapped/values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(fieldAt({ a: { b: [7] } }, "a.b.0"), 7);
 * assert.equal(fieldAt({ "a.b": 8 }, "a.b"), 8);
 * assert.equal(fieldAt({}, "constructor.name"), undefined);
 * ```
 */
export function fieldAt(fields: Fields, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path];
  let value: unknown = fields;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

/** The value behind a source; `undefined` where there is none, or where it is a problem that was noted. */
function valueOf(name: string, source: Source, record: MappedRecord): Score | undefined {
  if ("value" in source) return source.value;
  const raw = "path" in source ? partOf(record.path, source.path) : fieldAt(record.fields, source.from);
  if (typeof raw === "object" && raw !== null) {
    record.problems.push(`${name}: must be text, a number, true or false: current value is ${shown(raw)}`);
    return undefined;
  }
  const key = String(raw ?? "");
  if (source.map !== undefined && Object.hasOwn(source.map, key)) return source.map[key];
  if (raw === undefined || raw === null || record.mapping.missing.includes(key)) return undefined;
  if (source.map === undefined) return raw as Score;
  const known = Object.keys(source.map).map((one) => JSON.stringify(one)).join(", ");
  record.problems.push(`${name}: ${shown(raw)} is not in its map; known are ${known}`);
  return undefined;
}

function whyAbsent(source: Source, { fields, mapping, path }: MappedRecord): string {
  if ("value" in source) return "is empty";
  if ("path" in source) return `/${source.path}/ finds nothing in the path ${path}`;
  const raw = fieldAt(fields, source.from);
  if (raw !== undefined) return `no value: current value is ${shown(raw)}`;
  return noFieldNamed(source.from, mapping, Object.keys(fields));
}

/** Says which columns or fields there are in place of one that is not. */
export function noFieldNamed(name: string, mapping: Mapping | Changes, there: readonly string[]): string {
  const word = isTable(mapping) || "records" in mapping && mapping.records === "parquet" ? "column" : "field";
  return `no ${word} named '${name}'; ${word}s are ${there.join(", ")}`;
}

/** True for a table of text alone. */
function isTable(mapping: Mapping | Changes): boolean {
  return "records" in mapping && mapping.records === "csv";
}

function typed(cell: string): Score {
  const trimmed = cell.trim();
  if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === "true";
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(trimmed) ? Number(trimmed) : cell;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
