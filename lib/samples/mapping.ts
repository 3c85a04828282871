/**
 * A mapping: how the columns of any CSV, the fields of any JSON or the columns of any Parquet become samples. It stands
 * in a `dataset.json` with the format `mapped`; beside another format it says what is to be taken more, or otherwise.
 *
 * @module
 */
import { z } from "zod";
import { FIXED_FACTORS } from "./schema.ts";

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

/** Where a value comes from; `map` turns what stands there into what is meant. */
function sourceOf<T extends z.ZodType>(value: T) {
  const map = z.record(z.string(), value).optional();
  return z.union([
    text.transform((from) => ({ from, map: undefined })),
    z.strictObject({ from: text, map }),
    z.strictObject({ path: pattern, map }),
    z.strictObject({ value }),
  ], { error: explainSource });
}

const textSource = sourceOf(text);
const scoreSource = sourceOf(score);

/** Who labelled: a name, or where it comes from where each record is one labeler's. */
const labelerSource = z.union([
  text.transform((value) => ({ value })),
  z.strictObject({ from: text, map: z.record(z.string(), text).optional() }),
  z.strictObject({ path: pattern, map: z.record(z.string(), text).optional() }),
], { error: () => 'must be a name, {"from": "COLUMN"} or {"path": "REGEX"}' });

const labelSchema = z.strictObject({
  labeler: labelerSource,
  kind: z.enum(["human", "rule", "judge", "dataset"]),
  scores: z.record(text, scoreSource),
});

/** One turn of each role, or a field, or several, that hold a list of turns in any usual form. */
const messagesSchema = z.strictObject({
  system: textSource.optional(),
  user: textSource.optional(),
  assistant: textSource.optional(),
  reasoning: textSource.optional(),
  list: z.union([text, z.array(text).min(1)]).optional(),
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

/** What a mapping may say beside any format. */
const taken = {
  factors: factorsSchema.default({}),
  /** Without it: the same scenario and condition. */
  cluster: textSource.optional(),
  labels: z.array(labelSchema).default([]),
  /** What stands for "no value". An absent or null field always does. */
  missing: z.array(z.string()).default([""]),
};

export const mappingSchema = z.strictObject({
  records: z.enum(["csv", "jsonl", "json", "parquet"]),
  /** Where in a JSON file the list of records is, as `results.results`; without it the whole file is the list. */
  list: text.optional(),
  /** Several are joined by `/`; without any, the id is file and line. */
  id: z.union([textSource, z.array(textSource).min(1)], { error: explainSource }).optional(),
  model: textSource,
  scenario: textSource,
  messages: messagesSchema.optional(),
  ...taken,
}).superRefine(({ id, labels, list, records }, context) => {
  if (id === undefined && labels.some(isPerRecord)) {
    const message = "must be there where a labeler comes from a column: the records of one sample are joined by it";
    context.addIssue({ code: "custom", path: ["id"], message });
  }
  if (list !== undefined && records !== "json") {
    context.addIssue({ code: "custom", path: ["list"], message: 'is for records "json" only' });
  }
});

/** Beside a format that has samples of its own: what is to be taken from their fields more, or otherwise. */
export const changesSchema = z.strictObject({
  model: textSource.optional(),
  scenario: textSource.optional(),
  ...taken,
}).superRefine(({ labels }, context) => {
  if (!labels.some(isPerRecord)) return;
  context.addIssue({ code: "custom", path: ["labels"], message: "a labeler must be a name beside this format" });
});

/** A validated mapping. */
export type Mapping = Readonly<z.infer<typeof mappingSchema>>;

/** What is taken otherwise, validated. */
export type Changes = Readonly<z.infer<typeof changesSchema>>;

/** True where each record is one labeler's, so that a sample may have several records. */
export function isPerRecord({ labeler }: { readonly labeler: TextSource }): boolean {
  return !("value" in labeler);
}

/** Where a text comes from, and where a score comes from. */
export type TextSource = Readonly<z.infer<typeof textSource>>;
export type Source = TextSource | Readonly<z.infer<typeof scoreSource>>;

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
    ...[list].flat().map((from) => ({ name: "message list", source: { from, map: undefined } })),
  ];
  return [
    ...required.map((one) => ({ ...one, required: true })),
    ...optional.map((one) => ({ ...one, required: false })),
  ];
}

/** The parts of the id; none where it is file and line. */
export function idsOf({ id }: Pick<Mapping, "id">): readonly TextSource[] {
  return id === undefined ? [] : Array.isArray(id) ? id : [id];
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
