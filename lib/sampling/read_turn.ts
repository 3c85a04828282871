/**
 * What one reply of a sampled model brings: its words, a refusal by the provider, or nothing, each as what it is.
 *
 * @module
 */
import { beginning, type Completion, completionOf, originOf } from "../asking/completion.ts";
import { parseRecord } from "../json/strict.ts";
import type { ReplyOutcome } from "../asking/task.ts";
import { replyOf } from "../samples/provider_refusal.ts";
import type { Call, Message } from "../samples/sample.ts";
import { type Progress, type Script, toolAnswers } from "./conversation.ts";
import type { TurnLine } from "./turn_line.ts";

/** The model answered and said nothing: no refusal, and nothing to be asked again. */
export const EMPTY_REPLY = "empty reply";

/**
 * Reads a chat completion, whatever it holds.
 *
 * @param now the date that the turn gets, as ISO 8601
 *
 * @example
 * ```ts
 * import { readTurn } from "$lib/sampling/read_turn.ts";
 * import assert from "node:assert/strict";
 *
 * const start = { act: [], interview: [], turns: 0, isActOver: false };
 * const read = (message: object, finish_reason = "stop") =>
 *   readTurn({ choices: [{ finish_reason, message }] }, { questions: [] }, start, "2026-01-31T09:00:00Z").answer;
 * assert.deepEqual(read({ content: "I refuse." })?.said, [{ role: "assistant", content: "I refuse." }]);
 * assert.equal(read({ content: "" })?.missing, "empty reply");
 * assert.equal(read({ content: null, refusal: "I cannot help." })?.declined, "I cannot help.");
 * ```
 */
export function readTurn(completion: unknown, script: Script, progress: Progress, now: string): ReplyOutcome<TurnLine> {
  const reply = completionOf(completion);
  if (!reply) return { malformed: `not a chat completion: ${beginning(JSON.stringify(completion) ?? "nothing")}` };
  const told = { usage: reply.usage, origin: originOf(reply) };
  const answer = progress.isActOver ? interviewTurn(reply, script, progress) : actTurn(reply, script, progress);
  return { answer: { ...answer, date: now }, ...told };
}

function actTurn(reply: Completion, { simulation, questions }: Script, progress: Progress): Partial<TurnLine> {
  const { content, refusal, finish } = reply;
  const message = messageOf(reply);
  const hasWords = message.content.trim() !== "" || message.calls !== undefined;
  if (refusal || replyOf(finish, "finish_reason")?.isRefused) {
    return { declined: refusal ?? content ?? "", ...hasWords ? { said: [message] } : {} };
  }
  if (!hasWords) return { missing: EMPTY_REPLY, note: `the reply ended by ${finish ?? "nothing that was said"}` };
  if (simulation === undefined) return { said: [message], ...moreIf(questions.length > 0) };
  const { said, at } = toolAnswers(simulation, progress.at!, message.calls ?? []);
  const isOver = said.length === 0 || simulation.states[at.state].length === 0 ||
    progress.turns + 1 >= simulation.most_turns;
  return { said: [message, ...said], at, ...moreIf(!isOver || questions.length > 0) };
}

/** An answer to a question about the act, also where it is empty or a refusal: what was done is known already. */
function interviewTurn(reply: Completion, { questions }: Script, { interview }: Progress): Partial<TurnLine> {
  const { calls: _, ...message } = messageOf(reply);
  const said = [message.content === "" && reply.refusal ? { ...message, content: reply.refusal } : message];
  return { said, interview: true, ...moreIf(interview.length / 2 + 1 < questions.length) };
}

function moreIf(isMore: boolean): Pick<TurnLine, "open"> {
  return isMore ? { open: true } : {};
}

function messageOf({ content, reasoning, calls }: Completion): Message {
  return {
    role: "assistant",
    content: content ?? "",
    ...reasoning === undefined ? {} : { reasoning },
    ...calls === undefined ? {} : { calls: calls.map(callOf) },
  };
}

/** Arguments that are no JSON object stay the text that they are. */
function callOf({ name, arguments: text }: { readonly name: string; readonly arguments: string }): Call {
  const record = parseRecord(text);
  return { name, arguments: "fields" in record ? record.fields : text };
}
