/**
 * What to ask of data that nobody has asked anything yet.
 *
 * @module
 */
import { OUTCOMES } from "../acts/vocabulary.ts";
import { DEFAULT_POLICY, loadPolicy } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import { pooledFactors } from "../rates/counting/fields.ts";
import type { Question } from "../rates/counting/verdicts.ts";
import type { Dataset } from "../reading/load.ts";
import type { LabelCount } from "../samples/summary.ts";

/** A factor and questions that the data can answer, with what else they hold. */
export interface FirstQuestion {
  /** The first factor with several levels that is no model and no scenario; else scenario or model. */
  readonly factor: string;
  /** Where acts are coded, every outcome under the default policy; else the first score that is yes or no. */
  readonly questions: readonly Question[];
  /** Every factor with several levels. */
  readonly factors: readonly string[];
  /** Every named score. */
  readonly labels: readonly string[];
}

/**
 * Returns a first question for data sets, to be changed to what one wants to know.
 *
 * @throws {RangeError} if nothing in the data can be counted: no acts are coded, and no score is yes or no
 *
 * @example
 * ```ts
 * import { firstQuestion } from "$lib/notebook/first_question.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const { factor, questions } = await firstQuestion([await loadData("opus4-variants")]);
 * assert.deepEqual([factor, questions.length], ["variant", 4]);
 * ```
 */
export async function firstQuestion(datasets: readonly Dataset[]): Promise<FirstQuestion> {
  const factors = pooledFactors(datasets, []);
  const labels = [...new Set(scoresOf(datasets).map(([label]) => label))];
  const factor = factors.find((name) => name !== "model" && name !== "scenario") ?? factors.at(-1) ?? "model";
  return { factor, questions: await questionsOf(datasets), factors, labels };
}

async function questionsOf(datasets: readonly Dataset[]): Promise<Question[]> {
  if (datasets.some(({ samples }) => samples.some(({ labels }) => labels.some(({ acts }) => acts !== undefined)))) {
    const [policy, situations] = await Promise.all([loadPolicy(DEFAULT_POLICY), loadSituations()]);
    return OUTCOMES.map((outcome) => ({ outcome, policy, situations }));
  }
  const scores = scoresOf(datasets);
  const plain = scores.find(([, { numbers, other, scored }]) => scored > 0 && numbers === undefined && !other);
  if (plain !== undefined) return [{ label: plain[0] }];
  const names = scores.map(([label]) => label).join(", ") || "none";
  throw new RangeError(`Cannot ask anything yet as no acts are coded and no score is yes or no: scores are ${names}`);
}

/** The named scores of data sets; what was coded beside them is none. */
function scoresOf(datasets: readonly Dataset[]): [string, LabelCount][] {
  return datasets.flatMap(({ labels }) => Object.entries(labels)).filter(([name]) =>
    !["acts", "states"].includes(name)
  );
}
