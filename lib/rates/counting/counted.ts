/**
 * From counters to counts with their account: the last step, however samples were counted.
 *
 * @module
 */
import type { Kind } from "../../reading/parquet/kind_reader.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import { createSummary } from "../../samples/summary.ts";
import type { Chooser } from "./chosen.ts";
import type { Count, CountedSamples } from "./count.ts";
import type { Counter, Total } from "./counts.ts";
import { addedUp } from "./labelers.ts";
import type { Question } from "./verdicts.ts";

/**
 * Adds up counters, one a data set.
 *
 * @throws {RangeError} if no sample has one of the factors or labels; its cause is the account
 */
export function countedOf(
  total: Total,
  counters: readonly Counter[],
  datasets: readonly Scanned[],
  questions: readonly Question[],
): CountedSamples {
  counters.forEach((counter, index) => total.add(counter, datasets[index]));
  return {
    counts: rowsOf(total, datasets),
    datasets,
    problems: counters.flatMap((counter) => counter.problems()),
    numbers: counters.flatMap((counter) => counter.numbers()),
    labelers: addedUp(questions, counters),
  };
}

/** An unknown factor may be unknown only as its samples were rejected: the account goes with the error. */
function rowsOf(total: Total, datasets: readonly Scanned[]): Count[] {
  try {
    return total.rows();
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(error.message, { cause: datasets }) : error;
  }
}

/** The kinds of one data set, added up. */
export interface CountedSet {
  readonly verdict: CardVerdict | undefined;
  readonly counter: Counter;
  readonly summary: ReturnType<typeof createSummary>;
  samples: number;
  cells: number;
}

/** Data sets by name in order of first appearance, to which kinds are added; `chooser` says which are counted. */
export function createSets(total: Total, chooser: Chooser): {
  readonly sets: ReadonlyMap<string, CountedSet>;
  readonly add: (kind: Kind) => CountedSet;
  /** A data set without a kind so far. */
  readonly open: (dataset: string, verdict: CardVerdict | undefined) => CountedSet;
} {
  const sets = new Map<string, CountedSet>();
  const open = (dataset: string, verdict: CardVerdict | undefined) => {
    let set = sets.get(dataset);
    if (set === undefined) {
      set = { verdict, counter: total.counterFor(), summary: createSummary(), samples: 0, cells: 0 };
      sets.set(dataset, set);
    }
    return set;
  };
  return {
    sets,
    open,
    add: ({ dataset, verdict, item, samples }) => {
      const set = open(dataset, verdict);
      if (chooser.fits(item)) set.counter.add(item, verdict, samples);
      set.summary.add(item, samples);
      set["labels" in item ? "samples" : "cells"] += samples;
      return set;
    },
  };
}
