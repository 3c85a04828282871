/**
 * What is to be asked: one sample, one judge, one vote; with the key by which its answer is found again.
 *
 * @module
 */
import { type Situation, situationOf } from "../../policies/situation.ts";
import type { Message, Sample } from "../../samples/sample.ts";
import { type Parameters, sizeOf, sortedParameters } from "../../asking/parameters.ts";
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
  readonly parameters: Parameters;
  /** How often each sample is asked about; each vote is a labeler of its own. */
  readonly votes: number;
  readonly situations: readonly Situation[];
  readonly format: ReplyFormat;
}

/** One sample to be asked about, once; a sample without a transcript is not asked about. */
export type JudgeTask = Task<LabelLine>;

/** Returns the labeler's name: the model and the version of the prompt. */
export function judgeName(model: string): string {
  return `${model}@prompt:${PROMPT_HASH.slice(0, 8)}`;
}

/** Keeps the messages of a sample and returns how to have them again. */
export type KeepMessages = (messages: readonly Message[]) => () => readonly Message[];

/**
 * Makes tasks of samples that come one by one, votes of a sample one after the other, and holds none of their messages. A
 * sample that is given twice is asked about once.
 */
export function createJudgeTasks(settings: JudgeSettings, keep: KeepMessages) {
  const votes = settings.votes === 1 ? [undefined] : Array.from({ length: settings.votes }, (_, index) => index + 1);
  const byKey = new Map<string, JudgeTask>();
  return {
    /** @throws {RangeError} if two situations fit the sample equally well */
    add: (sample: Sample): void => {
      const again = keep(sample.messages ?? []);
      for (const vote of votes) {
        const task = taskOf(sample, settings, vote, again);
        byKey.set(task.head.key, task);
      }
    },
    tasks: (): JudgeTask[] => [...byKey.values()],
  };
}

function taskOf(
  sample: Sample,
  settings: JudgeSettings,
  vote: number | undefined,
  again: ReturnType<KeepMessages>,
): JudgeTask {
  const { model, parameters, situations, format } = settings;
  const { id, scenario, condition, messages = [] } = sample;
  const situation = situationOf(situations, scenario, condition);
  const missing = unasked(messages);
  const asked = missing === undefined ? sha256(judgePrompt(messages, situation).user) : null;
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
  const key = sha256(JSON.stringify([id, asked, model, PROMPT_HASH, schema, sortedParameters(parameters), vote ?? 0]));
  return missing === undefined
    ? { head: { ...head, key }, ask: askingFor(again, situation, settings) }
    : { head: { ...head, key, missing } };
}

/** A function of its own, so that what it closes over is not the sample. */
function askingFor(
  again: ReturnType<KeepMessages>,
  situation: Situation | undefined,
  settings: JudgeSettings,
): () => Request<LabelLine> {
  return () => {
    const messages = again();
    return requestOf(judgePrompt(messages, situation), saidParts(messages), situation, settings);
  };
}

/** Why there is nothing to ask about. */
function unasked(messages: readonly Message[]): MissingReason | undefined {
  if (messages.length === 0) return "no transcript";
  return messages.some(({ role }) => role === "assistant") ? undefined : "no answer in the transcript";
}

function requestOf(
  { system, user }: JudgePrompt,
  said: readonly string[],
  situation: Situation | undefined,
  { model, parameters, format }: JudgeSettings,
): Request<LabelLine> {
  const messages = [{ role: "system", content: system }, { role: "user", content: user }] as const;
  const body = { ...parameters, model, messages: [...messages], response_format: REPLY_FORMATS[format] };
  return {
    body,
    ...sizeOf(body, parameters),
    read: (completion) => readCompletion(completion, said, situation?.people.map(({ name }) => name)),
  };
}
