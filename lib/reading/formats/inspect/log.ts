/**
 * What holds for a whole Inspect log: the task, the model whose conduct is sampled, and who scored it. It stands in
 * `header.json`, in an interrupted log only in `_journal/start.json`, and in a `.json` log beside its samples.
 *
 * @module
 */
import { z } from "zod";
import { isObject } from "../../bytes/record.ts";
import { explain } from "../../../samples/schema.ts";

/** The part of a log's head that samples need. */
export interface InspectLog {
  readonly task: string;
  /** The model under test: the target role's where there is one, for `eval.model` is then the auditor's or none. */
  readonly model: string;
  /** `success`, `error`, `cancelled`; `started` for a log that was never finished. */
  readonly status: string;
  /** What makes a sample without uuid unique: a retry of a log has its task id. */
  readonly taskId: string;
  /** When the log was begun. */
  readonly created?: string;
  readonly runId: string;
  readonly taskArgs: Readonly<Record<string, unknown>>;
  /** The log's own metadata and tags, for a mapping to take from. */
  readonly recorded: Readonly<Record<string, unknown>>;
  /** True where the conversation to keep is that of the role `target`, not the sample's own messages. */
  readonly hasTarget: boolean;
  /** The model that the scorers asked, where it was recorded. */
  readonly grader?: string;
  /** True where errored samples were scored on purpose. */
  readonly scoresErrors: boolean;
  readonly epochs: number;
  /** The scorer of a version 1 log, whose samples have one score without a name. */
  readonly scorer?: string;
}

/** The newest version of the format that is known. */
const NEWEST = 3;

const text = z.string().min(1, "must not be empty");
const role = z.union([text, z.looseObject({ model: text })]).nullish();

const logSchema = z.looseObject({
  version: z.int().max(NEWEST, { error: ({ input }) => `${input} is not known: versions up to ${NEWEST} are read` })
    .default(1),
  status: text.default("started"),
  eval: z.looseObject({
    task: text,
    model: text,
    task_id: z.string().nullish(),
    created: z.string().nullish(),
    run_id: z.string().nullish(),
    task_args: z.looseObject({}).nullish(),
    model_roles: z.looseObject({ target: role, grader: role, judge: role }).nullish(),
    config: z.looseObject({ epochs: z.number().nullish(), score_on_error: z.unknown().optional() }).nullish(),
  }),
});

/** Reads a log's head; or says everything that is wrong with it. */
export function toInspectLog(head: unknown): InspectLog | { readonly reason: string } {
  const { success, data, error } = logSchema.safeParse(head);
  if (!success) return { reason: explain(error) };
  const { task, model, task_id, created, run_id, task_args, model_roles, config } = data.eval;
  const taskArgs = task_args ?? {};
  const target = modelOf(model_roles?.target);
  const id = task_id || run_id || task;
  return {
    task,
    model: target ?? model,
    status: data.status,
    taskId: id,
    ...created ? { created } : {},
    runId: run_id || id,
    taskArgs,
    recorded: { metadata: data.eval.metadata, tags: data.eval.tags },
    hasTarget: target !== undefined,
    grader: modelOf(taskArgs.grader_model) ?? modelOf(model_roles?.grader) ?? modelOf(model_roles?.judge),
    scoresErrors: Boolean(config?.score_on_error),
    epochs: config?.epochs ?? 1,
    scorer: scorerOf(data.results),
  };
}

function modelOf(role: unknown): string | undefined {
  const model = isObject(role) ? role.model : role;
  return typeof model === "string" && model !== "" ? model : undefined;
}

function scorerOf(results: unknown): string | undefined {
  const scorer = isObject(results) ? results.scorer : undefined;
  return isObject(scorer) && typeof scorer.name === "string" ? scorer.name : undefined;
}
