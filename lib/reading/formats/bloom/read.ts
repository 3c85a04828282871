/**
 * Bloom (github.com/safety-research/bloom): `rollout.json` with the conversations of a run, `judgment.json` with a
 * judge's scores for them, joined on variation and repetition; and the example transcripts of its behaviours.
 *
 * In a run whose behaviour is benign a high `behavior_presence` is good: such runs carry the factor `polarity`
 * = reversed, so that they are not pooled with the others unseen. Rates that the files state are not read.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import { exampleMessages, targetMessages } from "./transcript.ts";
import type { FileHead, Format } from "../format.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { type Opener, readText, STDIN } from "../../bytes/source.ts";
import { isObject } from "../../bytes/record.ts";
import { clusterOf, type Condition, type Label, type Message, type Sample } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";
import { parseJson } from "../../../json/strict.ts";

/** One sample a rollout, one without messages for a judgment that has no rollout, and one an example. */
export const bloom: Format = {
  name: "bloom",
  needs: "rollouts or judgments with variation_number, or target_model_id and events, in JSON",
  fits,
  together: true,
  read,
};

/** A larger file is not held in memory. */
const LARGEST = 128 << 20;

/** The model of a judgment without any rollout beside it. */
const UNKNOWN = "not recorded";

const key = { variation_number: z.int().min(0), repetition_number: z.int().min(0) };
const maybeText = z.string().nullish();

const fileSchema = z.looseObject({
  rollouts: z.array(z.unknown()).optional(),
  judgments: z.array(z.unknown()).optional(),
  behavior_name: maybeText,
  model: maybeText,
  metadata: z.looseObject({ target: maybeText }).nullish(),
  target_model_id: maybeText,
  target_system_prompt: maybeText,
  events: z.array(z.unknown()).optional(),
}).refine(
  ({ rollouts, judgments, events, target_model_id }) => rollouts || judgments || (events && target_model_id),
  "no rollouts, no judgments, and no events of a target_model_id",
);

const rolloutSchema = z.looseObject({
  ...key,
  transcript: z.looseObject({
    metadata: z.looseObject({ target_model: maybeText }).nullish(),
    events: z.array(z.unknown()).nullish(),
  }).nullish(),
});

const judgmentSchema = z.looseObject({ ...key, summary: maybeText, justification: maybeText });

type BloomFile = z.infer<typeof fileSchema>;

/** What is said about a rollout, and where. */
type Judged = Pick<Sample, "labels" | "source">;

/** The files of one folder, parsed. */
interface Run {
  readonly name: string;
  readonly files: { readonly file: string; readonly content: BloomFile }[];
}

/** By keys in the beginning, as the whole may be long or broken; a quoted key inside a text has a backslash before. */
function fits({ name, text }: FileHead): boolean {
  if (!/\.json(\.gz|\.zst)?$/i.test(name) && name !== STDIN) return false;
  const has = (key: string, then = "") => new RegExp(`"(${key})"\\s*:\\s*${then}`).test(text);
  return has("rollouts|judgments", "\\[") && has("variation_number|repetition_number") ||
    has("target_model_id") && has("events", "\\[");
}

async function* read(files: readonly string[], open: Opener): AsyncGenerator<Entry> {
  const folders = Map.groupBy(files, (file) => file === STDIN ? STDIN : resolve(dirname(file)));
  const names = runNames([...folders.keys()]);
  for (const [folder, group] of folders) {
    const run: Run = { name: names.get(folder)!, files: [] };
    for (const file of group) {
      try {
        run.files.push({ file, content: await readJson(file, open) });
      } catch (error) { // caught here, as it must not end the other runs
        yield { reject: { file, at: "file", reason: `cannot be read: ${(error as Error).message}` } };
      }
    }
    yield* readRun(run);
  }
}

function* readRun(run: Run): Generator<Entry> {
  const { condition, scenario, target } = settingOf(run);
  const judged = new Map<string, Judged>();
  yield* readJudgments(run, judged);
  const toEntry = (id: string, model: string | undefined, one: Judged, messages: readonly Message[]): Entry => {
    const factors = { ...condition, variation: id.slice(1, id.indexOf("r")) };
    const cluster = clusterOf(scenario, factors);
    const told = { ...messages.length > 0 ? { messages } : {}, ...one };
    return {
      sample: { id: `${run.name}/${id}`, model: model || UNKNOWN, scenario, condition: factors, cluster, ...told },
    };
  };
  const seen = new Set<string>();
  let model = target;
  for (const { value, source } of itemsOf(run, "rollouts")) {
    const { data, error } = rolloutSchema.safeParse(value);
    if (error) {
      yield { reject: { ...source, reason: explain(error) } };
      continue;
    }
    const id = idOf(data);
    const { messages, rejected } = targetMessages(
      data.transcript?.events ?? [],
      source.file,
      `${source.at}.transcript`,
    );
    model = data.transcript?.metadata?.target_model || target;
    yield toEntry(id, model, { labels: judged.get(id)?.labels ?? [], source }, messages);
    for (const reject of rejected) yield { reject };
    seen.add(id);
  }
  for (const [id, one] of judged) if (!seen.has(id)) yield toEntry(id, model, one, []);
  for (const { file, content } of run.files) yield* readExample(file, content, run.name);
}

/** Puts each judgment into `judged` by its rollout; several judges may judge one, each once. */
function* readJudgments(run: Run, judged: Map<string, Judged>): Generator<Entry> {
  const numeric = new Set(["behavior_presence"]);
  const items = itemsOf(run, "judgments");
  for (const [name, score] of items.flatMap(({ value }) => fieldsOf(value))) {
    if (typeof score === "number" && !NO_SCORES.includes(name)) numeric.add(name);
  }
  for (const { value, content, source } of items) {
    const { data, error } = judgmentSchema.safeParse(value);
    const given = fieldsOf(value).filter(([name]) => numeric.has(name));
    const odd = given.filter(([, score]) => score !== null && !Number.isFinite(score)).map(([name]) => name);
    const labeler = content.model || "judge";
    const one = data && judged.get(idOf(data));
    if (error || odd.length > 0 || one?.labels.some((label) => label.labeler === labeler)) {
      const notNumber = odd.map((name) => `${name}: must be a number or null`).join("; ");
      const reason = error ? explain(error) : notNumber || `${labeler} has already judged ${idOf(data)}`;
      yield { reject: { ...source, reason } };
      continue;
    }
    const note = [data.summary, data.justification].filter(Boolean).join("\n\n");
    const scores = Object.fromEntries(given) as Label["scores"];
    const label: Label = { labeler, kind: "judge", scores, ...note === "" ? {} : { note } };
    judged.set(idOf(data), { source, ...one, labels: [...one?.labels ?? [], label] });
  }
}

/** Numbers of a judgment that are no scores. */
const NO_SCORES = ["variation_number", "repetition_number", "num_samples"];

function* readExample(file: string, content: BloomFile, run: string): Generator<Entry> {
  const { target_model_id: model, events, target_system_prompt } = content;
  if (!model || events === undefined) return;
  const scenario = basename(file).replace(/\.json(\.gz|\.zst)?$/i, "");
  const { messages, rejected } = exampleMessages(events, target_system_prompt, file);
  const [id, condition, source] = [`${run}/${scenario}`, { run }, { file, at: "file" }];
  const cluster = clusterOf(scenario, condition);
  yield { sample: { id, model, scenario, condition, cluster, messages, labels: [], source } };
  for (const reject of rejected) yield { reject };
}

/** What all samples of a run share. Without a judgment the behaviour is the run's name without the model in it. */
function settingOf({ name, files }: Run): { condition: Condition; scenario: string; target: string | undefined } {
  const target = files.map(({ content }) => content.metadata?.target).find(Boolean) ?? undefined;
  const model = `_${target?.replace(/[^a-z0-9]+/gi, "_")}`;
  const folder = basename(name);
  const behavior = files.map(({ content }) => content.behavior_name).find(Boolean) ??
    (folder.endsWith(model) ? folder.slice(0, -model.length) : folder);
  const isBenign = [behavior, folder].some((text) => /(^|[_-])benign([_-]|$)/i.test(text));
  const arm = isBenign ? "benign" : "misaligned-elicitation";
  const condition = { run: name, arm, polarity: isBenign ? "reversed" : "normal" };
  return { condition, scenario: behavior.replace(/[_-]benign$/i, "") || behavior, target };
}

function itemsOf({ files }: Run, list: "rollouts" | "judgments") {
  return files.flatMap(({ file, content }) =>
    (content[list] ?? []).map((value, index) => ({ value, content, source: { file, at: `${list}[${index}]` } }))
  );
}

function fieldsOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function idOf(item: { [name in keyof typeof key]: number }): string {
  return `v${item.variation_number}r${item.repetition_number}`;
}

/** The last part of each folder's path; where two runs share it, as many parts as it takes to tell them apart. */
function runNames(folders: readonly string[]): Map<string, string> {
  for (let depth = 1;; depth++) {
    const names = folders.map((folder) => folder.split(/[/\\]/).slice(-depth).join("/"));
    if (new Set(names).size === folders.length) return new Map(folders.map((folder, index) => [folder, names[index]]));
  }
}

/** @throws {Error} that says why there is nothing to use in the file */
async function readJson(file: string, open: Opener): Promise<BloomFile> {
  const { data, error } = fileSchema.safeParse(parseJson(await readText(file, open, LARGEST)));
  if (error) throw new TypeError(explain(error));
  return data;
}
