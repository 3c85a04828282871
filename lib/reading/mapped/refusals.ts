/**
 * Whether the provider declined a mapped record: by the field `refusal` of a chat message, by a part of that type, or by the
 * choice's `finish_reason`, as OpenAI's API gives them.
 *
 * @module
 */
import { z } from "zod";
import { type ProviderReply, replyOf } from "../../samples/provider_refusal.ts";
import { type Fields, isObject } from "../bytes/record.ts";
import type { Changes, Mapping } from "../../samples/mapping.ts";
import { fieldAt, type MappedRecord } from "./values.ts";

const partSchema = z.looseObject({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() });

const listSchema = z.array(z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(partSchema)], { error: "must be text, or a list of parts" }).nullish(),
  refusal: z.string().nullish(),
}));

type ListMessage = z.infer<typeof listSchema>[number];

/** True where one of these records has the field by which OpenAI says that it declined: then its absence says "no". */
export function tellRefusals(records: readonly Fields[], mapping: Mapping): boolean {
  return listsOf(mapping).some((list) =>
    records.some((fields) => {
      const found = fieldAt(fields, list);
      return Array.isArray(found) && found.some((message) => isObject(message) && saysRefusal(message as ListMessage));
    })
  );
}

function saysRefusal(message: ListMessage): boolean {
  return Object.hasOwn(message, "refusal") || Array.isArray(message.content) && message.content.some(isRefusal);
}

function isRefusal({ type }: { readonly type: string }): boolean {
  return type === "refusal";
}

/** What the last message of a list says; absent where nothing tells whether the provider declined. */
export function listReplyOf({ fields, mapping, tellsRefusals }: MappedRecord): ProviderReply | undefined {
  for (const list of listsOf(mapping)) {
    const given = listSchema.safeParse(fieldAt(fields, list)).data ?? [];
    const last = given.at(-1);
    if (last?.role !== "assistant" || !(saysRefusal(last) || tellsRefusals && textOf(last) !== "")) continue;
    const text = refusalOf(last);
    const isOnly = given.slice(0, -1).every(({ role }) => role !== "assistant");
    return { isRefused: text !== "", where: `${list}.${given.length - 1}.refusal`, text, isOnly };
  }
  return undefined;
}

function listsOf(mapping: Mapping | Changes): string[] {
  return "messages" in mapping ? [mapping.messages?.list ?? []].flat() : [];
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
export function choiceOf({ fields, mapping }: MappedRecord): ProviderReply | undefined {
  if (!("messages" in mapping)) return undefined;
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
