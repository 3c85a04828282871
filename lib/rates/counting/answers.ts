/**
 * The samples behind a count: what each of them answered, so that a number can be followed to transcripts.
 *
 * @module
 */
import type { Cell, Place, Sample } from "../../samples/sample.ts";
import type { Count } from "./count.ts";
import { type Counted, withoutLabel } from "./counts.ts";
import { nameOf, type Question, type Tally } from "./verdicts.ts";

/** One sample and one question. */
export interface SampleAnswer {
  /** The name of its data set. */
  readonly dataset: string;
  /** That of the sample. */
  readonly id: string;
  /** The group that it is counted in. */
  readonly group: Count["group"];
  /** The outcome or the score that is asked about. */
  readonly outcome: string;
  /** Whether it is what is counted. */
  readonly answer: "yes" | "no" | "missing";
  /** Whose answer it is; absent where there is none. */
  readonly labeler?: string;
  /** Where it was read. */
  readonly source: Place;
}

/** The answer of a sample; a published count has no samples and gives none. */
export function answerOf(
  dataset: string,
  item: Sample | Cell,
  { count, scored, labeler }: Tally,
  { group, outcome }: Pick<Count, "group" | "outcome">,
): SampleAnswer[] {
  if (!("labels" in item)) return [];
  const answer = scored === 0 ? "missing" : count === 1 ? "yes" : "no";
  return [{
    ...{ dataset, id: item.id, group, outcome, answer },
    ...(labeler === undefined ? {} : { labeler }),
    source: item.source,
  }];
}

/** The answers of a data set to what it is asked: a label that it has nowhere is not counted as missing. */
export function askedOnly(
  answers: readonly SampleAnswer[],
  set: Counted,
  questions: readonly Question[],
  among: readonly Counted[],
): SampleAnswer[] {
  const absent = new Set(questions.filter((question) => withoutLabel(set, question, among)).map(nameOf));
  return absent.size === 0 ? [...answers] : answers.filter(({ outcome }) => !absent.has(outcome));
}
