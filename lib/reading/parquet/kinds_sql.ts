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

/** Of a published count, what label it is of; the first row of a sample has the name of a score there. */
const COUNTED_LABEL = "CASE WHEN published IS NULL THEN NULL ELSE score END";

/**
 * Returns the query that counts the samples and published counts of a table by kind.
 *
 * @param table what stands after FROM: the name of the table, or what an engine calls a folder of Parquet
 * @param withRun true where a rate is asked for by what stands in `run`, as `epoch`; there are then far more kinds
 *
 * @example
 * ```ts
 * import { kindsSql } from "$lib/reading/parquet/kinds_sql.ts";
 * import assert from "node:assert/strict";
 *
 * assert.match(kindsSql("samples"), /^SELECT dataset, .*COUNT\(\*\) AS samples\nFROM samples\nWHERE is_first\nGROUP BY/s);
 * ```
 */
export function kindsSql(table: string, withRun = false): string {
  const columns = [...KIND, ...withRun ? ["run"] : []];
  return [
    `SELECT ${columns.join(", ")},`,
    `  ${COUNTED_LABEL} AS counted_label, COUNT(*) AS samples`,
    `FROM ${table}`,
    "WHERE is_first",
    `GROUP BY ${columns.join(", ")},`,
    `  ${COUNTED_LABEL}`,
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
