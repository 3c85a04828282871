/**
 * Samples and published counts as the rows of a table: one row a sample × label × score, and one row a published count.
 * The README of the table are the comments on {@linkcode COLUMNS}.
 *
 * @module
 */
import { z } from "zod";
import { actSchema } from "../../acts/act.ts";
import type { Entry } from "../../samples/load_report.ts";
import type { Cell, Condition, Generation, Label, Message, Place, Sample, Score } from "../../samples/sample.ts";
import { explain, generationSchema } from "../../samples/schema.ts";
import { parseJson } from "../../json/strict.ts";

/** Every column and its type in SQL. */
export const COLUMNS = {
  /** The place of the sample or published count in the file, from 1. */
  entry: "INTEGER",
  dataset: "VARCHAR",
  /** True on the first row of each entry: there are as many as there are entries. */
  first: "BOOLEAN",
  /** NULL for a published count. */
  id: "VARCHAR",
  model: "VARCHAR",
  scenario: "VARCHAR",
  /** Factor → level as a JSON object: which factors there are is not known before the last sample. */
  condition: "VARCHAR",
  cluster: "VARCHAR",
  /** Where the sample stood in its source, as a JSON object; NULL where nothing is known of it. */
  run: "VARCHAR",
  /** Which label of the sample, from 1; NULL where it has none. */
  label: "INTEGER",
  /** How many labels the sample has. */
  labels: "INTEGER",
  labeler: "VARCHAR",
  kind: "VARCHAR",
  /** As JSON, on each row of its label. */
  acts: "VARCHAR",
  /** On the first row of its label. */
  note: "VARCHAR",
  /** How many scores the label has; NULL where it records no scores. */
  scores: "INTEGER",
  /** The name of the score, or of the label of a published count. */
  score: "VARCHAR",
  /** The value of the score, by its type; all NULL where the score is null. */
  number: "DOUBLE",
  text: "VARCHAR",
  yes: "BOOLEAN",
  /** A published count: `count` of `scored`. */
  count: "BIGINT",
  scored: "BIGINT",
  missing: "BIGINT",
  published: "VARCHAR",
  /** Of how many prompts the samples behind a published count are; NULL where that is not known. */
  prompts: "INTEGER",
  /** As JSON, on the first row of its sample. */
  messages: "VARCHAR",
  /** How the sample came to be, as JSON, on its first row. */
  generation: "VARCHAR",
  /** Where the entry stood in what was loaded. */
  file: "VARCHAR",
  at: "VARCHAR",
} as const;

/** Columns that files from before they were known do not have. */
export const LATER_COLUMNS: readonly Column[] = ["run", "prompts", "generation"];

type Column = keyof typeof COLUMNS;
type ValueOf = { INTEGER: number; VARCHAR: string; DOUBLE: number; BOOLEAN: boolean; BIGINT: number | bigint };

/** A row; what is absent is NULL. */
export type Row = { readonly [C in Column]?: ValueOf[typeof COLUMNS[C]] | null };

/** The names of the columns, in their order. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly Column[];

/** The rows of a sample or published count; `entry` and `dataset` are for the caller to say. */
export function rowsOf(item: Sample | Cell): Row[] {
  const { model, scenario, source: { file, at } } = item;
  const shared = { model, scenario, condition: JSON.stringify(item.condition), file, at };
  if (!("labels" in item)) {
    const { label: score, count, scored, missing, published, prompts, cluster } = item;
    return [{ ...shared, first: true, score, count, scored, missing, published, prompts, cluster }];
  }
  const { id, cluster, run, labels, messages, generation } = item;
  const ofSample = { ...shared, first: false, id, cluster, run: run && JSON.stringify(run), labels: labels.length };
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
    messages: messages && JSON.stringify(messages),
    generation: generation && JSON.stringify(generation),
  };
  return [{ ...first, first: true, ...ofFirst }, ...rest];
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

/** The score of a row. */
export function scoreOf({ number = null, text = null, yes = null }: Row): Score {
  if (number !== null) return text === null ? number : Number(text);
  return text ?? yes;
}

/** The sample or published count that rows of one entry stand for, or why they stand for none. */
export function entryOf(rows: readonly Row[], file: string): Entry {
  const [first] = rows;
  const source = { file, at: `entry ${first.entry}, from ${first.file}, ${first.at}` };
  try {
    return first.published == null ? { sample: sampleOf(rows, source) } : { cell: cellOf(first, source) };
  } catch (error) {
    return { reject: { ...source, reason: (error as Error).message } };
  }
}

function sampleOf(rows: readonly Row[], source: Place): Sample {
  const { id, cluster, run, messages, generation } = rows[0];
  const labels: Label[] = [];
  for (const group of Map.groupBy(rows.filter(({ label }) => label != null), ({ label }) => label).values()) {
    labels.push(labelOf(group));
  }
  return {
    id: given(id, "id"),
    ...sharedBy(rows[0]),
    cluster: given(cluster, "cluster"),
    ...(run == null ? {} : { run: parsed<Condition>(run, conditionSchema, "run") }),
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
    count: Number(given(row.count, "count")),
    scored: Number(given(row.scored, "scored")),
    missing: Number(given(row.missing, "missing")),
    published: given(row.published, "published"),
    ...(row.prompts == null ? {} : { prompts: row.prompts, cluster: given(row.cluster, "cluster") }),
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
