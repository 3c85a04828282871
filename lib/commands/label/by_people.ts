/**
 * `deno task label --labeler human`: a sheet and a page to code by, and what was coded.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { countsLines, keep } from "./keep.ts";
import { parseKey } from "../../labelers/people/blind_items.ts";
import {
  importSheet,
  sayProblem,
  saySilence,
  type SheetOrigin,
  sheetOrigin,
} from "../../labelers/people/import_sheet.ts";
import { writePage } from "../../pages/coding/page.ts";
import { writeSheet } from "../../labelers/people/sheet.ts";
import type { LoadedSamples } from "./samples.ts";
import { loadSituations } from "../../policies/load_situations.ts";
import { STATUS, UsageError } from "../shared/main.ts";
import { tell, tellError } from "../shared/print.ts";
import { asUse } from "../shared/questions.ts";

/** Writes `NAME.csv`, `NAME.html` and `NAME.csv.key.json` for coders and returns the exit status. */
export async function writeCodingSheet(
  { out, seed = "1" }: { readonly out?: string; readonly seed?: string },
  { samples, hasProblems }: LoadedSamples,
): Promise<number> {
  if (!out?.endsWith(".csv")) throw new UsageError("Cannot write a sheet as --out must be a name that ends with .csv");
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`Cannot use --seed as it must be a whole number: it is ${seed}`);
  const draw = { seed: Number(seed), situations: await loadSituations() };
  const { csv, key } = writeSheet(samples, draw);
  const page = out.replace(/\.csv$/, ".html");
  await writeNew(out, csv);
  await writeNew(page, writePage(samples, draw));
  await writeNew(keyFileOf(out), `${JSON.stringify(key, undefined, 2)}\n`);
  tell(`to code: ${out}, or ${page} in a browser: ${key.items.length} items`);
  tell(`to keep from coders: ${keyFileOf(out)}`);
  if (key.without_transcript.length > 0) tellError(`note: ${key.without_transcript.length} have no transcript`);
  return hasProblems ? STATUS.problem : STATUS.ok;
}

/** Reads a filled-in sheet into a label file and returns the exit status. */
export async function importCoding(
  values: { readonly import?: string; readonly coder?: string; readonly key?: string; readonly out: string },
): Promise<number> {
  const { import: file = "", out } = values;
  const csv = await textOf(file);
  const origin = sheetOrigin(csv);
  const coder = coderOf(values.coder, origin);
  const key = values.key ?? await keyOf(file, origin);
  if (values.key === undefined) tellError(`key: ${key}`);
  const { labels, problems } = await asUse(async () => importSheet(csv, parseKey(await textOf(key)), `coder:${coder}`));
  await keep(out, labels);
  tellError(problems.map((problem) => `not usable: ${file}, ${sayProblem(problem)}`));
  tell(countsLines(labels));
  const silence = saySilence(labels);
  if (silence !== undefined) tellError(`note: ${silence}`);
  return problems.length > 0 || labels.some(({ missing }) => missing !== undefined) ? STATUS.problem : STATUS.ok;
}

/** Who coded: as the file says, or else as the command does. */
function coderOf(given: string | undefined, { coders }: SheetOrigin): string {
  const coder = given ?? (coders.length === 1 ? coders[0] : undefined);
  if (!coder) throw new UsageError("Cannot import a sheet as --coder is missing: who filled it in?");
  const other = coders.find((name) => name !== coder);
  if (other === undefined) return coder;
  throw new UsageError(`Cannot import for coder ${coder} as the sheet says that it was coded by ${coders.join(", ")}`);
}

/** The key of a sheet: beside it under its name, or the one there or here whose sheet it is. */
async function keyOf(file: string, { sheet }: SheetOrigin): Promise<string> {
  const folders = [...new Set([dirname(file), "."])];
  const found = [];
  for (const folder of folders) {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    found.push(...names.filter((name) => name.endsWith(KEY_END)).sort().map((name) => join(folder, name)));
  }
  for (const path of [keyFileOf(file), ...found]) {
    const isIts = await Deno.readTextFile(path).then((text) => parseKey(text).sheet === sheet, () => false);
    if (isIts) return path;
  }
  throw new UsageError(
    `Cannot import as no key of sheet ${sheet ?? file} is in ${folders.join(" or ")}: name the one that was written ` +
      `with the sheet, --key FILE${KEY_END}`,
  );
}

const KEY_END = ".key.json";

function keyFileOf(sheet: string): string {
  return `${sheet}${KEY_END}`;
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
