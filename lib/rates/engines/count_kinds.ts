/**
 * Counts from what another engine counted: kinds of samples, each with how many it has. One of each is judged as every
 * sample is, so that rates, intervals and contrasts are those of the samples themselves, clusters included.
 *
 * @module
 */
import { z } from "zod";
import { OUTCOMES } from "../../acts/vocabulary.ts";
import { createOpener } from "../../reading/bytes/source.ts";
import { parseJson } from "../../json/strict.ts";
import type { RecordRead } from "../../reading/bytes/record.ts";
import { readRecords } from "../../reading/formats/records.ts";
import { parquetRecords } from "../../reading/parquet/records.ts";
import { entryOf, labelsFrom } from "../../reading/parquet/rows.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Problem } from "../../samples/load_report.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import { explain } from "../../samples/schema.ts";
import { createSummary } from "../../samples/summary.ts";
import { chooserOf } from "../counting/chosen.ts";
import type { CountedSamples } from "../counting/count.ts";
import type { CountOptions } from "../counting/count_samples.ts";
import { PROMPT } from "../counting/clusters.ts";
import { createTotal } from "../counting/counts.ts";
import { addedUp } from "../counting/labelers.ts";
import type { Question } from "../counting/verdicts.ts";

/** A cell of a CSV is a text, and one without a value is empty, or `\N` as ClickHouse writes it. */
const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value === "" || value === "\\N" || value === undefined ? null : value, schema.nullable());
const text = given(z.string());
const whole = given(z.coerce.number().int().min(0));

const kindSchema = z.object({
  dataset: z.string(),
  verdict: text,
  model: z.string(),
  scenario: z.string(),
  condition: z.string(),
  cluster_id: text,
  run: text,
  labels: text,
  counted: whole,
  scored: whole,
  missing: whole,
  published: text,
  prompts: whole,
  counted_label: text,
  samples: z.coerce.number().int().min(1),
});

const verdictSchema = z.strictObject({ label: z.string(), true_is: z.enum(OUTCOMES) });

/** A kind as it is judged. */
interface Judged {
  readonly dataset: string;
  readonly verdict: CardVerdict | undefined;
  readonly item: Sample | Cell;
  readonly samples: number;
}

/**
 * Counts the kinds of a file, the answer of an engine to the query of `kindsSql()`, as CSV or Parquet. A row that cannot be used
 * is rejected by its place. What stands several times is not known here: `duplicatesSql()` asks for it.
 *
 * @throws {RangeError} if no sample has one of the factors or levels
 *
 * @example
 * ```ts
 * import { countKinds } from "$lib/rates/engines/count_kinds.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".csv" });
 * const labels = JSON.stringify([{ labeler: "j", kind: "judge", scores: { harmful: true } }]).replaceAll('"', '""');
 * await Deno.writeTextFile(file, `dataset,model,scenario,condition,cluster_id,labels,samples\nd,m,s,{},p,"${labels}",7\n`);
 * const { counts: [row] } = await countKinds(file, ["model"], [{ label: "harmful" }]);
 * assert.deepEqual([row.count, row.scored, row.missing], [7, 7, 0]);
 * ```
 */
export async function countKinds(
  file: string,
  by: readonly string[],
  questions: readonly Question[],
  { cluster = PROMPT, where = {} }: Pick<CountOptions, "cluster" | "where"> = {},
): Promise<CountedSamples> {
  const chooser = chooserOf(where);
  const total = createTotal(by, questions, cluster);
  const sets = new Map<string, ReturnType<typeof createSet>>();
  const createSet = (verdict: CardVerdict | undefined) => ({
    counter: total.counterFor(),
    summary: createSummary(),
    verdict,
    samples: 0,
    cells: 0,
  });
  const rejected: Problem[] = [];
  const records = file.endsWith(".csv")
    ? readRecords(file, "csv", createOpener())
    : parquetRecords(file, createOpener());
  for await (const batch of records) {
    for (const record of batch) {
      const kind = judged(record);
      if ("reason" in kind) {
        rejected.push(kind);
        continue;
      }
      const { dataset, verdict, item, samples } = kind;
      const set = sets.get(dataset) ?? createSet(verdict);
      sets.set(dataset, set);
      if (chooser.fits(item)) set.counter.add(item, verdict, samples);
      set.summary.add(item);
      set["labels" in item ? "samples" : "cells"] += samples;
    }
  }
  if (sets.size === 0) sets.set("kinds", createSet(undefined));
  const datasets = [...sets].map(([name, { verdict, summary, samples, cells }], index): Scanned => ({
    ...{ path: file, name, format: "kinds", verdict },
    ...summary.summary(),
    files: [{ path: file, sha256: "" }],
    report: {
      ...{ files: 1, samples, cells, rejected: index === 0 ? rejected : [] },
      ...{ unusable: [], duplicated: [], repeats: [], passedOver: [], gaps: [] },
    },
  }));
  const counters = [...sets.values()].map(({ counter }) => counter);
  chooser.check(datasets);
  counters.forEach((counter, index) => total.add(counter, datasets[index]));
  return {
    counts: total.rows(),
    datasets,
    problems: counters.flatMap((counter) => counter.problems()),
    numbers: counters.flatMap((counter) => counter.numbers()),
    labelers: addedUp(questions, counters),
  };
}

/** The kind of a row, or why it is none. */
function judged(record: RecordRead): Judged | Problem {
  if ("reason" in record) return record;
  const { file, at } = record.source;
  const { data: row, error } = kindSchema.safeParse(record.fields);
  if (error !== undefined) return { file, at, reason: `no kind of samples: ${explain(error)}` };
  try {
    const { dataset, samples } = row;
    const verdict = row.verdict === null ? undefined : verdictSchema.parse(parseJson(row.verdict));
    const entry = entryOf(
      [{ ...row, entry: 1, id: at, score: row.counted_label, file, place: at, labels: null }],
      file,
    );
    if ("reject" in entry) return { file, at, reason: entry.reject.reason };
    const source = { file, at };
    if ("cell" in entry) return { dataset, verdict, samples, item: { ...entry.cell, source } };
    return { dataset, verdict, samples, item: { ...entry.sample, labels: labelsFrom(row.labels ?? ""), source } };
  } catch (error) {
    return { file, at, reason: error instanceof z.ZodError ? explain(error) : (error as Error).message };
  }
}
