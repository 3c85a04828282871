/**
 * What there is to read below a path: which files of which format belong together, and which files are none.
 *
 * @module
 */
import { basename, dirname, join, relative } from "node:path";
import { type Card, cardSchema } from "../samples/dataset_card.ts";
import type { Format } from "./formats/format.ts";
import { type Detected, detectFormat, formatNamed } from "./known_formats.ts";
import { readHead } from "./formats/head.ts";
import type { PassedOver, Problem } from "../samples/load_report.ts";
import { createOpener, type Opener, readText, STDIN } from "./bytes/source.ts";
import { mappedFormat } from "./mapped/read.ts";
import { parseRecord } from "./formats/record_format.ts";
import { explain } from "../samples/schema.ts";

/** Files that make one data set. */
export interface Plan {
  /** The path that was asked for, or the folder of the card. */
  readonly path: string;
  /** Absent where nothing could be read. */
  readonly format?: Format;
  readonly card?: Card;
  readonly files: readonly string[];
  /** Files that are data by their name, or were asked for, and cannot be used. */
  readonly rejected: readonly Problem[];
  /** Files in a folder that are of no format and do not look like data by their name. */
  readonly passedOver: readonly PassedOver[];
}

const CARD = "dataset.json";

/**
 * Plans one path: a file, standard input (`-`), a folder with a `dataset.json`, or a folder of files (one data set a
 * format, and each folder with a card below it as it is).
 *
 * @throws {Deno.errors.NotFound} if the path does not exist
 */
export async function plan(path: string, open: Opener): Promise<Plan[]> {
  if (path === STDIN || !await isFolder(path)) return planFiles(path, [path], open);
  const plans: Plan[] = [];
  const files: string[] = [];
  const unreadable: Problem[] = [];
  for await (const file of walk(path, { unreadable })) {
    if (basename(file) === CARD) plans.push(await planCard(dirname(file)));
    else files.push(file);
  }
  const isCards = plans.length > 0 && files.length === 0 && unreadable.length === 0;
  return isCards ? plans : [...plans, ...await planFiles(path, files, open, unreadable)];
}

/**
 * Plans a folder with a `dataset.json`. A card with mistakes is a reject that names them all; files that the card does
 * not list are passed over by name.
 */
export async function planCard(folder: string): Promise<Plan> {
  const found = await readCard(join(folder, CARD));
  const card = "card" in found ? found.card : undefined;
  const listed = [...new Set((card?.files ?? []).map(({ path }) => join(folder, path)))];
  const { inside = [], outside = [] } = Object.groupBy(
    listed,
    (file) => relative(folder, file).startsWith("..") ? "outside" : "inside",
  );
  const files = new Set(inside);
  const unreadable: Problem[] = [];
  const others = await Array.fromAsync(walk(folder, { inside: true, unreadable }));
  return {
    path: folder,
    format: card && formatOf(card, folder),
    card,
    files: [...files],
    rejected: [
      ..."reject" in found ? [found.reject] : [],
      ...outside.map((file) => ({ file, at: "file", reason: `outside the folder of ${CARD}, so it is not read` })),
      ...unreadable,
    ],
    passedOver: others.filter((file) => !files.has(file)).map((file) => ({
      file,
      reason: `not listed in ${CARD}`,
    })),
  };
}

function formatOf({ format, mapping }: Card, folder: string): Format {
  return mapping === undefined ? formatNamed(format) : mappedFormat(mapping, folder);
}

async function readCard(file: string): Promise<{ card: Card } | { reject: Problem }> {
  const source = { file, at: "file" };
  try {
    const record = parseRecord(await readText(file, createOpener({ hashing: false })));
    if ("reason" in record) return { reject: { ...source, reason: `cannot be read: ${record.reason}` } };
    const { success, data: card, error } = cardSchema.safeParse(record.fields);
    return success ? { card } : { reject: { ...source, reason: explain(error) } };
  } catch (error) {
    return { reject: { ...source, reason: `cannot be read: ${(error as Error).message}` } };
  }
}

/** False also where it cannot be told, as for a link that leads to itself: reading it will say why. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error;
    return false;
  }
}

/**
 * Files below a folder in name order; where a folder holds a card, only the card (or, from `inside`, all but the card).
 * Hidden names and links to folders are not followed; a folder that cannot be read is told in `unreadable`.
 */
async function* walk(
  folder: string,
  { inside = false, unreadable }: { inside?: boolean; unreadable: Problem[] },
): AsyncGenerator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    unreadable.push({ file: folder, at: "folder", reason: `cannot be read: ${(error as Error).message}` });
    return;
  }
  if (!inside && entries.some(({ name }) => name === CARD)) {
    yield join(folder, CARD);
    return;
  }
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (name.startsWith(".") || name === CARD) continue;
    if (isDirectory) yield* walk(join(folder, name), { inside, unreadable });
    else yield join(folder, name);
  }
}

/** One plan a format; files of none go with the first. A file that was asked for by its own name must be usable. */
async function planFiles(
  path: string,
  files: readonly string[],
  open: Opener,
  unreadable: readonly Problem[] = [],
): Promise<Plan[]> {
  const byFormat = new Map<Format, string[]>();
  const rejected: Problem[] = [...unreadable];
  const passedOver: PassedOver[] = [];
  for (const file of files) {
    const found = await detect(file, open);
    if ("format" in found) {
      for (const format of await found.format.datasetsOf?.(file) ?? [found.format]) {
        byFormat.get(format)?.push(file) ?? byFormat.set(format, [file]);
      }
    } else if (found.isData || file === path) rejected.push({ file, at: "file", reason: found.reason });
    else passedOver.push({ file, reason: found.brief ?? found.reason });
  }
  const formats: [Format | undefined, string[]][] = byFormat.size > 0 ? [...byFormat] : [[undefined, []]];
  return formats.map(([format, files], index) => ({
    path,
    format,
    files,
    rejected: index === 0 ? rejected : [],
    passedOver: index === 0 ? passedOver : [],
  }));
}

async function detect(file: string, open: Opener): Promise<Detected> {
  try {
    return detectFormat(await readHead(file, open));
  } catch (error) {
    const isLinkToFolder = await Deno.stat(file).then(({ isDirectory }) => isDirectory, () => false);
    return { reason: `cannot be read: ${(error as Error).message}`, isData: !isLinkToFolder };
  }
}
