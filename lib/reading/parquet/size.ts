/**
 * How much a Parquet file becomes when it is read: a cell that thousands of rows share stands in it once.
 *
 * @module
 */
import type { DuckDBType } from "@duckdb/node-api";
import { isBomb, type Limit } from "../bytes/bomb.ts";
import { type Connection, literalPath } from "./duckdb.ts";

/** For a file as a whole, whose rows are read some at a time: long prompts that are alike pack well. */
const WHOLE: Limit = { bytes: 256 << 20, ratio: 1024 };

/** For the rows that are held at once. */
const AT_ONCE: Limit = { bytes: 128 << 20, ratio: 64 };

/** How many rows the engine hands over at a time. */
const ROWS_AT_ONCE = 2048;

/** Larger files are not measured: that would take as long as reading them, and they cannot be bombs by their size alone. */
const MEASURED = 16 << 20;

/**
 * Refuses a file that is small and would fill the memory.
 *
 * @param only the columns of text that will be read, where these are not all
 * @throws {SyntaxError} that says how much it would become
 */
export async function refuseBomb({ sql }: Connection, file: string, only?: readonly string[]): Promise<void> {
  const { size: packed, mtime } = await Deno.stat(file);
  const path = await literalPath(file);
  const state = JSON.stringify([path, packed, mtime, only]);
  if (packed > MEASURED || passed.has(state)) return;
  const pages = await sql.runAndReadAll(
    "SELECT coalesce(sum(total_uncompressed_size), 0)::DOUBLE FROM parquet_metadata($1)",
    [path],
  );
  const unpacked = Number(pages.getRows()[0][0]);
  if (isBomb({ packed, unpacked }, WHOLE)) throw tooMuch(unpacked, packed);
  const from = "read_parquet($1, hive_partitioning = false, file_row_number = true)";
  const described = await sql.runAndReadAll(`SELECT * FROM ${from} LIMIT 0`, [path]);
  const types = described.columnTypes();
  const sizes = described.columnNames().flatMap((name, index) =>
    only?.includes(name) === false ? [] : [sizeSql(`"${name.replaceAll('"', '""')}"`, types[index])]
  );
  if (only !== undefined) {
    // Columns of text alone, each by itself, are measured in a fraction of the time; rows at once are at most the longest.
    const bounds = await sql.runAndReadAll(
      `SELECT count(*)::DOUBLE, ${only.map((name) => `sum(strlen("${name}"))::DOUBLE, max(strlen("${name}"))::DOUBLE`)}
       FROM read_parquet($1, hive_partitioning = false)`,
      [path],
    );
    const [rows, ...found] = bounds.getRows()[0].map(Number);
    const [sum, most] = [0, 1].map((odd) => found.filter((_, at) => at % 2 === odd).reduce((a, b) => a + b, 0));
    const [whole, atOnce] = [sum + rows * only.length * 8, (most + only.length * 8) * ROWS_AT_ONCE];
    if (!isBomb({ packed, unpacked: whole }, WHOLE) && !isBomb({ packed, unpacked: atOnce }, AT_ONCE)) {
      passed.add(state);
      return;
    }
  }
  const measured = await sql.runAndReadAll(
    `SELECT coalesce(sum(size), 0)::DOUBLE, coalesce(max(size), 0)::DOUBLE
     FROM (SELECT sum(${sizes.join(" + ")}) AS size FROM ${from} GROUP BY file_row_number // ${ROWS_AT_ONCE})`,
    [path],
  );
  const [whole, atOnce] = measured.getRows()[0].map(Number);
  if (isBomb({ packed, unpacked: whole }, WHOLE)) throw tooMuch(whole, packed);
  if (isBomb({ packed, unpacked: atOnce }, AT_ONCE)) throw tooMuch(atOnce, packed);
  passed.add(state);
}

/** Files as they were when they were no bombs: each is opened several times. */
const passed = new Set<string>();

function tooMuch(unpacked: number, packed: number): SyntaxError {
  const times = Math.round(unpacked / packed);
  return new SyntaxError(`not read, as it holds ${times} times its size: ${Math.round(unpacked / 2 ** 20)} MiB`);
}

/** The bytes of a value in SQL; of what has one size, 8. */
function sizeSql(value: string, type: DuckDBType, depth = 0): string {
  const { valueType, entryNames, entryTypes, alias } = type as {
    valueType?: DuckDBType;
    entryNames?: readonly string[];
    entryTypes?: readonly DuckDBType[];
    alias?: string;
  };
  if (entryNames !== undefined && entryTypes !== undefined) {
    const parts = entryNames.map((name, index) =>
      sizeSql(`struct_extract(${value}, '${name.replaceAll("'", "''")}')`, entryTypes[index], depth)
    );
    return `(${["8", ...parts].join(" + ")})`;
  }
  const name = `${type}`;
  const list = name.endsWith("]") ? value : name.startsWith("MAP") ? `map_values(${value})` : undefined;
  if (valueType !== undefined && list !== undefined) {
    const one = `v${depth}`;
    return `(8 + coalesce(list_sum(list_transform(${list}, lambda ${one}: ${sizeSql(one, valueType, depth + 1)})), 0))`;
  }
  if (name === "VARCHAR" || alias === "JSON") return `(8 + coalesce(strlen(${value}), 0))`;
  return name === "BLOB" ? `(8 + coalesce(octet_length(${value}), 0))` : "8";
}
