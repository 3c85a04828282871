/**
 * What a rule found, and where: every finding points at the words it rests on, so that a reader can check it.
 *
 * @module
 */
import type { Message, Sample, Score } from "../../samples/sample.ts";
import type { Evidence } from "../label_line.ts";

/** What one detector says of one sample. */
export interface Finding {
  /** `null`: tried, and it could not be told. A score that does not apply to the sample is left out. */
  readonly scores: Readonly<Record<string, Score>>;
  readonly evidence: readonly Evidence[];
  /** Why a score is `null`. */
  readonly notes?: readonly string[];
}

/** What a rule finds in a sample that it does not apply to. */
export const NOTHING: Finding = { scores: {}, evidence: [] };

/** A rule: from a sample with messages to what it finds. */
export type Detector = (sample: Sample & { readonly messages: readonly Message[] }) => Finding;

/**
 * Returns the words that a piece of evidence points at; empty where the sample has no such place.
 *
 * @example
 * ```ts
 * import { evidenceText } from "$lib/labelers/rules/evidence.ts";
 * import assert from "node:assert/strict";
 *
 * const messages = [{ role: "assistant", content: "No, I will not." }] as const;
 * const words = { score: "refusal_phrase", message: 0, part: "content", start: 4, end: 14 } as const;
 * assert.equal(evidenceText({ messages }, words), "I will not");
 * ```
 */
export function evidenceText(
  { messages }: Pick<Sample, "messages">,
  { message, part, start, end }: Evidence,
): string {
  return messages?.[message]?.[part]?.slice(start, end) ?? "";
}

/** Finds each place of a pattern in what the model wrote; `parts` says whether its reasoning counts. */
export function placesOf(
  messages: readonly Message[],
  pattern: RegExp,
  score: string,
  parts: readonly Evidence["part"][],
): Evidence[] {
  const every = new RegExp(pattern, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`);
  return messages.flatMap((one, message) =>
    one.role !== "assistant"
      ? []
      : parts.flatMap((part) =>
        [...(one[part] ?? "").matchAll(every)].map(({ 0: words, index }) => ({
          score,
          message,
          part,
          start: index,
          end: index + words.length,
        }))
      )
  );
}
