/**
 * Labels on their way into a label file.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import type { LabelLine } from "../../labelers/label_line.ts";
import { openLabelStore } from "../../labelers/label_file.ts";
import { sayTorn } from "./repair.ts";
import { sha256 } from "../../samples/hash.ts";

/** Adds labels to a file, but those that are in it already as they are. */
export async function keep(out: string, labels: readonly LabelLine[]): Promise<void> {
  const store = openLabelStore(out);
  try {
    sayTorn(out, store.torn);
    for (const label of labels) {
      const key = label.key ?? sha256(JSON.stringify([label.id, label.sample, label.labeler]));
      const line = { ...label, key };
      if (!isDeepStrictEqual(store.get(key), line)) store.add(line);
    }
  } finally {
    await store.close();
  }
}

/** How many labels there are, and how many are missing for which reason. */
export function countsLines(labels: readonly LabelLine[]): string[] {
  const reasons = Map.groupBy(labels.filter(({ missing }) => missing !== undefined), ({ missing }) => missing);
  return [
    `labelled: ${labels.filter(({ missing }) => missing === undefined).length} of ${labels.length}`,
    ...[...reasons].map(([reason, { length }]) => `missing: ${reason}: ${length}`),
  ];
}
