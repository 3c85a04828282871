/**
 * A judge's rate corrected by the part of the samples that people coded too, beside the rates that are not corrected.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import type { CodedSubset } from "../../stats/correction/coded_subset.ts";
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { predictionPowered, predictionPoweredTuned } from "../../stats/correction/prediction_powered.ts";
import { createRandom } from "../../stats/numbers/random.ts";
import { roganGladen } from "../../stats/correction/rogan_gladen.ts";
import { wilson } from "../../stats/one_rate/wilson.ts";
import { answersOf, type Rater } from "./agreement.ts";

/** One way to the rate. */
export interface CorrectedRow {
  /** Its name. */
  readonly estimator: "judge" | "coded only" | "Rogan–Gladen" | "PPI" | "PPI++";
  /** The rate, in [0, 1]. */
  readonly estimate: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
  /** Confidence level of the interval. */
  readonly level: number;
  /** Samples without an answer of the judge: no row speaks of them. */
  readonly missing: number;
  /** Why there is no number. */
  readonly reason: string | null;
  /** What makes the row doubtful, in words. */
  readonly warnings: readonly string[];
}

/** How the coded part came about: corrections hold only for a random one. */
export type Drawn = "at random" | "otherwise";

/**
 * Corrects a judge by the samples that the reference coded: the judge's own rate over all samples, the rate of the coded
 * ones alone, Rogan–Gladen, and prediction-powered inference, plain and tuned. Counts every sample as independent.
 *
 * @param coded ids of the samples whose reference label is used; those without an answer of both are left out of it
 * @throws {RangeError} if no coded sample, or no other sample, has the answers that are needed
 *
 * @example
 * ```ts
 * import { correctedRates, randomIds } from "$lib/rates/judges/corrected_rates.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const odcv = await loadData("odcv-judges");
 * const [judge, reference] = ["gpt55", "final_median"].map((name) => ({ name, question: { label: name, atLeast: 3 } }));
 * const rows = correctedRates(odcv, judge, reference, randomIds(odcv, 200, 1), "at random");
 * assert.deepEqual(rows.map(({ estimator }) => estimator), ["judge", "coded only", "Rogan–Gladen", "PPI", "PPI++"]);
 * ```
 */
export function correctedRates(
  dataset: Dataset,
  judge: Rater,
  reference: Rater,
  coded: ReadonlySet<string>,
  drawn: Drawn,
  level: number = DEFAULT_LEVEL,
): CorrectedRow[] {
  const answers = answersOf(dataset, [judge, reference]).map(([said, truth], index) => (
    { said, truth: coded.has(dataset.samples[index].id) ? truth : null }
  )).filter(({ said }) => said !== null);
  const count = (said: number, truth: number | null) =>
    answers.filter((answer) => answer.said === said && answer.truth === truth).length;
  const subset: CodedSubset = {
    truePositives: count(1, 1),
    falsePositives: count(1, 0),
    falseNegatives: count(0, 1),
    trueNegatives: count(0, 0),
  };
  const others = { successes: count(1, null), trials: count(1, null) + count(0, null) };
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = subset;
  const size = truePositives + falsePositives + falseNegatives + trueNegatives;
  if (size === 0) throw new RangeError(`Cannot correct ${judge.name} as no coded sample has both answers`);
  if (others.trials === 0) {
    throw new RangeError(`Cannot correct ${judge.name} as every sample is coded: use the codings`);
  }
  const all = wilson(others.successes + truePositives + falsePositives, others.trials + size, level);
  const only = wilson(truePositives + falseNegatives, size, level);
  const notRandom = drawn === "at random" ? [] : ["the coded samples were not drawn at random"];
  const missing = dataset.samples.length - answers.length;
  const plain = { level, missing, reason: null };
  const rows: CorrectedRow[] = [
    { estimator: "judge", ...all, ...plain, warnings: ["not corrected for the judge's errors"] },
    { estimator: "coded only", ...only, ...plain, warnings: notRandom },
  ];
  const corrections = { "Rogan–Gladen": roganGladen, PPI: predictionPowered, "PPI++": predictionPoweredTuned } as const;
  for (const [estimator, correct] of Object.entries(corrections)) {
    const { estimate, lower, upper, reason, warnings } = correct(subset, others, level);
    const words = [...notRandom, ...warnings.map((warning) => WARNINGS[warning])];
    rows.push({
      estimator: estimator as CorrectedRow["estimator"],
      estimate,
      lower,
      upper,
      reason,
      level,
      missing,
      warnings: words,
    });
  }
  return rows;
}

const WARNINGS = {
  few_positives: "fewer than 10 coded samples are positive",
  few_negatives: "fewer than 10 coded samples are negative",
  few_disagreements: "fewer than 10 coded samples show the judge wrong",
  clipped: "the corrected rate lay outside 0 to 1",
} as const;

/**
 * Draws the ids of `size` samples at random, to be coded by people.
 *
 * @throws {RangeError} if there are not so many samples
 */
export function randomIds({ samples, name }: Dataset, size: number, seed: number): Set<string> {
  if (!Number.isInteger(size) || size < 1 || size > samples.length) {
    throw new RangeError(
      `Cannot draw from ${name} as the number must be between 1 and ${samples.length}: current value is ${size}`,
    );
  }
  const random = createRandom(seed);
  const ids = samples.map(({ id }) => id);
  for (let i = 0; i < size; i++) {
    const other = i + random.below(ids.length - i);
    [ids[i], ids[other]] = [ids[other], ids[i]];
  }
  return new Set(ids.slice(0, size));
}
