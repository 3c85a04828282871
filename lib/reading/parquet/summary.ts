/**
 * What the data sets of a Parquet file hold, added up by DuckDB.
 *
 * @module
 */
import { type Connection, literalPath } from "./duckdb.ts";
import { COLUMN_NAMES, conditionOf, entryOf, type Row } from "./rows.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import { createSummary, type Summary } from "../../samples/summary.ts";

/** Samples that are alike in all but their labels, and how many there are. */
export interface Alike extends Pick<Sample, "model" | "scenario" | "condition" | "cluster"> {
  readonly dataset: string;
  /** The condition as it stands in the file. */
  readonly key: string;
  readonly samples: number;
  /** The first entry that is one of them. */
  readonly first: number;
}

/** Groups the samples of a file; by cluster too where that is asked for, else `cluster` is empty. */
export async function alikeSamples({ sql }: Connection, file: string, byCluster: boolean): Promise<Alike[]> {
  const found = await sql.runAndReadAll(
    `SELECT dataset, model, scenario, condition, ${byCluster ? "cluster" : "''"} AS cluster,
       count(*) AS samples, min(entry) AS first
     FROM read_parquet($1) WHERE "first" AND published IS NULL GROUP BY ALL ORDER BY first`,
    [await literalPath(file)],
  );
  return found.getRowObjectsJS().map((row) => {
    const { condition: key, samples, ...rest } = row as Record<string, string>;
    return { ...rest, key, condition: conditionOf(key), samples: Number(samples) } as unknown as Alike;
  });
}

/** The published counts of a file. @throws {SyntaxError} if one cannot be used */
export async function cellsIn(
  { sql }: Connection,
  file: string,
): Promise<{ dataset: string; first: number; item: Cell }[]> {
  const found = await sql.runAndReadAll(
    `SELECT ${COLUMN_NAMES.map((name) => `"${name}"`).join(", ")} FROM read_parquet($1)
     WHERE published IS NOT NULL ORDER BY entry`,
    [await literalPath(file)],
  );
  return (found.getRowObjectsJS() as Row[]).map((row) => {
    const entry = entryOf([row], file);
    if ("cell" in entry) return { dataset: row.dataset!, first: row.entry!, item: entry.cell };
    throw new SyntaxError("reject" in entry ? `${entry.reject.at}: ${entry.reject.reason}` : "not a published count");
  });
}

/** For each data set and label, how many samples have a usable value. */
export async function scoredLabels(
  { sql }: Connection,
  file: string,
): Promise<{ dataset: string; label: string; scored: number }[]> {
  const usable = "FILTER (number IS NOT NULL OR text IS NOT NULL OR yes IS NOT NULL)";
  const scores = "WHERE score IS NOT NULL AND published IS NULL AND labels";
  const found = await sql.runAndReadAll(
    `SELECT dataset, label, sum(scored) AS scored FROM (
       SELECT dataset, score AS label, count(*) ${usable} AS scored FROM read_parquet($1) ${scores} = 1 GROUP BY ALL
       UNION ALL
       SELECT dataset, score, count(DISTINCT entry) ${usable} FROM read_parquet($1) ${scores} > 1 GROUP BY ALL
       UNION ALL
       SELECT dataset, 'acts', count(*) FROM read_parquet($1) WHERE acts IS NOT NULL AND "first" AND labels = 1 GROUP BY ALL
       UNION ALL
       SELECT dataset, 'acts', count(DISTINCT entry) FROM read_parquet($1) WHERE acts IS NOT NULL AND labels > 1
       GROUP BY ALL)
     GROUP BY ALL ORDER BY ALL`,
    [await literalPath(file)],
  );
  return found.getRowObjectsJS().map(({ dataset, label, scored }) => ({
    dataset: String(dataset),
    label: String(label),
    scored: Number(scored),
  }));
}

/** The summary of one data set of a file. */
export function summaryOf(
  alike: readonly Alike[],
  cells: readonly Cell[],
  labels: readonly { readonly label: string; readonly scored: number }[],
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
    labels: Object.fromEntries([
      ...Object.entries(published.labels),
      ...labels.map(({ label, scored }) => [label, { scored, missing: all - scored }] as const),
    ]),
  };
}
