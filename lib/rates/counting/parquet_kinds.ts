/**
 * Kinds of samples in a Parquet file: what is alike in all that a question asks is one kind, found by DuckDB.
 *
 * @module
 */
import type { Connection } from "../../reading/parquet/duckdb.ts";
import { literalPath, rowsIn } from "../../reading/parquet/duckdb.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import { labelOf, type Row } from "../../reading/parquet/rows.ts";
import { type Alike, type Grouped, runOf, WITHIN, type Within, withinOf } from "../../reading/parquet/summary.ts";
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
  /** How many of each cluster, where they are asked for and do not tell kinds apart. */
  readonly within?: Within;
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
  { file, dataset, question, verdict, grouped: { cluster, run, within } }: Asked,
  alike: readonly Alike[],
): Promise<(Kind & { readonly group: string })[]> {
  const ofScore = (column: string) => `CASE WHEN score = $score THEN ${column} END`;
  const number = `CASE WHEN $threshold IS NULL OR number IS NULL OR text IS NOT NULL THEN number
    WHEN number >= $threshold THEN $threshold ELSE '-infinity'::DOUBLE END`;
  const rows = await rowsIn(connection, file, "$path");
  const found = await connection.sql.runAndReadAll(
    `WITH asked AS (
       SELECT model, scenario, condition AS key, ${cluster} AS cluster, ${run} AS "runKey", ${within} AS name, id, entry, label, labeler, kind, 1 AS scores,
         CASE WHEN $acts THEN acts END AS acts, ${ofScore("score")} AS score, ${ofScore("text")} AS text,
         ${ofScore("yes")} AS yes, ${ofScore(number)} AS number,
         label_count = 1 AND (NOT $acts OR acts IS NULL OR $score IS NULL) AS alone
       FROM ${rows} WHERE dataset = $dataset AND published IS NULL
         AND (score = $score OR $acts AND acts IS NOT NULL AND (is_first OR label_count > 1))),
     grouped AS (
       SELECT ${OF_ONE}, hash(${OF_ONE}) AS hashed, count(*)::DOUBLE AS samples, min(entry) AS first, arg_min(id, entry) AS id
       FROM asked WHERE alone GROUP BY ALL),
     named AS (
       SELECT hash(${OF_ONE}) AS hashed, name, count(*) AS samples FROM asked WHERE alone AND name IS NOT NULL GROUP BY ALL),
     lists AS (SELECT hashed, ${WITHIN} AS within FROM named GROUP BY hashed),
     whole AS (
       SELECT any_value(model) AS model, any_value(scenario) AS scenario, any_value(key) AS key,
         any_value(cluster) AS cluster, any_value("runKey") AS "runKey", any_value(name) AS name,
         list(${LABEL} ORDER BY label) AS found, any_value(id) AS id, entry
       FROM asked WHERE NOT alone GROUP BY entry),
     wholes AS (
       SELECT model, scenario, key, cluster, "runKey", name, found, count(*) AS samples, min(entry) AS first,
         arg_min(id, entry) AS id
       FROM whole GROUP BY ALL)
     SELECT model, scenario, key, cluster, "runKey", [${LABEL}] AS found, samples, first, id, within
     FROM grouped LEFT JOIN lists USING (hashed)
     UNION ALL
     SELECT model, scenario, key, cluster, "runKey", found, ${OF_KIND} FROM wholes GROUP BY ALL`,
    await parametersOf(file, dataset, question, verdict),
  );
  const conditions = new Map(alike.map(({ key, condition }) => [key, condition]));
  return (found.getRowObjectsJS() as unknown as FoundKind[]).map(({ found, samples, first, id, within, ...of }) => ({
    group: groupKey(of),
    samples,
    ...withinOf(within, samples),
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

/** All that makes a kind of samples with one label alone: to hash it once a row is far faster than to group by it and the
 *  cluster. */
const OF_ONE = `model, scenario, key, cluster, "runKey", label, labeler, kind, scores, acts, score, text, yes, number`;

/** What is looked at of one label, in SQL. */
const LABEL = `{ label: label, labeler: labeler, kind: kind, acts: acts, scores: scores, score: score, text: text,
  yes: yes, number: number }`;

/** How many are of a kind, in SQL: rows that differ in their cluster alone become one. */
const OF_KIND = `sum(samples)::DOUBLE AS samples, min(first) AS first, arg_min(id, first) AS id, ${WITHIN} AS within`;

interface FoundKind extends Readonly<Record<"model" | "scenario" | "key" | "cluster" | "runKey" | "id", string>> {
  readonly found: readonly Row[];
  readonly samples: number;
  readonly first: number;
  readonly within: string | null;
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
  const found = Map.groupBy(labelled, ({ group }) => group);
  return alike.map(({ samples, within, first, ...of }) => {
    const taken = found.get(groupKey(of)) ?? [];
    const left = within && new Map(within.map(({ name, samples }) => [name, samples]));
    for (const { name, samples } of taken.flatMap(({ within }) => within ?? [])) {
      left?.set(name, left.get(name)! - samples);
    }
    return {
      item: { ...of, id: "", labels: [], source: { file: "", at: "" } },
      samples: taken.reduce((rest, one) => rest - one.samples, samples),
      ...(left && { within: [...left].map(([name, samples]) => ({ name, samples })) }),
      first,
    };
  });
}
