/**
 * The `samples_TASK_TIME.jsonl` of lm-evaluation-harness (`--log_samples`): one document and filter a line. The model is
 * not in a line: it is in the `results_*.json` beside it, or in the name of the folder.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { labelJoiner } from "../joined_labels.ts";
import { recordFormat } from "../record_format.ts";
import type { Format } from "../format.ts";
import { type Opener, readText, STDIN } from "../../bytes/source.ts";
import { parseRecord } from "../../../json/strict.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import type { Entry } from "../../../samples/load_report.ts";
import type { Message, Place, Score } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

const recordSchema = z.looseObject({
  doc_id: z.union([z.int(), z.string().min(1, "must not be empty")]),
  doc: z.unknown().optional(),
  resps: z.array(z.unknown()),
  filter: z.string().nullish(),
  metrics: z.array(z.string()).nullish(),
  arguments: z.unknown().optional(),
});

const each = recordFormat({
  name: "lm_eval",
  kind: "jsonl",
  fields: ["doc_id", "doc", "resps", "filtered_resps"],
  contextOf: modelOf,
  toEntry,
});

/** One sample a document, with a label for each filter that its answer went through. */
export const lmEval: Format = {
  ...each,
  isGeneric: true,
  read: async function* (files, open) {
    for (const file of files) {
      const joiner = labelJoiner();
      for await (const entries of each.read([file], open)) joiner.add([entries].flat());
      yield joiner.all();
    }
  },
};

function toEntry(record: Fields, source: Place, model: string): Entry {
  const { success, data, error } = recordSchema.safeParse(record);
  if (!success) return { reject: { ...source, reason: explain(error) } };
  const task = taskOf(source.file);
  const { filter } = data;
  return {
    sample: {
      id: `${model === "not recorded" ? "" : `${model}/`}${task}/${data.doc_id}`,
      model,
      scenario: task,
      condition: {},
      cluster: `${task} ${data.doc_id}`,
      ...messagesOf(data),
      labels: [{
        labeler: filter && filter !== "none" ? `lm-evaluation-harness:${filter}` : "lm-evaluation-harness",
        kind: "rule",
        scores: scoresOf(data),
      }],
      source,
    },
  };
}

/** What a line holds besides its metrics, in versions that do not name these. */
const OF_THE_RUN = new Set(["doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics"]);

function scoresOf(record: z.infer<typeof recordSchema>): Record<string, Score> {
  const named = record.metrics ?? Object.keys(record).filter((name) => !OF_THE_RUN.has(name) && !/_hash$/.test(name));
  return Object.fromEntries(named.flatMap((name): [string, Score][] => {
    const value = Object.hasOwn(record, name) ? record[name] : null;
    if (value === null) return [[name, null]];
    return typeof value === "number" || typeof value === "boolean" || typeof value === "string" && record.metrics
      ? [[name, value]]
      : [];
  }));
}

/** The prompt and the first answer, where the model wrote one: of a choice among given answers there is no text. */
function messagesOf({ arguments: given, resps }: z.infer<typeof recordSchema>): { messages?: Message[] } {
  const [first] = resps;
  const answer = Array.isArray(first) ? first[0] : first;
  if (typeof answer !== "string" || resps.length !== 1) return {};
  const request = isObject(given) ? given.gen_args_0 : Array.isArray(given) ? given[0] : undefined;
  const prompt = isObject(request) ? request.arg_0 : Array.isArray(request) ? request[0] : undefined;
  const asked: Message[] = typeof prompt === "string" ? [{ role: "user", content: prompt }] : [];
  return { messages: [...asked, { role: "assistant", content: answer }] };
}

/** `samples_xstest_2026-01-02T03-04-05.678.jsonl` is of the task xstest. */
function taskOf(file: string): string {
  const name = basename(file).replace(/(\.(jsonl|ndjson|json|gz|zst))+$/i, "");
  return name.replace(/^samples_/, "").replace(/_\d{4}(-\d\d-\d\dT[\d.-]+)?$/, "") || name;
}

/** The model by `results_*.json` beside the file, or by a folder named as the harness names it: `org__model`. */
async function modelOf(file: string, open: Opener): Promise<string> {
  if (file === STDIN) return "not recorded";
  const folder = dirname(resolve(file));
  const found = new Set<string>();
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^results.*\.json$/.test(name)) continue;
    const record = parseRecord(await readText(join(folder, name), open).catch(() => ""));
    const model = "fields" in record ? record.fields.model_name : undefined;
    if (typeof model === "string" && model !== "") found.add(model);
  }
  if (found.size === 1) return [...found][0];
  const parts = basename(folder).split("__");
  return parts.length > 1 ? parts.join("/") : "not recorded";
}
