/**
 * Samples one by one, in bounded memory: for corpora that are larger than memory.
 *
 * @module
 */
import type { Problem } from "../samples/load_report.ts";
import { createOpener, type OpenerOptions } from "./bytes/source.ts";
import { admitting, planAll } from "./one_count.ts";
import { readPlan } from "./read_plan.ts";
import type { Sample } from "../samples/sample.ts";

/** What is told while streaming. */
export interface StreamOptions extends OpenerOptions {
  /** Told of everything that cannot be used, second samples of one id included. */
  readonly onProblem?: (problem: Problem) => void;
}

/**
 * Yields the samples of a path one by one; only their ids are kept, to find duplicates. Published counts have no
 * samples and are not among them.
 *
 * @throws {Error} at the end, if anything could not be used and `onProblem` is absent: nothing is lost without a word
 *
 * @example
 * ```ts
 * import { readSamples } from "$lib/reading/read_samples.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"1","model":"m","scenario":"s","condition":{},"labels":[]}');
 * for await (const sample of readSamples(file)) assert.equal(sample.id, "1");
 * ```
 */
export async function* readSamples(path: string, options: StreamOptions = {}): AsyncGenerator<Sample> {
  const problems: Problem[] = [];
  const tell = options.onProblem ?? ((problem: Problem) => problems.push(problem));
  const { plans, command } = await planAll([path]);
  for (const { one, repeated } of plans) {
    const admit = admitting(one, command);
    for await (const entries of readPlan(one, createOpener({ hashing: false, ...options }))) {
      for (const entry of entries) {
        if ("sample" in entry) entry.unusable?.forEach(tell);
        const admitted = admit(entry);
        if ("item" in admitted) {
          if ("labels" in admitted.item) yield admitted.item;
        } else if ("reject" in admitted) tell(admitted.reject);
        else if ("again" in admitted && (admitted.again.isOther || !one.format?.repeats)) {
          tell({ ...admitted.again.source, reason: `${admitted.again.identity} was already seen` });
        }
      }
    }
    [...one.rejected, ...repeated].forEach(tell);
  }
  const [first] = problems;
  if (first === undefined) return;
  throw new Error(`Cannot use ${problems.length} entries; the first is ${first.file}, ${first.at}: ${first.reason}`);
}
