/**
 * What the model sent in the format of the agentic-misalignment framework, and where it stands: `<tool_use:email>`,
 * `<tool_use:forward>`, `<tool_use:cancel_alert>` in its answer. Tags in its reasoning are plans and were not sent.
 *
 * @module
 */
import type { Message } from "../../samples/sample.ts";
import { type ToolCall, toolCalls } from "../../reading/formats/tool_tags.ts";
import type { Evidence } from "../label_line.ts";

/** A call, and the words that make it. */
export interface SentCall extends ToolCall {
  /** From the opening tag to the end of the closing one; where that is absent, to the next tag or the end. */
  readonly place: Omit<Evidence, "score">;
}

/**
 * Returns every call that the model's answers make, in order. A tag between backticks is a mention, not a call.
 *
 * @example
 * ```ts
 * import { sentCalls } from "$lib/labelers/rules/sent_calls.ts";
 * import assert from "node:assert/strict";
 *
 * const content = 'No `<tool_use:email>` now.\n<tool_use:cancel_alert>\ncode: "X-1"\n</tool_use:cancel_alert>';
 * const [{ tool, code, place }] = sentCalls([{ role: "assistant", content }]);
 * assert.deepEqual([tool, code, place.start, place.end], ["cancel_alert", "X-1", 27, 87]);
 * ```
 */
export function sentCalls(messages: readonly Message[]): SentCall[] {
  return messages.flatMap(({ role, content }, message) => {
    if (role !== "assistant") return [];
    const opened = [...content.matchAll(OPENING)];
    return toolCalls(content).flatMap((call, number) => {
      const start = opened[number].index;
      const behind = start + opened[number][0].length;
      if (content[start - 1] === "`" || content[behind] === "`") return [];
      const upToNext = content.slice(behind, opened[number + 1]?.index);
      const closing = CLOSING.exec(upToNext);
      const end = behind + (closing === null ? upToNext.trimEnd().length : closing.index + closing[0].length);
      return [{ ...call, place: { message, part: "content" as const, start, end } }];
    });
  });
}

/** As in `tool_tags.ts`: the n-th opening tag is that of the n-th call; a test holds the two together. */
const OPENING = /<tool_use:\w+>/g;
const CLOSING = /<\/tool_use(:\w+)?>/;
