/**
 * What the reader's page holds: the words that it and its maker share. Texts, values and findings stand once, and
 * samples name them by number, as thousands of samples share them.
 *
 * @module
 */
import type { Act } from "../../../acts/act.ts";
import type { Outcome } from "../../../acts/vocabulary.ts";
import type { Evidence } from "../../../labelers/label_line.ts";
import type { ShownPart } from "../../../labelers/people/shown_parts.ts";

/** Everything that the page shows. */
export interface ReaderData {
  readonly title: string;
  /** What was read, and what of it is here, in sentences. */
  readonly about: readonly string[];
  readonly datasets: readonly ReaderDataset[];
  readonly factors: readonly ReaderFactor[];
  readonly outcomes: readonly Outcome[];
  readonly standards: readonly ReaderStandard[];
  readonly situations: readonly ReaderSituation[];
  /** Whose acts or verdict a standard can be asked about; `""`: whoever it was, where no sample has several. */
  readonly labelers: readonly string[];
  /** Names of scores. */
  readonly scores: readonly string[];
  readonly values: readonly ReaderValue[];
  readonly findings: readonly Finding[];
  /** For each standard the number of a finding. */
  readonly judgements: readonly (readonly number[])[];
  readonly texts: readonly string[];
  readonly samples: readonly ReaderSample[];
}

export interface ReaderDataset {
  readonly name: string;
  /** Numbers of the scores that it is asked about; of others it is left out and not missing. */
  readonly asked: readonly number[];
}

/** What samples can be grouped and chosen by. */
export interface ReaderFactor {
  readonly name: string;
  /** Whether it is part of what was asked of the model: two samples that differ in one such factor alone are a pair. */
  readonly isCondition: boolean;
  /** In order of first appearance. */
  readonly levels: readonly string[];
}

export interface ReaderStandard {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** In their order; the last one stands where none fires. */
  readonly rules: readonly { readonly when: string; readonly then: Outcome; readonly because: string }[];
}

export interface ReaderSituation {
  readonly title: string;
  readonly text: string;
  /** What is asked for and forbidden, in sentences. */
  readonly sayings: readonly string[];
}

/** A value of a score, and what it counts as. */
export interface ReaderValue {
  readonly text: string;
  /** `other` is neither yes nor no, and counts as missing unless it is named. */
  readonly counts: "yes" | "no" | "number" | "other" | "missing";
}

/** What a standard says of a sample, and why. */
export interface Finding {
  /** `acts` answer for every outcome, a `verdict` for the one that it was asked about, `nothing` for none. */
  readonly from: "acts" | "verdict" | "nothing";
  /** Absent: missing, for the reason given; a verdict that is a no is `null`. */
  readonly outcome?: Outcome | null;
  /** The outcome that a yes of the verdict stands for. */
  readonly asked?: Outcome;
  /** Number of the rule that fired, from 1; 0: none did. */
  readonly rule?: number;
  /** The act that it fired on. */
  readonly act?: string;
  readonly because: string;
}

export interface ReaderSample {
  /** What a permalink names it by: its id, where no other sample here has it. */
  readonly key: string;
  readonly id: string;
  readonly dataset: number;
  /** For each factor the number of its level; -1: not recorded. */
  readonly levels: readonly number[];
  readonly source: string;
  /** Of the transcript. */
  readonly hash: string;
  readonly parts: readonly ReaderPart[];
  readonly labels: readonly ReaderLabel[];
  /** For each of the data's labelers the number of a judgement. */
  readonly judged: readonly number[];
  readonly situation?: number;
  /** Numbers of the scores that labelers answer differently. */
  readonly disputed: readonly number[];
}

/** A part of a transcript; `text` is a number. */
export type ReaderPart = Omit<ShownPart, "text"> & { readonly text: number };

export interface ReaderLabel {
  readonly labeler: string;
  readonly kind: string;
  readonly acts?: readonly Act[];
  /** Numbers of score and value. */
  readonly scores?: readonly (readonly [number, number])[];
  readonly note?: string;
  readonly evidence?: readonly Evidence[];
}
