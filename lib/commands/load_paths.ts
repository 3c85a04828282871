/**
 * The paths given to a command, and what is said of what they hold.
 *
 * @module
 */
import { glob } from "node:fs/promises";
import type { Scanned } from "../reading/scan.ts";
import { STDIN } from "../reading/bytes/source.ts";
import { UsageError } from "./main.ts";

/**
 * The paths of a command, globs expanded in name order; none, or one that does not exist, is wrong use.
 *
 * @throws {UsageError} with all paths that do not exist
 */
export async function pathsOf(given: readonly string[]): Promise<string[]> {
  if (given.length === 0) throw new UsageError("Cannot load nothing: name at least one path");
  const found = await Promise.all(
    given.map(async (path) => path === STDIN || await exists(path) ? [path] : expand(path)),
  );
  const absent = given.filter((_, index) => found[index].length === 0);
  if (absent.length > 0) throw new UsageError(`Cannot load as there is no such path: ${absent.join(", ")}`);
  return found.flat();
}

async function expand(pattern: string): Promise<string[]> {
  return /[*?[{]/.test(pattern) ? (await Array.fromAsync(glob(pattern))).sort() : [];
}

/** True where any entry of any data set could not be used. */
export function hasProblems(datasets: readonly Scanned[]): boolean {
  return datasets.some(({ report }) => report.rejected.length + report.duplicated.length > 0);
}

/** One line a problem: place and reason. */
export function problemLines({ report }: Scanned): string[] {
  return [
    ...report.rejected.map(({ file, at, reason }) => `rejected: ${file}, ${at}: ${reason}`),
    ...report.duplicated.map(({ file, at, reason }) => `duplicate: ${file}, ${at}: ${reason}`),
  ];
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound); // what is there and cannot be read is named by the scan
  }
}
