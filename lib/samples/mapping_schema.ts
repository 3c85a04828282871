/**
 * What a mapping must look like in a `dataset.json`; every mistake in it says what would be right.
 *
 * @module
 */
import { z } from "zod";
import { isPerRecord } from "./mapping.ts";
import { whyNoPattern } from "./path_pattern.ts";
import { FIXED_FACTORS } from "./schema.ts";

const text = z.string().min(1, "must not be empty");
const score = z.union([z.number(), z.string(), z.boolean(), z.null()]);

const pattern = text.superRefine((pattern, context) => {
  const found = whyNoPattern(pattern);
  if (found === undefined) return;
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

const labelerSource = z.union([
  text.transform((value): { value: string } => ({ value })),
  z.strictObject({ from: text, map: z.record(z.string(), text).optional() }),
  z.strictObject({ path: pattern, map: z.record(z.string(), text).optional() }),
], { error: () => 'must be a name, {"from": "COLUMN"} or {"path": "REGEX"}' });

const labelSchema = z.strictObject({
  labeler: labelerSource,
  kind: z.enum(["human", "rule", "judge", "dataset"]),
  scores: z.record(text, scoreSource),
});

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
  cluster: textSource.optional(),
  labels: z.array(labelSchema).default([]),
  missing: z.array(z.string()).default([""]),
};

/** The check of a mapping. */
export const mappingSchema = z.strictObject({
  records: z.enum(["csv", "jsonl", "json", "parquet"]),
  list: text.optional(),
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

/** The check of what stands beside a format that has samples of its own. */
export const changesSchema = z.strictObject({
  model: textSource.optional(),
  scenario: textSource.optional(),
  ...taken,
}).superRefine(({ labels }, context) => {
  if (!labels.some(isPerRecord)) return;
  context.addIssue({ code: "custom", path: ["labels"], message: "a labeler must be a name beside this format" });
});

/** A union that fits in no way says only "invalid": this says what fits. */
function explainSource({ input }: { readonly input?: unknown }): string {
  const forms = `"COLUMN", {"from": "COLUMN"}, {"path": "REGEX"}, {"value": …}`;
  return `must be one of ${forms}; the middle two with "map" if need be: current value is ${JSON.stringify(input)}`;
}
