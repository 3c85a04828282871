/**
 * The samples behind a count: what each of them answered, so that a number can be followed to transcripts.
 *
 * @module
 */
import type { Cell, Place, Sample } from "../../samples/sample.ts";
import type { Count } from "./count.ts";
import type { Summary } from "../../samples/summary.ts";
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

/** What is counted together: a summary, and for files of a known format which one it is. */
export interface Counted extends Summary {
  readonly format?: string;
  readonly card?: unknown;
  readonly files?: readonly { readonly path: string }[];
}

/**
 * True where a question is about a label that no sample or cell of the data set has. Files of one format without a card
 * are one data set here, whether they are given as a folder or one by one; data sets that share a file are several.
 */
export function withoutLabel(set: Counted, question: Question, among: readonly Counted[] = [set]): boolean {
  if (!("label" in question)) return false;
  const paths = new Set(set.files?.map(({ path }) => path));
  const isOfSet = (other: Counted) =>
    other === set || set.card === undefined && other.card === undefined && set.format !== undefined &&
      other.format === set.format && other.files?.some(({ path }) => paths.has(path)) !== true;
  return !among.some((other) => isOfSet(other) && Object.hasOwn(other.labels, question.label));
}
