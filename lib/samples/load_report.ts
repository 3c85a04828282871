/**
 * What came of loading: nothing vanishes, so every file, line or row is a sample, a cell, a reject or a duplicate.
 *
 * @module
 */
import type { Cell, Place, Sample } from "./sample.ts";

/** Something that could not be used: where, and why. */
export interface Problem extends Place {
  /** Why it cannot be used. */
  readonly reason: string;
}

/** What a reader yields for each line or row it meets. */
export type Entry =
  | { readonly sample: Sample; readonly attempt?: Attempt; readonly unusable?: readonly Problem[] }
  | { readonly cell: Cell }
  | { readonly reject: Problem };

/** What decides which of several copies of a run stands: see {@linkcode standingCopies}. */
export interface Attempt {
  /** The same for all attempts at one run: task, sample id and epoch. */
  readonly key: string;
  /** False where the run failed or was declared invalid. */
  readonly isValid: boolean;
  /** When it was scored last, or else when it ended, in ISO 8601; absent where nobody wrote it down. */
  readonly at?: string;
}

/** A file that is not read, and why. */
export interface PassedOver {
  /** The path. */
  readonly file: string;
  /** Why it is not read. */
  readonly reason: string;
}

/** Sample numbers `from` to `to` are absent below a folder. */
export interface NumberingGap {
  /** The folder whose samples are numbered. */
  readonly folder: string;
  /** The first number that is absent. */
  readonly from: number;
  /** The last one. */
  readonly to: number;
}

/** The account of a load: what was read, and everything that could not be used. */
export interface LoadReport {
  /** Data files opened, rejected ones included. */
  readonly files: number;
  /** Samples that count. */
  readonly samples: number;
  /** Published counts (k of n) that stand for samples. */
  readonly cells: number;
  /** Lines, rows and files that could not be used. */
  readonly rejected: readonly Problem[];
  /** Values that cannot be used in samples that can: that score of the sample is missing. */
  readonly unusable: readonly Problem[];
  /** Second and later entries with an identity that was already taken; the first one counts. */
  readonly duplicated: readonly Problem[];
  /** The same where it is no problem: a sample of a log that stands in its retry too. */
  readonly repeats: readonly Problem[];
  /** Files in a folder that are not read, named so that none is lost silently. */
  readonly passedOver: readonly PassedOver[];
  /** Stretches of sample numbers that a numbered tree lacks: runs that left no file. */
  readonly gaps: readonly NumberingGap[];
}
