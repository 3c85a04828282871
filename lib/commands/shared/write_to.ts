/**
 * `--to FILE`: what is loaded, written to a Parquet file, or to Inspect logs for others' tools.
 *
 * @module
 */
import { basename } from "node:path";
import { inspectLogOf } from "../../reading/formats/inspect/write.ts";
import { collector } from "../../reading/load.ts";
import { writeParquet } from "../../reading/parquet/write.ts";
import type { DatasetHead, Visitor } from "../../samples/dataset_head.ts";
import type { Sample } from "../../samples/sample.ts";
import { UsageError } from "./main.ts";
import { tellError } from "./print.ts";

/**
 * Reads with a visitor that writes; a file that is there is not written over.
 *
 * @throws {UsageError} if the name ends with anything else than .parquet or .json, or there is already such a file
 */
export async function writeTo<T extends readonly DatasetHead[]>(
  file: string,
  read: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  try {
    if (file.endsWith(".json")) return await writeLogs(file, read);
    if (file.endsWith(".parquet")) return await writeRows(file, read);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw new UsageError(`Cannot write as there is already a file: ${/'([^']+)'$/.exec(error.message)?.[1] ?? file}`);
  }
  const instead = file.endsWith(".eval") ? `: Inspect logs are written as JSON: ${file.slice(0, -5)}.json` : "";
  throw new UsageError(`Cannot write ${file}: the name must end with .parquet or .json${instead}`);
}

async function writeRows<T>(file: string, read: (visitor: Visitor) => Promise<T>): Promise<T> {
  const { result, written: { entries, rows, replaced } } = await writeParquet(file, read, true);
  tellError(`written: ${file}: ${entries} samples and published counts in ${rows} rows`);
  if (replaced > 0) tellError(sayReplaced(replaced));
  return result;
}

/** One log for each model of each data set; where there are several, their names tell them apart. */
async function writeLogs<T extends readonly DatasetHead[]>(
  file: string,
  read: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const { visitor, held } = collector();
  const datasets = await read(visitor);
  const logs = datasets.flatMap(({ name }, index) =>
    [...Map.groupBy(held[index].samples, ({ model }) => model)].map(([model, samples]) => ({ name, model, samples }))
  );
  if (logs.length === 0) {
    throw new UsageError("Cannot write an Inspect log as there are no samples, only counts or nothing");
  }
  if (logs.length > 1) await Deno.mkdir(file.slice(0, -".json".length), { recursive: true });
  const names = new Set<string>();
  for (const log of logs) {
    const own = logs.length === 1
      ? file
      : newName(file, datasets.length > 1 ? [log.name, log.model] : [log.model], names);
    const replaced = await writeLog(own, log.name, log.samples);
    tellError(`written: ${own}: ${log.samples.length} samples of ${log.model} as an Inspect log`);
    if (replaced > 0) tellError(sayReplaced(replaced));
  }
  const cells = held.reduce((sum, { cells }) => sum + cells.length, 0);
  if (cells > 0) tellError(`note: ${cells} published counts have no samples, and are not in a log`);
  return datasets;
}

/** `log/log.gpt-4o.json`, with a number where two names are the same in a file name. */
function newName(file: string, parts: readonly string[], taken: Set<string>): string {
  const folder = file.slice(0, -".json".length);
  const stem = [`${folder}/${basename(folder)}`, ...parts.map((part) => part.replaceAll(/[^\w.-]+/g, "_"))].join(".");
  let name = `${stem}.json`;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}.${number}.json`;
  taken.add(name.toLowerCase());
  return name;
}

function sayReplaced(texts: number): string {
  return `note: ${texts} texts hold half of a surrogate pair, written as U+FFFD`;
}

/**
 * Writes sample by sample: a log as one text may be longer than a text can be.
 *
 * @returns how many texts are not as they were, as Inspect refuses half of a surrogate pair
 */
async function writeLog(file: string, name: string, samples: readonly Sample[]): Promise<number> {
  let replaced = 0;
  const wellFormed = (_: string, value: unknown) => {
    if (typeof value !== "string" || value.isWellFormed()) return value;
    replaced++;
    return value.toWellFormed();
  };
  const { samples: written, ...head } = inspectLogOf(name, samples);
  const parts = function* () {
    yield `${JSON.stringify(head).slice(0, -1)},"samples":[`;
    for (const [index, sample] of written.entries()) {
      yield `${index > 0 ? "," : ""}${JSON.stringify(sample, wellFormed)}`;
    }
    yield "]}\n";
  };
  const stream = ReadableStream.from(parts()).pipeThrough(new TextEncoderStream());
  await Deno.writeFile(file, stream, { createNew: true });
  return replaced;
}
