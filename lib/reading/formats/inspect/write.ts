/**
 * Samples as an Inspect log, so that Inspect's own viewer and data frames read them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { PROVIDER, PROVIDER_REFUSAL } from "../../../samples/provider_refusal.ts";
import { OWN } from "./own.ts";
import type { Call, Generation, Label, Message, Sample } from "../../../samples/sample.ts";

/** The log format that is written. */
const LOG_VERSION = 2;

/**
 * Returns the samples of one model as the object of an Inspect log: a sample's scenario and levels are its metadata, each
 * label is a score of the labeler's name with acts and kind in its metadata, and {@linkcode load} reads them all back. Of
 * what was sampled here, dates, tokens, stop reasons and errors are those of its generation. Nothing is said that is not
 * known: the date is that of 1970 otherwise.
 *
 * @param name of the data set, which becomes the task
 * @throws {RangeError} if there is no sample, or there are samples of several models: a log holds one
 *
 * @example
 * ```ts
 * import { inspectLogOf } from "$lib/reading/formats/inspect/write.ts";
 * import assert from "node:assert/strict";
 *
 * const labels = [{ labeler: "coder", kind: "human", scores: { harmful: true } }] as const;
 * const sample = { id: "1", model: "m", scenario: "s", condition: { threat: "none" }, cluster: "s", labels };
 * const log = inspectLogOf("mine", [{ ...sample, source: { file: "a.jsonl", at: "line 1" } }]);
 * assert.deepEqual(log.samples[0].scores.coder.value, { harmful: true });
 * ```
 */
export function inspectLogOf(name: string, samples: readonly Sample[]) {
  const models = [...new Set(samples.map(({ model }) => model))];
  if (models.length !== 1) {
    const found = models.length === 0 ? "there is no sample" : `there are ${models.length}: ${models.join(", ")}`;
    throw new RangeError(`Cannot write an Inspect log as it holds one model: ${found}`);
  }
  const identity = createHash("sha256").update(JSON.stringify([name, samples.map(({ id }) => id)])).digest("hex");
  const dates = samples.flatMap(({ generation }) => generation?.date ?? []).sort();
  const created = dates[0] ?? new Date(0).toISOString();
  const ids = samples.map(({ id }) => id);
  return {
    version: LOG_VERSION,
    status: "success",
    eval: {
      eval_id: identity.slice(0, 22),
      run_id: identity.slice(22, 44),
      created,
      task: name,
      task_id: identity.slice(0, 22),
      task_version: 0,
      task_attribs: {},
      task_args: {},
      dataset: { name, samples: samples.length, sample_ids: ids, shuffled: false },
      model: models[0],
      model_args: {},
      config: { epochs: 1 },
      packages: {},
      metadata: { written_by: "obey-or-refuse" },
    },
    plan: { name: "plan", steps: [], config: {} },
    results: { total_samples: samples.length, completed_samples: samples.length, scores: [] },
    stats: { started_at: created, completed_at: dates.at(-1) ?? created, model_usage: {} },
    samples: samples.map(toInspectSample),
  };
}

function toInspectSample(sample: Sample) {
  const { id, scenario, condition, cluster, run, model, messages = [], labels, generation } = sample;
  const written = withCallIds(messages.map(toInspectMessage));
  const usage = generation?.usage && usageOf(generation.usage);
  const last = written.findLast(({ role }) => role === "assistant");
  return {
    id,
    epoch: 1,
    input: written.filter(({ role }) => role === "system" || role === "user"),
    target: "",
    messages: written,
    output: {
      model: generation?.answered_by ?? model,
      choices: choicesOf(last, labels, generation),
      ...usage === undefined ? {} : { usage },
    },
    scores: scoresOf(labels.filter(({ labeler }) => labeler !== PROVIDER)),
    metadata: {
      scenario,
      ...condition,
      [OWN]: {
        ...{ scenario, condition, cluster },
        ...run === undefined ? {} : { run },
        ...generation === undefined ? {} : { generation },
      },
    },
    ...generation?.missing === undefined ? {} : { error: errorOf(generation) },
    store: {},
    events: [],
    model_usage: usage === undefined ? {} : { [model]: usage },
    attachments: {},
  };
}

function usageOf({ input, output }: NonNullable<Generation["usage"]>) {
  return { input_tokens: input, output_tokens: output, total_tokens: input + output };
}

/** What has no answer is an error of the sample: Inspect then takes it for not run. */
function errorOf({ missing, note = "" }: Generation) {
  return { message: note === "" ? `${missing}` : `${missing}: ${note}`, traceback: "", traceback_ansi: "" };
}

/** The names that Inspect has for why a reply ended. */
const STOP_REASONS = new Map([["stop", "stop"], ["length", "max_tokens"], ["tool_calls", "tool_calls"]]);

/** The last reply with the reason why it ended: whether the provider declined is said by that, and is no score here. */
function choicesOf(
  last: InspectMessage | undefined,
  labels: readonly Label[],
  generation: Generation | undefined,
) {
  const isRefused = labels.find(({ labeler }) => labeler === PROVIDER)?.scores?.[PROVIDER_REFUSAL];
  const told = STOP_REASONS.get(generation?.finish ?? "");
  const stop_reason = isRefused === true ? "content_filter" : told ?? (isRefused === false ? "stop" : "unknown");
  const message = last ?? (isRefused === true ? { role: "assistant", content: "" } : undefined);
  return message === undefined ? [] : [{ message, stop_reason }];
}

interface InspectMessage {
  readonly id: string;
  readonly role: Message["role"];
  readonly content: unknown;
  readonly tool_calls?: readonly ReturnType<typeof toInspectCall>[];
}

function toInspectMessage({ role, content, reasoning, calls = [] }: Message, index: number): InspectMessage {
  const parts = reasoning === undefined ? content : [{ type: "reasoning", reasoning }, { type: "text", text: content }];
  return {
    id: `m${index}`,
    role,
    content: parts,
    ...role === "assistant" && calls.length > 0
      ? { tool_calls: calls.map((call, at) => toInspectCall(call, index, at)) }
      : {},
  };
}

/** A call whose arguments are text is one of a custom tool. */
function toInspectCall({ name, arguments: given }: Call, message: number, at: number) {
  const [type, all] = typeof given === "string" ? ["custom", { input: given }] : ["function", given];
  return { id: `m${message}c${at}`, function: name, type, arguments: all };
}

/** One score a label, by the labeler's name; a second label of one labeler has a number behind it. */
function scoresOf(labels: readonly Label[]): Record<string, ReturnType<typeof toInspectScore>> {
  const scores = new Map<string, ReturnType<typeof toInspectScore>>();
  for (const label of labels) {
    let name = label.labeler;
    for (let number = 2; scores.has(name); number++) name = `${label.labeler} (${number})`;
    scores.set(name, toInspectScore(label));
  }
  return Object.fromEntries(scores);
}

/** Each answer of a tool with the id of the call that it answers, in their order. */
function withCallIds(messages: readonly InspectMessage[]) {
  let open: { readonly id: string; readonly function: string }[] = [];
  return messages.map((message) => {
    if (message.tool_calls !== undefined) open = [...message.tool_calls];
    const call = message.role === "tool" ? open.shift() : undefined;
    return call === undefined ? message : { ...message, tool_call_id: call.id, function: call.function };
  });
}

/** All scores of a labeler by name, null where one is missing: as Inspect has a score of several keys. */
function toInspectScore({ labeler, kind, scores, acts, note }: Label) {
  return {
    value: scores ?? {},
    ...note === undefined ? {} : { explanation: note },
    metadata: {
      [OWN]: labeler,
      kind,
      ...acts === undefined ? {} : { acts },
      ...scores === undefined ? { scores: null } : {},
    },
  };
}
