/**
 * Which files of a path one card can be suggested for, and the card.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import type { Opener } from "./bytes/source.ts";
import type { Format } from "./formats/format.ts";
import { readHead } from "./formats/head.ts";
import { headRecords, kindOf } from "./formats/records.ts";
import { CARD, detect, isFolder, walk } from "./files_below.ts";
import { suggestCard, type Suggested, type Suggestion } from "./mapped/suggest.ts";

/** A card with where it belongs, and files of the folder that it does not speak of. */
export interface SuggestionFor extends Suggestion {
  /** The path of the `dataset.json` that it is to be. */
  readonly file: string;
  readonly folder: string;
  readonly others: readonly string[];
}

/**
 * Suggests a card for a file, or for a folder: there, for the files that hold the same columns or are of one format, most
 * of them; those of no known format come first, for they cannot be read without.
 *
 * @throws {TypeError} if there is nothing that a card could be made for
 * @throws {Deno.errors.NotFound} if the path does not exist
 */
export async function suggestFor(path: string, open: Opener): Promise<SuggestionFor> {
  const isWhole = await isFolder(path);
  const files = isWhole
    ? (await Array.fromAsync(walk(path, { inside: true, unreadable: [] }))).filter((file) => basename(file) !== CARD)
    : [path];
  const groups = new Map<string, { format: Suggested["format"]; isKnown: boolean; files: string[] }>();
  for (const file of files) {
    const found = await groupOf(file, open);
    if (found === undefined) continue;
    const { key, ...rest } = found;
    groups.get(key)?.files.push(file) ?? groups.set(key, { ...rest, files: [file] });
  }
  const [best] = [...groups.values()].sort((a, b) =>
    Number(a.isKnown) - Number(b.isKnown) || b.files.length - a.files.length
  );
  if (best === undefined) {
    throw new TypeError(
      `Cannot suggest a mapping as ${path} is neither CSV, nor JSONL, nor JSON with a list, nor Parquet`,
    );
  }
  const folder = isWhole ? path : dirname(path);
  const stem = isWhole
    ? basename(resolve(path))
    : basename(path).replace(/(\.(csv|tsv|tab|jsonl|ndjson|json|parquet|eval|gz|zst))+$/i, "");
  const name = stem.replace(/[^\w. -]/g, "_").replace(/^[. ]+/, "") || "answers";
  const suggestion = await suggestCard({ folder, name, files: best.files, format: best.format }, open);
  const taken = new Set(best.files);
  return { ...suggestion, folder, file: `${folder}/${CARD}`, others: files.filter((file) => !taken.has(file)) };
}

/** What files are alike in: the format, or the kind and the names of what they hold. */
async function groupOf(file: string, open: Opener) {
  const found = await detect(file, open);
  const isParquet = "format" in found && found.format.name === "parquet";
  if ("format" in found && !found.format.isGeneric && !(isParquet && await isAnyones(found.format, file))) {
    return { key: found.format.name, format: found.format, isKnown: true };
  }
  if (isParquet) return { key: "parquet", format: "parquet" as const, isKnown: false };
  const head = await readHead(file, open).catch(() => undefined);
  const kind = head && kindOf(head);
  if (head === undefined || kind === undefined) return undefined;
  const names = kind === "csv" ? [...new Set(headRecords(head).flatMap(Object.keys))].sort() : [];
  return { key: JSON.stringify([kind, names]), format: kind, isKnown: false };
}

/** Parquet that this project did not write. */
async function isAnyones({ datasetsOf }: Format, file: string): Promise<boolean> {
  return (await datasetsOf!(file)).every(({ dataset }) => dataset === undefined);
}
