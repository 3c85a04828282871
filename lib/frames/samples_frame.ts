/**
 * Samples as a danfojs frame.
 *
 * @module
 */
import type { Label, Sample, Score } from "../samples/sample.ts";
import { type Frame, frameOf } from "./frame.ts";

/**
 * One row a sample: id, model, scenario, its condition, its scores by name, and its acts in
 * alphabetical order joined by `+`. Where several labelers gave a score of one name or coded acts, the column is `labeler: name`.
 */
export function samplesFrame(samples: readonly Sample[]): Promise<Frame> {
  const shared = sharedNames(samples);
  return frameOf(samples.map(({ id, model, scenario, condition, labels }) => {
    const values = labels.flatMap((label) =>
      valuesOf(label).map(([name, value]) => [shared.has(name) ? `${label.labeler}: ${name}` : name, value])
    );
    return { id, model, scenario, ...condition, ...Object.fromEntries(values) };
  }));
}

function valuesOf({ scores = {}, acts }: Label): [string, Score][] {
  const coded = [...new Set(acts?.map(({ name }) => name))].sort().join(" + ");
  return [...Object.entries(scores), ...(acts === undefined ? [] : [["acts", coded] as [string, Score]])];
}

/** Names of values that more than one labeler gave for the same sample. */
function sharedNames(samples: readonly Sample[]): Set<string> {
  const shared = new Set<string>();
  for (const { labels } of samples) {
    const names = labels.flatMap((label) => valuesOf(label).map(([name]) => name));
    names.filter((name, index) => names.indexOf(name) !== index).forEach((name) => shared.add(name));
  }
  return shared;
}
