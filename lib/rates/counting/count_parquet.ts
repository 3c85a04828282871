/**
 * Counts from Parquet without making samples: DuckDB adds up those that are alike by the query that any engine runs, and
 * one of each kind is judged as every sample is. So what is yes, no and missing is said once, and not in SQL.
 *
 * @module
 */
import { basename } from "node:path";
import { createOpener, STDIN } from "../../reading/bytes/source.ts";
import { CARD, detect, walk } from "../../reading/files_below.ts";
import { cardBeside } from "../../reading/files_to_read.ts";
import { connect, type Connection } from "../../reading/parquet/duckdb.ts";
import {
  collectedIn,
  type FoundKind,
  idAt,
  kindsIn,
  READ_BY_COUNTING,
  runNames,
  samplesWith,
} from "../../reading/parquet/kinds.ts";
import { hasCopies } from "../../reading/parquet/copies.ts";
import { createKindReader } from "../../reading/parquet/kind_reader.ts";
import { placeOf } from "../../reading/parquet/rows.ts";
import { headsOf, parquet, type ParquetHead } from "../../reading/parquet/read.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { Problem } from "../../samples/load_report.ts";
import { type Chooser, chooserOf, type Levels } from "./chosen.ts";
import { PROMPT } from "./clusters.ts";
import type { CountedSamples } from "./count.ts";
import { countedOf, createSets } from "./counted.ts";
import { type Counter, createCounter, createTotal, type Total } from "./counts.ts";
import type { Question } from "./verdicts.ts";

/**
 * The files of paths, folders opened, where all data there are Parquet and no two the same: then there is nothing to find
 * out but counts. `undefined` where anything has to be read.
 */
export async function parquetFiles(paths: readonly string[]): Promise<string[] | undefined> {
  const files: string[] = [];
  for (const path of paths) {
    if (path === STDIN) return undefined;
    const unreadable: Problem[] = [];
    const found = (await Deno.stat(path)).isFile ? [path] : walk(path, { unreadable });
    for await (const file of found) {
      const detected = await detect(file, createOpener());
      if ("format" in detected && detected.format === parquet) files.push(file);
      else if ("format" in detected || detected.isData || file === path || basename(file) === CARD) return undefined;
    }
    if (unreadable.length > 0) return undefined;
  }
  for (const file of files) {
    if (await cardBeside(file) !== undefined) return undefined; // what the card changes is not in the columns
  }
  const real = new Set(await Promise.all(files.map((file) => Deno.realPath(file))));
  return files.length > 0 && real.size === files.length ? files : undefined;
}

/** What is asked of files. */
interface Asked {
  readonly by: readonly string[];
  readonly questions: readonly Question[];
  readonly cluster: string;
  readonly chooser: Chooser;
  /** Fields that tell samples apart, and may stand in `run`. */
  readonly fields: readonly string[];
}

/** A data set of a file, counted. */
interface CountedDataset {
  readonly counter: Counter;
  readonly dataset: Scanned;
}

/**
 * Counts Parquet files that `deno task load --to` wrote: the same counts as from their samples, in far less time. The
 * files are not hashed, as only the columns that are needed are read.
 *
 * @throws {SyntaxError} if one is not such a file, is of an earlier layout, cannot be read, or an entry stands in them
 *   several times
 * @throws {RangeError} if no sample has one of the factors or levels
 */
export async function countParquet(
  files: readonly string[],
  by: readonly string[],
  questions: readonly Question[],
  cluster: string = PROMPT,
  where: Levels = {},
): Promise<CountedSamples> {
  const chooser = chooserOf(where);
  const total = createTotal(by, questions, cluster);
  const counted: CountedDataset[] = [];
  using connection = await connect();
  const asked = { by, questions, cluster, chooser, fields: [...new Set([...by, cluster, ...Object.keys(where)])] };
  const heads = [];
  for (const file of files) heads.push(await headsOf(connection, file, READ_BY_COUNTING));
  const isKnown = files.length === 1 && heads[0].every(({ isUnique }) => isUnique);
  if (!isKnown && await hasCopies(connection, files)) {
    throw new SyntaxError("an entry stands several times: it must be read");
  }
  for (const [index, file] of files.entries()) {
    counted.push(...await countDatasets(connection, file, heads[index], total, asked));
  }
  const datasets = counted.map(({ dataset }) => dataset);
  chooser.check(datasets);
  return countedOf(total, counted.map(({ counter }) => counter), datasets, questions);
}

/** Counts each data set of a file by itself. */
async function countDatasets(
  connection: Connection,
  file: string,
  heads: readonly ParquetHead[],
  total: Total,
  asked: Asked,
): Promise<CountedDataset[]> {
  if (heads.some(({ layout }) => layout === 1)) {
    throw new SyntaxError("layout 1 has no labels to count: it must be read");
  }
  const names = await runNames(connection, file);
  const inRun = asked.fields.filter((field) => names.some(({ name }) => name === field));
  const { sets, add, open } = createSets(total, asked.chooser);
  for (const { name, verdict } of heads) open(name, verdict);
  const kindOf = createKindReader();
  const unusable = new Map<string, Set<string>>();
  for await (const rows of kindsIn(connection, file, inRun)) {
    for (const row of rows) {
      const kind = kindOf(row, { file, at: `entry ${row.first_entry}` });
      const before = sets.get(kind.dataset)?.counter.problems().length;
      try {
        add(kind);
      } catch (error) {
        throw error instanceof RangeError ? await withId(connection, file, row, asked, error) : error;
      }
      if (sets.get(kind.dataset)?.counter.problems().length === before) continue;
      unusable.set(kind.dataset, (unusable.get(kind.dataset) ?? new Set()).add(row.labels ?? ""));
    }
  }
  const collected = await collectedIn(
    connection,
    file,
    new Map([...sets].map(([name, { samples }]) => [name, samples])),
  );
  const counted: CountedDataset[] = [];
  for (const { name, verdict, entries } of heads) {
    const { counter, summary, samples, cells } = sets.get(name)!;
    if (samples + cells !== entries) {
      throw new SyntaxError(`${file}: ${name} has ${samples + cells} entries of ${entries}`);
    }
    const lists = { rejected: [], unusable: [], duplicated: [], repeats: [], passedOver: [], gaps: [] };
    const dataset: Scanned = {
      ...{ path: file, name, format: "parquet", verdict, files: [{ path: file, sha256: "" }] },
      ...summary.summary(),
      run: names.filter(({ dataset }) => dataset === name).map((one) => one.name),
      collected: collected.get(name)!,
      report: { files: 1, samples, cells, ...lists },
    };
    const texts = [...unusable.get(name) ?? []];
    const problems = texts.length === 0 ? [] : await problemsOf(connection, dataset, texts, asked);
    counted.push({ dataset, counter: { ...counter, problems: () => problems } });
  }
  return counted;
}

/** Each sample whose score cannot be used, of those that have labels like these: only they are made. */
async function problemsOf(
  connection: Connection,
  { path, name, verdict }: Scanned,
  labels: readonly string[],
  { by, questions, chooser }: Asked,
): Promise<readonly Problem[]> {
  const counter = createCounter(by, questions);
  const kindOf = createKindReader();
  for await (const { entry, file, place, ...row } of samplesWith(connection, path, name, labels)) {
    const { item } = kindOf(row, { file: path, at: placeOf({ entry, file, place }) });
    if (chooser.fits(item)) counter.add(item, verdict);
  }
  return counter.problems();
}

/** The error that a sample of a kind gives, which names the sample. */
async function withId(
  connection: Connection,
  file: string,
  row: FoundKind,
  { by, questions }: Asked,
  error: RangeError,
): Promise<RangeError> {
  const { item, verdict } = createKindReader()(row, { file, at: `entry ${row.first_entry}` });
  if (!("labels" in item)) return error;
  try {
    const id = await idAt(connection, file, row.dataset, row.first_entry);
    createCounter(by, questions).add({ ...item, id }, verdict);
    return error;
  } catch (named) {
    return named as RangeError;
  }
}
