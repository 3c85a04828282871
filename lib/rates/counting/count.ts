/**
 * Counts: the one thing that every rate comes from, whatever produced it.
 *
 * @module
 */
import type { Outcome } from "../../acts/vocabulary.ts";

/** k of n in one group, with what is missing beside it. */
export interface Count {
  /** Factor → level, in the order asked for. */
  readonly group: Readonly<Record<string, string>>;
  /** An outcome under a policy, or the name of a label's score. */
  readonly outcome: Outcome | string;
  readonly count: number;
  /** How many samples have a usable verdict; the denominator of the rate. */
  readonly scored: number;
  /** How many have none. Never counted as 0, never dropped unseen. */
  readonly missing: number;
}
