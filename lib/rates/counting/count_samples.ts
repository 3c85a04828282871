/**
 * Counts over corpora that are larger than memory: one pass, holding a few samples at a time.
 *
 * @module
 */
import { answerOf, askedOnly, type SampleAnswer } from "./answers.ts";
import { chooserOf } from "./chosen.ts";
import type { CountedSamples } from "./count.ts";
import { scan, type ScanOptions } from "../../reading/scan.ts";
import { countParquet, parquetFiles } from "./count_parquet.ts";
import { type Counter, createTotal } from "./counts.ts";
import { PROMPT } from "./clusters.ts";
import { countedOf } from "./counted.ts";
import type { Question } from "./verdicts.ts";

/** How samples are read, and what tells clusters apart. */
export interface CountOptions extends ScanOptions {
  /** The field of clusters: the prompt where none is given, else what else is not independent, such as `scenario`. */
  readonly cluster?: string;
  /** Factor → levels: only what has one of them is counted; the account is that of everything. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** Told of every sample behind the counts, when all is read. */
  readonly onAnswer?: (answer: SampleAnswer) => void;
}

/**
 * Counts the samples and published cells of paths by `by`, for each question, as {@linkcode counts} does of data sets
 * that are loaded.
 *
 * @throws {RangeError} if no sample has one of the factors or levels
 *
 * @example
 * ```ts
 * import { countSamples } from "$lib/rates/counting/count_samples.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * const labels = [{ labeler: "x", kind: "rule", scores: { harmful: true } }];
 * await Deno.writeTextFile(file, JSON.stringify({ id: "1", model: "m", scenario: "s", condition: {}, labels }));
 * const { counts: [row], datasets } = await countSamples([file], ["model"], [{ label: "harmful" }]);
 * assert.deepEqual([row.count, row.scored, row.missing], [1, 1, 0]);
 * assert.equal(datasets[0].report.rejected.length, 0);
 * ```
 */
export async function countSamples(
  paths: readonly string[],
  by: readonly string[],
  questions: readonly Question[],
  { cluster = PROMPT, where = {}, onAnswer, ...options }: CountOptions = {},
): Promise<CountedSamples> {
  const parquet = options.prepare === undefined && onAnswer === undefined ? await parquetFiles(paths) : undefined;
  if (parquet !== undefined) {
    try {
      return await countParquet(parquet, by, questions, cluster, where);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error; // a broken file: what there is of it is read below
    }
  }
  const total = createTotal(by, questions, cluster);
  const chooser = chooserOf(where);
  const counters: Counter[] = [];
  const answers: SampleAnswer[][] = [];
  const datasets = await scan(paths, ({ name, verdict }) => {
    const own: SampleAnswer[] = [];
    answers.push(own);
    const counter = total.counterFor(onAnswer && ((item, tally, row) => own.push(...answerOf(name, item, tally, row))));
    counters.push(counter);
    return (item) => {
      if (chooser.fits(item)) counter.add(item, verdict);
    };
  }, options);
  chooser.check(datasets);
  const counted = countedOf(total, counters, datasets, questions);
  if (onAnswer !== undefined) {
    datasets.forEach((set, index) => askedOnly(answers[index], set, questions, datasets).forEach(onAnswer));
  }
  return counted;
}
