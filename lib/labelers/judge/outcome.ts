/**
 * What came of one reply: a coding, or the reason why there is none. Only a coding is a label.
 *
 * @module
 */
import { beginning, completionOf, originOf } from "../../asking/completion.ts";
import { NO_ANSWER, type ReplyOutcome } from "../../asking/task.ts";
import type { LabelLine } from "../label_line.ts";
import { BENEFICIARIES } from "../../acts/act.ts";
import { type JudgeReply, parseReply } from "./reply.ts";
import { quotedActs } from "./quotes.ts";

/** Why a judge gave no label. */
export const MISSING_REASONS = {
  ...NO_ANSWER,
  "judge refused": "the judge declined to code",
  "truncated": "the reply was cut off at the token limit",
  "no quote found": "the model said no quote of the coding",
  "no transcript": "the sample has no transcript to code",
  "no answer in the transcript": "the model that was sampled said nothing that could be coded",
} as const;

export type MissingReason = keyof typeof MISSING_REASONS;

/** The fields of a label line that a reply decides. */
export type Answer = Pick<LabelLine, "acts" | "scores" | "note"> | MissingAnswer;

export interface MissingAnswer {
  readonly missing: MissingReason;
  readonly scores?: LabelLine["scores"];
  readonly note?: string;
}

/**
 * Reads a chat completion, whatever it holds.
 *
 * @param said what the model said in the transcript: a coding is held against it
 * @param people names of those in the situation: a coding that names another is malformed
 *
 * @example
 * ```ts
 * import { readCompletion } from "$lib/labelers/judge/outcome.ts";
 * import assert from "node:assert/strict";
 *
 * const choice = { finish_reason: "stop", message: { content: null, refusal: "I cannot help with that." } };
 * assert.deepEqual(readCompletion({ choices: [choice] }, []).answer, {
 *   missing: "judge refused",
 *   note: "I cannot help with that.",
 * });
 * ```
 */
export function readCompletion(
  completion: unknown,
  said: readonly string[],
  people: readonly string[] = [],
): ReplyOutcome<LabelLine> & { readonly answer?: Answer } {
  const reply = completionOf(completion);
  if (!reply) return { malformed: `not a chat completion: ${beginning(JSON.stringify(completion) ?? "nothing")}` };
  const { finish, content, refusal, usage } = reply;
  const told = { usage, origin: originOf(reply) };
  if (finish === "content_filter") return { answer: { missing: "content filter" }, ...told };
  if (refusal) return { answer: { missing: "judge refused", note: beginning(refusal) }, ...told };
  if (finish === "length") return { answer: { missing: "truncated" }, ...told };
  try {
    return { answer: answerOf(withKnownPeople(parseReply(content ?? ""), people), said), ...told };
  } catch (error) {
    return { malformed: `${(error as Error).message}: ${beginning(content ?? "no content")}`, ...told };
  }
}

function withKnownPeople(reply: JudgeReply, people: readonly string[]): JudgeReply {
  const known: readonly string[] = [...BENEFICIARIES, ...people];
  const named = reply.acts.flatMap(({ against = [], to = [], benefits = [] }) => [...against, ...to, ...benefits]);
  const strange = named.find((one) => !known.includes(one));
  if (strange === undefined) return reply;
  throw new SyntaxError(`${strange} is nobody in the situation: ${known.join(", ")}`);
}

function answerOf({ acts, states, note }: JudgeReply, said: readonly string[]): Answer {
  const { found, voided } = quotedActs(acts, said);
  const struck = [...Map.groupBy(voided, ({ because }) => because)].map(([because, those]) =>
    `void, as ${because === "no quote" ? "there is no quote" : because}: ${those.map(({ act }) => act.name).join(", ")}`
  );
  const notes = [...note ? [note] : [], ...struck].join("; ");
  const scores = { states, void_acts: voided.length };
  if (found.length === 0) return { missing: "no quote found", scores, note: notes };
  return { acts: found, scores, ...(notes === "" ? {} : { note: notes }) };
}
