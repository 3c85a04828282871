/**
 * A mapping: how the columns of any CSV, the fields of any JSON or the columns of any Parquet become samples. It stands
 * in a `dataset.json` with the format `mapped`; beside another format it says what is to be taken more, or otherwise.
 *
 * @module
 */
import type { Label, Score } from "./sample.ts";

/** How columns or fields become samples: the part `mapping` of a `dataset.json`. */
export interface Mapping {
  /** What the files are: rows of a CSV, objects one a line, a list in JSON, or rows of Parquet. */
  readonly records: "csv" | "jsonl" | "json" | "parquet";
  /** Where in a JSON file the list of records is, as `results.results`; without it the whole file is the list. */
  readonly list?: string;
  /** Several are joined by `/`; without any, the id is file and line. */
  readonly id?: TextSource | readonly TextSource[];
  /** The model that was sampled. */
  readonly model: TextSource;
  /** What the model was put into. */
  readonly scenario: TextSource;
  /** The condition: one source a factor. */
  readonly factors: Readonly<Record<string, TextSource>>;
  /** Without it: the same scenario and condition. */
  readonly cluster?: TextSource;
  /** One a labeler. */
  readonly labels: readonly MappedLabel[];
  /** The transcript, where there is one. */
  readonly messages?: MappedMessages;
  /** What stands for "no value". An absent or null field always does. */
  readonly missing: readonly string[];
}

/** What a `dataset.json` says beside a format that has samples of its own: what is taken more from their fields. */
export interface Changes {
  /** The model, where it is another. */
  readonly model?: TextSource;
  /** The scenario, where it is another. */
  readonly scenario?: TextSource;
  /** One source a factor; those that are not named stay. */
  readonly factors: Readonly<Record<string, TextSource>>;
  /** The cluster, where it is another. */
  readonly cluster?: TextSource;
  /** Labels besides those that the samples have. */
  readonly labels: readonly MappedLabel[];
  /** What stands for "no value". An absent or null field always does. */
  readonly missing: readonly string[];
}

/** Where the scores of one labeler come from. */
export interface MappedLabel {
  /** Who recorded them; from a column where each record is one labeler's: records of one id are then one sample. */
  readonly labeler: TextSource;
  /** What the labeler is. */
  readonly kind: Label["kind"];
  /** One source a score. */
  readonly scores: Readonly<Record<string, Source>>;
}

/** One turn of each role, or fields that hold a list of turns in any usual form. */
export interface MappedMessages {
  /** The system prompt. */
  readonly system?: TextSource;
  /** What the user wrote. */
  readonly user?: TextSource;
  /** What the model answered. */
  readonly assistant?: TextSource;
  /** What the model thought before it answered. */
  readonly reasoning?: TextSource;
  /** The field that holds the list, or several whose lists follow one another. */
  readonly list?: string | readonly string[];
}

/**
 * Where a value comes from: a column or field, the group of a regular expression on the file's path, or the value
 * itself; `map` turns what stands there into what is meant.
 */
export type SourceOf<Value> =
  | { readonly from: string; readonly map?: Readonly<Record<string, Value>> }
  | { readonly path: string; readonly map?: Readonly<Record<string, Value>> }
  | { readonly value: Value };

/** Where a text comes from. */
export type TextSource = SourceOf<string>;

/** Where a score comes from. */
export type Source = SourceOf<Score>;

/** True where each record is one labeler's, so that a sample may have several records. */
export function isPerRecord({ labeler }: MappedLabel): boolean {
  return !("value" in labeler);
}

/** Every source of a mapping by the name that a problem is told with; those that are not `required` may be absent. */
export function sourcesOf(mapping: Mapping | Changes): { name: string; source: Source; required: boolean }[] {
  const { model, scenario, factors, cluster, labels } = mapping;
  const { list = [], ...roles } = "messages" in mapping ? mapping.messages ?? {} : {};
  const required = [
    ..."records" in mapping ? idsOf(mapping).map((source) => ({ name: "id", source })) : [],
    ...(model === undefined ? [] : [{ name: "model", source: model }]),
    ...(scenario === undefined ? [] : [{ name: "scenario", source: scenario }]),
    ...Object.entries(factors).map(([factor, source]) => ({ name: `factor ${factor}`, source })),
    ...(cluster === undefined ? [] : [{ name: "cluster", source: cluster }]),
    ...labels.filter(isPerRecord).map(({ labeler }) => ({ name: "labeler", source: labeler })),
  ];
  const optional = [
    ...labels.flatMap(({ scores }) => Object.entries(scores)).map(([name, source]) => ({
      name: `score ${name}`,
      source,
    })),
    ...Object.entries(roles).map(([role, source]) => ({ name: `message ${role}`, source })),
    ...[list].flat().map((from) => ({ name: "message list", source: { from } })),
  ];
  return [
    ...required.map((one) => ({ ...one, required: true })),
    ...optional.map((one) => ({ ...one, required: false })),
  ];
}

/** The parts of the id; none where it is file and line. */
export function idsOf({ id }: Pick<Mapping, "id">): readonly TextSource[] {
  return id === undefined ? [] : [id].flat();
}
