/**
 * Counting by another engine, from the options that commands share: the query for it, and its answer.
 *
 * @module
 */
import { countKinds } from "../../rates/engines/count_kinds.ts";
import { parquetFiles } from "../../rates/counting/count_parquet.ts";
import type { CountedSamples } from "../../rates/counting/count.ts";
import type { CountOptions } from "../../rates/counting/count_samples.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import { connect } from "../../reading/parquet/duckdb.ts";
import { duplicatesSql, kindsSql } from "../../reading/parquet/kinds_sql.ts";
import { runNames } from "../../reading/parquet/kinds.ts";
import { UsageError } from "./main.ts";
import { tell, tellError } from "./print.ts";

/** The options, as parseArgs() takes them. */
export const KINDS_OPTIONS = {
  kinds: { type: "string" },
  "print-sql": { type: "boolean" },
  table: { type: "string" },
} as const;

/** What they mean, for the usage of a command. */
export const KINDS_USAGE =
  `  --print-sql   prints the query by which any engine counts Parquet that deno task load --to wrote, and counts nothing
  --table     what that query counts (default: samples)
  --kinds     in place of PATH: the answer of an engine to that query, as FILE.csv or FILE.parquet`;

/** Prints the query for what is asked, and beside it the one for duplicates. */
export async function printSql(paths: readonly string[], fields: readonly string[], table = "samples"): Promise<void> {
  const files = paths.length === 0 ? [] : await parquetFiles(paths);
  if (files === undefined) throw new UsageError("Cannot print a query as only Parquet of deno task load --to has one");
  const names = new Set<string>();
  for (const file of files) {
    using connection = await connect();
    for (const { name } of await runNames(connection, file)) names.add(name);
  }
  tell(kindsSql(table, fields.some((field) => names.has(field)) ? "run" : undefined).split("\n"));
  tellError(`note: no row may come of: ${duplicatesSql(table).replaceAll("\n", " ")}`);
}

/** Counts what an engine answered. */
export async function countedKinds(
  file: string,
  by: readonly string[],
  questions: readonly Question[],
  { labels, samples, paths, ...options }: Pick<CountOptions, "cluster" | "where"> & {
    readonly labels?: string;
    readonly samples?: string;
    readonly paths: readonly string[];
  },
): Promise<CountedSamples> {
  if (paths.length > 0) throw new UsageError(`Cannot count ${paths[0]} beside --kinds: name one of the two`);
  if (labels !== undefined) throw new UsageError("Cannot join --labels to --kinds: join them before they are counted");
  if (samples !== undefined) throw new UsageError("Cannot write --samples of --kinds: these do not name samples");
  if (!/\.(csv|parquet)$/.test(file)) throw new UsageError(`Cannot count ${file} as it is neither .csv nor .parquet`);
  const isThere = await Deno.stat(file).then(() => true, () => false);
  if (!isThere) throw new UsageError(`Cannot count kinds as there is no such file: ${file}`);
  return await countKinds(file, by, questions, options);
}
