/**
 * The clusters of a group, added up: which of its samples share a prompt.
 *
 * One rule holds for every format: a sample's prompt is its `cluster`, and samples of one `cluster` are of one prompt,
 * whichever model answered, whichever data set holds them and however often it was run (epochs). Where a format or a
 * mapping says nothing else, that is the scenario with its condition; for an Inspect log, the sample's id in its task.
 *
 * @module
 */
import type { Cell, Sample } from "../../samples/sample.ts";
import type { ClusterCount, Clustered, Count } from "./count.ts";

/** The field that tells prompts apart. */
export const PROMPT = "cluster";

/** What was counted, without what it was counted for. */
type Tallied = Pick<Count, "count" | "scored" | "missing">;

/** Adds up by cluster, in any order. */
export interface ClusterTally {
  /** Adds what is of one cluster; undefined where that is not recorded. */
  readonly add: (tally: Tallied, cluster: string | undefined, prompts?: number) => void;
  readonly addAll: (count: Count) => void;
  /** Undefined if the cluster of any of them is not known. */
  readonly clustered: () => Clustered | undefined;
}

/** Makes a tally of the clusters that `field` tells apart. */
export function createClusterTally(field: string): ClusterTally {
  const clusters = new Map<string, { -readonly [Name in keyof ClusterCount]: ClusterCount[Name] }>();
  let isKnown = true;
  const add: ClusterTally["add"] = ({ count, scored, missing }, cluster, prompts = 1) => {
    if (scored + missing === 0) return;
    if (cluster === undefined) isKnown = false;
    if (!isKnown) return clusters.clear();
    const own = clusters.get(cluster!);
    if (own === undefined) {
      clusters.set(cluster!, { cluster: cluster!, count, scored, missing, ...(prompts > 1 ? { prompts } : {}) });
      return;
    }
    own.count += count;
    own.scored += scored;
    own.missing += missing;
    if (prompts > (own.prompts ?? 1)) own.prompts = prompts;
  };
  return {
    add,
    addAll: (row) => {
      if (row.clustered?.field !== field) return add(row, undefined);
      for (const own of row.clustered.counts) add(own, own.cluster, own.prompts);
    },
    clustered: () => {
      if (!isKnown) return undefined;
      return { field, counts: [...clusters.values()].sort((a, b) => a.cluster < b.cluster ? -1 : 1) };
    },
  };
}

/** Of how many prompts an item is: 1 but for published counts over several. */
export function promptsOf(item: Sample | Cell, field: string): number {
  return field === PROMPT && "prompts" in item ? item.prompts ?? 1 : 1;
}
