/**
 * DuckDB, in this process, over patterns and folders that are columns.
 *
 * @module
 */
import type { RecordRead } from "../../reading/bytes/record.ts";
import { connect, type Connection } from "../../reading/parquet/duckdb.ts";
import { duplicatesSql, KIND_COLUMNS, kindsSql } from "../../reading/parquet/kinds_sql.ts";
import { type Answer, MOST_COPIES, type Table } from "./table.ts";

/**
 * Asks DuckDB. Paths are on this machine: folders with all that lies in them, or files; with partitions patterns too, and
 * folders named `model=x` are columns.
 *
 * @throws {SyntaxError} if there is no such table, or it has not the columns of the layout
 */
export async function duckdbTable({ paths, partitions = false }: Table, withRun: boolean): Promise<Answer> {
  const patterns = await Promise.all(paths.map((path) => patternOf(path, partitions)));
  const list = patterns.map((pattern) => `'${pattern.replaceAll("'", "''")}'`).join(", ");
  const table = `read_parquet([${list}], hive_partitioning = ${partitions}${
    partitions ? ", hive_types_autocast = false" : ""
  }, union_by_name = true)`;
  const connection = await connect();
  try {
    const [[version]] = (await connection.sql.runAndReadAll("SELECT version()")).getRows();
    await checkColumns(connection, table, paths);
    const copies = (await connection.sql.runAndReadAll(`${duplicatesSql(table)} LIMIT ${MOST_COPIES}`)).getRows();
    return {
      engine: `DuckDB ${version}`,
      copies: copies.map(([id, times]) => ({ id: String(id), times: Number(times) })),
      kinds: kindsOf(connection, kindsSql(table, withRun ? "run" : undefined), paths.join(", ")),
    };
  } catch (error) {
    connection[Symbol.dispose]();
    if (error instanceof SyntaxError) throw error;
    throw new SyntaxError(`Cannot read ${paths.join(", ")} as Parquet: ${(error as Error).message.split("\n")[0]}`);
  }
}

async function checkColumns({ sql }: Connection, table: string, paths: readonly string[]): Promise<void> {
  const described = await sql.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
  const known = new Set(described.getRows().map(([name]) => name));
  const absent = KIND_COLUMNS.filter((name) => !known.has(name));
  if (absent.length > 0) {
    throw new SyntaxError(
      `Cannot count ${paths.join(", ")} as it has no column ${absent.join(", ")}: a table is in the layout that ` +
        "deno task load --to writes, and where folders named model=x are columns, --partitions says so",
    );
  }
}

async function* kindsOf(connection: Connection, query: string, file: string): AsyncGenerator<RecordRead[]> {
  using held = connection;
  const found = await held.sql.stream(query);
  let row = 0;
  for await (const rows of found.yieldRowObjectJs()) {
    yield rows.map((fields) => ({
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
      ),
      source: { file, at: `kind ${++row}` },
    }));
  }
}

/** A folder stands for all Parquet in it; without partitions no sign of a name is a pattern. */
async function patternOf(path: string, partitions: boolean): Promise<string> {
  const isFolder = await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => undefined);
  const literal = isFolder === undefined && partitions
    ? path
    : path.replace(/[[*?\\]/g, (one) => one === "\\" ? "[! -Z^-~]" : `[${one}]`);
  return isFolder === true ? `${literal.replace(/\/+$/, "")}/**/*.parquet` : literal;
}
