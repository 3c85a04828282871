/**
 * Episodes as JSONL: one run a line, with the log of what the simulated system was told to do.
 *
 * @module
 */
import { z } from "zod";
import { conditionOf, conditionOfId } from "../condition_id.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { recordFormat } from "../record_format.ts";
import type { Fields } from "../../bytes/record.ts";
import { clusterOf, type Place } from "../../../samples/sample.ts";
import { conditionSchema, explain } from "../../../samples/schema.ts";
import { providerLabel, replyOf } from "../../../samples/provider_refusal.ts";

const text = z.string().min(1, "must not be empty");
const action = z.looseObject({ type: z.string(), malformed: z.boolean().nullish() });

const recordSchema = z.looseObject({
  episode_id: text,
  condition_id: text,
  scenario: text,
  goal_type: text,
  goal_value: text.nullish(),
  urgency_type: text,
  prompt_variant: text.nullish(),
  model: text,
  response: z.string().nullish(),
  stop_reason: z.unknown().optional(),
  system_log: z.array(action).nullish(),
});
type Episode = z.infer<typeof recordSchema>;

/** One sample a line. Nobody judged it: the one label counts what the system log holds. */
export const episodes = recordFormat({
  name: "episodes",
  kind: "jsonl",
  fields: ["episode_id", "condition_id", "system_log"],
  toEntry,
});

function toEntry(record: Fields, source: Place): Entry {
  const episode = recordSchema.safeParse(record);
  const condition = conditionSchema.safeParse(episode.success ? factorsOf(episode.data) : {});
  if (!episode.success || !condition.success) {
    return { reject: { ...source, reason: explain((episode.error ?? condition.error)!) } };
  }
  const { episode_id, model, scenario, response, stop_reason, system_log } = episode.data;
  const reply = replyOf(stop_reason, "stop_reason", response ?? "");
  return {
    sample: {
      id: episode_id,
      model,
      scenario,
      condition: condition.data,
      cluster: clusterOf(scenario, condition.data),
      ...(response ? { messages: [{ role: "assistant" as const, content: response }] } : {}),
      labels: [
        ...system_log ? [{ labeler: "rules@1", kind: "rule" as const, scores: countsOf(system_log) }] : [],
        ...reply === undefined ? [] : [providerLabel(reply)],
      ],
      source,
    },
  };
}

/** The prompt variant is a factor; production is said in the condition id alone. */
function factorsOf({ condition_id, goal_type, goal_value, urgency_type, prompt_variant }: Episode) {
  const production = conditionOfId(condition_id)?.condition.production;
  const factors = conditionOf({ goalType: goal_type, goal: goal_value ?? "none", threat: urgency_type });
  return { ...factors, ...production && { production }, ...prompt_variant && { variant: prompt_variant } };
}

/** How many actions the model gave, of them emails, and how many more could not be parsed. */
function countsOf(log: readonly z.infer<typeof action>[]) {
  const parsed = log.filter(({ malformed }) => malformed !== true);
  const emails = parsed.filter(({ type }) => type === "email").length;
  return { actions: parsed.length, emails, malformed_actions: log.length - parsed.length };
}
