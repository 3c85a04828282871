/** The grouped data sets that other software was given as well. */
import type { ClusteredRow } from "$lib/stats/regression/cluster_sandwich.ts";
import { readTable } from "./read_table.ts";

/** Rows by name of the data set; cluster is 0 where there are none. */
export function factorialData(): Map<string, ClusteredRow[]> {
  return Map.groupBy(
    readTable("fixtures/factorial_data.csv").map(({ name, cluster, successes, trials, predictors }) => ({
      name,
      successes: Number(successes),
      trials: Number(trials),
      predictors: predictors.split(" ").map(Number),
      cluster: Number(cluster),
    })),
    ({ name }) => name,
  );
}
