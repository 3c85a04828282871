/**
 * The paths given to a command, and what is said of what they hold.
 *
 * @module
 */
import { glob } from "node:fs/promises";
import type { Problem } from "../../samples/load_report.ts";
import type { Scanned } from "../../reading/scan.ts";
import { STDIN } from "../../reading/bytes/source.ts";
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
  return datasets.some(({ report }) => report.rejected.length + report.unusable.length + report.duplicated.length > 0);
}

/** Place and reason of every problem; many of one kind are one line with their number and the first places. */
export function problemLines({ report: { rejected, unusable, duplicated } }: Scanned): string[] {
  return [
    ...groupedLines("rejected", rejected),
    ...groupedLines("value not usable, its score is missing", unusable),
    ...groupedLines("duplicate", duplicated),
  ];
}

/** So many problems of a kind have a line each, whole files more of them; of more, so many places are named. */
const SHOWN = 3;
const SHOWN_FILES = 30;

/** One line a problem, or one a kind where there are many of it. */
export function groupedLines(what: string, problems: readonly Problem[]): string[] {
  return [...Map.groupBy(problems, ({ reason }) => kindOf(reason)).values()].flatMap((alike) => {
    const most = alike.every(({ at }) => at === "file") ? SHOWN_FILES : SHOWN;
    if (alike.length <= most) {
      return alike.flatMap(({ file, at, reason, further = [] }) => [
        `${what}: ${file}, ${at}: ${reason}`,
        ...further.map((line) => `  ${line}`),
      ]);
    }
    const places = alike.slice(0, SHOWN).map(({ file, at }) => `${file}, ${at}`).join("; ");
    const further = (alike[0].further ?? []).map((line) => `  ${line}`);
    return [`${what}: ${alike.length} times, as at ${places}: ${alike[0].reason}`, ...further];
  });
}

/** A reason without what differs from entry to entry: quoted values, numbers, ids that were seen before. */
function kindOf(reason: string): string {
  return reason.replace(/^.* was already seen in /s, "already seen in ").replace(
    /^[^:]*: (the same run|scored other)/s,
    "$1",
  )
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/\d+/g, "0");
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound); // what is there and cannot be read is named by the scan
  }
}
