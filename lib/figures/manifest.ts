/**
 * The manifest of figures: for each, what it was made from, so that a number in a paper can be followed to bytes.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { createHash } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";
import { toCsv } from "./csv.ts";
import type { Figure } from "./figure.ts";

/** A figure with the place it was shown at. */
export interface MadeFigure {
  readonly figure: Figure;
  readonly notebook: string;
  readonly cell: number;
}

/** One figure's entry in `manifest.json`. */
interface ManifestEntry {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly status: Figure["status"];
  readonly notebook: string;
  readonly cell: number;
  readonly files: readonly HashedFile[];
  readonly data: readonly { readonly name: string; readonly files: readonly HashedFile[] }[];
  readonly seed: number | null;
}

interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

interface Manifest {
  readonly code: { readonly version: string; readonly sha256: string };
  /** The analysis plan by which a figure's status was told. */
  readonly plan: HashedFile;
  readonly figures: readonly ManifestEntry[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Writes `NAME.svg` and `NAME.csv` for each figure and `manifest.json` for all into a folder. Files that the manifest
 * there names and that no figure makes any more are removed, for nothing would trace them.
 *
 * @throws {RangeError} if two figures have the same name
 */
export async function writeFigures(folder: string, made: readonly MadeFigure[]): Promise<void> {
  const before = await readManifest(folder);
  const figures: ManifestEntry[] = [];
  for (const { figure, notebook, cell } of made) {
    const { name, title, caption, status, data, seed, svg, table } = figure;
    if (figures.some((other) => other.name === name)) {
      throw new RangeError(`Cannot write two figures of one name: ${name}, in ${notebook}, cell ${cell}`);
    }
    const files = await Promise.all([
      write(folder, `${name}.svg`, svg),
      write(folder, `${name}.csv`, toCsv(table)),
    ]);
    const sources = data.map(({ name, files }) => ({
      name,
      // A path that a notebook wrote is one from its own folder, where its cells were run.
      files: files.map(({ path, sha256 }) => ({ path: relative(ROOT, resolve(dirname(folder), path)), sha256 })),
    }));
    figures.push({ name, title, caption, status, notebook, cell, files, data: sources, seed: seed ?? null });
  }
  const kept = new Set(figures.flatMap(({ files }) => files.map(({ path }) => path)));
  for (const { path } of before.flatMap(({ files }) => files)) {
    if (!kept.has(path)) await Deno.remove(join(folder, path));
  }
  const manifest: Manifest = { code: await codeVersion(), plan: await hashed("data/plan.json"), figures };
  await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
}

async function write(folder: string, path: string, content: string): Promise<HashedFile> {
  await Deno.writeTextFile(join(folder, path), content);
  return { path, sha256: createHash("sha256").update(content).digest("hex") };
}

async function hashed(path: string): Promise<HashedFile> {
  return { path, sha256: createHash("sha256").update(await Deno.readFile(join(ROOT, path))).digest("hex") };
}

async function readManifest(folder: string): Promise<readonly ManifestEntry[]> {
  try {
    return (JSON.parse(await Deno.readTextFile(join(folder, "manifest.json"))) as Manifest).figures;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** The version in `deno.json`, and one hash over every library file in path order. */
async function codeVersion(): Promise<Manifest["code"]> {
  const hash = createHash("sha256");
  for (const path of (await Array.fromAsync(libraryFiles("lib"))).sort()) {
    hash.update(`${path}\n`).update(await Deno.readFile(join(ROOT, path)));
  }
  const { version } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  return { version, sha256: hash.digest("hex") };
}

async function* libraryFiles(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
    if (isDirectory) yield* libraryFiles(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}
