/**
 * Parquet as this project writes it: see {@linkcode COLUMNS} for what its columns hold. One file can hold several data
 * sets; each keeps its name and its verdict.
 *
 * @module
 */
import { z } from "zod";
import { OUTCOMES } from "../../acts/vocabulary.ts";
import { connect, type Connection, literalPath } from "./duckdb.ts";
import type { Format } from "../formats/format.ts";
import type { Entry } from "../../samples/load_report.ts";
import { STDIN } from "../bytes/source.ts";
import { entriesIn, type EntriesOf, onePass } from "./entries.ts";
import { COLUMN_NAMES, COLUMNS, EARLIER_NAMES, FOR_COUNTING, LATER_COLUMNS, LAYOUT } from "./layout.ts";
import { refuseBomb } from "./size.ts";
import { parseJson } from "../../json/strict.ts";

/** What is kept of each data set besides its rows, as JSON in the file's metadata under {@linkcode HEADS}. */
const headsSchema = z.array(z.strictObject({
  name: z.string(),
  /** How many samples and published counts it has, so that a lost one is seen. */
  entries: z.int().min(0),
  verdict: z.strictObject({ label: z.string(), true_is: z.enum(OUTCOMES) }).optional(),
}));

/** A data set in a Parquet file: its name, and the score that stands for an outcome where no acts are coded. */
export type ParquetHead = Readonly<z.infer<typeof headsSchema>[number]> & {
  /** The version of the file's layout. */
  readonly layout: number;
  /** True where the file says that no entry stands twice in one of its data sets. */
  readonly isUnique: boolean;
};

/** The name of the metadata entry that makes a Parquet file one of this project. */
export const HEADS = "obey_or_refuse";

/** The name of the metadata entry with the version of the layout; files of layout 1 have none. */
export const LAYOUT_NAME = `${HEADS}_layout`;

/** The name of the metadata entry that says that no entry stands twice in a data set of the file. */
export const UNIQUE_NAME = `${HEADS}_unique`;

/** All data sets of a file as one; {@linkcode datasetsOf} keeps them apart. */
export const parquet: Format = {
  name: "parquet",
  needs: `columns ${COLUMN_NAMES.join(", ")} in Parquet`,
  fits: ({ bytes }) => new TextDecoder("latin1").decode(bytes.subarray(0, 4)) === "PAR1",
  datasetsOf,
  read: (files, open) => read(files, open, undefined),
};

/** A format for each data set of a file; where it cannot be read, the one that says why. */
export async function datasetsOf(file: string): Promise<Format[]> {
  try {
    using connection = await connect();
    const heads = await headsOf(connection, file);
    const pass = heads.length > FEW ? await onePass(connection, file, heads) : undefined;
    return heads.map(({ name, verdict, entries }) => ({
      ...parquet,
      dataset: name,
      verdict,
      read: (files, open) =>
        read(files, open, name, pass && ((one) => one === file ? { expected: entries, found: pass(name) } : undefined)),
    }));
  } catch {
    return [parquet];
  }
}

/** So many data sets are read one by one, each by a query of its own; more are read in one pass. */
const FEW = 20;

/**
 * The data sets of a file.
 *
 * @param only the columns of text that will be read, where these are not all: no others are measured
 * @throws {SyntaxError} if the file is not one of this project, or cannot be read
 */
export async function headsOf(
  connection: Connection,
  file: string,
  only?: readonly string[],
): Promise<ParquetHead[]> {
  const { sql } = connection;
  if (file === STDIN) throw new SyntaxError("Parquet cannot be read from standard input, as it is read from its end");
  if (/\.(gz|zst)$/i.test(file)) throw new SyntaxError("a compressed Parquet file: decompress it first");
  const path = await literalPath(file);
  try {
    const described = await sql.runAndReadAll("DESCRIBE SELECT * FROM read_parquet($1, hive_partitioning = false)", [
      path,
    ]);
    const columnsFound = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
    const isEarlier = columnsFound.some(({ name }) => name === "first");
    const found = columnsFound.map(({ name, type }) => ({
      name: isEarlier ? EARLIER_NAMES[name] ?? name : name,
      type,
    }));
    const meta = await sql.runAndReadAll(
      "SELECT decode(key), decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) IN ($2, $3, $4)",
      [path, HEADS, LAYOUT_NAME, UNIQUE_NAME],
    );
    const told = new Map(meta.getRows().map(([name, value]) => [String(name), String(value)]));
    const names = isEarlier ? COLUMN_NAMES.filter((one) => !FOR_COUNTING.includes(one)) : COLUMN_NAMES;
    const wanted = names.filter((one) => !LATER_COLUMNS.includes(one) || found.some(({ name }) => name === one));
    const isOurs = found.length === wanted.length &&
      found.every(({ name, type }, index) => name === wanted[index] && type === COLUMNS[wanted[index]]);
    const version = Number(told.get(LAYOUT_NAME) ?? 1);
    if (version > LAYOUT) {
      throw new SyntaxError(
        `a Parquet file of layout ${version}, written by a later version: this one reads layouts 1 to ${LAYOUT}`,
      );
    }
    const heads = told.get(HEADS);
    if (!isOurs || heads === undefined) {
      const columns = columnsFound.map(({ name }) => name).join(", ");
      throw new SyntaxError(
        `a Parquet file that was not written by deno task load --to: found columns ${columns}; read it by a mapping, which deno task load --suggest ${file} begins`,
      );
    }
    const there = only?.filter((one) => found.some(({ name }) => name === one));
    await refuseBomb(connection, file, isEarlier ? undefined : there);
    const isUnique = told.has(UNIQUE_NAME);
    return headsSchema.parse(parseJson(heads)).map((head) => ({ ...head, layout: version, isUnique }));
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw new SyntaxError(`not readable as Parquet: ${firstLine(error)}`);
  }
}

async function* read(
  files: readonly string[],
  open: Parameters<Format["read"]>[1],
  dataset: string | undefined,
  shared: (file: string) => Found | undefined = () => undefined,
): AsyncGenerator<Entry[]> {
  for (const file of files) {
    let count = 0;
    try {
      const { expected, found } = shared(file) ?? await entriesOf(file, dataset);
      for await (const _ of open.bytes(file)); // for its hash: DuckDB reads the file itself, from its end
      for await (const { entries } of found) {
        count += entries.length;
        yield [...entries];
      }
      if (count !== expected) yield [{ reject: { file, at: "file", reason: `has ${count} entries of ${expected}` } }];
    } catch (error) {
      if ((error as { code?: unknown }).code !== undefined) throw error; // the file system says it better
      yield [{ reject: { file, at: count === 0 ? "file" : `after entry ${count}`, reason: firstLine(error) } }];
    }
  }
}

/** How many entries there should be, and those that there are. */
interface Found {
  readonly expected: number;
  readonly found: AsyncIterable<EntriesOf>;
}

async function entriesOf(file: string, dataset: string | undefined): Promise<Found> {
  using connection = await connect();
  const heads = await headsOf(connection, file);
  const asked = heads.filter(({ name }) => dataset === undefined || name === dataset);
  return { expected: asked.reduce((sum, { entries }) => sum + entries, 0), found: entriesIn(file, dataset) };
}

function firstLine(error: unknown): string {
  return (error as Error).message.split("\n")[0];
}
