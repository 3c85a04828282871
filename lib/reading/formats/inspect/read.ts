/**
 * Logs of Inspect (inspect.aisi.org.uk): `.eval`, a zip file with one entry a sample, and `.json`, one text.
 *
 * @module
 */
import { HELD } from "../../bytes/bomb.ts";
import { ByteCursor } from "../../bytes/cursor.ts";
import { decodeText } from "../../bytes/decode_text.ts";
import { endOfString } from "../../../json/structure.ts";
import { createOpener, type Opener } from "../../bytes/source.ts";
import type { ZipContent } from "../../bytes/zip_entries.ts";
import type { Entry } from "../../../samples/load_report.ts";
import type { FileHead, Format } from "../format.ts";
import { isObject } from "../../bytes/record.ts";
import { directoryOf, entryOf, parsed, readArchive, whyEmpty } from "./archive.ts";
import { checkedEntry } from "./sample.ts";
import { toInspectLog } from "./log.ts";

/** One entry a sample; a sample that is in a log and in its retry has one uuid, and counts once. */
export const inspect: Format = {
  name: "inspect",
  needs: "version, status, eval in a JSON log, or an .eval log's entries of samples",
  repeats: true,
  fits: (head) => isArchive(head) || isJsonLog(head),
  seriesOf: taskIdOf,
  read: async function* (files, open) {
    for await (const entry of readLogs(files, open)) yield checkedEntry(entry);
  },
  readUnchecked: readLogs,
};

async function* readLogs(files: readonly string[], open: Opener): AsyncGenerator<Entry> {
  for (const file of files) {
    const bytes = new ByteCursor(open.bytes(file, HELD));
    const start = await bytes.peek(HEAD);
    if (isZip(start)) yield* readArchive(file, bytes);
    else if (/^\ufeff?\s*\{/.test(new TextDecoder().decode(start))) yield* readJsonLog(file, bytes);
    else yield { reject: { file, at: "file", reason: "neither a zip file nor a JSON object" } };
  }
}

const HEAD = 64;

/** The id that a log shares with its retries and with itself scored again; of a JSON log only the beginning is read. */
async function taskIdOf(file: string): Promise<string | undefined> {
  let text = "";
  try {
    for await (const chunk of createOpener({ hashing: false }).bytes(file)) {
      if (text === "" && isZip(chunk)) {
        const { log } = await directoryOf(file);
        return "task" in log ? log.taskId : undefined;
      }
      text += new TextDecoder("latin1").decode(chunk);
      const found = /"task_id"\s*:\s*"([^"\\]+)"/.exec(text)?.[1];
      if (found !== undefined || text.length > LOG_HEAD) return found;
    }
    return undefined;
  } catch {
    return undefined; // reading it will say why
  }
}

/** A JSON log names its task within so many bytes. */
const LOG_HEAD = 256 << 10;

/** A JSON log is parsed whole; a larger one would not fit in memory. */
const LARGEST_JSON = 256 << 20;

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b &&
    (bytes[2] === 3 && bytes[3] === 4 || bytes[2] === 5 && bytes[3] === 6);
}

/** By its name, or by the names of its first entries: many kinds of file are zip files. */
function isArchive({ name, bytes, text }: FileHead): boolean {
  return /\.eval$/i.test(name) || isZip(bytes) && /_journal\/|samples\/|header\.json/.test(text);
}

function isJsonLog({ name, text }: FileHead): boolean {
  if (/\.(?:jsonl|ndjson|csv)(?:\.gz|\.zst)?$/i.test(name) || !/^\s*\{/.test(text)) return false;
  const keys = topLevelKeys(text);
  const isCutShort = keys[0] === "version" && keys[1] === "status"; // Inspect's order, the rest of the log is missing
  return isCutShort ||
    keys.includes("eval") && ["version", "status", "plan", "samples"].some((key) => keys.includes(key));
}

/** The keys of a JSON object, as far as the text goes. */
function topLevelKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && /^\s*:/.test(text.slice(end, end + 16))) keys.push(text.slice(at + 1, end - 1));
      at = end - 1;
    }
  }
  return keys;
}

async function* readJsonLog(file: string, bytes: ByteCursor): AsyncGenerator<Entry> {
  const problem = (reason: string): Entry => ({ reject: { file, at: "file", reason } });
  const whole = await bytes.take(LARGEST_JSON + 1);
  if (whole.length > LARGEST_JSON) {
    await bytes.skipTo(Infinity); // to the end: the hash is that of the whole file
    yield problem(`a JSON log larger than ${LARGEST_JSON >> 20} MiB: convert it with inspect log convert --to eval`);
    return;
  }
  const content = parsed(textOf(whole));
  if ("reason" in content) yield problem(content.reason);
  else if (!isObject(content.value)) yield problem("not a JSON object");
  else {
    const { samples } = content.value;
    const log = toInspectLog(content.value);
    if (!Array.isArray(samples) || samples.length === 0) yield problem(whyEmpty(log));
    else {for (const [index, value] of samples.entries()) {
        yield entryOf({ value }, log, { file, at: `samples[${index}]` });
      }}
  }
}

function textOf(bytes: Uint8Array): ZipContent {
  try {
    return { text: decodeText(bytes) };
  } catch {
    return { reason: "not valid UTF-8 text" };
  }
}
