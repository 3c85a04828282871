/**
 * The rows of a Parquet file of this project as samples and published counts, streamed.
 *
 * @module
 */
import type { Entry } from "../../samples/load_report.ts";
import { connect, type Connection, literalPath, rowsIn } from "./duckdb.ts";
import { ENTRY_NAMES, type Row } from "./layout.ts";
import { entryOf } from "./rows.ts";

/** Entries that follow each other and are of one data set. */
export interface EntriesOf {
  readonly dataset: string;
  readonly entries: readonly Entry[];
}

/** The most rows of one sample, which has one for each score of each of its labels. */
const MOST_ROWS = 100_000;

/** Yields the entries of a file, or of one data set of it; those of the data sets `inOrder`, where given, together. */
export async function* entriesIn(
  file: string,
  dataset?: string,
  inOrder?: readonly string[],
): AsyncGenerator<EntriesOf> {
  using connection = await connect();
  const order = ` ORDER BY list_position(from_json($3, '["VARCHAR"]'), dataset), file_row_number`;
  const batches = await connection.sql.stream(
    `SELECT ${ENTRY_NAMES.map((name) => `"${name}"`).join(", ")} FROM ${await rowsIn(connection, file)}
     WHERE $2 IS NULL OR dataset = $2${inOrder ? order : ""}`,
    [await literalPath(file), dataset ?? null, ...(inOrder ? [JSON.stringify(inOrder)] : [])],
  );
  let rows: Row[] = [];
  const taken = (): Entry => {
    const [{ entry }] = rows;
    const reason = `has more than ${MOST_ROWS} rows, which is no sample`;
    const made = rows.length > MOST_ROWS ? { reject: { file, at: `entry ${entry}`, reason } } : entryOf(rows, file);
    rows = [];
    return made;
  };
  for await (const batch of batches.yieldRowObjects()) {
    let found: { dataset: string; entries: Entry[] } | undefined;
    for (const row of batch as Row[]) {
      const [first] = rows;
      if (first !== undefined && (row.entry !== first.entry || row.dataset !== first.dataset)) {
        if (found !== undefined && found.dataset !== first.dataset) {
          yield found;
          found = undefined;
        }
        found ??= { dataset: String(first.dataset), entries: [] };
        found.entries.push(taken());
      }
      if (rows.length <= MOST_ROWS) rows.push(row);
    }
    if (found !== undefined) yield found;
  }
  if (rows.length > 0) yield { dataset: String(rows[0].dataset), entries: [taken()] };
}

/**
 * Reads many data sets of a file in one pass, each as it is asked for: a query for each of thousands would read the file
 * thousands of times. Where their rows lie in turns, they are sorted. `undefined` where that is not to be had: in files of
 * layout 1, and of data sets that are not among `heads`.
 */
export async function onePass(
  connection: Connection,
  file: string,
  heads: readonly { readonly name: string }[],
): Promise<((dataset: string) => AsyncIterable<EntriesOf>) | undefined> {
  const order = new Map(heads.map(({ name }, index) => [name, index]));
  const changes = await connection.sql.runAndReadAll(
    `SELECT dataset FROM (
       SELECT dataset, file_row_number AS row_at, lag(dataset) OVER (ORDER BY file_row_number) AS before
       FROM read_parquet($1, hive_partitioning = false, file_row_number = true))
     WHERE dataset IS DISTINCT FROM before ORDER BY row_at`,
    [await literalPath(file)],
  );
  const found = changes.getRows().map(([name]) => order.get(String(name)) ?? -1);
  if (found.some((place) => place < 0)) return undefined;
  const isInTurns = found.some((place, index) => index > 0 && place <= found[index - 1]);
  if (isInTurns && (await rowsIn(connection, file)).startsWith("(")) return undefined;
  const inOrder = isInTurns ? heads.map(({ name }) => name) : undefined;
  const there = new Set(found);
  let all: AsyncGenerator<EntriesOf> | undefined;
  let next: EntriesOf | undefined;
  const advance = async () => void (next = (await all?.next())?.value);
  return async function* (dataset) {
    const place = order.get(dataset)!;
    if (!there.has(place)) return;
    if (next === undefined || order.get(next.dataset)! > place) {
      await all?.return(undefined);
      all = entriesIn(file, undefined, inOrder);
      await advance();
    }
    while (next !== undefined && order.get(next.dataset)! < place) await advance();
    for (; next?.dataset === dataset; await advance()) yield next;
  };
}
