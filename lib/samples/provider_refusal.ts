/**
 * A refusal by the provider: its filter or its own field says that a request was declined, whatever the text says.
 *
 * The score says so for every sample of which it is known, so that its rate is one of all of them. The act `refuses`
 * stands beside it where the declined reply is all that the model did; where it had acted before, only a reader can say
 * what the sample amounts to.
 *
 * @module
 */
import type { Label } from "./sample.ts";

/** The labeler of such a label. Its act gives way to whatever anyone else coded. */
export const PROVIDER = "provider";

/** The name of the score. */
export const PROVIDER_REFUSAL = "provider_refusal";

/** Stop reasons by which a provider says that it declined: OpenAI's and Inspect's, and Anthropic's. */
const DECLINED: readonly string[] = ["content_filter", "refusal"];

/** What a stop reason says of a reply that is all that the model did; `undefined` where there is none. */
export function replyOf(reason: unknown, field: string, text?: string): ProviderReply | undefined {
  if (typeof reason !== "string" || reason === "") return undefined;
  return { isRefused: DECLINED.includes(reason), where: `${field}: ${reason}`, text, isOnly: true };
}

/** What is known of a provider's last reply in a sample. */
export interface ProviderReply {
  readonly isRefused: boolean;
  /** The field that says so: `output.choices[0].stop_reason: content_filter`. */
  readonly where: string;
  /** What the provider or the model said with it. */
  readonly text?: string;
  /** True where the model did nothing before in this sample. */
  readonly isOnly: boolean;
}

/**
 * The label of a provider's reply.
 *
 * @example
 * ```ts
 * import { providerLabel } from "$lib/samples/provider_refusal.ts";
 * import assert from "node:assert/strict";
 *
 * const answered = { isRefused: false, where: "choices.0.finish_reason: stop", isOnly: true };
 * assert.deepEqual(providerLabel(answered), {
 *   labeler: "provider",
 *   kind: "rule",
 *   scores: { provider_refusal: false },
 * });
 * const refused = providerLabel({ isRefused: true, where: "choices.0.finish_reason: content_filter", isOnly: true });
 * assert.equal(refused.acts?.[0].name, "refuses");
 * ```
 */
export function providerLabel({ isRefused, where, text = "", isOnly }: ProviderReply): Label {
  const label = { labeler: PROVIDER, kind: "rule", scores: { [PROVIDER_REFUSAL]: isRefused } } as const;
  if (!isRefused) return label;
  if (!isOnly) return { ...label, note: `declined after other turns of the model, which this does not code: ${where}` };
  const words = text.trim().slice(0, LONGEST_QUOTE);
  const act = { name: "refuses", against: [], motive: "none_stated", covert: false, where } as const;
  return { ...label, acts: [words === "" ? act : { ...act, quote: words }] };
}

const LONGEST_QUOTE = 300;
