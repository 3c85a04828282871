/**
 * Two data sets of the same samples, put together: each sample with the labels of both.
 *
 * @module
 */
import type { Dataset } from "./load.ts";

/**
 * Returns a data set with the labels that another one has for samples of the same id.
 *
 * @throws {RangeError} if the other one has a sample that the first has not: it would be lost
 *
 * @example
 * ```ts
 * import { loadData } from "$lib/reading/load.ts";
 * import { withLabelsOf } from "$lib/reading/with_labels.ts";
 * import assert from "node:assert/strict";
 *
 * const both = withLabelsOf(await loadData("opus4-variants"), await loadData("opus4-second-coder"));
 * assert.equal(both.samples[0].labels.filter(({ acts }) => acts !== undefined).length, 2);
 * ```
 */
export function withLabelsOf(dataset: Dataset, other: Dataset): Dataset {
  const known = new Set(dataset.samples.map(({ id }) => id));
  const lost = other.samples.find(({ id }) => !known.has(id));
  if (lost) throw new RangeError(`Cannot put ${other.name} to ${dataset.name} as that has no sample ${lost.id}`);
  const labels = new Map(other.samples.map((sample) => [sample.id, sample.labels]));
  const samples = dataset.samples.map((sample) => ({
    ...sample,
    labels: [...sample.labels, ...labels.get(sample.id) ?? []],
  }));
  return { ...dataset, samples, labels: { ...dataset.labels, ...other.labels } };
}
