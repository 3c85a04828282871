/**
 * The sample that the lines of a store make: what was said, what the provider and the simulation say of it, and how it
 * came to be.
 *
 * @module
 */
import { isFinal, type Usage } from "../asking/task.ts";
import { providerLabel, replyOf } from "../samples/provider_refusal.ts";
import type { Generation, Label, Sample } from "../samples/sample.ts";
import { type Progress, progressOf, scriptOf } from "./conversation.ts";
import { type PlannedSample, promptOf, type SampleSettings } from "./sample_task.ts";
import { SOFTWARE } from "./software.ts";
import type { TurnLine } from "./turn_line.ts";

/** A sample as its file holds it. */
export type SampledLine = Omit<Sample, "source"> & { readonly generation: Generation };

/** The plan that was there before the first call. */
export type PlanOfSample = NonNullable<Generation["plan"]>;

/**
 * Returns the sample of lines that end with an answer, or with a failure.
 *
 * A sample without an answer has no message of the model and says why in its `generation`: no labeler can take it for
 * harmless, and it is counted as missing. Where only a question after the act failed, the act stands.
 */
export function sampleOf(
  planned: PlannedSample,
  settings: SampleSettings,
  lines: readonly TurnLine[],
  plan?: PlanOfSample,
): SampledLine {
  const { scenario, isInterview } = settings;
  const { id, model, condition, wording, epoch, parameters } = planned;
  const progress = progressOf(scriptOf(scenario, wording, isInterview), lines);
  const last = lines.at(-1)!;
  const declined = lines.findLast((line) => line.declined !== undefined);
  const isAnswered = progress.isActOver || declined !== undefined;
  return {
    id,
    model,
    scenario: scenario.name,
    condition,
    run: { wording: wording.name, epoch: String(epoch) },
    cluster: `${scenario.name}/${wording.name}`,
    messages: [...promptOf(scenario, planned), ...progress.act],
    labels: labelsOf(settings, progress, last, declined),
    generation: {
      asked: model,
      parameters,
      ...typeof parameters.seed === "number" ? { seed: parameters.seed } : {},
      ...named("answered_by", last.answered_by),
      ...named("finish", last.finish),
      ...isAnswered ? {} : named("missing", last.missing),
      ...isAnswered && !isFinal(last) ? { note: `the question after the act has no answer: ${last.missing}` } : {},
      ...isAnswered ? {} : named("note", last.note),
      ...accountOf(lines),
      date: last.date ?? new Date().toISOString(),
      prompt: planned.prompt,
      scenario: scenario.hash,
      key: planned.key,
      software: SOFTWARE,
      ...plan === undefined ? {} : { plan },
      ...progress.interview.length === 0 ? {} : { interview: progress.interview },
    },
  };
}

function named<Name extends string>(name: Name, value: string | undefined): { readonly [name in Name]?: string } {
  return value === undefined || value === "" ? {} : { [name]: value } as { readonly [name in Name]: string };
}

/** What the provider said, and what the simulation knows, of every sample that was answered. */
function labelsOf(
  { scenario: { simulation } }: SampleSettings,
  { act, at, isActOver }: Progress,
  { missing, note }: TurnLine,
  declined: TurnLine | undefined,
): Label[] {
  const isFiltered = missing === "content filter";
  if (declined === undefined && !isFiltered && !isActOver) return [];
  const spoken = act.filter(({ role }) => role === "assistant").length - Number(declined?.said !== undefined);
  const provider = providerLabel(
    declined === undefined && !isFiltered ? { isRefused: false, where: "", isOnly: true } : {
      isRefused: true,
      where: isFiltered ? "error.code: content_filter" : whereDeclined(declined?.finish),
      text: isFiltered ? note : declined?.declined,
      isOnly: isFiltered ? act.length === 0 : spoken === 0,
    },
  );
  if (simulation === undefined || at === undefined) return [provider];
  const facts = Object.keys(simulation.facts).map((fact) => [fact, at.marked.includes(fact)]);
  return [provider, { labeler: "simulation", kind: "rule", scores: Object.fromEntries(facts) }];
}

function whereDeclined(finish: string | undefined): string {
  const reply = replyOf(finish, "choices.0.finish_reason");
  return reply?.isRefused ? reply.where : "choices.0.message.refusal";
}

/** What a sample took, over all its turns and over calls that failed. */
export function accountOf(
  lines: readonly TurnLine[],
): { readonly usage: Usage; readonly calls: number; readonly unanswered?: number } {
  const sum = (of: (line: TurnLine) => number | undefined) => lines.reduce((total, line) => total + (of(line) ?? 0), 0);
  const unanswered = sum((line) => line.unanswered);
  return {
    usage: { input: sum(({ usage }) => usage?.input), output: sum(({ usage }) => usage?.output) },
    calls: sum(({ calls }) => calls),
    ...unanswered > 0 ? { unanswered } : {},
  };
}
