/**
 * The target model's own conversation in a Bloom transcript: what it was sent and what it answered, not what the
 * evaluator said to itself.
 *
 * Two schemas: that of rollouts (version 3, shared with Petri 3), where each event says who saw it, and that of the
 * example transcripts, a flat list of turns.
 *
 * @module
 */
import { z } from "zod";
import type { Problem } from "../../../samples/load_report.ts";
import { isObject } from "../../bytes/record.ts";
import type { Call, Message, Place } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

/** Messages in order, and the events that should be messages and cannot be read. */
export interface Conversation {
  readonly messages: readonly Message[];
  readonly rejected: readonly Problem[];
}

/** No conversation has more; what has is made to fill the memory. */
const MOST_EVENTS = 100_000;

const nothing = z.null().optional();
const part = z.union([
  z.looseObject({ reasoning: z.string() }),
  z.looseObject({ text: z.string() }),
  z.looseObject({ type: z.string() }),
]);

const messageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(part), z.null()]).optional(),
  tool_calls: z.union([nothing, z.array(z.looseObject({ function: z.string(), arguments: z.unknown() }))]),
});

const seenSchema = z.looseObject({ view: z.array(z.unknown()), edit: z.unknown() });
const editSchema = z.looseObject({ operation: z.literal("add"), message: messageSchema });

/** The messages that the target saw or wrote. */
export function targetMessages(events: readonly unknown[], file: string, transcript: string): Conversation {
  return conversationOf(events, { file, at: `${transcript}.events` }, (event) => {
    const seen = seenSchema.safeParse(event);
    // Events of other kinds (a tool was made, a note was taken) have no view and are no part of the conversation.
    if (!seen.success) return isMessageEvent(event) ? explain(seen.error) : undefined;
    if (!seen.data.view.includes("target")) return undefined;
    const { success, data, error } = editSchema.safeParse(seen.data.edit);
    return success ? toMessage(data.message) : explain(error);
  });
}

const turnSchema = z.discriminatedUnion("event", [
  z.looseObject({ event: z.literal("evaluator_message"), content: z.string() }),
  z.looseObject({ event: z.literal("target_message"), content: z.string(), thinking: z.string().nullish() }),
  z.looseObject({
    event: z.literal("tool_call"),
    content: z.looseObject({ tool_name: z.string(), arguments: z.unknown() }),
    thinking: z.string().nullish(),
  }),
]);

/**
 * The messages of an example transcript. Where the last event stands there twice, one of them is dropped: a slip of the
 * file. A backslash and n in a prompt stay the two characters that they are.
 */
export function exampleMessages(
  events: readonly unknown[],
  prompt: string | null | undefined,
  file: string,
): Conversation {
  const [last, before] = [events.at(-1), events.at(-2)].map(contentOf);
  const kept = events.length > 1 && last === before ? events.slice(0, -1) : events;
  const { messages, rejected } = conversationOf(kept, { file, at: "events" }, turn);
  return { messages: prompt ? [{ role: "system", content: prompt }, ...messages] : messages, rejected };
}

function turn(event: unknown): Message | string {
  const { success, data, error } = turnSchema.safeParse(event);
  if (!success) return explain(error);
  if (data.event === "evaluator_message") return { role: "user", content: data.content };
  const said = data.event === "target_message"
    ? { content: data.content }
    : { content: "", calls: [callOf(data.content.tool_name, data.content.arguments)] };
  return { role: "assistant", ...said, ...data.thinking ? { reasoning: data.thinking } : {} };
}

/** An event without its number, as text, for comparing. */
function contentOf(event: unknown): string {
  return JSON.stringify(event, (key, value) => key === "turn" ? undefined : value);
}

/** Runs a reader of events that gives a message, a reason why there is none, or nothing. */
function conversationOf(
  events: readonly unknown[],
  { file, at }: Place,
  read: (event: unknown) => Message | string | undefined,
): Conversation {
  if (events.length > MOST_EVENTS) {
    return {
      messages: [],
      rejected: [{ file, at, reason: `${events.length} events, and at most ${MOST_EVENTS} are read` }],
    };
  }
  const messages: Message[] = [];
  const rejected: Problem[] = [];
  events.forEach((event, index) => {
    const found = read(event);
    if (typeof found === "string") rejected.push({ file, at: `${at}[${index}]`, reason: found });
    else if (found !== undefined) messages.push(found);
  });
  return { messages, rejected };
}

function isMessageEvent(event: unknown): boolean {
  return typeof event !== "object" || event === null || !("type" in event) || event.type === "transcript_event";
}

function toMessage({ role, content, tool_calls }: z.infer<typeof messageSchema>): Message {
  const parts = typeof content === "string" ? [{ text: content }] : content ?? [];
  const texts = parts.filter((one) => !("reasoning" in one)).map((one) => "text" in one ? one.text : `[${one.type}]`);
  const calls = (tool_calls ?? []).map((call) => callOf(call.function, call.arguments));
  const reasoning = parts.flatMap((one) => "reasoning" in one ? [one.reasoning] : []).join("\n\n");
  return {
    role,
    content: texts.filter((text) => text !== "").join("\n\n"),
    ...reasoning === "" ? {} : { reasoning },
    ...calls.length === 0 ? {} : { calls },
  };
}

function callOf(name: string, given: unknown): Call {
  return { name, arguments: typeof given === "string" || isObject(given) ? given : JSON.stringify(given ?? {}) };
}
