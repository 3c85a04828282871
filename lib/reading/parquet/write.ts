/**
 * Writes samples and published counts to a Parquet file while they are read, in bounded memory.
 *
 * Rows go to a table in DuckDB first, which puts on disk what does not fit, and become Parquet at the end: how large its
 * groups of rows may be depends on how long the transcripts are.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { connect, type Connection, literalPath } from "./duckdb.ts";
import { COLUMN_NAMES, COLUMNS, LAYOUT, type Row } from "./layout.ts";
import { rowsOf } from "./rows.ts";
import { HEADS, LAYOUT_NAME, type ParquetHead, UNIQUE_NAME } from "./read.ts";
import type { Visitor } from "../../samples/dataset_head.ts";

/** What was written. */
export interface Written {
  readonly entries: number;
  readonly rows: number;
  /** Texts with half of a surrogate pair, which UTF-8 cannot hold: U+FFFD stands in its place. */
  readonly replaced: number;
}

/**
 * Writes everything that `fill` shows to the visitor. If it fails, there is no file.
 *
 * @param isUnique true where no entry of a data set is shown twice, as {@linkcode scan} shows none: the file says so, and
 *   copies are not looked for when it is counted
 * @throws {Deno.errors.AlreadyExists} if the file is there: nothing is overwritten
 *
 * @example
 * ```ts ignore
 * const { result, written } = await writeParquet("corpus.parquet", (visitor) => scan(["logs"], visitor), true);
 * ```
 */
export async function writeParquet<T>(
  file: string,
  fill: (visitor: Visitor) => Promise<T>,
  isUnique = false,
): Promise<{ readonly result: T; readonly written: Written }> {
  await refuseExisting(file);
  // One name a file: what a run that was killed left here is taken away by the next.
  const temporary = join(dirname(file), `.${basename(file)}.unfinished`);
  await Deno.remove(temporary, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(temporary);
  try {
    using connection = await connect({ temporary });
    const stage = createStage(join(temporary, "rows.json"));
    const result = await fill(stage.visitor);
    const whole = join(temporary, "whole.parquet");
    const written = await stage.writeTo(whole, connection, isUnique);
    await refuseExisting(file); // another run may have been quicker
    await Deno.rename(whole, file);
    return { result, written };
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await Deno.lstat(file).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
  if (isThere) throw new Deno.errors.AlreadyExists(`there is already a file: ${file}`);
}

/** Groups of rows in the file: of about so many characters, and never more or fewer rows than these. */
const GROUP = { size: 16 << 20, most: 122_880, fewest: 2048 };

/** How much text is held before it goes to disk. */
const HELD = 1 << 20;

/** Rows as lines of JSON in a file, which DuckDB can make a table of far faster than it takes value by value. */
function createStage(file: string): {
  readonly visitor: Visitor;
  readonly writeTo: (target: string, connection: Connection, isUnique: boolean) => Promise<Written>;
} {
  const stage = Deno.openSync(file, { createNew: true, write: true });
  const heads: { name: string; entries: number; verdict: ParquetHead["verdict"] }[] = [];
  const part = crypto.randomUUID();
  const counts = { entries: 0, rows: 0, replaced: 0 };
  let [size, longest, held] = [0, 0, ""];
  const put = () => {
    const bytes = new TextEncoder().encode(held);
    for (let done = 0; done < bytes.length;) done += stage.writeSync(bytes.subarray(done));
    size += bytes.length;
    held = "";
  };
  const wellFormed = (_: string, value: unknown): unknown => {
    if (typeof value !== "string" || value.isWellFormed()) return value;
    counts.replaced++;
    return value.toWellFormed();
  };
  const lineOf = (row: Row): string => {
    const line = JSON.stringify(row);
    return /\\ud[89a-f]/.test(line) ? JSON.stringify(row, wellFormed) : line;
  };
  const visitor: Visitor = ({ name, verdict }) => {
    const dataset = nameAmong(heads, name);
    const head = { name: dataset, entries: 0, verdict };
    heads.push(head);
    const stands = verdict && JSON.stringify(verdict);
    return (item) => {
      const entry = ++counts.entries;
      head.entries++;
      for (const row of rowsOf(item)) {
        const line = lineOf({ part, entry, dataset, ...row, verdict: row.is_first ? stands : undefined });
        longest = Math.max(longest, line.length);
        held += `${line}\n`;
        counts.rows++;
        if (held.length > HELD) put();
      }
    };
  };
  const writeTo = async (target: string, { sql }: Connection, isUnique: boolean): Promise<Written> => {
    put();
    stage.close();
    const fitting = Math.floor(GROUP.size * counts.rows / Math.max(size, 1));
    const rows = Math.min(GROUP.most, Math.max(GROUP.fewest, fitting));
    const columns = COLUMN_NAMES.map((name) => `"${name}": '${COLUMNS[name]}'`).join(", ");
    await sql.run("SET VARIABLE heads = $1", [JSON.stringify(heads)]);
    const from = `read_json($1, hive_partitioning = false, format = 'newline_delimited', columns = {${columns}},
      maximum_object_size = ${Math.max(1 << 20, 4 * longest)})`;
    const unique = isUnique ? `, ${UNIQUE_NAME}: 'true'` : "";
    await sql.run(
      `COPY (FROM ${from}) TO $2 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows},
         KV_METADATA {${HEADS}: getvariable('heads'), ${LAYOUT_NAME}: '${LAYOUT}'${unique}})`,
      [await literalPath(file), target],
    );
    return counts;
  };
  return { visitor, writeTo };
}

/** A name that no data set in the file has yet: `logs`, `logs (2)`. */
function nameAmong(heads: readonly { readonly name: string }[], name: string): string {
  for (let number = 1;; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!heads.some((head) => head.name === candidate)) return candidate;
  }
}
