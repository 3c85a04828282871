/**
 * The kinds of samples in a Parquet file, added up by DuckDB, and what a kind does not say.
 *
 * @module
 */
import { type Collected, createCollected } from "../../samples/collected.ts";
import { type Connection, literalPath, rowsIn } from "./duckdb.ts";
import { type KindRow, kindsSql } from "./kinds_sql.ts";

/** A kind with the first entry of the file that is of it. */
export interface FoundKind extends KindRow {
  readonly first_entry: number;
}

/** The kinds of a file in the order of their first entries; `fields` of `run` tell kinds apart, others do not. */
export async function* kindsIn(
  connection: Connection,
  file: string,
  fields: readonly string[],
): AsyncGenerator<FoundKind[]> {
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const pairs = fields.map((field) =>
    `${quoted(field)}, json_extract_string(run, ${quoted(`$.${JSON.stringify(field)}`)})`
  );
  const run = fields.length === 0 ? undefined : `json_merge_patch('{}', json_object(${pairs.join(", ")}))::VARCHAR`;
  const query = kindsSql(await rowsIn(connection, file), run);
  const found = await connection.sql.stream(
    `SELECT * REPLACE (samples::DOUBLE AS samples, counted::DOUBLE AS counted, scored::DOUBLE AS scored,
       missing::DOUBLE AS missing) FROM (${query})`,
    [await literalPath(file)],
  );
  for await (const rows of found.yieldRowObjectJs()) yield rows as unknown as FoundKind[];
}

/** A sample as a kind of its own, with where it stands. */
export interface SampleRow extends KindRow {
  readonly id: string;
  readonly entry: number;
  readonly file: string;
  readonly place: string;
}

/** The samples of a data set whose labels are one of these texts, in their order. */
export async function* samplesWith(
  connection: Connection,
  file: string,
  dataset: string,
  labels: readonly string[],
): AsyncGenerator<SampleRow> {
  const rows = await rowsIn(connection, file, "$path");
  const found = await connection.sql.stream(
    `SELECT dataset, verdict, model, scenario, condition, cluster_id, run, labels, published, 1 AS samples, id, entry,
       file, place
     FROM ${rows} WHERE is_first AND dataset = $dataset AND published IS NULL
       AND labels IN (SELECT unnest(from_json($labels, '["VARCHAR"]'))) ORDER BY entry`,
    { path: await literalPath(file), dataset, labels: JSON.stringify(labels) },
  );
  for await (const batch of found.yieldRowObjectJs()) yield* batch as unknown as SampleRow[];
}

/** The id of the sample at an entry. */
export async function idAt(connection: Connection, file: string, dataset: string, entry: number): Promise<string> {
  const rows = await rowsIn(connection, file, "$path");
  const found = await connection.sql.runAndReadAll(
    `SELECT id FROM ${rows} WHERE is_first AND dataset = $dataset AND entry = $entry`,
    { path: await literalPath(file), dataset, entry },
  );
  return String(found.getRows()[0][0]);
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

/** For each data set, when its samples were made, as far as one of `samples` that it has says so. */
export async function collectedIn(
  connection: Connection,
  file: string,
  samples: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Collected>> {
  const rows = await rowsIn(connection, file);
  const found = await connection.sql.runAndReadAll(
    `SELECT dataset, count(*) AS samples, json_extract_string(generation, '$.plan.sha256') AS plan,
       coalesce(json_extract_string(generation, '$.date'), json_extract_string(run, '$.created')) AS date
     FROM ${rows} WHERE is_first AND published IS NULL AND (generation IS NOT NULL OR run IS NOT NULL) GROUP BY ALL`,
    [await literalPath(file)],
  );
  const dates = Map.groupBy(found.getRowObjectsJS(), ({ dataset }) => String(dataset));
  const textOf = (value: unknown) => value === null ? undefined : String(value);
  return new Map([...samples].map(([dataset, all]) => {
    const { add, collected } = createCollected();
    let rest = all;
    for (const { date, plan, samples } of dates.get(dataset) ?? []) {
      add(textOf(date), textOf(plan), Number(samples));
      rest -= Number(samples);
    }
    if (rest > 0) add(undefined, undefined, rest);
    return [dataset, collected()];
  }));
}

/** The columns of text that counting brings here, for each kind. */
export const READ_BY_COUNTING: readonly string[] = [
  ...["dataset", "verdict", "model", "scenario", "condition", "cluster_id", "labels", "published", "score"],
  ...["run", "generation"],
];
