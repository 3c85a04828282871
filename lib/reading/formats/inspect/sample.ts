/**
 * One sample of an Inspect log: its factors, and one label a scorer.
 *
 * @module
 */
import { z } from "zod";
import type { InspectLog } from "./log.ts";
import { type Attachments, messagesSchema, resolved, targetMessages, toMessages } from "./messages.ts";
import { codedIn, ownLabel, ownSituation } from "./own.ts";
import { providerReply } from "./refusal.ts";
import { scoresOf } from "./scores.ts";
import { situationIn } from "./situation.ts";
import { momentOf } from "../../../samples/collected.ts";
import type { Attempt, Entry } from "../../../samples/load_report.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import type { Condition, Label, Message, Place } from "../../../samples/sample.ts";
import { providerLabel } from "../../../samples/provider_refusal.ts";
import { conditionSchema, explain } from "../../../samples/schema.ts";

const sampleSchema = z.looseObject({
  id: z.union([z.string().min(1, "must not be empty"), z.number()]),
  epoch: z.int().min(1, "must be >= 1").default(1),
  uuid: z.string().nullish(),
  messages: messagesSchema.nullish(),
});

type LogSample = z.infer<typeof sampleSchema>;

/** Reads one sample of a log; every problem of it in one reject. */
export function toInspectEntry(record: unknown, log: InspectLog, source: Place): Entry {
  try {
    const { success, data, error } = sampleSchema.safeParse(record);
    if (!success) return { reject: { ...source, reason: explain(error) } };
    const { scenario, cluster, condition, run, generation } = situationIn(data, log);
    const attachments: Attachments = isObject(data.attachments) ? data.attachments : {};
    const messages = messagesIn(data, log, attachments);
    return {
      sample: {
        id: idOf(data, log),
        model: log.model,
        scenario,
        condition,
        run: ownSituation(data.metadata) !== undefined ? run : { ...run, ...runOf(data, log) },
        cluster,
        ...messages === undefined ? {} : { messages },
        labels: labelsIn(data, log, attachments),
        ...generation === undefined ? {} : { generation },
        source,
      },
      attempt: attemptOf(data, log),
      fields: { ...data, task: log.task, task_args: log.taskArgs, eval: log.recorded },
    };
  } catch (error) { // what is nested too deep for the stack, or a message of the target that is none
    const reason = error instanceof z.ZodError ? explain(error) : `cannot be read: ${(error as Error).message}`;
    return { reject: { ...source, reason } };
  }
}

/** The entry, or a reject that names every factor whose level is none of those that it may have. */
export function checkedEntry(entry: Entry): Entry {
  if (!("sample" in entry)) return entry;
  const { error } = conditionSchema.safeParse(entry.sample.condition);
  if (error === undefined) return entry;
  return {
    reject: { ...entry.sample.source, reason: `${explain(error)}; a mapping in dataset.json can say what it is` },
  };
}

/** An errored sample is run again in the retry of its log, which is another sample with the same task id. */
function idOf({ id, epoch, uuid, error, metadata }: LogSample, { taskId, runId }: InspectLog): string {
  if (ownSituation(metadata) !== undefined) return String(id);
  return uuid || `${isObject(error) ? runId : taskId}/${id}/epoch ${epoch}`;
}

function messagesIn(sample: LogSample, log: InspectLog, attachments: Attachments): Message[] | undefined {
  const own = sample.messages?.length ? sample.messages : undefined;
  const messages = log.hasTarget ? targetMessages(sample) : own;
  return messages && toMessages(messages, attachments);
}

/** Where it stood in the log, by the log's own names. */
function runOf({ id, epoch, started_at, completed_at }: LogSample, { task, status, created }: InspectLog): Condition {
  // A log that tries another again is newer than the samples that it takes over from it.
  const moments = [created, started_at, completed_at].flatMap((date) =>
    typeof date === "string" ? momentOf(date) ?? [] : []
  );
  const first: Condition = moments.length === 0 ? {} : { created: new Date(Math.min(...moments)).toISOString() };
  return { task, sample_id: String(id), epoch: String(epoch), status, ...first };
}

/** The sample as an attempt at its run. Scoring and editing a score leave an event; without one it ended some time. */
function attemptOf({ id, epoch, error, invalidation, events, completed_at }: LogSample, log: InspectLog): Attempt {
  const scored = (Array.isArray(events) ? events : []).flatMap((event) =>
    isObject(event) && (event.event === "score" || event.event === "score_edit") && typeof event.timestamp === "string"
      ? [instant(event.timestamp)]
      : []
  );
  const at = scored.filter((time) => time !== "").sort().at(-1) ?? instant(completed_at);
  return {
    key: JSON.stringify([log.taskId, id, epoch]),
    isValid: !isObject(invalidation) && (errorIn(error) === undefined || log.scoresErrors),
    ...at === "" ? {} : { at },
  };
}

/** A time in UTC, so that texts compare as times do: Inspect writes offsets, to the microsecond. */
function instant(time: unknown): string {
  const date = typeof time === "string" ? Date.parse(time) : NaN;
  const fraction = typeof time === "string" ? /\.(\d{1,6})/.exec(time)?.[1] ?? "" : "";
  return Number.isNaN(date) ? "" : `${new Date(date).toISOString().slice(0, 19)}.${fraction.padEnd(6, "0")}`;
}

/** Inspect's own scorers that compare text and ask no model. */
const RULES = ["match", "includes", "pattern", "answer", "exact", "f1", "choice", "math"];

function labelsIn(sample: LogSample, log: InspectLog, attachments: Attachments): Label[] {
  const failed = errorIn(sample.error);
  const invalid = invalidIn(sample.invalidation);
  const given: Fields = isObject(sample.scores)
    ? sample.scores
    : sample.score === undefined || sample.score === null
    ? {}
    : { [log.scorer ?? "score"]: sample.score };
  const labels = Object.entries(given).map(([scorer, score]): Label => {
    const own = ownLabel(score);
    if (own !== undefined) return own;
    const isRule = RULES.includes(scorer);
    const scores = scoresOf(scorer, score, invalid !== undefined || failed !== undefined && !log.scoresErrors);
    const why = isObject(score) && typeof score.explanation === "string"
      ? resolved(score.explanation, attachments)
      : "";
    return {
      labeler: isRule || log.grader === undefined ? scorer : `${scorer}@${log.grader}`,
      kind: isRule ? "rule" : "judge",
      scores,
      ...why === "" ? {} : { note: why },
      ...codedIn(score),
    };
  });
  const reply = invalid === undefined ? providerReply(sample, log) : undefined;
  if (reply !== undefined) labels.push(providerLabel(reply));
  const notes = [invalid, failed].filter((note) => note !== undefined);
  return notes.length === 0 ? labels : [...labels, { labeler: "inspect", kind: "dataset", note: notes.join("; ") }];
}

/** Somebody declared the sample invalid: its scores are missing. */
function invalidIn(invalidation: unknown): string | undefined {
  if (invalidation === undefined || invalidation === null || invalidation === false) return undefined;
  const reason = isObject(invalidation) && typeof invalidation.reason === "string" ? invalidation.reason : "no reason";
  return `declared invalid: ${reason}`;
}

function errorIn(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  return `error: ${isObject(error) && typeof error.message === "string" ? error.message : JSON.stringify(error)}`;
}
