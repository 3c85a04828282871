/**
 * What there is to read below a path: which files of which format belong together, and which files are none.
 *
 * @module
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Card, parseCard } from "../samples/dataset_card.ts";
import type { Format } from "./formats/format.ts";
import { type Detected, formatNamed } from "./known_formats.ts";
import type { PassedOver, Problem } from "../samples/load_report.ts";
import { CARD, detect, isFolder, walk } from "./files_below.ts";
import { createOpener, type Opener, readText, STDIN } from "./bytes/source.ts";
import { changedFormat, countingFormat } from "./mapped/changes.ts";
import { mappedFormat } from "./mapped/read.ts";
import { parseRecord } from "../json/strict.ts";
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

/**
 * Plans one path: a file, standard input (`-`), a folder with a `dataset.json`, or a folder of files (one data set a
 * format, and each folder with a card below it as it is).
 *
 * @throws {Deno.errors.NotFound} if the path does not exist
 */
export async function plan(path: string, open: Opener): Promise<Plan[]> {
  if (path === STDIN || !await isFolder(path)) return planFile(path, open);
  const plans: Plan[] = [];
  const files: string[] = [];
  const unreadable: Problem[] = [];
  for await (const file of walk(path, { unreadable })) {
    if (basename(file) === CARD) plans.push(await planCard(dirname(file)));
    else files.push(file);
  }
  const isCards = plans.length > 0 && files.length === 0 && unreadable.length === 0;
  return isCards
    ? plans
    : [...plans, ...await planFiles(path, files, open, { unreadable, hasCards: plans.length > 0 })];
}

/** A file by the card that lies beside it and lists it; without one, by its content. */
async function planFile(path: string, open: Opener): Promise<Plan[]> {
  const found = path === STDIN ? undefined : await cardBeside(path);
  if (found !== undefined && "card" in found) {
    const { card, folder } = found;
    return [{ path: folder, format: formatOf(card, folder), card, files: [path], rejected: [], passedOver: [] }];
  }
  const plans = await planFiles(path, [path], open);
  if (found === undefined || plans.some(({ format }) => format !== undefined)) return plans;
  const [{ rejected, ...rest }] = plans;
  return [{ ...rest, rejected: [found.reject, ...rejected] }];
}

/** The card of the folder of a file, or of a folder above it, if it lists the file; a broken one beside the file. */
export async function cardBeside(
  path: string,
): Promise<{ readonly card: Card; readonly folder: string } | { readonly reject: Problem } | undefined> {
  let folder = dirname(path);
  for (let depth = 0; depth < DEEPEST; depth++) {
    const found = await Deno.stat(join(folder, CARD)).then(({ isFile }) => isFile, () => false)
      ? await readCard(join(folder, CARD))
      : undefined;
    if (found !== undefined && "reject" in found) return depth === 0 ? found : undefined;
    if (found !== undefined) {
      const isListed = found.card.files.some((file) => resolve(folder, file.path) === resolve(path));
      return isListed ? { ...found, folder } : undefined;
    }
    folder = join(folder, "..");
  }
  return undefined;
}

/** A card lists files so deep below it. */
const DEEPEST = 6;

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

function formatOf(card: Card, folder: string): Format {
  const { format, mapping, counts } = card;
  const plain = format === "mapped"
    ? mappedFormat(mapping, folder)
    : mapping === undefined
    ? formatNamed(format)
    : changedFormat(formatNamed(format), mapping, folder);
  return counts === undefined ? plain : countingFormat(plain, counts);
}

async function readCard(file: string): Promise<{ card: Card } | { reject: Problem }> {
  const source = { file, at: "file" };
  try {
    const record = parseRecord(await readText(file, createOpener({ hashing: false })));
    if ("reason" in record) return { reject: { ...source, reason: `cannot be read: ${record.reason}` } };
    const { success, data: card, error } = parseCard(record.fields);
    return success ? { card } : { reject: { ...source, reason: explain(error) } };
  } catch (error) {
    return { reject: { ...source, reason: `cannot be read: ${(error as Error).message}` } };
  }
}

/** One plan a format; files of none go with the first. A file that was asked for by its own name must be usable. */
async function planFiles(
  path: string,
  files: readonly string[],
  open: Opener,
  { unreadable = [], hasCards = false }: { unreadable?: readonly Problem[]; hasCards?: boolean } = {},
): Promise<Plan[]> {
  const byFormat = new Map<Format, string[]>();
  const rejected: Problem[] = [...unreadable];
  const passedOver: PassedOver[] = [];
  const others: { file: string; found: Extract<Detected, { reason: string }> }[] = [];
  for (const file of files) {
    const found = await detect(file, open);
    if ("format" in found) {
      for (const format of await found.format.datasetsOf?.(file) ?? [found.format]) {
        byFormat.get(format)?.push(file) ?? byFormat.set(format, [file]);
      }
    } else others.push({ file, found });
  }
  const hasCompany = hasCards || byFormat.size > 0;
  for (const { file, found: { reason, brief, further, isData } } of others) {
    const isReject = file === path || (isData === "alone" ? !hasCompany : isData);
    if (isReject) rejected.push({ file, at: "file", reason, further });
    else passedOver.push({ file, reason: brief ?? reason });
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
