/**
 * Whether an entry stands several times in Parquet files.
 *
 * @module
 */
import { type Connection, literalPath, rowsIn } from "./duckdb.ts";

/**
 * True where a sample or published count may stand more than once: twice in one data set, or in two files. Whether it
 * is a copy is for reading to say.
 */
export async function hasCopies(connection: Connection, files: readonly string[]): Promise<boolean> {
  const paths = await Promise.all(files.map(literalPath));
  const entries = [];
  for (const [index, file] of files.entries()) {
    const rows = await rowsIn(connection, file, `$${index + 1}`);
    entries.push(`SELECT id, model, scenario, condition, score, published, dataset, ${index} AS filename
      FROM ${rows} WHERE is_first`);
  }
  const all = entries.join(" UNION ALL ");
  // Equal ids have equal hashes: as many hashes as entries, and there is no copy, found without comparing texts.
  const key = "coalesce(id, concat_ws(chr(0), model, scenario, condition, score, published))";
  const [[mayBe]] = (await connection.sql.runAndReadAll(
    `SELECT count(*) > count(DISTINCT hash(${files.length > 1 ? key : `dataset, ${key}`})) FROM (${all})`,
    paths,
  )).getRows();
  if (mayBe === false) return false;
  const found = await connection.sql.runAndReadAll(
    `SELECT 1 FROM (
       SELECT id, CASE WHEN id IS NULL THEN [model, scenario, condition, score, published] END AS cell, count(*) AS times
       FROM (${all})
       GROUP BY id, cell, dataset, filename)
     GROUP BY id, cell HAVING max(times) > 1 ${files.length > 1 ? "OR count(*) > 1" : ""} LIMIT 1`,
    paths,
  );
  return found.getRows().length > 0;
}
