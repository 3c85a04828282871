/**
 * The transcript of a mapped record, and whether the provider declined it: by the field `refusal` of a chat message, by a
 * part of that type, or by the choice's `finish_reason`, as OpenAI's API gives them.
 *
 * @module
 */
import { z } from "zod";
import type { Message } from "../../samples/sample.ts";
import { type ProviderReply, replyOf } from "../../samples/provider_refusal.ts";
import { explain } from "../../samples/schema.ts";
import { type Fields, isObject } from "../bytes/record.ts";
import type { Mapping } from "../../samples/mapping.ts";
import { fieldAt, type MappedRecord, optionalTextOf } from "./values.ts";

/** What a mapped record holds of a conversation. */
export interface MappedMessages {
  readonly messages: Message[];
  /** Absent where nothing tells whether the provider declined. */
  readonly reply?: ProviderReply;
}

const partSchema = z.looseObject({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() });

const listSchema = z.array(z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(partSchema)], { error: "must be text, or a list of parts" }).nullish(),
  refusal: z.string().nullish(),
}));

type ListMessage = z.infer<typeof listSchema>[number];

/** Reads the messages that a mapping names, one a role or in a list; what is wrong goes to the record's problems. */
export function messagesOf(record: MappedRecord): MappedMessages {
  const { list, ...roles } = record.mapping.messages ?? {};
  const text = (role: keyof typeof roles) => roles[role] && optionalTextOf(`message ${role}`, roles[role], record);
  const [system, user, assistant, reasoning] = [text("system"), text("user"), text("assistant"), text("reasoning")];
  const { messages, reply }: MappedMessages = list === undefined ? { messages: [] } : ofList(list, record);
  const own = choiceOf(record) ?? reply;
  const said = assistant ?? (own !== reply && own?.isRefused ? own.text : undefined);
  if (system !== undefined) messages.push({ role: "system", content: system });
  if (user !== undefined) messages.push({ role: "user", content: user });
  if (said !== undefined || reasoning !== undefined) {
    messages.push({ role: "assistant", content: said ?? "", ...(reasoning === undefined ? {} : { reasoning }) });
  }
  return own === undefined ? { messages } : { messages, reply: own };
}

/** True where one of these records has the field by which OpenAI says that it declined: then its absence says "no". */
export function tellRefusals(records: readonly Fields[], { messages }: Mapping): boolean {
  const list = messages?.list;
  if (list === undefined) return false;
  return records.some((fields) => {
    const found = fieldAt(fields, list);
    return Array.isArray(found) && found.some((message) => isObject(message) && saysRefusal(message as ListMessage));
  });
}

function saysRefusal(message: ListMessage): boolean {
  return Object.hasOwn(message, "refusal") || Array.isArray(message.content) && message.content.some(isRefusal);
}

function isRefusal({ type }: { readonly type: string }): boolean {
  return type === "refusal";
}

function ofList(list: string, { fields, problems, tellsRefusals }: MappedRecord): MappedMessages {
  const { data, error } = listSchema.safeParse(fieldAt(fields, list) ?? []);
  if (error) problems.push(`message list: ${explain(error)}`);
  const given = data ?? [];
  const messages = given.map((message): Message => ({ role: message.role, content: textOf(message) }));
  const last = given.at(-1);
  if (last?.role !== "assistant" || !(saysRefusal(last) || tellsRefusals && textOf(last) !== "")) return { messages };
  const text = refusalOf(last);
  const isOnly = given.slice(0, -1).every(({ role }) => role !== "assistant");
  const where = `${list}.${given.length - 1}.refusal`;
  return { messages, reply: { isRefused: text !== "", where, text, isOnly } };
}

function refusalOf({ refusal, content }: ListMessage): string {
  const parts = Array.isArray(content) ? content.filter(isRefusal).map((part) => part.refusal ?? part.text ?? "") : [];
  return [refusal ?? "", ...parts].filter((text) => text !== "").join("\n");
}

/** What a message says: where it was declined, that stands apart from the content. */
function textOf(message: ListMessage): string {
  const { content } = message;
  const said = typeof content === "string"
    ? [content]
    : (content ?? []).filter((part) => !isRefusal(part)).map(({ text, type }) => text ?? `[${type}]`);
  return [...said, refusalOf(message)].filter((text) => text !== "").join("\n");
}

/** A mapping that takes the answer from `….message.content`: the refusal stands beside it, the reason beside the message. */
function choiceOf({ fields, mapping }: MappedRecord): ProviderReply | undefined {
  const from = mapping.messages?.assistant !== undefined && "from" in mapping.messages.assistant
    ? /^(.+)\.content$/.exec(mapping.messages.assistant.from)?.[1]
    : undefined;
  const message = from === undefined ? undefined : fieldAt(fields, from);
  if (from === undefined || !isObject(message)) return undefined;
  const choice = from.endsWith(".message") ? from.slice(0, -".message".length) : undefined;
  const reason = choice === undefined ? undefined : fieldAt(fields, `${choice}.finish_reason`);
  const text = typeof message.refusal === "string" ? message.refusal : "";
  if (text !== "") return { isRefused: true, where: `${from}.refusal`, text, isOnly: true };
  const said = typeof message.content === "string" ? message.content : "";
  const ofReason = replyOf(reason, `${choice}.finish_reason`, said);
  if (ofReason !== undefined) return ofReason;
  return Object.hasOwn(message, "refusal") ? { isRefused: false, where: `${from}.refusal`, isOnly: true } : undefined;
}
