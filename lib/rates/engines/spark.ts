/**
 * Apache Spark, driven by its own command line: a table that no one machine holds is counted where it lies.
 *
 * `spark-sql` takes its master, its files and its keys from its own configuration (`SPARK_CONF_DIR`, `spark-defaults.conf`).
 * Nothing is written: the kinds come back over its standard output, one JSON object a line.
 *
 * @module
 */
import type { RecordRead } from "../../reading/bytes/record.ts";
import { lineBatches } from "../../reading/bytes/lines.ts";
import { parseRecord } from "../../json/strict.ts";
import { duplicatesSql, kindsSql } from "../../reading/parquet/kinds_sql.ts";
import { type Answer, MOST_COPIES, type Table } from "./table.ts";

/** The command of Spark that runs SQL. */
export const SPARK = "spark-sql";

const SETTINGS = [
  "spark.sql.catalogImplementation=in-memory", // so that it leaves no files behind
  "spark.ui.enabled=false",
  "spark.sql.sources.partitionColumnTypeInference.enabled=false", // a folder model=1 is the text 1
];

/**
 * Returns what Spark is told to do: a view of the paths, then its version, copies and kinds as JSON.
 *
 * @example
 * ```ts
 * import { sparkSql } from "$lib/rates/engines/spark.ts";
 * import assert from "node:assert/strict";
 *
 * const sql = sparkSql({ paths: ["s3a://bucket/it's"] }, false);
 * assert.match(sql, /OPTIONS \(path 's3a:\/\/bucket\/it\\'s', recursiveFileLookup 'true'\)/);
 * ```
 */
export function sparkSql({ paths, partitions = false }: Table, withRun: boolean): string {
  const views = paths.map((path, index) => {
    const literal = partitions ? path : path.replace(/[[\]{}*?\\]/g, "\\$&");
    const options = [`path ${quoted(literal)}`, ...partitions ? [] : ["recursiveFileLookup 'true'"]].join(", ");
    return `CREATE TEMPORARY VIEW part_${index} USING parquet OPTIONS (${options})`;
  });
  const all = paths.map((_, index) => `SELECT * FROM part_${index}`).join(" UNION ALL ");
  return [
    ...views,
    `CREATE TEMPORARY VIEW samples AS ${all}`,
    "SELECT to_json(named_struct('spark', version()))",
    `SELECT to_json(named_struct('copy', id, 'times', times)) FROM (${duplicatesSql("samples")}) LIMIT ${MOST_COPIES}`,
    `SELECT to_json(struct(*)) FROM (${kindsSql("samples", withRun ? "run" : undefined)})`,
  ].join(";\n") + ";";
}

/** A text as a literal of Spark. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

/**
 * Asks Spark. Paths are addresses that it knows, or files and folders that all its machines see.
 *
 * @throws {SyntaxError} if Spark is not there, or refuses; its first error is told
 */
export function sparkTable(table: Table, withRun: boolean): Promise<Answer> {
  const copies: { id: string; times: number }[] = [];
  const args = [...SETTINGS.flatMap((setting) => ["--conf", setting]), "-S", "-e", sparkSql(table, withRun)];
  let child: Deno.ChildProcess;
  try {
    // A folder whose name Java cannot decode in its locale is left out, without a word.
    const env = { LC_ALL: "C.UTF-8" };
    child = new Deno.Command(SPARK, { args, env, stdout: "piped", stderr: "piped" }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new SyntaxError(
      `Cannot ask Spark as there is no ${SPARK} on the path: install Spark, or run what --print-sql prints in an engine ` +
        "of yours and give its answer to --kinds",
    );
  }
  const answer: { engine: string; readonly copies: typeof copies; readonly kinds: Answer["kinds"] } = {
    ...{ engine: "Spark", copies },
    kinds: kindsOf(child, table.paths.join(", "), (told) => {
      if (typeof told.spark === "string") answer.engine = `Spark ${told.spark.split(" ")[0]}`;
      else if (typeof told.copy === "string") copies.push({ id: told.copy, times: Number(told.times) });
      else return false;
      return true;
    }),
  };
  return Promise.resolve(answer);
}

async function* kindsOf(
  child: Deno.ChildProcess,
  file: string,
  isOther: (told: Readonly<Record<string, unknown>>) => boolean,
): AsyncGenerator<RecordRead[]> {
  const said = new Response(child.stderr).text();
  let [row, isWhole] = [0, false];
  try {
    for await (const lines of lineBatches(child.stdout)) {
      yield lines.flatMap((line): RecordRead[] => {
        if ("text" in line && line.text.trim() === "") return [];
        const record = "text" in line ? parseRecord(line.text) : line;
        if ("fields" in record && isOther(record.fields)) return [];
        const source = { file, at: `kind ${++row}` };
        return ["fields" in record ? { ...record, source } : { ...source, reason: record.reason }];
      });
    }
    isWhole = true;
  } finally {
    if (!isWhole) child.kill();
  }
  if (!(await child.status).success) throw new SyntaxError(`Cannot count ${file} by Spark: ${firstError(await said)}`);
}

/** A line of its log: when, how grave, who. */
const LOGGED = /^[\d/-]+ [\d:.]+ (WARN|INFO|DEBUG) /;

/** What Spark says first of what is wrong, without its stack. */
function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !LOGGED.test(line));
  return lines.find((line) => /\[[A-Z_.]+\]|Exception: /.test(line)) ?? lines.at(-1) ?? "it says nothing";
}
