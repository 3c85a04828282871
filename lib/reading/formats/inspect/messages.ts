/**
 * The conversation of an Inspect sample as plain messages: content parts joined, tool calls apart, attachments
 * put back in their place.
 *
 * @module
 */
import { z } from "zod";
import { type Fields, isObject } from "../../bytes/record.ts";
import type { Call, Message } from "../../../samples/sample.ts";

const callSchema = z.looseObject({
  function: z.string(),
  arguments: z.unknown().optional(),
  type: z.unknown().optional(),
});

/** A message as a log holds it. */
export const messageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
  tool_calls: z.array(callSchema).nullish(),
  error: z.unknown().optional(),
  reasoning: z.unknown().optional(),
});

/** A sample has no more; ranges may name a message again and again, and each that is none is a complaint of its own. */
export const MOST_MESSAGES = 100_000;

/** Messages; more than a sample has are refused before each is looked at. */
export const messagesSchema = z.array(z.unknown()).max(MOST_MESSAGES).pipe(z.array(messageSchema));

const modelEventSchema = z.looseObject({
  input: messagesSchema,
  output: z.looseObject({ choices: z.array(z.looseObject({ message: messageSchema })).nullish() }).nullish(),
});

type LogMessage = z.infer<typeof messageSchema>;

/** Texts that stand elsewhere in the sample, by their hash. */
export type Attachments = Readonly<Record<string, unknown>>;

const REFERENCE = "attachment://";

/** The text that a reference stands for; any other text, and a reference to nothing, as it is. */
export function resolved(text: string, attachments: Attachments): string {
  if (!text.startsWith(REFERENCE)) return text;
  const hash = text.slice(REFERENCE.length);
  const found = Object.hasOwn(attachments, hash) ? attachments[hash] : undefined;
  return typeof found === "string" ? found : text;
}

/**
 * Writes messages as plain text.
 *
 * @example
 * ```ts
 * import { toMessages } from "$lib/reading/formats/inspect/messages.ts";
 * import assert from "node:assert/strict";
 *
 * const call = { function: "bash", arguments: { command: "ls" } };
 * const content = [{ type: "reasoning", reasoning: "Look first." }, { type: "text", text: "I look." }];
 * assert.deepEqual(toMessages([{ role: "assistant", content, tool_calls: [call] }], {}), [
 *   { role: "assistant", content: "I look.", reasoning: "Look first.", calls: [{ name: "bash", arguments: { command: "ls" } }] },
 * ]);
 * ```
 */
export function toMessages(messages: readonly z.input<typeof messageSchema>[], attachments: Attachments): Message[] {
  let length = 0;
  const put: PutBack = (text) => {
    const whole = resolved(text, attachments);
    if (whole !== text) length += whole.length;
    if (length > MOST_PUT_BACK) {
      throw new RangeError(`attachments: put back they are more than ${MOST_PUT_BACK} letters`);
    }
    return whole;
  };
  return messages.map((message) => toMessage(message, put));
}

/** A few bytes may refer to one long text again and again. */
const MOST_PUT_BACK = 64 << 20;

/** Gives the text that a reference stands for. */
type PutBack = (text: string) => string;

function toMessage({ role, content, tool_calls, error, reasoning }: LogMessage, put: PutBack): Message {
  const parts = typeof content === "string" ? [{ type: "text", text: content }] : content ?? [];
  const said = parts.filter(({ type }) => type !== "reasoning").map((part) => partText(part, put));
  const calls = (tool_calls ?? []).map((call) => ({ name: call.function, arguments: argumentsOf(call, put) }));
  const failed = isObject(error) ? [`[error ${error.type}: ${put(String(error.message))}]`] : [];
  const thought = parts.filter(({ type }) => type === "reasoning").map((part) => reasoningText(part))
    .concat(typeof reasoning === "string" ? reasoning : []).map(put)
    .filter((text) => text !== "").join("\n");
  const text = [said.join("\n"), ...failed].filter((text) => text !== "").join("\n\n");
  return {
    role,
    content: text,
    ...thought === "" ? {} : { reasoning: thought },
    ...calls.length === 0 ? {} : { calls },
  };
}

/** The text of a part; what is not text (an image, a server's tool) by its type. */
function partText(part: Readonly<Record<string, unknown>>, put: PutBack): string {
  return typeof part.text === "string" ? put(part.text) : `[${part.type}]`;
}

/** Reasoning that the provider hid is encrypted: of that only the summary can be read. */
function reasoningText({ reasoning, summary, redacted }: Readonly<Record<string, unknown>>): string {
  const text = redacted === true ? summary : reasoning;
  return typeof text === "string" ? text : "";
}

/** The arguments as they were recorded, an object or text, with attachments put back; those of a custom tool are the text that it takes. */
function argumentsOf({ arguments: all, type }: z.infer<typeof callSchema>, put: PutBack): Call["arguments"] {
  const isText = type === "custom" && isObject(all) && typeof all.input === "string" && Object.keys(all).length === 1;
  const given = isText ? all.input : all;
  const text = JSON.stringify(
    given ?? {},
    (_, value) => typeof value === "string" ? put(value) : value,
  );
  const value: unknown = JSON.parse(text);
  return isObject(value) || typeof value === "string" ? value : text;
}

/**
 * The target's conversation in a log of an audit: the input and output of the last call of the model with the role
 * `target` (after a rollback, the last branch). The sample's own messages are the auditor's. `undefined` where the
 * target was never called.
 *
 * @throws {z.ZodError} if that call is not as it should be
 */
export function targetMessages(sample: Readonly<Record<string, unknown>>): LogMessage[] | undefined {
  const last = lastTargetCall(sample);
  if (last === undefined) return undefined;
  const call = modelEventSchema.parse(last);
  // A call that failed or was never answered still has an output: an empty one.
  const isAnswered = last.pending !== true && (last.error === undefined || last.error === null);
  const answer = isAnswered ? call.output?.choices?.[0]?.message : undefined;
  return answer === undefined ? call.input : [...call.input, answer];
}

/** The last call of the target, its input put together; `undefined` where there was none. */
export function lastTargetCall(sample: Readonly<Record<string, unknown>>): Fields | undefined {
  const last = eventsOf(sample).findLast((event) =>
    isObject(event) && event.event === "model" && event.role === "target"
  );
  if (!isObject(last)) return undefined;
  const input = Array.isArray(last.input) && last.input.length > 0 ? last.input : pooled(last.input_refs, sample);
  return { ...last, input };
}

function eventsOf({ events, transcript }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (Array.isArray(events)) return events;
  return isObject(transcript) && Array.isArray(transcript.events) ? transcript.events : [];
}

const refsSchema = z.array(z.tuple([z.int().min(0), z.int().min(0)]));

/** Messages that stand once in the sample and are named by ranges `[start, end)`. */
function pooled(refs: unknown, { events_data }: Readonly<Record<string, unknown>>): unknown[] {
  const pool = isObject(events_data) && Array.isArray(events_data.messages) ? events_data.messages : [];
  const found: unknown[] = [];
  for (const [start, end] of refsSchema.parse(refs ?? [])) {
    if (found.length + end - start > MOST_MESSAGES) {
      throw new RangeError(`input_refs: more than ${MOST_MESSAGES} messages`);
    }
    found.push(...pool.slice(start, end));
  }
  return found;
}
