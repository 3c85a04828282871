/**
 * Kinds of samples in a Parquet file: what is alike in all that a question asks is one kind, found by DuckDB.
 *
 * @module
 */
import type { Connection } from "../../reading/parquet/duckdb.ts";
import { literalPath, rowsIn } from "../../reading/parquet/duckdb.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import { labelOf, type Row } from "../../reading/parquet/rows.ts";
import { type Alike, type Grouped, runOf } from "../../reading/parquet/summary.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import type { Question } from "./verdicts.ts";

/** What is asked of one data set of a file. */
export interface Asked {
  readonly file: string;
  readonly dataset: string;
  readonly question: Question;
  readonly verdict: CardVerdict | undefined;
  readonly grouped: Grouped;
}

/** How many samples are like this one in all that is asked, or a published count. */
export interface Kind {
  readonly item: Sample | Cell;
  readonly samples: number;
  /** The first entry of the file that is one. */
  readonly first: number;
}

/** The kinds of samples of a data set, from `alike`: those that have something to judge, and those that have nothing. */
export async function kindsOf(connection: Connection, asked: Asked, alike: readonly Alike[]): Promise<Kind[]> {
  const labelled = await labelledKinds(connection, asked, alike);
  return [...labelled, ...without(alike, labelled)];
}

const groupKey = (of: Pick<Alike, "model" | "scenario" | "key" | "cluster" | "runKey">): string =>
  JSON.stringify([of.model, of.scenario, of.key, of.cluster, of.runKey]);

/**
 * The kinds of samples that have something to judge. Of a score only what decides is told apart: numbers on the same
 * side of the threshold are one kind.
 */
async function labelledKinds(
  connection: Connection,
  { file, dataset, question, verdict, grouped: { cluster, run } }: Asked,
  alike: readonly Alike[],
): Promise<(Kind & { readonly group: string })[]> {
  const ofScore = (column: string) => `CASE WHEN score = $score THEN ${column} END`;
  const number = `CASE WHEN $threshold IS NULL OR number IS NULL OR text IS NOT NULL THEN number
    WHEN number >= $threshold THEN $threshold ELSE '-infinity'::DOUBLE END`;
  const rows = await rowsIn(connection, file, "$path");
  const found = await connection.sql.runAndReadAll(
    `WITH asked AS (
       SELECT model, scenario, condition AS key, ${cluster} AS cluster, ${run} AS "runKey", id, entry, label, labeler, kind, 1 AS scores,
         CASE WHEN $acts THEN acts END AS acts, ${ofScore("score")} AS score, ${ofScore("text")} AS text,
         ${ofScore("yes")} AS yes, ${ofScore(number)} AS number,
         labels = 1 AND (NOT $acts OR acts IS NULL OR $score IS NULL) AS alone
       FROM ${rows} WHERE dataset = $dataset AND published IS NULL
         AND (score = $score OR $acts AND acts IS NOT NULL AND ("first" OR labels > 1))),
     grouped AS (
       SELECT model, scenario, key, cluster, "runKey", label, labeler, kind, scores, acts, score, text, yes, number,
         count(*) AS samples, min(entry) AS first, arg_min(id, entry) AS id
       FROM asked WHERE alone GROUP BY ALL),
     whole AS (
       SELECT any_value(model) AS model, any_value(scenario) AS scenario, any_value(key) AS key,
         any_value(cluster) AS cluster, any_value("runKey") AS "runKey", list(${LABEL} ORDER BY label) AS found, any_value(id) AS id, entry
       FROM asked WHERE NOT alone GROUP BY entry)
     SELECT model, scenario, key, cluster, "runKey", [${LABEL}] AS found, samples, first, id FROM grouped
     UNION ALL
     SELECT model, scenario, key, cluster, "runKey", found, count(*), min(entry), arg_min(id, entry) FROM whole GROUP BY ALL`,
    await parametersOf(file, dataset, question, verdict),
  );
  const conditions = new Map(alike.map(({ key, condition }) => [key, condition]));
  return (found.getRowObjectsJS() as unknown as FoundKind[]).map(({ found, samples, first, id, ...of }) => ({
    group: groupKey(of),
    samples: Number(samples),
    first,
    item: {
      ...of,
      ...runOf(of.runKey),
      id,
      condition: conditions.get(of.key)!,
      labels: labelsOf(found),
      source: { file, at: `entry ${first}` },
    },
  }));
}

/** What is looked at of one label, in SQL. */
const LABEL = `{ label: label, labeler: labeler, kind: kind, acts: acts, scores: scores, score: score, text: text,
  yes: yes, number: number }`;

interface FoundKind extends Readonly<Record<"model" | "scenario" | "key" | "cluster" | "runKey" | "id", string>> {
  readonly found: readonly Row[];
  readonly samples: bigint;
  readonly first: number;
}

/** What the question asks, as the parameters of a query. */
export async function parametersOf(
  file: string,
  dataset: string,
  question: Question,
  verdict: CardVerdict | undefined,
) {
  const { label, atLeast } = "label" in question ? question : { label: verdict?.label, atLeast: undefined };
  return {
    path: await literalPath(file),
    dataset,
    score: label ?? null,
    acts: "outcome" in question,
    threshold: atLeast ?? null,
  };
}

function labelsOf(rows: readonly Row[]): Sample["labels"] {
  return [...Map.groupBy(rows, ({ label }) => label).values()].map(labelOf);
}

/** The samples that have nothing to judge: all but those that have. */
function without(alike: readonly Alike[], labelled: readonly (Kind & { readonly group: string })[]): Kind[] {
  const found = new Map<string, number>();
  for (const { group, samples } of labelled) found.set(group, (found.get(group) ?? 0) + samples);
  return alike.map(({ samples, first, ...of }) => ({
    item: { ...of, id: "", labels: [], source: { file: "", at: "" } },
    samples: samples - (found.get(groupKey(of)) ?? 0),
    first,
  }));
}
