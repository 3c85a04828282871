/**
 * The `results.jsonl` of the verifiers library on agentic-misalignment prompts: one rollout a line, with a reward and
 * metrics. The model's name is not in it: it is in `metadata.json` beside it.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { conditionOf, conditionOfId } from "../condition_id.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { type Opener, readText, STDIN } from "../../bytes/source.ts";
import { defaultCluster } from "../prompt_cluster.ts";
import { recordFormat } from "../record_format.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import { parseJson } from "../../../json/strict.ts";
import type { Condition, Label, Message, Place, Score } from "../../../samples/sample.ts";
import { conditionSchema, explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const flag = z.boolean().nullish();

/** What is recorded of the task. */
export const infoSchema = z.looseObject({
  condition_id: text.optional(),
  scenario: text.optional(),
  goal_type: text.optional(),
  goal_value: text.nullish(),
  urgency_type: text.optional(),
  extra_system_instructions: z.union([text, z.literal(false), z.null()]).optional(),
  prod: flag,
  test_eval_awareness: flag,
});

/** Content in parts keeps its text; a call of a tool is kept as its JSON. */
const messageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]).nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: z.array(z.unknown()).nullish(),
});

/** A conversation, or its text alone. */
const conversation = z.union([z.string(), z.array(messageSchema)]).nullish();

const recordSchema = z.looseObject({
  example_id: z.union([z.int(), text]),
  prompt: conversation,
  completion: conversation,
  info: z.preprocess(unpacked, infoSchema),
  reward: z.number().nullish(),
  metrics: z.record(text, z.union([z.number(), z.string(), z.boolean()]).nullable()).nullish(),
  error: z.unknown().optional(),
});
type Rollout = z.infer<typeof recordSchema>;

/** One sample a line; an example has several rollouts, so the id is folder, file name and line. */
export const verifiers = recordFormat({
  name: "verifiers",
  kind: "jsonl",
  fields: ["example_id", "completion", "reward"],
  contextOf: modelOf,
  toEntry,
});

function toEntry(record: Fields, source: Place, model: string): Entry {
  const { success, data, error } = recordSchema.safeParse(record);
  if (!success) return { reject: { ...source, reason: explain(error) } };
  const situation = situationIn(data.info);
  if ("reason" in situation) return { reject: { ...source, ...situation } };
  const { scenario, condition } = situation;
  const messages = [...messagesOf(data.prompt, "user"), ...messagesOf(data.completion, "assistant")];
  return {
    sample: {
      id: `${basename(dirname(resolve(source.file)))}/${basename(source.file)}:${source.at.replace("line ", "")}`,
      model,
      scenario,
      condition,
      cluster: defaultCluster(scenario, condition, messages),
      messages,
      labels: [labelOf(data)],
      source,
    },
  };
}

/** What ran, by what is recorded of the agentic-misalignment task; or why that is not known. */
export function situationIn(
  info: z.infer<typeof infoSchema>,
): { readonly scenario: string; readonly condition: Condition } | { readonly reason: string } {
  const of = conditionOfId(info.condition_id ?? "");
  const scenario = info.scenario ?? of?.scenario;
  const condition = conditionSchema.safeParse({ ...of?.condition, ...factorsOf(info) });
  if (!condition.success) return { reason: explain(condition.error) };
  if (scenario === undefined) return { reason: "info: neither scenario nor condition_id says what ran" };
  return { scenario, condition: condition.data };
}

/** What `info` records beside the condition id, each under the name that the other readers give it. */
function factorsOf(info: z.infer<typeof infoSchema>): Condition {
  const { goal_type, goal_value, urgency_type, extra_system_instructions, prod, test_eval_awareness } = info;
  const ofParts = goal_type === undefined || urgency_type === undefined ? {} : conditionOf({
    goalType: goal_type,
    goal: goal_value ?? "none",
    threat: urgency_type,
    production: prod ?? undefined,
  });
  return {
    ...ofParts,
    ...(extra_system_instructions === undefined ? {} : { prohibition: extra_system_instructions || "none" }),
    ...(typeof test_eval_awareness === "boolean" ? { test_eval_awareness: String(test_eval_awareness) } : {}),
  };
}

/** Numbers of a line that say how the run went, and not what a scorer found. */
const OF_THE_RUN = new Set(["example_id", "reward", "is_completed", "is_truncated", "id", "seed", "turn", "rollout"]);
const DURATION = /_(ms|s|seconds)$/;

/** Versions before `metrics` have each metric as a field of the line, beside those of the run. */
function metricsOf(record: Rollout): Record<string, Score> {
  if (record.metrics) return record.metrics;
  return Object.fromEntries(
    Object.entries(record).filter((field): field is [string, number | boolean] => {
      const [name, value] = field;
      return ["number", "boolean"].includes(typeof value) && !OF_THE_RUN.has(name) && !DURATION.test(name);
    }),
  );
}

/** Reward and metrics as delivered. A rollout that failed has rewards of 0 that nobody gave: they are missing. */
function labelOf(record: Rollout): Label {
  const { reward = null, error } = record;
  const scores: Record<string, Score> = { ...metricsOf(record), reward };
  if (!error) return { labeler: "verifiers", kind: "judge", scores };
  const note = `error: ${typeof error === "string" ? error : JSON.stringify(error)}`;
  const missing = Object.fromEntries(Object.keys(scores).map((name) => [name, null]));
  return { labeler: "verifiers", kind: "judge", scores: missing, note };
}

function messagesOf(value: z.infer<typeof conversation>, role: Message["role"]): Message[] {
  if (!value) return [];
  if (typeof value === "string") return [{ role, content: value }];
  return value.map(({ role, content, reasoning_content, tool_calls }) => {
    const texts = typeof content === "string" ? [content] : (content ?? []).flatMap(({ text }) => text ?? []);
    const calls = (tool_calls ?? []).map((call) => typeof call === "string" ? call : JSON.stringify(call));
    const parts = [...texts, ...calls].filter((part) => part !== "");
    return { role, content: parts.join("\n"), ...(reasoning_content ? { reasoning: reasoning_content } : {}) };
  });
}

/** `info` comes as an object or, from some data sets, as its JSON. */
function unpacked(info: unknown, context: z.RefinementCtx): unknown {
  if (typeof info !== "string") return info;
  try {
    return parseJson(info);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
}

/** The model by `metadata.json` beside the file. */
async function modelOf(file: string, open: Opener): Promise<string> {
  if (file === STDIN) return "not recorded";
  try {
    const metadata = parseJson(await readText(join(dirname(file), "metadata.json"), open));
    return isObject(metadata) && typeof metadata.model === "string" && metadata.model !== ""
      ? metadata.model
      : "not recorded";
  } catch (error) {
    if (error instanceof SyntaxError) open.note(file, `metadata.json beside it cannot be read: ${error.message}`);
    else if ((error as { code?: string }).code !== "ENOENT") throw error;
    return "not recorded";
  }
}
