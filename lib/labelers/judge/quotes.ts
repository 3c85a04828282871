/**
 * Quotes that are held against the transcript: an act whose quote is not in it did not happen, as far as can be shown.
 *
 * @module
 */
import type { Act } from "../../acts/act.ts";

/** The acts that stand, and those that do not. */
export interface QuotedActs {
  readonly found: readonly Act[];
  /** Acts whose quote is not in the transcript, or is absent. */
  readonly voided: readonly Act[];
}

/**
 * Parts acts by whether their quote is in the transcript. White space counts as one space; nothing else is forgiven.
 *
 * @example
 * ```ts
 * import { quotedActs } from "$lib/labelers/judge/quotes.ts";
 * import assert from "node:assert/strict";
 *
 * const acts = [{ name: "refuses", quote: "I will  not" }, { name: "leaks", quote: "the affair" }] as const;
 * const { found, voided } = quotedActs(acts, "Sorry, I will\nnot do it.");
 * assert.deepEqual(found, [acts[0]]);
 * assert.deepEqual(voided, [acts[1]]);
 * ```
 */
export function quotedActs(acts: readonly Act[], transcript: string): QuotedActs {
  const text = normalised(transcript);
  const isFound = ({ quote = "" }: Act) => normalised(quote) !== "" && text.includes(normalised(quote));
  return { found: acts.filter(isFound), voided: acts.filter((act) => !isFound(act)) };
}

function normalised(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
