/**
 * A transcript as a person reads it: its parts in order, each with a heading.
 *
 * @module
 */
import type { Message } from "../../samples/sample.ts";

/** A piece of a transcript that is shown as one block. */
export interface ShownPart {
  readonly kind: Message["role"] | "reasoning" | "calls";
  readonly heading: string;
  readonly text: string;
}

/**
 * Returns the parts of a transcript. Calls that stand as tags in the text are shown there and not once more.
 *
 * @example
 * ```ts
 * import { shownParts } from "$lib/labelers/people/shown_parts.ts";
 * import assert from "node:assert/strict";
 *
 * const parts = shownParts([{ role: "assistant", content: "No.", reasoning: "Hm." }]);
 * assert.deepEqual(parts.map(({ heading, text }) => `${heading}: ${text}`), ["1 assistant, reasoning: Hm.", "1 assistant: No."]);
 * ```
 */
export function shownParts(messages: readonly Message[]): ShownPart[] {
  return messages.flatMap(({ role, content, reasoning, calls = [] }, index) => {
    const heading = `${index + 1} ${role}`;
    const parts: ShownPart[] = [
      { kind: "reasoning", heading: `${heading}, reasoning`, text: reasoning ?? "" },
      { kind: role, heading, text: content },
      ...(content.includes("<tool_use:") ? [] : calls).map(({ name, arguments: given }) => ({
        kind: "calls" as const,
        heading: `${heading}, calls ${name}`,
        text: typeof given === "string" ? given : JSON.stringify(given, undefined, 2),
      })),
    ];
    const shown = parts.filter(({ text }) => text.trim() !== "");
    return shown.length > 0 ? shown : [{ kind: role, heading, text: "(empty)" }];
  });
}
