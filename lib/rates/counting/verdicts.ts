/**
 * What one sample or published count says about one question: yes, no, or missing.
 *
 * @module
 */
import type { Outcome } from "../../acts/vocabulary.ts";
import type { Act } from "../../acts/act.ts";
import { evaluate, type Verdict } from "../../policies/evaluate.ts";
import type { Policy } from "../../policies/policy.ts";
import { type Situation, situationOf } from "../../policies/situation.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Cell, Label, Sample, Score } from "../../samples/sample.ts";
import { isEmpty, yesOrNo } from "../../samples/yes_no.ts";

/** Is the outcome under a policy this one? */
export interface OutcomeQuestion {
  /** The outcome that is counted. */
  readonly outcome: Outcome;
  /** The standard that acts are judged by. */
  readonly policy: Policy;
  /** What samples faced; a sample that none of them is for is judged by what was coded alone. */
  readonly situations?: readonly Situation[];
  /** Needed where several labelers coded acts for one sample. */
  readonly labeler?: string;
}

/** Is this named score yes (see {@linkcode yesOrNo}), at least so high, or one of these values? */
export interface LabelQuestion {
  /** The name of the score. */
  readonly label: string;
  /** Counts numeric scores >= this. */
  readonly atLeast?: number;
  /** Counts scores that are one of these, as text and in any case; every other value that is there is a no. */
  readonly counts?: readonly string[];
  /** Needed where several labelers gave a score of this name. */
  readonly labeler?: string;
}

/** What is counted: an outcome, or a score. */
export type Question = OutcomeQuestion | LabelQuestion;

/** What a data set holds for a question in one condition. */
export interface Tally {
  readonly count: number;
  readonly scored: number;
  readonly missing: number;
  /** Why a value that is there could not be used; the sample then counts as missing. */
  readonly problem?: string;
  /** The value, where it is a number and nobody said from where on numbers count. */
  readonly number?: number;
}

const MISSING: Tally = { count: 0, scored: 0, missing: 1 };

/**
 * Answers a question for one sample. For an outcome, the acts that its labeler coded are judged together; where a data
 * set has only a yes/no verdict (its card or format says which), yes is the outcome it stands for and every other
 * outcome is missing, for a "no" does not tell complying from refusing.
 *
 * @throws {RangeError} if several labelers answer it and the question names none
 */
export function ofSample(sample: Sample, question: Question, verdict: CardVerdict | undefined): Tally {
  if ("label" in question) return ofScore(sample, question);
  const judged = judgeSample(sample, question);
  if (judged !== undefined) {
    const { outcome } = judged.verdict;
    return outcome === null ? MISSING : answer(outcome === question.outcome);
  }
  if (verdict?.true_is !== question.outcome) return MISSING;
  // A labeler that was asked for and gave nothing is missing: no other's verdict stands in for it.
  return ofScore(sample, { label: verdict.label, labeler: question.labeler });
}

/** What a sample is judged by. */
export type Standard = Pick<OutcomeQuestion, "policy" | "situations" | "labeler">;

/** The coded acts of a sample, and what they amount to. */
export interface JudgedSample {
  readonly acts: readonly Act[];
  readonly verdict: Verdict;
}

/**
 * Judges the acts that were coded for a sample, in its situation; `undefined` where none were coded.
 *
 * @throws {RangeError} if several labelers coded acts and the standard names none
 */
export function judgeSample(sample: Sample, { policy, situations = [], labeler }: Standard): JudgedSample | undefined {
  const acts = only(sample, labeler, "acts", (label) => label.acts !== undefined)?.acts;
  if (acts === undefined) return undefined;
  return { acts, verdict: evaluate(acts, policy, situationOf(situations, sample.scenario, sample.condition)) };
}

/**
 * Answers a question for a published count; `undefined` where the cell is about another label.
 *
 * @throws {RangeError} if the question needs what a count does not hold: scores to compare, who gave them, or, where no
 *   card says what the label stands for, an outcome
 */
export function ofCell(cell: Cell, question: Question, verdict: CardVerdict | undefined): Tally | undefined {
  const { label, count, scored, missing } = cell;
  if ("label" in question) {
    if (label !== question.label) return undefined;
    if (question.atLeast !== undefined || question.counts !== undefined) {
      throw notInCounts(label, "compare", "no scores");
    }
    if (question.labeler !== undefined) throw notInCounts(label, "choose a labeler of", "none");
    return { count, scored, missing };
  }
  if (verdict === undefined) throw notInCounts(label, "tell outcomes from", "no card that says what it stands for");
  if (label !== verdict.label) return undefined;
  return verdict.true_is === question.outcome
    ? { count, scored, missing }
    : { count: 0, scored: 0, missing: scored + missing };
}

function notInCounts(label: string, what: string, lacking: string): RangeError {
  return new RangeError(`Cannot ${what} published counts of label ${label} as they have ${lacking}`);
}

function ofScore(sample: Sample, { label, atLeast, counts, labeler }: LabelQuestion): Tally {
  const given = only(sample, labeler, `label ${label}`, ({ scores }) => Object.hasOwn(scores ?? {}, label));
  const score = given?.scores?.[label];
  if (score === undefined || isEmpty(score)) return MISSING;
  if (counts !== undefined) return answer(counts.some((value) => asWord(value) === asWord(score)));
  if (atLeast !== undefined) {
    return typeof score === "number" ? answer(score >= atLeast) : unusable(label, "a number", score);
  }
  const yes = yesOrNo(score);
  if (yes !== undefined) return answer(yes);
  if (typeof score !== "number") return unusable(label, "yes or no", score);
  return { ...unusable(label, "yes or no: name a least value to count numbers", score), number: score };
}

function asWord(value: Score): string {
  return String(value).trim().toLowerCase();
}

/** The one label of a sample that holds what is asked for; none is `undefined`, several are an error. */
function only(sample: Sample, labeler: string | undefined, what: string, holds: (label: Label) => boolean) {
  const found = sample.labels.filter((label) => holds(label) && (labeler === undefined || label.labeler === labeler));
  if (found.length <= 1) return found[0];
  const names = found.map((label) => label.labeler).join(", ");
  throw new RangeError(`Cannot count ${what} of sample ${sample.id} as several labelers gave it: ${names}; choose one`);
}

function unusable(label: string, wanted: string, score: Score): Tally {
  return { ...MISSING, problem: `label ${label} is not ${wanted}: ${JSON.stringify(score)}; counted as missing` };
}

function answer(yes: boolean): Tally {
  return { count: yes ? 1 : 0, scored: 1, missing: 0 };
}
