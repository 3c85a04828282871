/**
 * Counts from Parquet without making samples: DuckDB adds up those that are alike, and one of each kind is judged as
 * every sample is, by a {@linkcode Counter}. So what is yes, no and missing is said once, and not in SQL.
 *
 * @module
 */
import { connect, type Connection, literalPath, rowsIn } from "../../reading/parquet/duckdb.ts";
import { basename } from "node:path";
import { CARD, detect, walk } from "../../reading/files_below.ts";
import { cardBeside } from "../../reading/files_to_read.ts";
import type { Problem } from "../../samples/load_report.ts";
import { createOpener, STDIN } from "../../reading/bytes/source.ts";
import { ENTRY_NAMES, entryOf, type Row } from "../../reading/parquet/rows.ts";
import {
  alikeSamples,
  cellsIn,
  collectedIn,
  groupedBy,
  runNames,
  scoredLabels,
  summaryOf,
  YES_OR_NO,
} from "../../reading/parquet/summary.ts";
import { headsOf, parquet } from "../../reading/parquet/read.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { CountedSamples } from "./count.ts";
import type { Count } from "./count.ts";
import { type Counter, createCounter, createTotal } from "./counts.ts";
import { PROMPT } from "./clusters.ts";
import { addedUp } from "./labelers.ts";
import { type Asked, type Kind, kindsOf, parametersOf } from "./parquet_kinds.ts";
import { type Chooser, chooserOf, type Levels } from "./chosen.ts";
import type { Question } from "./verdicts.ts";

/** A data set of a file, counted. */
interface CountedDataset {
  readonly counter: Counter;
  readonly dataset: Scanned;
}

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

/**
 * Counts Parquet files that `deno task load --to` wrote: the same counts as from their samples, in far less time. The
 * files are not hashed, as only the columns that are needed are read.
 *
 * @throws {SyntaxError} if one is not such a file, cannot be read, or an entry stands in them several times
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
  for (const file of files) await headsOf(connection, file);
  if (await hasCopies(connection, files)) throw new SyntaxError("an entry stands several times: it must be read");
  for (const file of files) counted.push(...await countDatasets(file, by, questions, cluster, where, chooser));
  chooser.check(counted.map(({ dataset }) => dataset));
  for (const { counter, dataset } of counted) total.add(counter, dataset);
  return {
    counts: total.rows(),
    datasets: counted.map(({ dataset }) => dataset),
    problems: counted.flatMap(({ counter }) => counter.problems()),
    numbers: counted.flatMap(({ counter }) => counter.numbers()),
    labelers: addedUp(questions, counted.map(({ counter }) => counter)),
  };
}

/**
 * True where a sample or published count may stand more than once: twice in one data set, or in two files. Whether it is
 * a copy is then for {@linkcode scan} to say, which reads it.
 */
async function hasCopies(connection: Connection, files: readonly string[]): Promise<boolean> {
  const paths = await Promise.all(files.map(literalPath));
  const heads = [];
  for (const [index, file] of files.entries()) {
    const rows = await rowsIn(connection, file, `$${index + 1}`);
    heads.push(`SELECT id, model, scenario, condition, score, published, dataset, ${index} AS filename
      FROM ${rows} WHERE is_first`);
  }
  const found = await connection.sql.runAndReadAll(
    `SELECT 1 FROM (
       SELECT id, CASE WHEN id IS NULL THEN [model, scenario, condition, score, published] END AS cell, count(*) AS times
       FROM (${heads.join(" UNION ALL ")})
       GROUP BY id, cell, dataset, filename)
     GROUP BY id, cell HAVING max(times) > 1 ${files.length > 1 ? "OR count(*) > 1" : ""} LIMIT 1`,
    paths,
  );
  return found.getRows().length > 0;
}

/** Counts each data set of a file by itself. */
async function countDatasets(
  file: string,
  by: readonly string[],
  questions: readonly Question[],
  cluster: string,
  where: Levels,
  chooser: Chooser,
): Promise<CountedDataset[]> {
  using connection = await connect();
  const heads = await headsOf(connection, file);
  const grouped = groupedBy([...new Set([...by, ...Object.keys(where)])], cluster);
  const alike = await alikeSamples(connection, file, grouped);
  const run = await runNames(connection, file);
  const collected = await collectedIn(connection, file);
  const cells = await cellsIn(connection, file);
  const labels = await scoredLabels(connection, file);
  const counted: CountedDataset[] = [];
  for (const { name, verdict, entries } of heads) {
    const isOf = ({ dataset }: { dataset: string }) => dataset === name;
    const [samples, published] = [alike.filter(isOf), cells.filter(isOf)];
    const count = { samples: samples.reduce((sum, { samples }) => sum + samples, 0), cells: published.length };
    const found = count.samples + count.cells;
    if (found !== entries) throw new SyntaxError(`${file}: ${name} has ${found} entries of ${entries}`);
    const rows: Count[] = [];
    const problems: Problem[] = [];
    const numbers: number[] = [];
    const labelers = questions.map(() => new Map<string, number>());
    for (const [index, question] of questions.entries()) {
      const asked: Asked = { file, dataset: name, question, verdict, grouped };
      const kinds: Kind[] = [
        ...await kindsOf(connection, asked, samples),
        ...published.map((cell) => ({ ...cell, samples: 1 })),
      ];
      let isUsable = true;
      for (const { item, ...kind } of kinds.sort((a, b) => a.first - b.first)) {
        if (!chooser.fits(item)) continue;
        const one = createCounter(by, [question], cluster);
        one.add(item, verdict);
        rows.push(...one.rows().map((row) => times(row, kind)));
        isUsable &&= one.problems().length === 0;
        numbers.push(...one.numbers());
        for (const name of one.labelers()[0].keys()) {
          labelers[index].set(name, (labelers[index].get(name) ?? 0) + kind.samples);
        }
      }
      if (!isUsable) problems.push(...await problemsOf(connection, asked, chooser));
    }
    const counter = {
      ...createCounter(by, questions),
      rows: () => rows,
      problems: () => problems,
      numbers: () => numbers,
      labelers: () => labelers,
    };
    const report = {
      files: 1,
      ...count,
      rejected: [],
      unusable: [],
      duplicated: [],
      repeats: [],
      passedOver: [],
      gaps: [],
    };
    const head = { path: file, name, format: "parquet", verdict, files: [{ path: file, sha256: "" }], report };
    const summary = summaryOf(
      samples,
      published.map(({ item }) => item),
      labels.filter(isOf),
      run.filter(isOf).map(({ name }) => name),
      collected.get(name),
    );
    counted.push({ counter, dataset: { ...head, ...summary } });
  }
  return counted;
}

/** The count of all samples of a kind, from that of one of them. */
function times({ clustered, ...row }: Count, { samples, within }: Omit<Kind, "item">): Count {
  const timed = (of: number) => ({ count: row.count * of, scored: row.scored * of, missing: row.missing * of });
  const counts = within?.map(({ name, samples }) => ({ cluster: name, ...timed(samples) })) ??
    clustered?.counts.map((one) => ({ ...one, ...timed(samples) }));
  return { ...row, ...timed(samples), ...(clustered && counts && { clustered: { ...clustered, counts } }) };
}

/** Where the scores stand that cannot be used: only these samples are made. */
async function problemsOf(
  connection: Connection,
  { file, dataset, question, verdict }: Omit<Asked, "grouped">,
  chooser: Chooser,
): Promise<Problem[]> {
  const { acts: _, threshold, ...parameters } = await parametersOf(file, dataset, question, verdict);
  // A number with a text beside it is one that JSON has no word for: -0, NaN or an infinity.
  const unusable = threshold !== null
    ? "number IS NULL AND (text IS NOT NULL OR yes IS NOT NULL)"
    : `number IS NULL AND NOT (${YES_OR_NO})
      OR text IS NULL AND number NOT IN (0, 1) OR number IS NOT NULL AND text NOT IN ('-0', 'NaN')`;
  const rows = await rowsIn(connection, file, "$path");
  const found = await connection.sql.runAndReadAll(
    `WITH asked AS (FROM ${rows} WHERE dataset = $dataset AND published IS NULL)
     SELECT ${ENTRY_NAMES.filter((name) => name !== "messages").map((name) => `"${name}"`).join(", ")} FROM asked
     WHERE entry IN (SELECT entry FROM asked WHERE score = $score AND (${unusable}))
     ORDER BY entry, label`,
    parameters,
  );
  const counter = createCounter([], [question]);
  for (const entries of Map.groupBy(found.getRowObjectsJS() as Row[], ({ entry }) => entry).values()) {
    const entry = entryOf(entries, file);
    if ("sample" in entry && chooser.fits(entry.sample)) counter.add(entry.sample, verdict);
  }
  return [...counter.problems()];
}
