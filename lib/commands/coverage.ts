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
import { simulateExperiments } from "../rates/planning/simulated_experiments.ts";
import { trueDifference } from "../stats/coverage/simulated_pairs.ts";
import { simulateNextUnit } from "../stats/coverage/next_unit.ts";
import { simulateCoverage } from "../stats/coverage/simulate.ts";
import { coverageMethods } from "../stats/coverage/methods.ts";
import { equalSizes } from "../stats/coverage/simulated_clusters.ts";
import { fitHierarchy } from "../stats/hierarchy/hierarchy.ts";
import type { Proportion } from "../stats/two_rates/newcombe.ts";
import { main, STATUS } from "./shared/main.ts";

const STUDIES = 4000;
const RARE_STUDIES = 1000;
const FEW_STUDIES = 100;
const EXPERIMENTS = 1000;
const SEED = 1;

const USAGE = `deno task coverage

Simulates data/simulated-coverage/coverage.csv, ${STUDIES} studies for each design, correlation and rate, and
data/simulated-rare/coverage.csv, ${RARE_STUDIES} for designs where few prompts fire, and data/simulated-experiments/experiments.csv,
${EXPERIMENTS} experiments for each truth and size; seeded, so that they come out the same each time. Takes a few minutes. Put their new sha256 into the dataset.json beside them where they changed.`;

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
  const { "cluster bootstrap": _, guaranteed: __, ...methods } = coverageMethods(SEED); // take hours
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

/** Designs in which few prompts fire and the rest hardly do: most studies see none of the few. */
export const RARE = [
  { prompts: 30, samples: 100, share: 0.02, fires: 0.9, rest: 0.003 },
  { prompts: 30, samples: 100, share: 0.03, fires: 0.3, rest: 0.004 },
  { prompts: 50, samples: 50, share: 0.02, fires: 0.8, rest: 0.004 },
  { prompts: 40, samples: 100, share: 0.02, fires: 0.5, rest: 0.002 },
] as const;

/** The rows of one of those, one a method; the hierarchy takes 100 times as long and sees fewer studies. */
export function rareRows({ prompts, samples, share, fires, rest }: typeof RARE[number]) {
  const sizes = equalSizes(prompts * samples, prompts);
  const design = { sizes, kinds: [{ share, rate: fires }, { share: 1 - share, rate: rest }] };
  const { recommended, guaranteed, ...methods } = coverageMethods(SEED);
  const quick = {
    recommended,
    guaranteed,
    "korn-graubard": methods["korn-graubard"],
    "wilson, ignoring clusters": methods["wilson, ignoring clusters"],
  };
  const slow = { "hierarchy, mean": (clusters: readonly Proportion[]) => fitHierarchy(clusters).mean };
  const found = [
    ...Object.entries(simulateCoverage(design, quick, RARE_STUDIES, SEED)).map((entry) =>
      [...entry, RARE_STUDIES] as const
    ),
    ...Object.entries(simulateCoverage(design, slow, FEW_STUDIES, SEED)).map((entry) =>
      [...entry, FEW_STUDIES] as const
    ),
  ];
  return found.map(([method, { coverage, offered }, studies]) => {
    const scored = Math.round(offered * studies);
    return {
      model: method,
      scenario: "simulated",
      prompts: String(prompts),
      samples: String(samples),
      share: String(share),
      fires: String(fires),
      rest: String(rest),
      label: "holds_the_rate",
      count: Math.round((coverage ?? 0) * scored),
      scored,
      missing: studies - scored,
      published: "simulated by deno task coverage",
    };
  });
}

/** Where the hierarchy is tried: it takes long, and needs more than one prompt. */
export const HIERARCHY = [[10, 100], [50, 500]].flatMap(([clusters, trials]) =>
  [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5].map((rate) => ({ trials, clusters, correlation: 0.3, rate }))
);

/** Two rows of such a point: whether the mean's interval holds the mean, and the next prompt's that of a next prompt. */
export function hierarchyRows({ trials, clusters, correlation, rate }: ReturnType<typeof coveragePoints>[number]) {
  const design = { sizes: equalSizes(trials, clusters), correlation, rate };
  const mean = { mean: (units: readonly Proportion[]) => fitHierarchy(units).mean };
  const held = {
    "hierarchy, mean": Math.round(simulateCoverage(design, mean, FEW_STUDIES, SEED).mean.coverage! * FEW_STUDIES),
    "hierarchy, next prompt": simulateNextUnit(design, FEW_STUDIES, SEED).held,
  };
  return Object.entries(held).map(([model, count]) => ({
    model,
    scenario: "simulated",
    n: String(trials),
    clusters: String(clusters),
    correlation: String(correlation),
    rate: String(rate),
    label: "holds_the_rate",
    count,
    scored: FEW_STUDIES,
    missing: 0,
    published: "simulated by deno task coverage",
  }));
}

/** What is true of the models that are experimented on: an effect that is large, small, or none on average. */
export const TRUTHS = {
  large: { baseline: -1.5, spread: 1, effect: 1.5, effectSpread: 0.7 },
  small: { baseline: -2.5, spread: 1, effect: 0.7, effectSpread: 0.7 },
  none: { baseline: 0, spread: 1, effect: 0, effectSpread: 1 },
} as const;

/** Every experiment of the table: many wordings, or one with as many samples. */
export function experimentPoints() {
  const sizes = [[12, 5], [24, 5], [1, 60], [1, 120]];
  return Object.keys(TRUTHS).flatMap((effect) => sizes.map(([wordings, epochs]) => ({ effect, wordings, epochs })));
}

/** The rows of one experiment, one a question. */
export function experimentRows({ effect, wordings, epochs }: ReturnType<typeof experimentPoints>[number]) {
  const truth = TRUTHS[effect as keyof typeof TRUTHS];
  const { held, found, misled } = simulateExperiments(truth, { wordings, epochs }, EXPERIMENTS, SEED);
  const counted = { holds_the_difference: held, finds_it: found, finds_another: misled };
  return Object.entries(counted).map(([label, count]) => ({
    model: wordings === 1 ? "one wording" : "wordings as clusters",
    scenario: "simulated",
    effect,
    difference: trueDifference(truth).toFixed(3).replace("-0.000", "0.000"),
    wordings: String(wordings),
    epochs: String(epochs),
    label,
    count,
    scored: EXPERIMENTS,
    missing: 0,
    published: "simulated by deno task coverage",
  }));
}

async function coverage(): Promise<number> {
  await write("simulated-experiments", experimentPoints().flatMap(experimentRows), "experiments");
  await write("simulated-coverage", [...coveragePoints().flatMap(coverageRows), ...HIERARCHY.flatMap(hierarchyRows)]);
  await write("simulated-rare", RARE.flatMap(rareRows));
  return STATUS.ok;
}

async function write(
  dataset: string,
  rows: readonly Readonly<Record<string, string | number>>[],
  name = "coverage",
): Promise<void> {
  await Deno.writeTextFile(fileURLToPath(new URL(`../../data/${dataset}/${name}.csv`, import.meta.url)), toCsv(rows));
}

if (import.meta.main) await main(USAGE, coverage);
