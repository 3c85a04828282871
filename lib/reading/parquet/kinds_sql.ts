/**
 * The query that counts samples by kind, for any engine that reads Parquet: one flat `SELECT … COUNT(*) … GROUP BY` over
 * the layout of `deno task load --to`. Samples that are alike in it are judged once, by the counting of kinds.
 *
 * @module
 */

/** The columns of a kind, besides how many samples it has. */
const KIND = [
  ...["dataset", "verdict", "model", "scenario", "condition", "cluster_id", "labels"],
  ...["counted", "scored", "missing", "published", "prompts"],
];

/** The columns that a table must have to be counted. */
export const KIND_COLUMNS: readonly string[] = [...KIND, "id", "is_first", "entry", "score"];

/** Of a published count, what label it is of; the first row of a sample has the name of a score there. */
const COUNTED_LABEL = "CASE WHEN published IS NULL THEN NULL ELSE score END";

/** A row of the answer to {@linkcode kindsSql}. */
export interface KindRow {
  readonly dataset: string;
  readonly verdict: string | null;
  readonly model: string;
  readonly scenario: string;
  readonly condition: string;
  readonly cluster_id: string | null;
  /** Absent where it is not asked for. */
  readonly run?: string | null;
  readonly labels: string | null;
  readonly counted: number | null;
  readonly scored: number | null;
  readonly missing: number | null;
  readonly published: string | null;
  readonly prompts: number | null;
  readonly counted_label: string | null;
  readonly samples: number;
}

/**
 * Returns the query that counts the samples and published counts of a table by kind.
 *
 * @param table what stands after FROM: the name of the table, or what an engine calls a folder of Parquet
 * @param run what stands for the column `run`, where a rate is asked for by what stands in it, as `epoch`: the column
 *   itself, with which there are far more kinds, or an expression of the engine that gives a part of it
 *
 * @example
 * ```ts
 * import { kindsSql } from "$lib/reading/parquet/kinds_sql.ts";
 * import assert from "node:assert/strict";
 *
 * assert.match(kindsSql("samples"), /^SELECT dataset, .*COUNT\(\*\) AS samples, .*\nFROM samples\nWHERE COALESCE\(is_first, TRUE\)\nGROUP BY/s);
 * ```
 */
export function kindsSql(table: string, run?: string): string {
  const of = run === undefined ? [] : [run];
  return [
    `SELECT ${[...KIND, ...of.map((one) => one === "run" ? one : `${one} AS run`)].join(", ")},`,
    `  ${COUNTED_LABEL} AS counted_label, COUNT(*) AS samples, MIN(entry) AS first_entry`,
    `FROM ${table}`,
    // A row of a file that has no such column is no kind, and comes back to be named.
    "WHERE COALESCE(is_first, TRUE)",
    `GROUP BY ${[...KIND, ...of].join(", ")},`,
    `  ${COUNTED_LABEL}`,
    // In the order of the samples, so that every engine gives the same tables and figures.
    "ORDER BY first_entry, dataset, model, scenario, condition, cluster_id, labels",
  ].join("\n");
}

/**
 * Returns the query that finds samples that stand several times in a table: no row, no duplicate.
 *
 * @param table as for {@linkcode kindsSql}
 *
 * @example
 * ```ts
 * import { duplicatesSql } from "$lib/reading/parquet/kinds_sql.ts";
 * import assert from "node:assert/strict";
 *
 * assert(duplicatesSql("samples").endsWith("GROUP BY id\nHAVING COUNT(*) > 1"));
 * ```
 */
export function duplicatesSql(table: string): string {
  return [
    "SELECT id, COUNT(*) AS times",
    `FROM ${table}`,
    "WHERE is_first AND published IS NULL",
    "GROUP BY id",
    "HAVING COUNT(*) > 1",
  ].join("\n");
}
