/**
 * A transcript as a judge sees it: between two fences, as data.
 *
 * Whoever wrote the transcript may have written it to steer the judge, also by writing what looks like the end of the
 * fence. The fence is made from the hash of the text that it holds, so that no text can hold its own fence except by
 * chance, and it is checked that it does not. It is not random: the same transcript gives the same prompt.
 *
 * @module
 */
import type { Call, Message } from "../../samples/sample.ts";
import { sha256 } from "../../samples/hash.ts";

/** A transcript between fences. */
export interface FencedTranscript {
  /** Stands in every line that is not the transcript's own, and nowhere in it. */
  readonly fence: string;
  readonly text: string;
}

/**
 * Returns the messages in order, each below a line with the fence, its number and its role.
 *
 * @example
 * ```ts
 * import { fencedTranscript } from "$lib/labelers/judge/transcript_text.ts";
 * import assert from "node:assert/strict";
 *
 * const { fence, text } = fencedTranscript([{ role: "assistant", content: "No.", reasoning: "Why should I?" }]);
 * assert.equal(text, [
 *   `${fence} BEGIN TRANSCRIPT`,
 *   `${fence} message 1, assistant, its reasoning`,
 *   "Why should I?",
 *   `${fence} message 1, assistant`,
 *   "No.",
 *   `${fence} END TRANSCRIPT`,
 * ].join("\n"));
 * ```
 */
export function fencedTranscript(messages: readonly Message[]): FencedTranscript {
  const parts = messages.flatMap(partsOf);
  const inside = parts.map(({ heading, text }) => `${heading}\n${text}`).join("\n");
  const fence = fenceFor(inside);
  const lines = parts.flatMap(({ heading, text }) => [`${fence} ${heading}`, text]);
  return { fence, text: [`${fence} BEGIN TRANSCRIPT`, ...lines, `${fence} END TRANSCRIPT`].join("\n") };
}

/**
 * Returns what the model said, as it stands between the fences: the contents, reasonings and calls of the messages of the
 * role assistant, each by itself. Headings, and the words of others, are in none of them.
 *
 * @example
 * ```ts
 * import { saidParts } from "$lib/labelers/judge/transcript_text.ts";
 * import assert from "node:assert/strict";
 *
 * const calls = [{ name: "send", arguments: { to: "Ann" } }];
 * const messages = [{ role: "user", content: "Write." }, { role: "assistant", content: "I do.", calls }] as const;
 * assert.deepEqual(saidParts(messages), ["I do.", "send\nto: Ann"]);
 * ```
 */
export function saidParts(messages: readonly Message[]): string[] {
  return messages.flatMap((message, index) =>
    message.role === "assistant" ? partsOf(message, index).map(({ text }) => text) : []
  );
}

/**
 * Returns a fence that does not occur in the text.
 *
 * @param digest what the fence is made from: for a test of the check
 */
export function fenceFor(inside: string, digest: (text: string) => string = sha256): string {
  for (let turn = 0;; turn++) {
    const fence = `#${digest(`${turn} ${inside}`).slice(0, 16)}#`;
    if (!inside.includes(fence)) return fence;
  }
}

interface Part {
  readonly heading: string;
  readonly text: string;
}

function partsOf({ role, content, reasoning, calls = [] }: Message, index: number): Part[] {
  const heading = `message ${index + 1}, ${role}`;
  return [
    ...(reasoning === undefined ? [] : [{ heading: `${heading}, its reasoning`, text: reasoning }]),
    ...(content === "" && calls.length > 0 ? [] : [{ heading, text: content }]),
    ...calls.map((call) => ({ heading: `${heading}, calls`, text: callText(call) })),
  ];
}

/** Text stays as it is, so that it can be quoted; anything else is JSON. */
function callText({ name, arguments: given }: Call): string {
  if (typeof given === "string") return `${name}\n${given}`;
  const lines = Object.entries(given).map(([key, value]) =>
    `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`
  );
  return [name, ...lines].join("\n");
}
