/**
 * The files below a folder, and what each of them is.
 *
 * @module
 */
import { join } from "node:path";
import type { Problem } from "../samples/load_report.ts";
import type { Opener } from "./bytes/source.ts";
import { readHead } from "./formats/head.ts";
import { type Detected, detectFormat } from "./known_formats.ts";

/** The name of the card of a data set. */
export const CARD = "dataset.json";

/** False also where it cannot be told, as for a link that leads to itself: reading it will say why. */
export async function isFolder(path: string): Promise<boolean> {
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
export async function* walk(
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

/** Finds the format of a file; one that cannot be read has none. */
export async function detect(file: string, open: Opener): Promise<Detected> {
  try {
    return detectFormat(await readHead(file, open));
  } catch (error) {
    const isLinkToFolder = await Deno.stat(file).then(({ isDirectory }) => isDirectory, () => false);
    return { reason: `cannot be read: ${(error as Error).message}`, isData: !isLinkToFolder };
  }
}
