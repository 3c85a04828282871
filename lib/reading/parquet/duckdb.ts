/**
 * The way to DuckDB, which reads and writes Parquet. It is a large native library, so it is loaded on first use only.
 *
 * @module
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { COLUMNS, EARLIER_NAMES, LATER_COLUMNS } from "./layout.ts";

/** A connection to a database of its own, in memory. */
export interface Connection extends Disposable {
  readonly sql: DuckDBConnection;
}

/** Where a database may put what does not fit in memory; without it, it may not write at all. */
export interface Room {
  readonly temporary: string;
}

/**
 * Opens an empty database in memory. No extension is ever fetched, and memory is bounded.
 *
 * @throws {Deno.errors.NotCapable} without the permission to load native code
 */
export async function connect(room?: Room): Promise<Connection> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: room === undefined ? "1GB" : "160MB",
    temp_directory: room?.temporary ?? "",
  });
  const sql = await instance.connect();
  return {
    sql,
    [Symbol.dispose]: () => {
      sql.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * The rows of a file as SQL that takes its literal path as `parameter`. Folders named `model=x` are names and no columns;
 * {@linkcode LATER_COLUMNS} are NULL in files from before they were known, and columns have the names that they have now.
 */
export async function rowsIn(connection: Connection, file: string, parameter: string = "$1"): Promise<string> {
  const rows = `read_parquet(${parameter}, hive_partitioning = false)`;
  const known = await columnsOf(connection, file);
  const isEarlier = known.has("first");
  const names = Object.entries(EARLIER_NAMES).map(([before, now]) => `"${before}" AS ${now}`).join(", ");
  const all = isEarlier ? `* RENAME (${names})` : "*";
  const later = LATER_COLUMNS.filter((name) => !known.has(name)).map((name) => `NULL::${COLUMNS[name]} AS ${name}`);
  return later.length === 0 && !isEarlier ? rows : `(SELECT ${[all, ...later].join(", ")} FROM ${rows})`;
}

/** The columns of files, asked for once a connection. */
const described = new WeakMap<Connection, Map<string, ReadonlySet<string>>>();

async function columnsOf(connection: Connection, file: string): Promise<ReadonlySet<string>> {
  const before = described.get(connection)?.get(file);
  if (before !== undefined) return before;
  const found = await connection.sql.runAndReadAll(
    "DESCRIBE SELECT * FROM read_parquet($1, hive_partitioning = false)",
    [await literalPath(file)],
  );
  const columns = new Set(found.getRows().map(([name]) => String(name)));
  described.set(connection, (described.get(connection) ?? new Map()).set(file, columns));
  return columns;
}

/**
 * A path as `read_parquet` takes it: the file itself, also where its name looks like a pattern or an address. A backslash
 * has no pattern of its own: it is what is none of the other ASCII characters.
 */
export async function literalPath(file: string): Promise<string> {
  return (await Deno.realPath(file)).replace(/[[*?\\]/g, (one) => one === "\\" ? "[! -Z^-~]" : `[${one}]`);
}
