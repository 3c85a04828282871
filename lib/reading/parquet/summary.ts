/**
 * What the data sets of a Parquet file hold, added up by DuckDB.
 *
 * @module
 */
import { type Connection, literalPath, rowsIn } from "./duckdb.ts";
import { conditionOf, ENTRY_NAMES, entryOf, type Row } from "./rows.ts";
import type { Cell, Condition, Sample } from "../../samples/sample.ts";
import { type Collected, createCollected } from "../../samples/collected.ts";
import { countOf, createSummary, type Summary } from "../../samples/summary.ts";
import { NO_LETTERS, NO_WORDS, YES_LETTERS, YES_WORDS } from "../../samples/yes_no.ts";

/** Samples that are alike in all but their labels, and how many there are. */
export interface Alike extends Pick<Sample, "model" | "scenario" | "condition" | "cluster" | "run"> {
  readonly dataset: string;
  /** The condition as it stands in the file, and the fields of `run` that were asked for. */
  readonly key: string;
  readonly runKey: string;
  readonly samples: number;
  /** How many of each cluster, where they are asked for and do not tell these apart. */
  readonly within?: Within;
  /** The first entry that is one of them. */
  readonly first: number;
}

/** Clusters with how many samples each has. */
export type Within = readonly { readonly name: string; readonly samples: number }[];

/** What samples are grouped by besides model, scenario and condition; see {@linkcode groupedBy}. */
export interface Grouped {
  /** SQL that gives the cluster, or nothing where it is not asked for. */
  readonly cluster: string;
  /** SQL that gives the fields of `run` that are asked for, as JSON. */
  readonly run: string;
  /** SQL that gives the cluster where samples are to be told apart by it within their kind, or NULL. */
  readonly within: string;
}

/** What `by` asks for beyond model, scenario and factors: the cluster, and where a sample stood; `tallied` is the field
 *  that tells clusters apart. */
export function groupedBy(by: readonly string[], tallied: string): Grouped {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const fields = [...new Set([...by, tallied])].filter((field) => !["model", "scenario", "cluster"].includes(field));
  const pairs = fields.map((field) =>
    `${text(field)}, json_extract_string(run, ${text(`$.${JSON.stringify(field)}`)})`
  );
  return {
    cluster: by.includes("cluster") ? "cluster_id" : "''",
    within: tallied === "cluster" && !by.includes("cluster") ? "cluster_id" : "NULL::VARCHAR",
    run: fields.length === 0 ? "''" : `coalesce(json_object(${pairs.join(", ")})::VARCHAR, '')`,
  };
}

/** The fields of `run` that a key holds. */
export function runOf(key: string): Pick<Sample, "run"> {
  if (key === "") return {};
  const given = Object.entries(JSON.parse(key) as Record<string, string | null>).filter(([, value]) => value !== null);
  return given.length === 0 ? {} : { run: Object.fromEntries(given) as Condition };
}

/** For each data set, the names of what `run` holds. */
export async function runNames(connection: Connection, file: string): Promise<{ dataset: string; name: string }[]> {
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `SELECT DISTINCT dataset, unnest(json_keys(run)) AS name
     FROM ${rows} WHERE is_first AND run IS NOT NULL ORDER BY ALL`,
    [await literalPath(file)],
  );
  return found.getRowObjectsJS().map(({ dataset, name }) => ({ dataset: String(dataset), name: String(name) }));
}

function textOf(value: unknown): string | undefined {
  return value === null ? undefined : String(value);
}

/** For each data set, when its samples were made. */
export async function collectedIn(connection: Connection, file: string): Promise<ReadonlyMap<string, Collected>> {
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `SELECT dataset, count(*) AS samples, json_extract_string(generation, '$.plan.sha256') AS plan,
       coalesce(json_extract_string(generation, '$.date'), json_extract_string(run, '$.created')) AS date
     FROM ${rows} WHERE is_first AND published IS NULL GROUP BY ALL`,
    [await literalPath(file)],
  );
  const dates = Map.groupBy(found.getRowObjectsJS(), ({ dataset }) => String(dataset));
  return new Map([...dates].map(([dataset, own]) => {
    const { add, collected } = createCollected();
    for (const { date, plan, samples } of own) add(textOf(date), textOf(plan), Number(samples));
    return [dataset, collected()];
  }));
}

/** Groups the samples of a file. */
export async function alikeSamples(connection: Connection, file: string, grouped: Grouped): Promise<Alike[]> {
  const { cluster, run, within } = grouped;
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `WITH each AS (
       SELECT dataset, model, scenario, condition, ${cluster} AS cluster, ${run} AS "runKey", ${within} AS name, entry
       FROM ${rows} WHERE is_first AND published IS NULL),
     grouped AS (
       SELECT ${ALIKE}, hash(${ALIKE}) AS hashed, count(*)::DOUBLE AS samples, min(entry) AS first FROM each GROUP BY ALL),
     named AS (
       SELECT hash(${ALIKE}) AS hashed, name, count(*) AS samples FROM each WHERE name IS NOT NULL GROUP BY ALL),
     lists AS (SELECT hashed, ${WITHIN} AS within FROM named GROUP BY hashed)
     SELECT ${ALIKE}, samples, first, within FROM grouped LEFT JOIN lists USING (hashed) ORDER BY first`,
    [await literalPath(file)],
  );
  return found.getRowObjectsJS().map((row) => {
    const { condition: key, within, ...rest } = row as unknown as Omit<Alike, "condition" | "within"> & FoundAlike;
    return { ...rest, ...runOf(rest.runKey), key, condition: conditionOf(key), ...withinOf(within, rest.samples) };
  });
}

const ALIKE = 'dataset, model, scenario, condition, cluster, "runKey"';

interface FoundAlike {
  readonly condition: string;
  readonly within: string | null;
}

/** The clusters of a kind in SQL, from rows that have one `name` each; NULL where clusters are not asked for. As JSON,
 *  for DuckDB hands over one text far faster than a list of many. */
export const WITHIN = "to_json(list({ name: name, samples: samples }) FILTER (name IS NOT NULL))::VARCHAR";

/**
 * The clusters that {@linkcode WITHIN} gave for so many samples.
 *
 * @throws {SyntaxError} if they are not so many: two kinds with one hash, which one in 10¹⁴ files may have
 */
export function withinOf(text: string | null, samples: number): { readonly within?: Within } {
  if (text === null) return {};
  const within = JSON.parse(text) as Within;
  if (within.reduce((sum, one) => sum + one.samples, 0) !== samples) throw new SyntaxError("two kinds with one hash");
  return { within };
}

/** The published counts of a file. @throws {SyntaxError} if one cannot be used */
export async function cellsIn(
  connection: Connection,
  file: string,
): Promise<{ dataset: string; first: number; item: Cell }[]> {
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `SELECT ${ENTRY_NAMES.map((name) => `"${name}"`).join(", ")} FROM ${rows}
     WHERE published IS NOT NULL ORDER BY entry`,
    [await literalPath(file)],
  );
  return (found.getRowObjectsJS() as Row[]).map((row) => {
    const entry = entryOf([row], file);
    if ("cell" in entry) return { dataset: row.dataset!, first: row.entry!, item: entry.cell };
    throw new SyntaxError("reject" in entry ? `${entry.reject.at}: ${entry.reject.reason}` : "not a published count");
  });
}

/** What is known of a label in one data set, as {@linkcode createSummary} counts it. */
export interface ScoredLabel {
  readonly dataset: string;
  readonly label: string;
  readonly scored: number;
  readonly other: number;
  readonly values: readonly string[];
  readonly least: number | null;
  readonly greatest: number | null;
}

const inSql = (words: readonly string[]) => words.map((word) => `'${word}'`).join(", ");
/** Whether a text is yes or no, in SQL: {@linkcode yesOrNo}. */
export const YES_OR_NO = `trim(text) IN (${inSql([...YES_LETTERS, ...NO_LETTERS])}) OR
  lower(trim(text)) IN (${inSql([...YES_WORDS, ...NO_WORDS])})`;

/** For each data set and label, how many samples have a usable value. */
export async function scoredLabels(connection: Connection, file: string): Promise<ScoredLabel[]> {
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `WITH given AS (
       SELECT dataset, score AS label, entry,
         coalesce(yes IS NOT NULL OR number IS NOT NULL AND (text IS NULL OR text = '-0') OR ${YES_OR_NO}, false) AS scored,
         number IS NULL AND trim(text) <> '' AND NOT (${YES_OR_NO}) AS other, text,
         CASE WHEN text IS NULL THEN number END AS number
       FROM ${rows} WHERE score IS NOT NULL AND published IS NULL),
     entries AS (
       SELECT dataset, label, bool_or(scored) AS scored, bool_or(coalesce(other, false)) AND NOT bool_or(scored) AS other,
         list(text) FILTER (other) AS texts, min(number) AS least, max(number) AS greatest
       FROM given GROUP BY dataset, label, entry)
     SELECT dataset, label, count(*) FILTER (scored) AS scored, count(*) FILTER (other) AS other,
       list_sort(list_distinct(flatten(list(texts) FILTER (texts IS NOT NULL))))[1:5] AS values,
       min(least) AS least, max(greatest) AS greatest
     FROM entries GROUP BY ALL
     UNION ALL
     SELECT dataset, 'acts', count(DISTINCT entry), 0, NULL, NULL, NULL FROM ${rows} WHERE acts IS NOT NULL
     GROUP BY ALL ORDER BY ALL`,
    [await literalPath(file)],
  );
  return found.getRowObjectsJS().map(({ dataset, label, scored, other, values, least, greatest }) => ({
    dataset: String(dataset),
    label: String(label),
    scored: Number(scored),
    other: Number(other),
    values: (values ?? []) as readonly string[],
    least: least as number | null,
    greatest: greatest as number | null,
  }));
}

/** The summary of one data set of a file. */
export function summaryOf(
  alike: readonly Alike[],
  cells: readonly Cell[],
  labels: readonly ScoredLabel[],
  run: readonly string[],
  collected: Collected | undefined,
): Summary {
  const ofCells = createSummary();
  cells.forEach(ofCells.add);
  const published = ofCells.summary();
  const all = alike.reduce((sum, { samples }) => sum + samples, 0);
  const conditions = new Map<string, Summary["conditions"][number]>();
  for (const { scenario, condition, key, samples } of alike) {
    const place = JSON.stringify([scenario, key]);
    conditions.set(place, { scenario, condition, samples: samples + (conditions.get(place)?.samples ?? 0) });
  }
  return {
    models: [...new Set([...alike.map(({ model }) => model), ...published.models])],
    conditions: [...conditions.values(), ...published.conditions],
    run,
    collected: collected ?? published.collected,
    labels: Object.fromEntries([
      ...Object.entries(published.labels),
      ...labels.map(({ label, least, greatest, values, ...met }) => {
        const numbers = { least: least ?? Infinity, greatest: greatest ?? -Infinity };
        return [label, countOf({ ...met, ...numbers, values }, all)] as const;
      }),
    ]),
  };
}
