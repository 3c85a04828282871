/**
 * The `traces.jsonl` of verifiers 0.4: one task a line, with a trace for each agent that worked on it, and in each its
 * messages, rewards by name and metrics.
 *
 * @module
 */
import { z } from "zod";
import { toConversation } from "../chat_messages.ts";
import { recordFormat } from "../record_format.ts";
import { infoSchema, situationIn } from "./verifiers.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import {
  clusterOf,
  type Condition,
  type Label,
  type Message,
  type Place,
  type Score,
} from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const loose = z.looseObject({});

const traceSchema = z.looseObject({
  id: text.nullish(),
  agent: z.looseObject({ name: z.string().nullish(), config: z.looseObject({ model: text.nullish() }).nullish() })
    .nullish(),
  nodes: z.array(z.looseObject({ parent: z.int().min(0).nullish(), message: z.unknown() })).nullish(),
  rewards: z.record(z.string(), z.unknown()).nullish(),
  metrics: z.record(z.string(), z.unknown()).nullish(),
  info: loose.nullish(),
  ok: z.boolean().nullish(),
  errors: z.array(z.unknown()).nullish(),
});
type Trace = z.infer<typeof traceSchema>;

const recordSchema = z.looseObject({
  id: text.nullish(),
  env: z.looseObject({ id: text.nullish() }).nullish(),
  task: z.looseObject({ type: z.string().nullish(), data: loose.nullish() }),
  ok: z.boolean().nullish(),
  errors: z.array(z.unknown()).nullish(),
  traces: z.array(traceSchema).min(1, "must hold a trace"),
});
type Run = z.infer<typeof recordSchema>;

/** One sample a trace. */
export const verifiersTraces = recordFormat({
  name: "verifiers_traces",
  kind: "jsonl",
  fields: ["task", "traces", "ok"],
  toEntry,
});

function toEntry(record: Fields, source: Place): Entry | Entry[] {
  const { success, data, error } = recordSchema.safeParse(record);
  if (!success) return { reject: { ...source, reason: explain(error) } };
  return data.traces.map((trace, index) => entryOf(data, trace, index, source));
}

function entryOf(run: Run, trace: Trace, index: number, source: Place): Entry {
  const { success, data: info, error } = infoSchema.safeParse({ ...run.task.data, ...trace.info });
  if (!success) return { reject: { ...source, reason: `task.data: ${explain(error)}` } };
  const situation = isMisalignment(info) ? situationIn(info) : otherTask(run);
  if ("reason" in situation) return { reject: { ...source, ...situation } };
  const { messages, problems } = toConversation(chainIn(trace));
  if (problems.length > 0) return { reject: { ...source, reason: `nodes: ${problems.slice(0, 3).join("; ")}` } };
  const { scenario, condition } = situation;
  return {
    sample: {
      id: trace.id ?? `${run.id ?? source.at}/${index + 1}`,
      model: trace.agent?.config?.model ?? "not recorded",
      scenario,
      condition,
      cluster: "cluster" in situation ? String(situation.cluster) : clusterOf(scenario, condition),
      ...messages.length > 0 ? { messages: messages as Message[] } : {},
      labels: [labelOf(run, trace)],
      source,
    },
  };
}

function isMisalignment({ condition_id, scenario, goal_type }: z.infer<typeof infoSchema>): boolean {
  return condition_id !== undefined || scenario !== undefined || goal_type !== undefined;
}

/** Any other task is known by its environment, and its prompt by its number there. */
function otherTask({ env, task }: Run): { scenario: string; condition: Condition; cluster: string } {
  const scenario = env?.id ?? task.type ?? "not recorded";
  return { scenario, condition: {}, cluster: `${scenario} ${task.data?.idx ?? JSON.stringify(task.data ?? "")}` };
}

/** The messages from the first to the last one: a trace is a tree, in which what was tried before stands beside. */
function chainIn({ nodes }: Trace): unknown[] {
  const all = nodes ?? [];
  if (all.every(({ parent }) => parent === undefined || parent === null)) return all.map(({ message }) => message);
  const chain: unknown[] = [];
  for (
    let at: number | null | undefined = all.length - 1;
    at !== undefined && at !== null && chain.length <= all.length;
  ) {
    const node: NonNullable<Trace["nodes"]>[number] | undefined = all[at];
    if (node === undefined) break;
    chain.unshift(node.message);
    at = node.parent;
  }
  return chain;
}

/** Rewards and metrics as delivered. Of what failed, zeros are nobody's verdict: they are missing. */
function labelOf(run: Run, trace: Trace): Label {
  const given = { ...trace.metrics, ...trace.rewards };
  const errors = [...run.errors ?? [], ...trace.errors ?? []];
  const isOk = run.ok !== false && trace.ok !== false && errors.length === 0;
  const scores = Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, Score] => [name, isOk ? scoreOf(value) : null]),
  );
  const note = isOk ? {} : { note: `error: ${errors.length > 0 ? JSON.stringify(errors) : "the run is not ok"}` };
  return { labeler: "verifiers", kind: "judge", scores, ...note };
}

/** A reward stands beside its weight. */
function scoreOf(value: unknown): Score {
  const score = isObject(value) ? value.score : value;
  return typeof score === "number" || typeof score === "boolean" || typeof score === "string" ? score : null;
}
