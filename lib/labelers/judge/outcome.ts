/**
 * What came of one reply: a coding, or the reason why there is none. Only a coding is a label.
 *
 * @module
 */
import { z } from "zod";
import type { LabelLine, Usage } from "../label_line.ts";
import { type JudgeReply, parseReply } from "./reply.ts";
import { quotedActs } from "./quotes.ts";

/** Why a judge gave no label. */
export const MISSING_REASONS = {
  "judge refused": "the judge declined to code",
  "malformed": "no reply met the schema",
  "truncated": "the reply was cut off at the token limit",
  "content filter": "the server withheld the reply",
  "time-out": "no reply in time",
  "transport": "the server failed or could not be reached",
  "request rejected": "the server does not take the request, as where the transcript is too long for the model",
  "no quote found": "no quote of the coding is in the transcript",
  "no transcript": "the sample has no transcript to code",
} as const;

export type MissingReason = keyof typeof MISSING_REASONS;

/** Not the judge's answer but the way to it failed: asked again in the next run. */
const PASSING: readonly string[] = ["time-out", "transport", "request rejected"] satisfies MissingReason[];

/** True where a line is an answer that is not asked for again. */
export function isFinal({ missing }: Pick<LabelLine, "missing">): boolean {
  return missing === undefined || !PASSING.includes(missing);
}

/** The fields of a label line that a reply decides. */
export type Answer = Pick<LabelLine, "acts" | "scores" | "note"> | MissingAnswer;

export interface MissingAnswer {
  readonly missing: MissingReason;
  readonly scores?: LabelLine["scores"];
  readonly note?: string;
}

/** What one reply gave. */
export interface ReplyOutcome {
  /** Absent where the reply is malformed and may be asked for again. */
  readonly answer?: Answer;
  /** What is wrong with it, where it is malformed. */
  readonly malformed?: string;
  /** Absent where the server did not say. */
  readonly usage?: Usage;
}

/** Only what is read is checked: compatible servers differ in the rest. */
const completionSchema = z.object({
  choices: z.array(z.object({
    finish_reason: z.string().nullish(),
    message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
  })).min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(undefined),
});

/**
 * Reads a chat completion, whatever it holds. Where a server sends several choices, the first counts.
 *
 * @example
 * ```ts
 * import { readCompletion } from "$lib/labelers/judge/outcome.ts";
 * import assert from "node:assert/strict";
 *
 * const choice = { finish_reason: "stop", message: { content: null, refusal: "I cannot help with that." } };
 * assert.deepEqual(readCompletion({ choices: [choice] }, "").answer, {
 *   missing: "judge refused",
 *   note: "I cannot help with that.",
 * });
 * ```
 */
export function readCompletion(completion: unknown, transcript: string): ReplyOutcome {
  const { success, data } = completionSchema.safeParse(completion);
  if (!success) return { malformed: `not a chat completion: ${beginning(JSON.stringify(completion) ?? "nothing")}` };
  const [{ finish_reason: finish, message }] = data.choices;
  const usage = data.usage ? { input: data.usage.prompt_tokens, output: data.usage.completion_tokens } : undefined;
  if (finish === "content_filter") return { answer: { missing: "content filter" }, usage };
  if (message.refusal) return { answer: { missing: "judge refused", note: beginning(message.refusal) }, usage };
  if (finish === "length") return { answer: { missing: "truncated" }, usage };
  try {
    return { answer: answerOf(parseReply(message.content ?? ""), transcript), usage };
  } catch (error) {
    return { malformed: `${(error as Error).message}: ${beginning(message.content ?? "no content")}`, usage };
  }
}

function answerOf({ acts, states, note }: JudgeReply, transcript: string): Answer {
  const { found, voided } = quotedActs(acts, transcript);
  const struck = voided.map(({ name }) => name).join(", ");
  const said = voided.length === 0 ? [] : [`void, as the quote is not in the transcript: ${struck}`];
  const notes = [...note ? [note] : [], ...said].join("; ");
  const scores = { states, void_acts: voided.length };
  if (found.length === 0) return { missing: "no quote found", scores, note: notes };
  return { acts: found, scores, ...(notes === "" ? {} : { note: notes }) };
}

const MOST_SHOWN = 200;

/** The first words of a text that may be long. */
export function beginning(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
