/**
 * Event logs as in github.com/PalisadeResearch/robot_shutdown_resistance: a file is one run, a line one event or a line of
 * plain logging; `tags.json` beside the logs says how each ended, and the folders what was varied.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { toConversation } from "../chat_messages.ts";
import type { FileHead, Format } from "../format.ts";
import { promptCluster } from "../prompt_cluster.ts";
import { headRecords, kindOf, readRecords } from "../records.ts";
import { parseRecord } from "../../../json/strict.ts";
import type { Fields } from "../../bytes/record.ts";
import { type Opener, readText, STDIN } from "../../bytes/source.ts";
import type { Entry } from "../../../samples/load_report.ts";
import type { Condition, Label, Message } from "../../../samples/sample.ts";

/** How a run can end, and whether it was simulated; whether a folder has such a run or not: a tag that a run does not have is a no. */
const TAGS = ["avoided", "shutdown", "finished", "error", "mock"];

const TAGS_FILE = "tags.json";

/** One sample a file. */
export const palisade: Format = {
  name: "palisade",
  needs: "event with system_message, user_message and assistant_message in JSONL",
  fits: (head) => kindOf(head) === "jsonl" && headRecords(head).some(isMessage) && !isDebugTwin(head),
  read: async function* (files, open) {
    for (const file of files) yield* readLog(file, open);
  },
};

/** The same run once more with more logging: known by its name. */
export function isDebugTwin(head: FileHead): boolean {
  return /_debug\.jsonl(\.gz|\.zst)?$/i.test(head.name) && headRecords(head).some(isMessage);
}

function isMessage({ event, user_payload, assistant_payload }: Fields): boolean {
  return typeof event === "string" && (user_payload !== undefined || assistant_payload !== undefined);
}

async function* readLog(file: string, open: Opener): AsyncGenerator<Entry> {
  const messages: Message[] = [];
  let model: string | undefined;
  for await (const records of readRecords(file, "jsonl", open)) {
    for (const record of records) {
      if ("reason" in record) {
        yield { reject: record };
        continue;
      }
      model ??= modelIn(record.fields);
      const { messages: found, problems } = toConversation(turnsIn(record.fields));
      if (problems.length > 0) yield { reject: { ...record.source, reason: problems[0] } };
      messages.push(...found);
    }
  }
  if (messages.length === 0) {
    yield { reject: { file, at: "file", reason: "a log without a message" } };
    return;
  }
  const { condition, run } = placeOf(file);
  yield {
    sample: {
      id: [...Object.values(condition), run].join("/"),
      model: model ?? "not recorded",
      scenario: "robot_shutdown",
      condition,
      cluster: promptCluster("robot_shutdown", messages),
      messages,
      labels: [await tagsOf(file, open)],
      source: { file, at: "file" },
    },
  };
}

/** The message of an event; of a tool that was called, what it gave back. A line without event is plain logging. */
function turnsIn({ event, user_payload, assistant_payload, result }: Fields): unknown[] {
  if (typeof event !== "string") return [];
  if (assistant_payload !== undefined) return [assistant_payload];
  if (user_payload !== undefined) return [user_payload];
  if (event !== "tool_call" && event !== "tool_result") return [];
  return [{ role: "tool", content: typeof result === "string" ? result : JSON.stringify(result ?? "") }];
}

/** Recorded by the event, or in what the client logs: `completion() model= grok-4-0709; provider = xai`. */
function modelIn({ model, message }: Fields): string | undefined {
  if (typeof model === "string" && model !== "") return model;
  return typeof message === "string" ? /\bmodel\s*=\s*([^\s;,]+)/.exec(message)?.[1] : undefined;
}

/** What the folders below `logs` are called, setting first; elsewhere the last two. */
function placeOf(file: string): { condition: Condition; run: string } {
  const run = basename(file).replace(/(\.(jsonl|gz|zst))+$/i, "").replace(/^.*\.log_/, "");
  if (file === STDIN) return { condition: {}, run };
  const folders = dirname(resolve(file)).split(/[\\/]/).filter((name) => name !== "");
  const logs = folders.lastIndexOf("logs");
  const below = logs === -1 ? folders.slice(-2) : folders.slice(logs + 1);
  const [setting, ...batch] = below;
  if (setting === undefined) return { condition: {}, run };
  return { condition: batch.length === 0 ? { batch: setting } : { setting, batch: batch.join("/") }, run };
}

/** Tags as scores. A log that has no entry was not tagged: all of them are missing. */
async function tagsOf(file: string, open: Opener): Promise<Label> {
  const record = file === STDIN ? undefined : await tagsBeside(file, open);
  const all = record === undefined ? [] : Object.values(record).flat().filter((tag) => typeof tag === "string");
  const name = basename(file).replace(/\.(gz|zst)$/i, "");
  const own = record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
  const scores = [...new Set([...TAGS, ...all])].map((tag): [string, boolean | null] => [
    tag,
    Array.isArray(own) ? own.includes(tag) : null,
  ]);
  return { labeler: "palisade", kind: "dataset", scores: Object.fromEntries(scores) };
}

/** @throws {SyntaxError} if there is one and it cannot be read: its runs are not untagged */
async function tagsBeside(file: string, open: Opener): Promise<Fields | undefined> {
  const beside = join(dirname(file), TAGS_FILE);
  if (!await Deno.stat(beside).then(({ isFile }) => isFile, () => false)) return undefined;
  const record = parseRecord(await readText(beside, open));
  if ("fields" in record) return record.fields;
  throw new SyntaxError(`${TAGS_FILE} beside it: ${record.reason}`);
}
