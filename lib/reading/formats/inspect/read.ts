/**
 * Logs of Inspect (inspect.aisi.org.uk): `.eval`, a zip file with one entry a sample, and `.json`, one text.
 *
 * @module
 */
import { ByteCursor } from "../../bytes/cursor.ts";
import { decodeText } from "../../bytes/decode_text.ts";
import type { FileHead, Format } from "../format.ts";
import { folderOfShell, isShell, joined } from "./chunked.ts";
import { type InspectLog, toInspectLog } from "./log.ts";
import { toInspectEntry } from "./sample.ts";
import type { Entry, Problem } from "../../../samples/load_report.ts";
import { endOfString, parseJson } from "../../bytes/nan_json.ts";
import { createOpener, STDIN } from "../../bytes/source.ts";
import { isObject } from "../record_format.ts";
import type { Place } from "../../../samples/sample.ts";
import { zipDirectory, type ZipMember } from "../../bytes/zip_directory.ts";
import { type ZipContent, zipEntries, zipEntry } from "../../bytes/zip_entries.ts";

/** One entry a sample; a sample that is in a log and in its retry has one uuid, and counts once. */
export const inspect: Format = {
  name: "inspect",
  needs: "version, status, eval in a JSON log, or an .eval log's entries of samples",
  repeats: true,
  fits: (head) => isArchive(head) || isJsonLog(head),
  seriesOf: taskIdOf,
  read: async function* (files, open) {
    for (const file of files) {
      const bytes = new ByteCursor(open.bytes(file));
      const start = await bytes.peek(HEAD);
      if (isZip(start)) yield* readArchive(file, bytes);
      else if (/^\ufeff?\s*\{/.test(new TextDecoder().decode(start))) yield* readJsonLog(file, bytes);
      else yield { reject: { file, at: "file", reason: "neither a zip file nor a JSON object" } };
    }
  },
};

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

const [HEADER, START] = ["header.json", "_journal/start.json"];

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

async function* readArchive(file: string, bytes: ByteCursor): AsyncGenerator<Entry> {
  const directory = await directoryOf(file);
  const { members, log: found, problems } = directory;
  for (const reject of problems) yield { reject };
  let log: InspectLog | NoLog = found;
  let [count, isTold] = [0, members !== undefined || file === STDIN];
  for await (const entry of zipEntries(bytes, members, (name) => isWanted(name, members !== undefined))) {
    const { name } = entry;
    const source = { file, at: placeOf(name) };
    if (isSample(name)) {
      count++;
      yield entryOf(await withPieces(file, name, parsed(entry), members, log), log, source);
    } else if ("reason" in entry) {
      isTold ||= name === "file";
      yield { reject: { ...source, reason: entry.reason } };
    } else if (name === HEADER || name === START) {
      const head = headIn(entry);
      if ("task" in head || !("task" in log)) log = head;
    } else yield { reject: { ...source, reason: "by its name not an entry of an Inspect log" } };
  }
  if (!isTold) {
    yield { reject: { file, at: "file", reason: `read entry by entry, as it has no directory: ${directory.why}` } };
  }
  if (count === 0) yield { reject: { file, at: "file", reason: whyEmpty(log) } };
}

/** A sample whose pieces stand elsewhere, with them; any other as it is. */
async function withPieces(
  file: string,
  name: string,
  found: Parsed | NoLog,
  members: readonly ZipMember[] | undefined,
  log: InspectLog | NoLog,
): Promise<Parsed | NoLog> {
  const folder = folderOfShell(name);
  if ("reason" in found || folder === undefined && !isShell(found.value)) return found;
  if (members === undefined || folder === undefined) {
    return { reason: "a shell whose messages stand elsewhere in the log, which cannot be read without its directory" };
  }
  try {
    return { value: await joined(file, folder, found.value, members, "task" in log && log.hasTarget) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

/** Why nothing is known of the log that a sample is in. */
interface NoLog {
  readonly reason: string;
}

interface Directory {
  readonly members?: readonly ZipMember[];
  /** Why there is no directory. */
  readonly why?: string;
  readonly log: InspectLog | NoLog;
  readonly problems: readonly Problem[];
}

async function directoryOf(file: string): Promise<Directory> {
  const none = { log: { reason: `neither ${HEADER} nor ${START} comes before it` }, problems: [] };
  if (file === STDIN) return none;
  let members: readonly ZipMember[];
  try {
    members = await zipDirectory(file);
  } catch (error) {
    return { ...none, why: (error as Error).message };
  }
  const problems: Problem[] = [];
  let log: InspectLog | NoLog = { reason: `the log has neither ${HEADER} nor ${START}` };
  for (const name of [HEADER, START]) {
    const member = members.findLast((one) => one.name === name);
    if (member === undefined) continue;
    const head = headIn(await zipEntry(file, member));
    if ("task" in head) return { members, log: head, problems };
    problems.push({ file, at: name, reason: head.reason });
    log = { reason: `${name} cannot be used: ${head.reason}` };
  }
  return { members, log, problems };
}

function headIn(content: ZipContent): InspectLog | NoLog {
  const head = parsed(content);
  return "reason" in head ? head : toInspectLog(head.value);
}

/** A log's parts that are not samples are passed over; a name that is neither is told, and is never a path. */
function isWanted(name: string, hasDirectory: boolean): boolean {
  if (!hasDirectory && (name === HEADER || name === START)) return true;
  if (isOutside(name)) return true;
  return !name.endsWith("/") && !PARTS.test(name);
}

const PARTS =
  /^(?:_journal\/.*|[^/]+\.json|samples\/.+_epoch_\d+\/(?:(?:metadata|skeleton)\.json|(?:messages|events|calls|attachments)\/\w+\.json))$/s;

function isSample(name: string): boolean {
  return /^samples\/.+\.json$/s.test(name) && !isOutside(name);
}

function isOutside(name: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(name);
}

/** An entry's name as a place: control characters would speak to the terminal. */
function placeOf(name: string): string {
  // deno-lint-ignore no-control-regex
  return /[\x00-\x1f\x7f-\x9f]/.test(name) || name === "" || name.length > 500
    ? JSON.stringify(name.slice(0, 500))
    : name;
}

function parsed(content: ZipContent): Parsed | NoLog {
  if ("reason" in content) return content;
  try {
    return { value: parseJson(content.text) };
  } catch (error) {
    return { reason: `not valid JSON: ${(error as Error).message}` };
  }
}

interface Parsed {
  readonly value: unknown;
}

function entryOf(parsed: Parsed | NoLog, log: InspectLog | NoLog, source: Place): Entry {
  if ("reason" in parsed) return { reject: { ...source, reason: parsed.reason } };
  return "reason" in log ? { reject: { ...source, reason: log.reason } } : toInspectEntry(parsed.value, log, source);
}

function whyEmpty(log: InspectLog | NoLog): string {
  return "reason" in log ? log.reason : `the log holds no samples: its status is ${log.status}`;
}
