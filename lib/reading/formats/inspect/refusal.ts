/**
 * Whether the provider declined the last request of an Inspect sample: by the stop reason of its output, or, where the
 * run was told to fail on that (`fail_on_refusal`), by the sample's error.
 *
 * @module
 */
import { z } from "zod";
import type { ProviderReply } from "../../../samples/provider_refusal.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import type { InspectLog } from "./log.ts";
import { lastTargetCall } from "./messages.ts";

const outputSchema = z.looseObject({
  choices: z.array(z.looseObject({ stop_reason: z.string(), message: z.unknown().optional() })).min(1),
});

/** A refusal that became an error names the model, and its role if it was asked in one. */
const REFUSAL_ERROR = /\bModelRefusalError\(\s*['"]Model refusal \(([^)]*)\): ?([\s\S]*?)['"]\s*,?\s*\)[\])\s]*$/;

/** What is known of the provider's last reply to the model under test; `undefined` where nothing is. */
export function providerReply(sample: Fields, log: InspectLog): ProviderReply | undefined {
  if (sample.error !== undefined && sample.error !== null) return ofError(sample, log);
  const call = log.hasTarget ? lastTargetCall(sample) : undefined;
  if (log.hasTarget && (call === undefined || call.pending === true || (call.error ?? null) !== null)) return undefined;
  const { data } = outputSchema.safeParse(call === undefined ? sample.output : call.output);
  if (data === undefined) return undefined;
  const [{ stop_reason: reason, message }] = data.choices;
  if (reason === "unknown") return undefined;
  const isRefused = reason === "content_filter";
  const text = isObject(message) ? textOf(message.content) : "";
  const before = call === undefined ? ownTurns(sample.messages).slice(0, -1) : ownTurns(call.input);
  const output = call === undefined ? "output" : "the target's last output";
  return { isRefused, where: `${output}.choices[0].stop_reason: ${reason}`, text, isOnly: before.length === 0 };
}

/** An error says nothing of a reply, unless it is the refusal of the model under test: a grader can refuse as well. */
function ofError({ error, messages }: Fields, log: InspectLog): ProviderReply | undefined {
  const message = isObject(error) && typeof error.message === "string" ? error.message : "";
  const [, who, text] = REFUSAL_ERROR.exec(message) ?? [];
  if (who === undefined) return undefined;
  const [model, ...details] = who.split(", ");
  const role = details.find((detail) => detail.startsWith("role "))?.slice("role ".length);
  const isTested = log.hasTarget ? role === "target" : role === undefined && model === log.model;
  if (!isTested) return undefined;
  const isOnly = !log.hasTarget && ownTurns(messages).length === 0;
  return { isRefused: true, where: "error: ModelRefusalError", text, isOnly };
}

/** What the model said itself: turns of the assistant that are part of the prompt are marked as input. */
function ownTurns(messages: unknown): readonly unknown[] {
  return (Array.isArray(messages) ? messages : []).filter((message) =>
    isObject(message) && message.role === "assistant" && message.source !== "input"
  );
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts = Array.isArray(content) ? content : [];
  return parts.flatMap((part) => isObject(part) && typeof part.text === "string" ? [part.text] : []).join("\n");
}
