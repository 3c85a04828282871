/**
 * The formats that can be read, and which one a file is in, found by its content.
 *
 * @module
 */
import type { FileHead, Format } from "./formats/format.ts";
import { bloom } from "./formats/bloom/read.ts";
import { odcv } from "./formats/odcv/read.ts";
import { countsTable } from "./formats/flat/counts_csv.ts";
import { framework } from "./formats/agentic_misalignment/read.ts";
import { inspect } from "./formats/inspect/read.ts";
import { notSamples } from "./not_samples.ts";
import { ownJsonl } from "./formats/flat/own_jsonl.ts";
import { nostalgebraist } from "./formats/flat/nostalgebraist.ts";
import { episodes } from "./formats/flat/episodes.ts";
import { judged } from "./formats/flat/judged.ts";
import { pacifaist } from "./formats/flat/pacifaist.ts";
import { CONVERSATIONS, isConversation } from "./formats/chat_messages.ts";
import { last, MESSAGES, MODEL } from "./mapped/column_names.ts";
import type { Fields } from "./bytes/record.ts";
import { STDIN } from "./bytes/source.ts";
import { parseJson } from "../json/strict.ts";
import { parquet } from "./parquet/read.ts";
import { batch } from "./formats/flat/batch.ts";
import { chat } from "./formats/flat/chat.ts";
import { lmEval } from "./formats/flat/lm_eval.ts";
import { isDebugTwin, palisade } from "./formats/flat/palisade.ts";
import { verifiers } from "./formats/flat/verifiers.ts";
import { verifiersTraces } from "./formats/flat/verifiers_traces.ts";
import { listsIn } from "./bytes/json_list.ts";
import { headRecords, kindOf } from "./formats/records.ts";

/** Every format. */
export const FORMATS: readonly Format[] = [
  ownJsonl,
  nostalgebraist,
  countsTable,
  pacifaist,
  judged,
  verifiers,
  verifiersTraces,
  chat,
  batch,
  lmEval,
  palisade,
  episodes,
  framework,
  bloom,
  odcv,
  inspect,
  parquet,
];

/** The format of a name. @throws {RangeError} if there is none */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((known) => known.name === name);
  if (format === undefined) throw new RangeError(`Cannot read format ${name}: formats are ${names(FORMATS)}`);
  return format;
}

/** A file's format; or why it has none, and whether its name or content says that it is data all the same. */
export type Detected = { readonly format: Format } | {
  readonly reason: string;
  /** The reason in a few words, for files that nobody asked for. */
  readonly brief?: string;
  /** What would help, a line each. */
  readonly further?: readonly string[];
  /** `alone`: only where no file of a known format lies beside it, for it may be settings and the like. */
  readonly isData: boolean | "alone";
};

/**
 * Finds the format of a file. One record that fits is enough, so that a broken first line does not hide the format of
 * the rest. Where none or several fit, the reason says what was seen and what would be needed.
 */
export function detectFormat(head: FileHead): Detected {
  if (head.text.startsWith("version https://git-lfs")) {
    return { reason: "a Git LFS pointer, not the file itself: fetch it with git lfs pull", isData: true };
  }
  const isRecords = kindOf(head) !== undefined;
  const holdsList = kindOf(head) === "json" && /^\ufeff?\s*\{/.test(head.text);
  const isData = isRecords && !holdsList || DATA.test(head.name) || whyNoJson(head) !== undefined ||
    holdsList && (headRecords(head).some(isAnswer) || "alone");
  if (head.bytes.length === 0) return { reason: "the file is empty", isData };
  const fits = FORMATS.filter((format) => format.fits(head));
  if (fits.length === 1) return { format: fits[0] };
  const known = notSamples(headRecords(head).flatMap(Object.keys));
  if (known !== undefined) return { reason: known, isData: false };
  if (isDebugTwin(head)) return { reason: "the debug twin of a log, the same run once more", isData: false };
  if (fits.length > 1) return { reason: `fits more than one format: ${names(fits)}`, isData: true };
  const whyNot = whyNoJson(head);
  if (whyNot !== undefined) return { reason: whyNot, isData };
  return {
    reason: `not a known format: found ${seen(head)}`,
    brief: "of no known format",
    further: helpFor(head),
    isData,
  };
}

/** Names of data, whether this project reads it or not, and of files that formats are made of. */
const DATA =
  /\.(?:eval|parquet|tsv|xlsx?|feather|arrow)$|\.(?:jsonl|ndjson|json|csv|tsv|parquet|eval)\.[a-z0-9]{2,4}$|^(?:rollout|judgment)\.json$|^messages_record\.txt$/i;

/** Why a file that calls itself JSON is none; `undefined` where it is, or where the beginning does not tell. */
function whyNoJson({ name, text, whole }: FileHead): string | undefined {
  if (!/\.json(?:\.gz|\.zst)?$/i.test(name) || kindOf({ name, text }) === "jsonl") return undefined;
  if (!/^\ufeff?\s*[[{"\d-]|^\ufeff?\s*(?:true|false|null)\b/.test(text)) {
    return "not JSON, as its first character says";
  }
  if (!whole) return undefined;
  try {
    parseJson(text.replace(/^\ufeff/, ""), { python: true });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a record has a model or an answer by the names of its fields. */
function isAnswer(record: Fields): boolean {
  return Object.keys(record).some((name) => MODEL.test(last(name)) || MESSAGES.assistant.test(last(name))) ||
    CONVERSATIONS.some((name) => isConversation(record[name]));
}

function seen(head: FileHead): string {
  const kind = kindOf(head);
  if (kind === undefined) return "no records: neither JSONL, nor CSV, nor JSON that holds a list of them";
  const fields = [...new Set(headRecords(head).flatMap((record) => Object.keys(record)))];
  if (fields.length === 0) return "no JSON object in the first lines";
  const shown = fields.slice(0, MOST_SHOWN).join(", ") + (fields.length > MOST_SHOWN ? ", …" : "");
  const where = kind === "json" ? ` in ${listsIn(head.text).map(({ path }) => path || "a list").join(", ")}` : "";
  return `${kind === "csv" ? "columns" : "fields"} ${shown}${where}`;
}

/** So many names tell what a table is. */
const MOST_SHOWN = 30;

/** The nearest format and what it lacks, and the command that makes a mapping. */
function helpFor(head: FileHead): string[] {
  if (kindOf(head) === undefined) return [`formats are ${names(FORMATS)}`];
  const there = new Set(headRecords(head).flatMap(Object.keys));
  const near = FORMATS.flatMap(({ name, fields = [] }) => {
    const lacking = fields.filter((field) => !there.has(field));
    return lacking.length === fields.length ? [] : [{ name, lacking, share: lacking.length / fields.length }];
  }).sort((a, b) => a.share - b.share).at(0);
  const nearest = near === undefined
    ? "no format has any of these"
    : near.lacking.length === 0
    ? `nearest is ${near.name}, whose fields stand here in different records`
    : `nearest is ${near.name}, which needs ${near.lacking.join(", ")} too`;
  const what = head.path === STDIN ? "a file of it, saved" : quoted(head.path);
  return [nearest, `to read it by a mapping: deno task load --suggest ${what}`];
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function names(formats: readonly Format[]): string {
  return formats.map(({ name }) => name).join(", ");
}
