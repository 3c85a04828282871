/**
 * `deno task load`: what was found in files, and what could not be used.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { createOpener, STDIN } from "../reading/bytes/source.ts";
import type { LabelCount } from "../samples/summary.ts";
import { scan, type Scanned } from "../reading/scan.ts";
import type { Visitor } from "../samples/dataset_head.ts";
import { suggestFor } from "../reading/suggest.ts";
import { groupedLines, hasProblems, pathsOf, problemLines } from "./shared/load_paths.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { printJson, tell, tellError } from "./shared/print.ts";
import { progress } from "./shared/progress.ts";
import { writeTo } from "./shared/write_to.ts";

const USAGE = `deno task load PATH… [--json | --all] [--to FILE.parquet|FILE.json]
       deno task load --suggest PATH

Loads files and folders and reports format, samples, models, conditions, labels, rejects and duplicates.
  --json     one JSON object on standard output and nothing else
  --to       also writes all samples and published counts to a new Parquet file, or all samples to an Inspect log
             (.json; of several models a folder of logs, as a log holds one); every command reads both
  --all      lists every condition, and not the first 30 only
  --suggest  a first dataset.json for a file or folder, to be put beside it and edited, and how to go on
Exit status: 0, 1 when anything was rejected or a duplicate, 2 for wrong use.`;

const OPTIONS = {
  json: { type: "boolean" },
  all: { type: "boolean" },
  suggest: { type: "string" },
  to: { type: "string" },
} as const;

async function load(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (values.suggest !== undefined) return await suggest(values.suggest, positionals);
  const paths = await pathsOf(positionals);
  const read = (visitor?: Visitor) => scan(paths, visitor, progress(paths));
  const datasets = values.to === undefined ? await read() : await writeTo(values.to, read);
  if (values.json) printJson({ datasets: datasets.map(toJson) });
  else tell(datasets.flatMap((dataset, index) => [...index > 0 ? [""] : [], ...linesOf(dataset, values.all ?? false)]));
  return hasProblems(datasets) ? STATUS.problem : STATUS.ok;
}

async function suggest(path: string, others: readonly string[]): Promise<number> {
  if (others.length > 0) throw new UsageError(`Cannot suggest for several paths: ${[path, ...others].join(", ")}`);
  if (path === STDIN) throw new UsageError("Cannot suggest for standard input: a dataset.json lies beside a file");
  const isThere = await Deno.stat(path).then(() => true, () => false);
  if (!isThere) throw new UsageError(`Cannot suggest as there is no such file: ${path}`);
  const { card, options, file, folder, others: left } = await suggestFor(path, createOpener());
  printJson(card, 2);
  tellError([
    ...left.map((other) => `not in the card: ${other}`),
    `Put it into ${file}, correct it, and go on with:`,
    `deno task load ${quoted(folder)}`,
    `deno task rates ${[folder, ...options].map(quoted).join(" ")}`,
  ]);
  return STATUS.ok;
}

/** A text as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A published count stands for the samples it was made from, so `samples` is the sum over conditions. */
function toJson({ path, format, models, conditions, labels, generation, transcripts, report }: Scanned) {
  const { files, cells, rejected, unusable, duplicated, repeats, passedOver, notes, gaps } = report;
  return {
    path,
    format,
    files,
    samples: conditions.reduce((sum, { samples }) => sum + samples, 0),
    cells,
    models,
    conditions,
    labels,
    ...(generation === undefined ? {} : { generation }),
    rejected,
    unusable,
    duplicates: duplicated.length + repeats.length,
    duplicated,
    repeats,
    passedOver,
    notes,
    gaps,
    ...(transcripts === undefined ? {} : { transcripts }),
  };
}

/** So many conditions are listed without --all. */
const MOST_CONDITIONS = 30;

function restOf(rest: Scanned["conditions"]): string {
  return `and ${rest.length} more conditions with ${
    rest.reduce((sum, one) => sum + one.samples, 0)
  } samples: --all lists them`;
}

function linesOf(dataset: Scanned, all: boolean): string[] {
  const { path, format, files, samples, cells, models, conditions, labels, rejected, duplicates, passedOver, gaps } =
    toJson(dataset);
  const from = cells > 0 ? ` in ${cells} published counts` : "";
  return [
    `${path}: ${format}, ${files} files, ${samples} samples${from}`,
    `models: ${models.join(", ") || "none"}`,
    ...(all ? conditions : conditions.slice(0, MOST_CONDITIONS)).map(({ scenario, condition, samples }) => {
      const levels = Object.entries(condition).map(([factor, level]) => ` ${factor}=${level}`);
      return `condition: ${scenario}${levels.join("")}: n = ${samples}`;
    }),
    ...(all || conditions.length <= MOST_CONDITIONS ? [] : [restOf(conditions.slice(MOST_CONDITIONS))]),
    ...Object.entries(labels).map(([name, count]) => `label ${name}: ${sayLabel(count)}`),
    ...generationLines(dataset.generation),
    ...(dataset.transcripts === undefined ? [] : [`transcripts on disk: ${dataset.transcripts} of ${samples}`]),
    ...gaps.map(({ folder, from, to }) => `no samples ${from} to ${to} below ${folder}`),
    ...passedOver.map(({ file, reason }) => `passed over: ${file}: ${reason}`),
    ...groupedLines("note", (dataset.report.notes ?? []).map((note) => ({ ...note, at: "file" }))),
    ...problemLines(dataset),
    `${rejected.length} rejected, ${duplicates} duplicates`,
  ];
}

/** What is told of how samples came to be. */
function generationLines(generation: Scanned["generation"]): string[] {
  if (generation === undefined) return [];
  const { samples, missing, cutOff, answered, plans, dates: [first, last] } = generation;
  return [
    `sampled: ${samples}, from ${first} to ${last}`,
    ...Object.entries(missing).map(([reason, count]) => `no answer: ${reason}: ${count}`),
    ...cutOff > 0 ? [`cut off at the length that was allowed: ${cutOff}`] : [],
    ...answered.map(({ asked, by, samples }) => `answered by ${by}, asked for as ${asked}: ${samples}`),
    ...Object.entries(plans).filter(([hash]) => hash !== "none").map(([hash, count]) => `under plan ${hash}: ${count}`),
  ];
}

/** What can be counted of a label, and by which option. */
function sayLabel({ scored, missing, other, numbers }: LabelCount): string {
  const values = other?.values.map((value) => JSON.stringify(value)).join(", ");
  return [
    `${scored} scored${
      numbers === undefined ? "" : ` (numbers from ${numbers.join(" to ")}: count with --at-least X)`
    }`,
    ...other === undefined ? [] : [`${other.samples} neither yes nor no (${values}: name what counts with --counts)`],
    `${missing} missing`,
  ].join(", ");
}

if (import.meta.main) await main(USAGE, load);
