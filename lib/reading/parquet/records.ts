/**
 * The rows of anyone's Parquet file as records, streamed: nested columns are objects and lists, dates text.
 *
 * @module
 */
import { parseRecord } from "../../json/strict.ts";
import type { RecordRead } from "../bytes/record.ts";
import { type Opener, STDIN } from "../bytes/source.ts";
import { connect, literalPath } from "./duckdb.ts";
import { refuseBomb } from "./size.ts";

/** Numbers that a JavaScript number does not hold exactly: ids, which must stay apart. */
const LARGE_INTEGERS = ["UBIGINT", "BIGINT", "HUGEINT", "UHUGEINT"];

/** Bytes are no text, and what is packed in them nobody can read here. */
const BYTES = /^BLOB/;

/** Yields every row of a Parquet file, many at a time; the problem of a file that is none is thrown. */
export async function* parquetRecords(file: string, open: Opener): AsyncGenerator<RecordRead[]> {
  if (file === STDIN) throw new SyntaxError("Parquet cannot be read from standard input, as it is read from its end");
  using connection = await connect();
  const { sql } = connection;
  const path = await literalPath(file);
  const from = "read_parquet($1, hive_partitioning = false)";
  await refuseBomb(connection, file);
  const described = await sql.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`, [path]);
  const columns = described.getRows().flatMap(([name, type]) =>
    BYTES.test(String(type)) ? [] : [
      columnSql(String(name), String(type)),
    ]
  );
  if (columns.length === 0) throw new SyntaxError("a Parquet file without columns that can be read");
  for await (const _ of open.bytes(file)); // for its hash: DuckDB reads the file itself, from its end
  const rows = await sql.stream(`SELECT to_json(struct_pack(${columns.join(", ")}))::VARCHAR FROM ${from}`, [path]);
  let row = 0;
  for await (const batch of rows.yieldRowsJs()) {
    yield batch.map(([text]): RecordRead => {
      const source = { file, at: `row ${++row}` };
      const record = parseRecord(String(text));
      return "reason" in record ? { ...source, ...record } : { ...record, source };
    });
  }
}

function columnSql(name: string, type: string): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  if (!LARGE_INTEGERS.includes(type)) return `${quoted} := ${quoted}`;
  const exact = `${quoted} BETWEEN -9007199254740991 AND 9007199254740991`;
  return `${quoted} := CASE WHEN ${exact} THEN to_json(${quoted}) ELSE to_json(${quoted}::VARCHAR) END`;
}
