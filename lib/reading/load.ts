/**
 * Loads paths, whatever they hold, into data sets with an account of every file, line and row.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { createOpener, type OpenerOptions } from "./bytes/source.ts";
import { planCard } from "./files_to_read.ts";
import type { Cell, Sample } from "../samples/sample.ts";
import { scan, type Scanned, scanPlan } from "./scan.ts";
import type { Visitor } from "../samples/dataset_head.ts";

/** A loaded data set: its samples or published counts, its summary, and the account of everything else. */
export interface Dataset extends Scanned {
  /** In the order in which they were read. */
  readonly samples: readonly Sample[];
  /** Published counts, in the order in which they were read. */
  readonly cells: readonly Cell[];
}

/**
 * Loads each path: a file, `-` for standard input, a folder with a `dataset.json`, or a folder of files (one data set a
 * format).
 *
 * @returns data sets in the order of the paths; what could not be used is in their reports
 * @throws {Deno.errors.NotFound} if a path does not exist
 *
 * @example
 * ```ts
 * import { load } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"1","model":"m","scenario":"s","condition":{},"labels":[]}\nbroken');
 * const [{ report }] = await load([file]);
 * assert.equal(report.samples, 1);
 * assert.equal(report.rejected[0].at, "line 2");
 * ```
 */
export async function load(paths: readonly string[], options: OpenerOptions = {}): Promise<Dataset[]> {
  const { visitor, held } = collector();
  const scanned = await scan(paths, visitor, options);
  return scanned.map((one, index) => ({ ...one, ...held[index] }));
}

/**
 * Loads a data set that ships in `data/`, by its name.
 *
 * @throws {Error} if any of it was rejected: shipped data must be whole
 */
export async function loadData(name: string): Promise<Dataset> {
  const folder = fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
  const { visitor, held } = collector();
  const scanned = await scanPlan(await planCard(folder), visitor, createOpener());
  const [first] = [...scanned.report.rejected, ...scanned.report.duplicated];
  if (first) throw new Error(`Cannot use data set ${name}: ${first.file}, ${first.at}: ${first.reason}`);
  return { ...scanned, ...held[0] };
}

/** A visitor that keeps everything, data set by data set. */
export function collector(): { visitor: Visitor; held: { samples: Sample[]; cells: Cell[] }[] } {
  const held: { samples: Sample[]; cells: Cell[] }[] = [];
  const visitor: Visitor = () => {
    const one = { samples: [] as Sample[], cells: [] as Cell[] };
    held.push(one);
    return (item) => "labels" in item ? one.samples.push(item) : one.cells.push(item);
  };
  return { visitor, held };
}
