/**
 * From counters to counts with their account: the last step, however samples were counted.
 *
 * @module
 */
import type { Scanned } from "../../reading/scan.ts";
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
