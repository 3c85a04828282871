/**
 * Counts: the one thing that every rate comes from, whatever produced it.
 *
 * @module
 */
import type { Outcome } from "../../acts/vocabulary.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { Problem } from "../../samples/load_report.ts";

/** k of n in one group, with what is missing beside it. */
export interface Count {
  /** Factor → level, in the order asked for. */
  readonly group: Readonly<Record<string, string>>;
  /** An outcome under a policy, or the name of a label's score. */
  readonly outcome: Outcome | string;
  /** How many of those with a verdict are what is counted. */
  readonly count: number;
  /** How many samples have a usable verdict; the denominator of the rate. */
  readonly scored: number;
  /** How many have none. Never counted as 0, never dropped unseen. */
  readonly missing: number;
}

/** Counts with the account of what they were counted from. */
export interface CountedSamples {
  /** One a group and question. */
  readonly counts: readonly Count[];
  /** Each data set with its summary and load report; nothing that was rejected is in the counts. */
  readonly datasets: readonly Scanned[];
  /** Scores that are there and cannot be used; their samples count as missing. */
  readonly problems: readonly Problem[];
  /** Some of the numbers that stood where yes or no was asked for: they count from a least value on. */
  readonly numbers: readonly number[];
}
