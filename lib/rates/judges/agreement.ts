/**
 * How far labelers agree, whoever they are: each is a question put to the same samples, and answers yes, no or nothing.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import { bootstrapInterval } from "../../stats/clusters/bootstrap_interval.ts";
import { cohenKappa } from "../../stats/raters/cohen_kappa.ts";
import { type Confusion, confusion } from "../../stats/raters/confusion.ts";
import { fleissKappa } from "../../stats/raters/fleiss_kappa.ts";
import { gwetAc1 } from "../../stats/raters/gwet_ac1.ts";
import { krippendorffAlpha } from "../../stats/raters/krippendorff_alpha.ts";
import { percentAgreement } from "../../stats/raters/percent_agreement.ts";
import type { Ratings } from "../../stats/raters/ratings.ts";
import { ofSample, type Question } from "../counting/verdicts.ts";

/** A labeler by name, and the question that its labels answer. */
export interface Rater {
  /** As it stands in tables. */
  readonly name: string;
  /** Which label, or which outcome, is its answer. */
  readonly question: Question;
}

/** One measure of agreement with its bootstrap interval over samples; null where it does not exist, with the reason. */
export interface AgreementRow {
  /** The names of those compared. */
  readonly raters: readonly string[];
  /** The name of the measure. */
  readonly measure: string;
  /** The measure over all samples. */
  readonly estimate: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
  /** Why a number is null. */
  readonly reason: string | null;
  /** Confidence level of the interval. */
  readonly level: number;
}

const MEASURES = {
  percent: percentAgreement,
  "Krippendorff alpha": (ratings: Ratings, weights?: readonly number[]) =>
    krippendorffAlpha(ratings, "nominal", weights),
  "Gwet AC1": (ratings: Ratings, weights?: readonly number[]) => gwetAc1(ratings, [0, 1], weights),
};

/**
 * Measures how far raters agree on yes and no: percent, kappa (Cohen's for two, Fleiss' for more), Krippendorff's alpha and
 * Gwet's AC1. Kappa and alpha mislead where nearly all answers are the same; AC1 does not, and is to be read beside them.
 * Counts every sample as independent; an answer that is missing takes its pair out, and no more.
 *
 * @param seed of the bootstrap
 * @throws {RangeError} if there are fewer than two raters, or no sample
 *
 * @example
 * ```ts
 * import { agreement } from "$lib/rates/judges/agreement.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const raters = ["grok", "gemini"].map((name) => ({ name, question: { label: name, atLeast: 3 } }));
 * const rows = agreement(await loadData("odcv-judges"), raters, 1);
 * const kappa = rows.find(({ measure }) => measure === "Cohen kappa")!;
 * assert(kappa.lower! > 0.6 && kappa.upper! < 0.8);
 * ```
 */
export function agreement(dataset: Dataset, raters: readonly Rater[], seed: number): AgreementRow[] {
  const ratings = answersOf(dataset, raters);
  const kappa = raters.length === 2 ? { "Cohen kappa": cohenKappa } : { "Fleiss kappa": fleissKappa };
  return Object.entries({ ...MEASURES, ...kappa }).map(([measure, compute]) => {
    const { estimate, lower, upper, reason, level } = bootstrapInterval(ratings, compute, { seed });
    return { raters: raters.map(({ name }) => name), measure, estimate, lower, upper, reason, level };
  });
}

/** Returns each pair of raters. */
export function pairsOf(raters: readonly Rater[]): (readonly [Rater, Rater])[] {
  return raters.flatMap((first, index) => raters.slice(index + 1).map((second) => [first, second] as const));
}

/**
 * Krippendorff's alpha of numeric scores as an ordinal scale, such as severities from 0 to 5.
 *
 * @param labels names of the scores, one a labeler
 * @throws {RangeError} if there are fewer than two labels
 */
export function ordinalAgreement(dataset: Dataset, labels: readonly string[], seed: number): AgreementRow {
  const ratings = dataset.samples.map((sample) =>
    labels.map((label) => {
      const score = sample.labels.map(({ scores }) => scores?.[label]).find((value) => typeof value === "number");
      return typeof score === "number" ? score : null;
    })
  );
  const measure = (rows: Ratings, weights?: readonly number[]) => krippendorffAlpha(rows, "ordinal", weights);
  const { estimate, lower, upper, reason, level } = bootstrapInterval(ratings, measure, { seed });
  return { raters: labels, measure: "Krippendorff alpha, ordinal", estimate, lower, upper, reason, level };
}

/** Two raters side by side, with the samples on which they part. */
export interface RaterConfusion extends Confusion {
  /** The answers of each, by the id of the sample. */
  readonly disagreements: readonly { readonly id: string; readonly first: boolean; readonly second: boolean }[];
}

/** Counts what two raters say of the same samples: 1 is yes, 0 is no. */
export function confusionOf(dataset: Dataset, [first, second]: readonly [Rater, Rater]): RaterConfusion {
  const ratings = answersOf(dataset, [first, second]);
  const disagreements = dataset.samples.flatMap(({ id }, index) => {
    const [one, other] = ratings[index];
    return one === null || other === null || one === other ? [] : [{ id, first: one === 1, second: other === 1 }];
  });
  return { ...confusion(ratings), disagreements };
}

/** One row a sample: 1, 0 or null for each rater. */
export function answersOf(dataset: Dataset, raters: readonly Rater[]): (1 | 0 | null)[][] {
  return dataset.samples.map((sample) =>
    raters.map(({ question }) => {
      const { count, scored } = ofSample(sample, question, dataset.verdict);
      return scored === 0 ? null : count === 1 ? 1 : 0;
    })
  );
}
