/**
 * A transcript as a person reads it: its parts in order, each with a heading.
 *
 * @module
 */
import type { Call, Message } from "../../samples/sample.ts";

/** A piece of a transcript that is shown as one block. */
export interface ShownPart {
  readonly kind: Message["role"] | "reasoning" | "calls";
  readonly heading: string;
  readonly text: string;
  /** Index of the message that it is of. */
  readonly message: number;
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
  return messages.flatMap(({ role, content, reasoning, calls = [] }, message) => {
    const heading = `${message + 1} ${role}`;
    const parts: ShownPart[] = [
      { kind: "reasoning", heading: `${heading}, reasoning`, text: reasoning ?? "", message },
      { kind: role, heading, text: content, message },
      ...(content.includes("<tool_use:") ? [] : calls).map((call) => ({
        kind: "calls" as const,
        heading: `${heading}, calls ${call.name}`,
        text: argumentsText(call),
        message,
      })),
    ];
    const shown = parts.filter(({ text, kind }) => text.trim() !== "" || kind === "calls");
    return shown.length > 0 ? shown : [{ kind: role, heading, text: "(empty)", message }];
  });
}

/** A line an argument, text as it is, so that an email reads as one and can be quoted; anything else is JSON. */
function argumentsText({ arguments: given }: Call): string {
  if (typeof given === "string") return given;
  return Object.entries(given).map(([key, value]) =>
    `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`
  ).join("\n");
}
