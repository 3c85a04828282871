/**
 * Which values of a score are yes and which are no, for every format and every command alike.
 *
 * @module
 */
import type { Score } from "./sample.ts";

/** Words that are yes, in any case: what judges, people and spreadsheets write. */
export const YES_WORDS: readonly string[] = ["yes", "y", "true", "t", "1", "pass", "passed", "correct"];
/** Words that are no, in any case. */
export const NO_WORDS: readonly string[] = ["no", "n", "false", "f", "0", "fail", "failed", "incorrect"];

/** Inspect's letters: correct; incorrect, partial, no answer. Only as capitals: small ones are answers of their own. */
export const YES_LETTERS: readonly string[] = ["C"];
export const NO_LETTERS: readonly string[] = ["I", "P", "N"];

/**
 * Whether a score is yes (`true`) or no (`false`); `undefined` where it is neither, or says nothing. Space around a word
 * does not count.
 *
 * @example
 * ```ts
 * import { yesOrNo } from "$lib/samples/yes_no.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["Yes", "C", 1, "I", "0", "maybe", 7, null].map(yesOrNo), [
 *   true, true, true, false, false, undefined, undefined, undefined,
 * ]);
 * ```
 */
export function yesOrNo(score: Score): boolean | undefined {
  if (typeof score === "boolean") return score;
  if (typeof score === "number") return score === 1 ? true : score === 0 ? false : undefined;
  if (score === null) return undefined;
  const word = score.trim();
  if (YES_LETTERS.includes(word)) return true;
  if (NO_LETTERS.includes(word)) return false;
  const small = word.toLowerCase();
  return YES_WORDS.includes(small) ? true : NO_WORDS.includes(small) ? false : undefined;
}

/** True for a score that holds nothing: null, NaN, or a text of nothing but space. */
export function isEmpty(score: Score): boolean {
  return score === null || Number.isNaN(score) || typeof score === "string" && score.trim() === "";
}
