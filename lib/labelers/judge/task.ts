/**
 * What is to be asked: one sample, one judge, one vote; with the key by which its answer is found again.
 *
 * @module
 */
import { type Situation, situationOf } from "../../policies/situation.ts";
import type { Sample } from "../../samples/sample.ts";
import type { Request, Task } from "../../asking/task.ts";
import type { LabelLine } from "../label_line.ts";
import { type MissingReason, readCompletion } from "./outcome.ts";
import { REPLY_FORMATS, type ReplyFormat, schemaHash } from "./reply.ts";
import { type JudgePrompt, judgePrompt, PROMPT_HASH } from "./prompt.ts";
import { saidParts } from "./transcript_text.ts";
import { sampleHash, sha256 } from "../../samples/hash.ts";

/** Who judges and how. */
export interface JudgeSettings {
  readonly model: string;
  /** Sent with each request as they are, for example `{ temperature: 0 }`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How often each sample is asked about; each vote is a labeler of its own. */
  readonly votes: number;
  readonly situations: readonly Situation[];
  readonly format: ReplyFormat;
}

/** One sample to be asked about, once; a sample without a transcript is not asked about. */
export type JudgeTask = Task<LabelLine>;

/** So much a reply may be long where the parameters do not say. */
export const DEFAULT_PARAMETERS = { max_completion_tokens: 4096 };

/** Returns the labeler's name: the model and the version of the prompt. */
export function judgeName(model: string): string {
  return `${model}@prompt:${PROMPT_HASH.slice(0, 8)}`;
}

/**
 * Returns what is to be asked, votes of a sample one after the other. A sample that was given twice is asked about once.
 *
 * @throws {RangeError} if two situations fit a sample equally well
 */
export function judgeTasks(samples: readonly Sample[], settings: JudgeSettings): JudgeTask[] {
  const votes = settings.votes === 1 ? [undefined] : Array.from({ length: settings.votes }, (_, index) => index + 1);
  const tasks = samples.flatMap((sample) => votes.map((vote) => taskOf(sample, settings, vote)));
  return [...new Map(tasks.map((task) => [task.head.key, task])).values()];
}

/** Returns the most tokens that a reply may have by the parameters, under either of the two names that servers know. */
export function mostOutput({ max_completion_tokens, max_tokens }: JudgeSettings["parameters"]): number | undefined {
  const most = max_completion_tokens ?? max_tokens;
  return typeof most === "number" ? most : undefined;
}

function taskOf(sample: Sample, settings: JudgeSettings, vote: number | undefined): JudgeTask {
  const { model, parameters, situations, format } = settings;
  const { id, scenario, condition, messages = [] } = sample;
  const situation = situationOf(situations, scenario, condition);
  const prompt = () => judgePrompt(messages, situation);
  const asked = messages.length === 0 ? null : sha256(prompt().user);
  const schema = schemaHash(format);
  const head = {
    id,
    labeler: judgeName(model) + (vote === undefined ? "" : `#${vote}`),
    kind: "judge",
    sample: sampleHash(sample),
    model,
    prompt: PROMPT_HASH,
    schema,
    parameters,
    ...(vote === undefined ? {} : { vote }),
  } as const;
  const key = sha256(JSON.stringify([id, asked, model, PROMPT_HASH, schema, sorted(parameters), vote ?? 0]));
  if (asked === null) return { head: { ...head, key, missing: "no transcript" satisfies MissingReason } };
  return { head: { ...head, key }, ask: () => requestOf(prompt(), saidParts(messages), situation, settings) };
}

function requestOf(
  { system, user }: JudgePrompt,
  said: readonly string[],
  situation: Situation | undefined,
  { model, parameters, format }: JudgeSettings,
): Request<LabelLine> {
  const messages = [{ role: "system", content: system }, { role: "user", content: user }] as const;
  const body = { ...parameters, model, messages: [...messages], response_format: REPLY_FORMATS[format] };
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length;
  const output = mostOutput(parameters) ?? 0;
  return {
    body,
    most: { input: bytes, output },
    estimate: Math.ceil(bytes / 4) + output,
    read: (completion) => readCompletion(completion, said, situation?.people.map(({ name }) => name)),
  };
}

function sorted(parameters: JudgeSettings["parameters"]): [string, unknown][] {
  return Object.entries(parameters).sort(([a], [b]) => a < b ? -1 : 1);
}
