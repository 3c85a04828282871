/**
 * A chat completion, as far as it is read: compatible servers differ in the rest.
 *
 * @module
 */
import { z } from "zod";
import type { Origin, Usage } from "./task.ts";

/** The reply itself. */
export interface Completion {
  readonly content?: string | null;
  /** What the model said where it declined to answer. */
  readonly refusal?: string | null;
  /** What the model thought before it answered, where the server tells. */
  readonly reasoning?: string;
  /** The tools that it called, with their arguments as text. */
  readonly calls?: readonly { readonly name: string; readonly arguments: string }[];
  readonly finish?: string | null;
  /** The model that the reply names as its own. */
  readonly model?: string | null;
  /** Absent where the server did not say. */
  readonly usage?: Usage;
}

/** Less than no tokens is nothing that a server can say: its usage is then unknown. */
const tokens = z.number().int().min(0);

const completionSchema = z.object({
  choices: z.array(z.object({
    finish_reason: z.string().nullish(),
    message: z.object({
      content: z.string().nullish(),
      refusal: z.string().nullish(),
      reasoning_content: z.string().nullish().catch(undefined),
      reasoning: z.string().nullish().catch(undefined),
      tool_calls: z.array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) })).nullish(),
    }),
  })).min(1),
  model: z.string().nullish().catch(undefined),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(undefined),
});

/**
 * Reads a chat completion; `undefined` where it is none. Where a server sends several choices, the first counts.
 *
 * @example
 * ```ts
 * import { completionOf } from "$lib/asking/completion.ts";
 * import assert from "node:assert/strict";
 *
 * const choices = [{ finish_reason: "stop", message: { content: "Yes" } }, { message: { content: "No" } }];
 * assert.equal(completionOf({ choices })?.content, "Yes");
 * assert.equal(completionOf({ choices: [] }), undefined);
 * ```
 */
export function completionOf(value: unknown): Completion | undefined {
  const { success, data } = completionSchema.safeParse(value);
  if (!success) return undefined;
  const [{ finish_reason: finish, message: { content, refusal, reasoning_content, reasoning: thought, tool_calls } }] =
    data.choices;
  const reasoning = reasoning_content || thought;
  const usage = data.usage ? { input: data.usage.prompt_tokens, output: data.usage.completion_tokens } : undefined;
  return {
    content,
    refusal,
    ...reasoning ? { reasoning } : {},
    ...tool_calls?.length ? { calls: tool_calls.map((call) => call.function) } : {},
    finish,
    model: data.model,
    usage,
  };
}

/** Returns what a line keeps of where the reply came from. */
export function originOf({ model, finish }: Completion): Origin {
  return { ...model ? { answered_by: beginning(model) } : {}, ...finish ? { finish: beginning(finish) } : {} };
}

const MOST_SHOWN = 200;

/** The first words of a text that may be long. */
export function beginning(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
