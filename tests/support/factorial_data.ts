/** The grouped data sets that other software was given as well. */
import type { BinomialRow } from "$lib/stats/regression/binomial_rows.ts";
import { readTable } from "./read_table.ts";

/** Rows by name of the data set. */
export function factorialData(): Map<string, BinomialRow[]> {
  return Map.groupBy(
    readTable("fixtures/regression/factorial_data.csv").map(({ name, successes, trials, predictors }) => ({
      name,
      successes: Number(successes),
      trials: Number(trials),
      predictors: predictors.split(" ").map(Number),
    })),
    ({ name }) => name,
  );
}
