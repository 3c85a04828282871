/**
 * The samples that `deno task label` is given.
 *
 * @module
 */
import { scan } from "../../reading/scan.ts";
import { readLabelFile } from "../../labelers/label_file.ts";
import type { Sample } from "../../samples/sample.ts";
import { hasProblems, pathsOf, problemLines } from "../shared/load_paths.ts";
import { UsageError } from "../shared/main.ts";
import { tellError } from "../shared/print.ts";
import { progress } from "../shared/progress.ts";

/** Samples to label, and whether there was anything that could not be used. */
export interface LoadedSamples {
  readonly samples: readonly Sample[];
  readonly hasProblems: boolean;
}

/**
 * The samples of paths, at most `limit`; what cannot be used is named on standard error.
 *
 * @throws {UsageError} if there is none
 */
export async function samplesOf(positionals: readonly string[], limit: string | undefined): Promise<LoadedSamples> {
  const samples: Sample[] = [];
  const problems = await visitSamples(positionals, limit, (sample) => samples.push(sample));
  return { samples, hasProblems: problems };
}

/**
 * Visits the samples one by one, and returns whether there was anything that could not be used. Errors are those of
 * {@linkcode samplesOf}.
 */
export async function visitSamples(
  positionals: readonly string[],
  limit: string | undefined,
  visit: (sample: Sample) => void,
): Promise<boolean> {
  const most = limit === undefined ? Infinity : Number(limit);
  if (!(most >= 1)) throw new UsageError(`Cannot label as --limit must be >= 1: current value is ${limit}`);
  const paths = await pathsOf(positionals);
  let visited = 0;
  const datasets = await scan(paths, () => (item) => {
    if ("labels" in item && visited < most) {
      visited++;
      visit(item);
    }
  }, progress(paths));
  tellError(datasets.flatMap(problemLines));
  if (visited === 0) throw new UsageError("Cannot label as there are no samples, only counts or nothing");
  return hasProblems(datasets);
}

/**
 * Those that a file of labels has no line for; all of them where there is no such file.
 *
 * @throws {UsageError} if there is none
 */
export function unlabelled(samples: readonly Sample[], file: string | undefined): readonly Sample[] {
  if (file === undefined) return samples;
  const labelled = labelledIn(file);
  const left = samples.filter(({ id }) => !labelled.has(id));
  if (left.length === 0) throw new UsageError(`Cannot label as ${file} has a line for each of the samples`);
  return left;
}

function labelledIn(file: string): ReadonlySet<string> {
  try {
    return new Set(readLabelFile(file).map(({ id }) => id));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}
