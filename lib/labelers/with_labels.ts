/**
 * Two data sets of the same samples, put together: each sample with the labels of both.
 *
 * @module
 */
import type { Dataset } from "../reading/load.ts";
import { createSummary } from "../samples/summary.ts";
import { labelJoiner, sayContradiction } from "./join_labels.ts";

/**
 * Returns a data set with the labels that another one has for samples of the same id, see {@linkcode labelJoiner}.
 *
 * @throws {RangeError} if labels would be lost: the other one has a sample that the first has not, or one with another
 *   transcript, or the two contradict each other under one labeler's name
 *
 * @example
 * ```ts
 * import { loadData } from "$lib/reading/load.ts";
 * import { withLabelsOf } from "$lib/labelers/with_labels.ts";
 * import assert from "node:assert/strict";
 *
 * const both = withLabelsOf(await loadData("opus4-variants"), await loadData("opus4-second-coder"));
 * assert.equal(both.samples[0].labels.filter(({ acts }) => acts !== undefined).length, 2);
 * ```
 */
export function withLabelsOf(dataset: Dataset, other: Dataset): Dataset {
  const { join, account } = labelJoiner(other);
  const samples = dataset.samples.map(join);
  const { unknown: [lost], changed: [changed], contradictions: [contradiction] } = account();
  const what = `Cannot put ${other.name} to ${dataset.name} as`;
  if (lost !== undefined) throw new RangeError(`${what} that has no sample ${lost}`);
  if (changed !== undefined) throw new RangeError(`${what} sample ${changed} has another transcript there`);
  if (contradiction !== undefined) throw new RangeError(`${what} ${sayContradiction(contradiction)}`);
  const { add, summary } = createSummary();
  for (const item of [...samples, ...dataset.cells]) add(item);
  return { ...dataset, samples, labels: summary().labels };
}
