/**
 * Loads the path in each line of standard input, and says in a line what came of it. It is a process of its own, so that
 * it can be ended when it hangs, its memory be measured, and its right to write be withheld.
 *
 * @module
 */
import { join } from "node:path";
import { resourceUsage } from "node:process";
import { scan } from "$lib/reading/scan.ts";

/** What came of one path. */
export interface HostileResult {
  /** What was thrown, which must not happen. */
  readonly thrown?: string;
  /** The work of all processors, in milliseconds: the clock would say how busy the machine is. */
  readonly ms: number;
  readonly samples: number;
  /** Samples, published counts, rejects and duplicates together. */
  readonly entries: number;
  readonly passedOver: number;
  /** Files that the account does not name. */
  readonly silent: readonly string[];
  /** Rejects without a place or a reason. */
  readonly unnamed: number;
  readonly reasons: readonly string[];
  /** Whether a name in the data has changed what all objects have. */
  readonly isPolluted: boolean;
  /** The most memory so far, in MiB. */
  readonly peak: number;
}

async function resultOf(path: string): Promise<HostileResult> {
  const start = workSoFar();
  const result = { samples: 0, entries: 0, passedOver: 0, silent: [] as string[], unnamed: 0, reasons: [] as string[] };
  let thrown: string | undefined;
  try {
    const scanned = await scan([path]);
    const named = new Set<string>();
    for (const { files, report } of scanned) {
      const { samples, cells, rejected, duplicated, repeats, passedOver } = report;
      const problems = [rejected, duplicated, repeats];
      result.samples += samples + cells;
      result.entries += samples + cells + problems.reduce((sum, { length }) => sum + length, 0);
      result.passedOver += passedOver.length;
      result.unnamed += rejected.filter(({ file, at, reason }) => !file || !at || !reason).length;
      result.reasons.push(...rejected.slice(0, 5).map(({ at, reason }) => `${at}: ${reason.slice(0, 200)}`));
      for (const { path } of files) named.add(path);
      for (const { file } of [...problems.flat(), ...passedOver]) named.add(file);
    }
    if (path.endsWith("/")) throw new RangeError("a path is given without a slash at its end");
    for await (const file of filesBelow(path)) if (!named.has(file)) result.silent.push(file);
  } catch (error) {
    thrown = `${(error as Error).stack}`;
  }
  const isPolluted = "polluted" in {} || Object.keys(Object.prototype).length > 0;
  const peak = Math.round(resourceUsage().maxRSS / 1024);
  return { thrown, ms: Math.round(workSoFar() - start), ...result, isPolluted, peak };
}

function workSoFar(): number {
  const { userCPUTime, systemCPUTime } = resourceUsage();
  return (userCPUTime + systemCPUTime) / 1000;
}

/** All that is no folder; of folders with a card, the card is an entry point and no data. */
async function* filesBelow(path: string): AsyncGenerator<string> {
  if (!(await Deno.lstat(path)).isDirectory) return yield path;
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) yield* filesBelow(join(path, name));
    else if (name !== "dataset.json") yield join(path, name);
  }
}

if (import.meta.main) {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
  let rest = "";
  for await (const text of lines) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) console.log(JSON.stringify(await resultOf(JSON.parse(part) as string)));
  }
}
