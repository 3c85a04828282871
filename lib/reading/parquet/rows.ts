/**
 * Samples and published counts as the rows of a table: one row a sample × label × score, and one row a published count.
 *
 * @module
 */
import { z } from "zod";
import { actSchema } from "../../acts/act.ts";
import type { Entry } from "../../samples/load_report.ts";
import type { Cell, Condition, Generation, Label, Message, Place, Sample, Score } from "../../samples/sample.ts";
import { explain, generationSchema } from "../../samples/schema.ts";
import { parseJson } from "../../json/strict.ts";
import type { Column, Row } from "./layout.ts";

/** The rows of a sample or published count; `part`, `entry`, `dataset` and `verdict` are for the caller to say. */
export function rowsOf(item: Sample | Cell): Row[] {
  const { model, scenario, source: { file, at } } = item;
  const shared = { model, scenario, condition: JSON.stringify(item.condition), file, place: at };
  if (!("labels" in item)) {
    const { label: score, count, scored, missing, published, prompts, cluster } = item;
    return [{
      ...shared,
      is_first: true,
      score,
      counted: count,
      scored,
      missing,
      published,
      prompts,
      cluster_id: cluster,
    }];
  }
  const { id, cluster, run, labels, messages, generation } = item;
  const ofSample = {
    ...shared,
    is_first: false,
    id,
    cluster_id: cluster,
    run: run && JSON.stringify(run),
    label_count: labels.length,
  };
  const rows: Row[] = labels.flatMap(({ labeler, kind, acts, note, scores }, index) => {
    const named = Object.entries(scores ?? {});
    const ofLabel = {
      ...ofSample,
      label: index + 1,
      labeler,
      kind,
      acts: acts && JSON.stringify(acts),
      scores: scores && named.length,
    };
    const values: Row[] = named.length === 0 ? [{}] : named.map(([score, value]) => ({ score, ...columnOf(value) }));
    return values.map((value, at) => ({ ...ofLabel, ...value, note: at === 0 ? note : undefined }));
  });
  const [first = ofSample, ...rest] = rows;
  const ofFirst = {
    labels: labelsText(labels),
    messages: messages && JSON.stringify(messages),
    generation: generation && JSON.stringify(generation),
  };
  return [{ ...first, is_first: true, ...ofFirst }, ...rest];
}

function columnOf(score: Score): Row {
  if (typeof score === "string") return { text: score };
  if (typeof score === "boolean") return { yes: score };
  // DuckDB keeps equal numbers once, so that −0 becomes 0, and JSON, in which rows go to it, has no word for NaN: what
  // such a number is stands beside it as text.
  if (score !== null && (Object.is(score, -0) || !Number.isFinite(score))) {
    return { number: 0, text: Object.is(score, -0) ? "-0" : String(score) };
  }
  return { number: score };
}

/**
 * Labels as one JSON text, without notes: samples that are alike have the same text. A number that JSON has no word for is
 * an object, `{"number":"NaN"}`.
 */
export function labelsText(labels: readonly Label[]): string {
  return JSON.stringify(
    labels.map(({ note: _, ...label }) => label),
    (_, value) =>
      typeof value === "number" && (Object.is(value, -0) || !Number.isFinite(value))
        ? { number: Object.is(value, -0) ? "-0" : String(value) }
        : value,
  );
}

/** The labels of such a text. @throws {SyntaxError} if it is none */
export function labelsFrom(text: string): Label[] {
  return parsed<z.infer<typeof labelsSchema>>(text, labelsSchema, "labels").map(({ scores, ...label }) => ({
    ...label,
    ...(scores === undefined ? {} : {
      scores: Object.fromEntries(
        Object.entries(scores).map(([name, score]) => [
          name,
          typeof score === "object" && score !== null ? Number(score.number) : score,
        ]),
      ),
    }),
  })) as Label[];
}

/** The score of a row. */
export function scoreOf({ number = null, text = null, yes = null }: Row): Score {
  if (number !== null) return text === null ? number : Number(text);
  return text ?? yes;
}

/** Where an entry stands: in its file, and in what was loaded. */
export function placeOf({ entry, file, place }: Pick<Row, "entry" | "file" | "place">): string {
  return `entry ${entry}, from ${file}, ${place}`;
}

/** The sample or published count that rows of one entry stand for, or why they stand for none. */
export function entryOf(rows: readonly Row[], file: string): Entry {
  const [first] = rows;
  const source = { file, at: placeOf(first) };
  try {
    return first.published == null ? { sample: sampleOf(rows, source) } : { cell: cellOf(first, source) };
  } catch (error) {
    return { reject: { ...source, reason: (error as Error).message } };
  }
}

function sampleOf(rows: readonly Row[], source: Place): Sample {
  const { id, cluster_id, run, messages, generation } = rows[0];
  const labels: Label[] = [];
  for (const group of Map.groupBy(rows.filter(({ label }) => label != null), ({ label }) => label).values()) {
    labels.push(labelOf(group));
  }
  return {
    id: given(id, "id"),
    ...sharedBy(rows[0]),
    cluster: given(cluster_id, "cluster_id"),
    ...(run == null ? {} : { run: runOf(run) }),
    ...(messages == null ? {} : { messages: parsed<Message[]>(messages, messagesSchema, "messages") }),
    labels,
    ...(generation == null ? {} : { generation: parsed<Generation>(generation, generationSchema, "generation") }),
    source,
  };
}

/** The label of rows; it has the scores that these rows name. */
export function labelOf(rows: readonly Row[]): Label {
  const { labeler, kind, acts, note, scores } = rows[0];
  const named = rows.filter(({ score }) => score != null).map((row) => [row.score, scoreOf(row)]);
  return {
    labeler: given(labeler, "labeler"),
    kind: kindSchema.parse(kind),
    ...(acts == null ? {} : { acts: parsed<NonNullable<Label["acts"]>>(acts, actsSchema, "acts") }),
    ...(scores == null ? {} : { scores: Object.fromEntries(named) }),
    ...(note == null ? {} : { note }),
  };
}

function cellOf(row: Row, source: Place): Cell {
  return {
    ...sharedBy(row),
    label: given(row.score, "score"),
    count: Number(given(row.counted, "counted")),
    scored: Number(given(row.scored, "scored")),
    missing: Number(given(row.missing, "missing")),
    published: given(row.published, "published"),
    ...(row.prompts == null ? {} : { prompts: row.prompts, cluster: given(row.cluster_id, "cluster_id") }),
    source,
  };
}

function sharedBy({ model, scenario, condition }: Row): Pick<Sample, "model" | "scenario" | "condition"> {
  return {
    model: given(model, "model"),
    scenario: given(scenario, "scenario"),
    condition: conditionOf(given(condition, "condition")),
  };
}

/** The condition that a cell of the column stands for. @throws {SyntaxError} if it is none */
export function conditionOf(text: string): Condition {
  return parsed<Condition>(text, conditionSchema, "condition");
}

/** Where a sample stood, as a cell of the column says. @throws {SyntaxError} if it is nothing of the kind */
export function runOf(text: string): Condition {
  return parsed<Condition>(text, conditionSchema, "run");
}

function given<T>(value: T | null | undefined, column: Column): T {
  if (value == null) throw new SyntaxError(`${column}: must not be empty`);
  return value;
}

/** What is checked is what was parsed, and not what the schema makes of it: a schema would drop the name `__proto__`. */
function parsed<T>(text: string, schema: z.ZodType, column: Column): T {
  const value = parseJson(text) as T;
  const { error } = schema.safeParse(value);
  if (error !== undefined) throw new SyntaxError(`${column}: ${explain(error)}`);
  return value;
}

const conditionSchema = z.record(z.string(), z.string());
const kindSchema = z.enum(["human", "rule", "judge", "dataset"]);
const messagesSchema = z.array(z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
  reasoning: z.string().optional(),
}));
const actsSchema = z.array(actSchema);
const labelsSchema = z.array(z.strictObject({
  labeler: z.string(),
  kind: kindSchema,
  acts: actsSchema.optional(),
  scores: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.strictObject({ number: z.string() })]),
  ).optional(),
}));
