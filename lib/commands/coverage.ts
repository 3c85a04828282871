/**
 * `deno task coverage`: simulates how often each interval holds the true rate, for designs like those of the field.
 *
 * The result is a table of counts like any other: of so many simulated studies so many intervals hold the true rate, and
 * where a method gives no interval, the study is missing.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { toCsv } from "../figures/csv.ts";
import { simulateCoverage } from "../stats/coverage/simulate.ts";
import { coverageMethods } from "../stats/coverage/methods.ts";
import { equalSizes } from "../stats/coverage/simulated_clusters.ts";
import { main, STATUS } from "./shared/main.ts";

const STUDIES = 4000;
const SEED = 1;

const USAGE = `deno task coverage

Simulates data/simulated-coverage/coverage.csv: ${STUDIES} studies for each design, correlation and rate, seeded, so that it comes
out the same each time. Takes a few minutes. Put its new sha256 into the dataset.json beside it where it changed.`;

const CORRELATIONS = [0, 0.1, 0.3, 0.5];
const RATES = [0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
const SIZES: readonly { readonly trials: number; readonly clusters: readonly number[] }[] = [
  { trials: 10, clusters: [10] },
  { trials: 20, clusters: [10, 20] },
  { trials: 50, clusters: [10, 50] },
  { trials: 100, clusters: [10, 20, 50, 100] },
  { trials: 200, clusters: [200] },
  { trials: 500, clusters: [10, 20, 50, 100, 200] },
];

/** Every point of the table; single trials have no correlation within clusters. */
export function coveragePoints() {
  return SIZES.flatMap(({ trials, clusters }) =>
    clusters.flatMap((count) =>
      (count === trials ? [0] : CORRELATIONS).flatMap((correlation) =>
        RATES.map((rate) => ({ trials, clusters: count, correlation, rate }))
      )
    )
  );
}

/** The rows of one point, one a method. */
export function coverageRows({ trials, clusters, correlation, rate }: ReturnType<typeof coveragePoints>[number]) {
  const { "cluster bootstrap": _, ...methods } = coverageMethods(SEED); // takes hours
  const found = simulateCoverage({ sizes: equalSizes(trials, clusters), correlation, rate }, methods, STUDIES, SEED);
  return Object.entries(found).map(([method, { coverage, offered }]) => {
    const scored = Math.round(offered * STUDIES);
    return {
      model: method,
      scenario: "simulated",
      n: String(trials),
      clusters: String(clusters),
      correlation: String(correlation),
      rate: String(rate),
      label: "holds_the_rate",
      count: Math.round((coverage ?? 0) * scored),
      scored,
      missing: STUDIES - scored,
      published: "simulated by deno task coverage",
    };
  });
}

async function coverage(): Promise<number> {
  const file = fileURLToPath(new URL("../../data/simulated-coverage/coverage.csv", import.meta.url));
  await Deno.writeTextFile(file, toCsv(coveragePoints().flatMap(coverageRows)));
  return STATUS.ok;
}

if (import.meta.main) await main(USAGE, coverage);
