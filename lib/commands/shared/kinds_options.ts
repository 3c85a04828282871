/**
 * Counting by another engine, from the options that commands share: the query for it, and its answer.
 *
 * @module
 */
import { resolve } from "node:path";
import { countKinds } from "../../rates/engines/count_kinds.ts";
import { duckdbTable } from "../../rates/engines/duckdb_table.ts";
import { sparkTable } from "../../rates/engines/spark.ts";
import { countTable, type Engine } from "../../rates/engines/table.ts";
import { parquetFiles } from "../../rates/counting/count_parquet.ts";
import type { CountedSamples } from "../../rates/counting/count.ts";
import { type CountOptions, countSamples } from "../../rates/counting/count_samples.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import { connect } from "../../reading/parquet/duckdb.ts";
import { duplicatesSql, kindsSql } from "../../reading/parquet/kinds_sql.ts";
import { runNames } from "../../reading/parquet/kinds.ts";
import { UsageError } from "./main.ts";
import { tell, tellError } from "./print.ts";

/** The options that say who counts, as parseArgs() takes them. */
export const COUNTED_OPTIONS = {
  kinds: { type: "string" },
  engine: { type: "string" },
  partitions: { type: "boolean" },
} as const;

/** What they mean, for the usage of a command. */
export const COUNTED_USAGE =
  `  --engine    what counts Parquet that deno task load --to wrote: duckdb (default, in this process), or spark, which is
              told by spark-sql; PATH is then a folder or an address that Spark knows
  --partitions  PATH may be a pattern, and folders of such Parquet named model=x are columns, as Spark writes them
  --kinds     in place of PATH: the answer of an engine to what deno task rates --print-sql prints, as FILE.csv,
              FILE.jsonl or FILE.parquet`;

/** These, and those that print the query. */
export const KINDS_OPTIONS = {
  ...COUNTED_OPTIONS,
  "print-sql": { type: "boolean" },
  table: { type: "string" },
} as const;

/** What they mean, for the usage of a command. */
export const KINDS_USAGE = `${COUNTED_USAGE}
  --print-sql   prints that query and counts nothing
  --table     what it counts (default: samples)`;

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

/** Every engine by its name. */
const ENGINES: Readonly<Record<string, Engine>> = { duckdb: duckdbTable, spark: sparkTable };

/** The options that say who counts. */
interface Values {
  readonly kinds?: string;
  readonly engine?: string;
  readonly partitions?: boolean;
  readonly labels?: string;
  readonly samples?: string;
}

/** True where samples are not read here: what their files are is for the engine to say. */
export function isElsewhere({ kinds, engine = "duckdb", partitions = false }: Values): boolean {
  return kinds !== undefined || engine !== "duckdb" || partitions;
}

/** Counts what the options say: the answer of an engine, a table by an engine, or else files as they are read here. */
export async function countedBy(
  values: Values,
  positionals: readonly string[],
  by: readonly string[],
  questions: readonly Question[],
  { cluster, where, ...reading }: CountOptions,
): Promise<CountedSamples> {
  const { kinds, engine = "duckdb", partitions } = values;
  const asked = ENGINES[engine];
  if (asked === undefined) {
    throw new UsageError(`Cannot count by ${engine}: engines are ${Object.keys(ENGINES).join(", ")}`);
  }
  const options = { cluster, where };
  if (!isElsewhere(values)) return await countSamples(positionals, by, questions, { ...options, ...reading });
  const from = kinds === undefined ? "a table that an engine counts" : "--kinds";
  if (values.labels !== undefined) throw new UsageError(`Cannot join --labels to ${from}: join them before`);
  if (values.samples !== undefined) throw new UsageError(`Cannot write --samples of ${from}: it does not name samples`);
  if (kinds !== undefined) return await countKinds(await kindsFile(kinds, positionals), by, questions, options);
  if (positionals.length === 0) throw new UsageError("Cannot count nothing: name the path of a table");
  const paths = await Promise.all(positionals.map(absolute));
  try {
    const counted = await countTable(asked, { paths, partitions }, by, questions, options);
    tellError(`note: counted by ${counted.engine}`);
    return counted;
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(error.message) : error;
  }
}

async function kindsFile(file: string, paths: readonly string[]): Promise<string> {
  if (paths.length > 0) throw new UsageError(`Cannot count ${paths[0]} beside --kinds: name one of the two`);
  if (!/\.(csv|jsonl|parquet)$/.test(file)) {
    throw new UsageError(`Cannot count ${file} as it is neither .csv, .jsonl nor .parquet`);
  }
  const isThere = await Deno.stat(file).then(() => true, () => false);
  if (!isThere) throw new UsageError(`Cannot count kinds as there is no such file: ${file}`);
  return file;
}

/** What is here by its whole path, as an engine has a folder of its own; an address as it is. */
async function absolute(path: string): Promise<string> {
  return await Deno.stat(path).then(() => true, () => false) ? resolve(path) : path;
}
