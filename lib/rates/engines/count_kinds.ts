/**
 * Counts from what another engine counted: kinds of samples, each with how many it has. One of each is judged as every
 * sample is, so that rates, intervals and contrasts are those of the samples themselves, clusters included.
 *
 * @module
 */
import { z } from "zod";
import { createOpener } from "../../reading/bytes/source.ts";
import type { RecordRead } from "../../reading/bytes/record.ts";
import { readRecords } from "../../reading/formats/records.ts";
import { createKindReader, type Kind } from "../../reading/parquet/kind_reader.ts";
import { parquetRecords } from "../../reading/parquet/records.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { Problem } from "../../samples/load_report.ts";
import { explain } from "../../samples/schema.ts";
import { chooserOf } from "../counting/chosen.ts";
import { PROMPT } from "../counting/clusters.ts";
import type { CountedSamples } from "../counting/count.ts";
import { countedOf, createSets } from "../counting/counted.ts";
import type { CountOptions } from "../counting/count_samples.ts";
import { createTotal } from "../counting/counts.ts";
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

/**
 * Counts the kinds of a file, the answer of an engine to the query of `kindsSql()`, as CSV, JSONL or Parquet. A row that cannot be used
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
export function countKinds(
  file: string,
  by: readonly string[],
  questions: readonly Question[],
  options: KindOptions = {},
): Promise<CountedSamples> {
  const records = file.endsWith(".parquet")
    ? parquetRecords(file, createOpener())
    : readRecords(file, file.endsWith(".csv") ? "csv" : "jsonl", createOpener());
  return countKindRecords(file, records, by, questions, options);
}

/** What tells clusters apart, and which levels are counted. */
export type KindOptions = Pick<CountOptions, "cluster" | "where">;

/** Counts kinds as they come; `name` is what they are called in the account. */
export async function countKindRecords(
  name: string,
  records: AsyncIterable<readonly RecordRead[]>,
  by: readonly string[],
  questions: readonly Question[],
  { cluster = PROMPT, where = {} }: KindOptions = {},
): Promise<CountedSamples> {
  const chooser = chooserOf(where);
  const total = createTotal(by, questions, cluster);
  const { sets, add, open } = createSets(total, chooser);
  const kindOf = createKindReader();
  const rejected: Problem[] = [];
  for await (const batch of records) {
    for (const record of batch) {
      const kind = judged(record, kindOf);
      if ("reason" in kind) rejected.push(kind);
      else add(kind);
    }
  }
  if (sets.size === 0) open("kinds", undefined);
  const datasets = [...sets].map(([dataset, { verdict, summary, samples, cells }], index): Scanned => ({
    ...{ path: name, name: dataset, format: "kinds", verdict },
    ...summary.summary(),
    files: [{ path: name, sha256: "" }],
    report: {
      ...{ files: 1, samples, cells, rejected: index === 0 ? rejected : [] },
      ...{ unusable: [], duplicated: [], repeats: [], passedOver: [], gaps: [] },
    },
  }));
  chooser.check(datasets);
  return countedOf(total, [...sets.values()].map(({ counter }) => counter), datasets, questions);
}

/** The kind of a row, or why it is none. */
function judged(record: RecordRead, kindOf: ReturnType<typeof createKindReader>): Kind | Problem {
  if ("reason" in record) return record;
  const { data: row, error } = kindSchema.safeParse(record.fields);
  if (error !== undefined) return { ...record.source, reason: `no kind of samples: ${explain(error)}` };
  try {
    return kindOf(row, record.source);
  } catch (error) {
    return { ...record.source, reason: error instanceof z.ZodError ? explain(error) : (error as Error).message };
  }
}
