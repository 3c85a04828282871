/**
 * The columns of Parquet as this project writes it; the README of the table are the comments on {@linkcode COLUMNS}.
 *
 * @module
 */

/** The version of this layout; files of an earlier one are read, see {@linkcode EARLIER_NAMES}. */
export const LAYOUT = 2;

/** Every column and its type in SQL; no name is a word of SQL, so that any engine takes them as they are. */
export const COLUMNS = {
  /** Names the file that was written: with `entry` it is unique over all parts of a table. */
  part: "VARCHAR",
  /** The place of the sample or published count in its part, from 1. */
  entry: "INTEGER",
  dataset: "VARCHAR",
  /** True on the first row of each entry: there are as many as there are entries. */
  is_first: "BOOLEAN",
  /** NULL for a published count. */
  id: "VARCHAR",
  model: "VARCHAR",
  scenario: "VARCHAR",
  /** Factor → level as a JSON object: which factors there are is not known before the last sample. */
  condition: "VARCHAR",
  cluster_id: "VARCHAR",
  /** Where the sample stood in its source, as a JSON object; NULL where nothing is known of it. */
  run: "VARCHAR",
  /** Which label of the sample, from 1; NULL where it has none. */
  label: "INTEGER",
  /** How many labels the sample has. */
  label_count: "INTEGER",
  /** All labels of the sample without their notes, as one JSON text on its first row: see {@linkcode labelsText}. */
  labels: "VARCHAR",
  /** What score stands for an outcome where no acts are coded, as JSON on the first row; NULL where none does. */
  verdict: "VARCHAR",
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
  /** A published count: `counted` of `scored`. */
  counted: "BIGINT",
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
  place: "VARCHAR",
} as const;

/** What columns were called in layout 1, which had no `part`, `labels` and `verdict` of this kind. */
export const EARLIER_NAMES: Readonly<Record<string, Column>> = {
  first: "is_first",
  cluster: "cluster_id",
  labels: "label_count",
  count: "counted",
  at: "place",
};

/** Columns for counting by any engine: what they hold stands in the others too. */
export const FOR_COUNTING: readonly Column[] = ["part", "labels", "verdict"];

/** Columns that files from before they were known do not have. */
export const LATER_COLUMNS: readonly Column[] = ["run", "prompts", "generation"];

/** The name of a column. */
export type Column = keyof typeof COLUMNS;
type ValueOf = { INTEGER: number; VARCHAR: string; DOUBLE: number; BOOLEAN: boolean; BIGINT: number | bigint };

/** A row; what is absent is NULL. */
export type Row = { readonly [C in Column]?: ValueOf[typeof COLUMNS[C]] | null };

/** The names of the columns, in their order. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly Column[];

/** The names of the columns that a sample or published count is made from. */
export const ENTRY_NAMES = COLUMN_NAMES.filter((name) => !FOR_COUNTING.includes(name));
