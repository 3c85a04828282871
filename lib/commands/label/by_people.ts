/**
 * `deno task label --labeler human`: a sheet and a page to code by, and what was coded.
 *
 * @module
 */
import { countsText, keep } from "./keep.ts";
import { parseKey } from "../../labelers/people/blind_items.ts";
import { importSheet, sayProblem } from "../../labelers/people/import_sheet.ts";
import { writePage } from "../../pages/coding/page.ts";
import { writeSheet } from "../../labelers/people/sheet.ts";
import type { LoadedSamples } from "./samples.ts";
import { STATUS, UsageError } from "../shared/main.ts";

/** Writes `NAME.csv`, `NAME.html` and `NAME.csv.key.json` for coders and returns the exit status. */
export async function writeCodingSheet(
  { out, seed = "1" }: { readonly out?: string; readonly seed?: string },
  { samples, hasProblems }: LoadedSamples,
): Promise<number> {
  if (!out?.endsWith(".csv")) throw new UsageError("Cannot write a sheet as --out must be a name that ends with .csv");
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`Cannot use --seed as it must be a whole number: it is ${seed}`);
  const draw = { seed: Number(seed) };
  const { csv, key } = writeSheet(samples, draw);
  const page = out.replace(/\.csv$/, ".html");
  await writeNew(out, csv);
  await writeNew(page, writePage(samples, draw));
  await writeNew(keyFileOf(out), `${JSON.stringify(key, undefined, 2)}\n`);
  console.log(`to code: ${out}, or ${page} in a browser: ${key.items.length} items`);
  console.log(`to keep from coders: ${keyFileOf(out)}`);
  if (key.without_transcript.length > 0) console.error(`note: ${key.without_transcript.length} have no transcript`);
  return hasProblems ? STATUS.problem : STATUS.ok;
}

/** Reads a filled-in sheet into a label file and returns the exit status. */
export async function importCoding(
  values: { readonly import?: string; readonly coder?: string; readonly key?: string; readonly out: string },
): Promise<number> {
  const { import: file = "", coder, key = keyFileOf(file), out } = values;
  if (!coder) throw new UsageError("Cannot import a sheet as --coder is missing: who filled it in?");
  const { labels, problems } = importSheet(await textOf(file), parseKey(await textOf(key)), `coder:${coder}`);
  await keep(out, labels);
  for (const problem of problems) console.error(`not usable: ${file}, ${sayProblem(problem)}`);
  console.log(countsText(labels));
  return problems.length > 0 || labels.some(({ missing }) => missing !== undefined) ? STATUS.problem : STATUS.ok;
}

function keyFileOf(sheet: string): string {
  return `${sheet}.key.json`;
}

/** A sheet may be half filled in: it is never written over. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(file, text, { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw new UsageError(`Cannot write as there is already a file: ${file}`);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(`Cannot import as there is no such file: ${file}`);
  }
}
