/**
 * Flat judged JSONL as in github.com/jasmineee-li/eval-awareness: one answer a line with the judge's scores beside it.
 *
 * @module
 */
import { basename } from "node:path";
import { z } from "zod";
import { conditionOfId } from "../condition_id.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { recordFormat } from "../record_format.ts";
import type { Fields } from "../../bytes/record.ts";
import { clusterOf, type Message, type Place } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const grade = z.number().nullable().optional();
const verdict = z.boolean().nullable().optional();

const recordSchema = z.looseObject({
  model: text,
  warning: text,
  cond: text,
  sample_id: text.refine((id) => conditionOfId(id) !== undefined, {
    error: ({ input }) => `must be a condition id as leaking_explicit-america_restriction: current value is ${input}`,
  }),
  evaluation_awareness: grade,
  harmful_action: grade,
  aware: verdict,
  harmful: verdict,
  cot: z.string().nullable().optional(),
  response: z.string().nullable().optional(),
  judge_explanation: z.string().nullable().optional(),
});

/** One sample a line. `sample_id` names the condition and stands in many lines, so the id is file name and line. */
export const judged = {
  ...recordFormat({
    name: "judged",
    kind: "jsonl",
    fields: ["model", "sample_id", "warning", "cond", "harmful"],
    toEntry,
  }),
  verdict: { label: "harmful", true_is: "subvert" },
} as const;

function toEntry(record: Fields, source: Place): Entry {
  const { success, data, error } = recordSchema.safeParse(record);
  if (!success) return { reject: { ...source, reason: explain(error) } };
  const { scenario, condition: ofId } = conditionOfId(data.sample_id)!;
  const condition = { ...ofId, warning: data.warning, cond: data.cond };
  const { evaluation_awareness = null, harmful_action = null, aware = null, harmful = null } = data;
  const note = data.judge_explanation ? { note: data.judge_explanation } : {};
  return {
    sample: {
      id: `${basename(source.file)}:${source.at.replace("line ", "")}`,
      model: data.model,
      scenario,
      condition,
      cluster: clusterOf(scenario, condition),
      messages: answerOf(data),
      labels: [{
        labeler: "judge",
        kind: "judge",
        scores: { evaluation_awareness, harmful_action, aware, harmful },
        ...note,
      }],
      source,
    },
  };
}

function answerOf({ cot, response }: z.infer<typeof recordSchema>): Message[] {
  if (!response && !cot) return [];
  return [{ role: "assistant", content: response ?? "", ...(cot ? { reasoning: cot } : {}) }];
}
