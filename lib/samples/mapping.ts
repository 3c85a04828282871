/**
 * A mapping: how the columns of any CSV, or the fields of any JSONL, become samples. It stands in a `dataset.json` with
 * the format `mapped`.
 *
 * @module
 */
import { z } from "zod";
import type { Label, Score } from "./sample.ts";
import { FIXED_FACTORS } from "./schema.ts";

/** How columns or fields become samples: the part `mapping` of a `dataset.json`. */
export interface Mapping {
  /** What the files are: rows of a CSV, or objects one a line. */
  readonly records: "csv" | "jsonl";
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

/** Where the scores of one labeler come from. */
export interface MappedLabel {
  /** Who recorded them. */
  readonly labeler: string;
  /** What the labeler is. */
  readonly kind: Label["kind"];
  /** One source a score. */
  readonly scores: Readonly<Record<string, Source>>;
}

/** One turn of each role, or a field that holds a list of `{role, content}`. */
export interface MappedMessages {
  /** The system prompt. */
  readonly system?: TextSource;
  /** What the user wrote. */
  readonly user?: TextSource;
  /** What the model answered. */
  readonly assistant?: TextSource;
  /** What the model thought before it answered. */
  readonly reasoning?: TextSource;
  /** The field that holds the list. */
  readonly list?: string;
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

const text = z.string().min(1, "must not be empty");
const score = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** `(a+)+`: a regular expression that tries exponentially many ways on text that does not fit. */
const REPEATED_REPEAT = /\([^)]*[+*}][^)]*\)[+*{]/;

const pattern = text.superRefine((pattern, context) => {
  if (REPEATED_REPEAT.test(pattern)) {
    const message = "repeats a group that repeats inside, which can take time without end: write it without one";
    context.addIssue({ code: "custom", message });
  }
  const groups = groupsIn(pattern);
  if (groups === 1) return;
  const found = groups === undefined ? "not a regular expression" : `${groups} groups`;
  context.addIssue({ code: "custom", message: `must be a regular expression with one group: found ${found}` });
});

function sourceOf<T extends z.ZodType>(value: T) {
  const map = z.record(z.string(), value).optional();
  return z.union([
    text.transform((from): { from: string; map?: Record<string, z.output<T>> } => ({ from })),
    z.strictObject({ from: text, map }),
    z.strictObject({ path: pattern, map }),
    z.strictObject({ value }),
  ], { error: explainSource });
}

const textSource = sourceOf(text);
const scoreSource = sourceOf(score);

const labelSchema = z.strictObject({
  labeler: text,
  kind: z.enum(["human", "rule", "judge", "dataset"]),
  scores: z.record(text, scoreSource),
});

const messagesSchema = z.strictObject({
  system: textSource.optional(),
  user: textSource.optional(),
  assistant: textSource.optional(),
  reasoning: textSource.optional(),
  list: text.optional(),
});

const factorsSchema = z.record(text, textSource).superRefine((factors, context) => {
  for (const [factor, source] of Object.entries(factors)) {
    const levels = Object.hasOwn(FIXED_FACTORS, factor) ? FIXED_FACTORS[factor] : undefined;
    const given = "value" in source ? [source.value] : Object.values(source.map ?? {});
    for (const level of given.filter((level) => levels?.includes(level) === false)) {
      const message = `${JSON.stringify(level)} is not a level; levels are ${levels?.join(", ")}`;
      context.addIssue({ code: "custom", path: [factor], message });
    }
  }
});

/** The check of a mapping. */
export const mappingSchema = z.strictObject({
  records: z.enum(["csv", "jsonl"]),
  id: z.union([textSource, z.array(textSource).min(1)], { error: explainSource }).optional(),
  model: textSource,
  scenario: textSource,
  factors: factorsSchema.default({}),
  cluster: textSource.optional(),
  labels: z.array(labelSchema).default([]),
  messages: messagesSchema.optional(),
  missing: z.array(z.string()).default([""]),
});

/** Every source of a mapping by the name that a problem is told with; those that are not `required` may be absent. */
export function sourcesOf(mapping: Mapping): { name: string; source: Source; required: boolean }[] {
  const { model, scenario, factors, cluster, labels, messages: { list, ...roles } = {} } = mapping;
  const required = [
    ...idsOf(mapping).map((source) => ({ name: "id", source })),
    { name: "model", source: model },
    { name: "scenario", source: scenario },
    ...Object.entries(factors).map(([factor, source]) => ({ name: `factor ${factor}`, source })),
    ...(cluster === undefined ? [] : [{ name: "cluster", source: cluster }]),
  ];
  const optional = [
    ...labels.flatMap(({ scores }) => Object.entries(scores)).map(([name, source]) => ({
      name: `score ${name}`,
      source,
    })),
    ...Object.entries(roles).map(([role, source]) => ({ name: `message ${role}`, source })),
    ...(list === undefined ? [] : [{ name: "message list", source: { from: list } }]),
  ];
  return [
    ...required.map((one) => ({ ...one, required: true })),
    ...optional.map((one) => ({ ...one, required: false })),
  ];
}

/** The parts of the id; none where it is file and line. */
export function idsOf({ id }: Mapping): readonly TextSource[] {
  return id === undefined ? [] : [id].flat();
}

/** How many groups a regular expression has; `undefined` where it is none. */
function groupsIn(pattern: string): number | undefined {
  try {
    return new RegExp(`${pattern}|`).exec("")!.length - 1;
  } catch {
    return undefined;
  }
}

/** A union that fits in no way says only "invalid": this says what fits. */
function explainSource({ input }: { readonly input?: unknown }): string {
  const forms = `"COLUMN", {"from": "COLUMN"}, {"path": "REGEX"}, {"value": …}`;
  return `must be one of ${forms}; the middle two with "map" if need be: current value is ${JSON.stringify(input)}`;
}
