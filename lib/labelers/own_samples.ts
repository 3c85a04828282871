/**
 * Samples of one's own experiment, where they lie in `data/raw/`, which is never part of the repository.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Dataset, load } from "../reading/load.ts";
import { joinLabels } from "./join_labels.ts";

/**
 * Loads `data/raw/NAME/samples.jsonl` with the labels of `labels.jsonl` beside it, as `deno task sample` and
 * `deno task label` write them; undefined where there are no samples.
 *
 * @example
 * ```ts
 * import { ownSamples } from "$lib/labelers/own_samples.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(await ownSamples("an-experiment-that-nobody-ran"), undefined);
 * ```
 */
export async function ownSamples(name: string): Promise<Dataset | undefined> {
  const file = (part: string) => fileURLToPath(new URL(`../../data/raw/${name}/${part}.jsonl`, import.meta.url));
  if (!await isThere(file("samples"))) return undefined;
  const [dataset] = await load([file("samples")]);
  if (!await isThere(file("labels"))) return dataset;
  return { ...dataset, samples: joinLabels(dataset.samples, file("labels")).samples };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
