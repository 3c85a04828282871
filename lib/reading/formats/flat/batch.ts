/**
 * The output of a batch: OpenAI's lines with `custom_id` and `response.body` (chat completions or responses), and
 * Anthropic's with `result.message`. The prompts stand in the file of requests, and are not here.
 *
 * @module
 */
import { z } from "zod";
import { toConversation } from "../chat_messages.ts";
import { scenarioOf } from "../prompt_cluster.ts";
import { recordFormat } from "../record_format.ts";
import type { Entry } from "../../../samples/load_report.ts";
import type { Fields } from "../../bytes/record.ts";
import type { Place } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const bodySchema = z.looseObject({
  model: text.nullish(),
  choices: z.array(z.looseObject({ message: z.unknown() })).nullish(),
  output: z.array(z.unknown()).nullish(),
  error: z.unknown().optional(),
});

const recordSchema = z.looseObject({
  custom_id: text,
  response: z.looseObject({ status_code: z.number().nullish(), body: bodySchema.nullish() }).nullish(),
  result: z.looseObject({ type: text, message: z.looseObject({ model: text.nullish() }).nullish() }).nullish(),
  error: z.unknown().optional(),
});

/** One sample an answer; a request that failed is a sample without one, which no labeler can judge. */
export const batch = {
  ...recordFormat({
    name: "batch",
    kind: "jsonl",
    fields: ["custom_id"],
    isOne: ({ response, result }) => response !== undefined || result !== undefined,
    toEntry,
  }),
  needs: "custom_id and response or result in JSONL",
  isGeneric: true,
};

function toEntry(record: Fields, source: Place): Entry | Entry[] {
  const { success, data, error } = recordSchema.safeParse(record);
  if (!success) return { reject: { ...source, reason: explain(error) } };
  const { custom_id, response, result } = data;
  const answers = answersIn(data);
  const scenario = scenarioOf(source.file);
  const shared = {
    model: response?.body?.model ?? result?.message?.model ?? "not recorded",
    scenario,
    condition: {},
    cluster: `${scenario} ${custom_id}`,
    source,
  };
  if (answers.length === 0) {
    const note = whyNone(data);
    return { sample: { id: custom_id, ...shared, labels: [{ labeler: "batch", kind: "dataset", note }] } };
  }
  return answers.map((answer, index): Entry => {
    const { messages, problems } = toConversation(answer);
    if (problems.length > 0) return { reject: { ...source, reason: `the answer: ${problems.slice(0, 3).join("; ")}` } };
    const id = answers.length === 1 ? custom_id : `${custom_id}/choice ${index + 1}`;
    return { sample: { id, ...shared, messages, labels: [] } };
  });
}

/** Each choice is an answer; the items of a response are one together. */
function answersIn({ response, result }: z.infer<typeof recordSchema>): unknown[] {
  if (result?.message) return [{ role: "assistant", ...result.message }];
  const { choices, output } = response?.body ?? {};
  if (choices) return choices.map(({ message }) => message);
  return output && output.length > 0 ? [output] : [];
}

function whyNone({ response, result, error }: z.infer<typeof recordSchema>): string {
  const why = error ?? response?.body?.error ?? result ?? `status ${response?.status_code ?? "not recorded"}`;
  return `error: ${typeof why === "string" ? why : JSON.stringify(why)}`;
}
