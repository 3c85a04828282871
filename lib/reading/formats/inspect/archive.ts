/**
 * An `.eval` log: a zip file with one entry a sample, or with the pieces of each.
 *
 * @module
 */
import type { ByteCursor } from "../../bytes/cursor.ts";
import { parseJson } from "../../../json/strict.ts";
import { STDIN } from "../../bytes/source.ts";
import { zipDirectory, type ZipMember } from "../../bytes/zip_directory.ts";
import { type ZipContent, zipEntries, zipEntry, type ZipTotal } from "../../bytes/zip_entries.ts";
import type { Entry, Problem } from "../../../samples/load_report.ts";
import type { Place } from "../../../samples/sample.ts";
import { folderOfShell, isShell, joined } from "./chunked.ts";
import { type InspectLog, toInspectLog } from "./log.ts";
import { toInspectEntry } from "./sample.ts";

const [HEADER, START] = ["header.json", "_journal/start.json"];

export async function* readArchive(file: string, bytes: ByteCursor): AsyncGenerator<Entry> {
  const directory = await directoryOf(file);
  const { members, log: found, problems, total } = directory;
  for (const reject of problems) yield { reject };
  let log: InspectLog | NoLog = found;
  let [count, isTold] = [0, members !== undefined || file === STDIN];
  for await (const entry of zipEntries(bytes, members, (name) => isWanted(name, members !== undefined), total)) {
    const { name } = entry;
    const source = { file, at: placeOf(name) };
    if (isSample(name)) {
      count++;
      yield entryOf(await withPieces(file, name, parsed(entry), directory), log, source);
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
  { members, log, total }: Directory,
): Promise<Parsed | NoLog> {
  const folder = folderOfShell(name);
  if ("reason" in found || folder === undefined && !isShell(found.value)) return found;
  if (members === undefined || folder === undefined) {
    return { reason: "a shell whose messages stand elsewhere in the log, which cannot be read without its directory" };
  }
  try {
    return { value: await joined(found.value, { file, folder, members, total }, "task" in log && log.hasTarget) };
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
  readonly total: ZipTotal;
}

export async function directoryOf(file: string): Promise<Directory> {
  const total = { packed: 0, unpacked: 0 };
  const none = { log: { reason: `neither ${HEADER} nor ${START} comes before it` }, problems: [], total };
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
    const head = headIn(await zipEntry(file, member, total));
    if ("task" in head) return { members, log: head, problems, total };
    problems.push({ file, at: name, reason: head.reason });
    log = { reason: `${name} cannot be used: ${head.reason}` };
  }
  return { members, log, problems, total };
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

export function parsed(content: ZipContent): Parsed | NoLog {
  if ("reason" in content) return content;
  try {
    return { value: parseJson(content.text, { python: true }) };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

interface Parsed {
  readonly value: unknown;
}

export function entryOf(parsed: Parsed | NoLog, log: InspectLog | NoLog, source: Place): Entry {
  if ("reason" in parsed) return { reject: { ...source, reason: parsed.reason } };
  return "reason" in log ? { reject: { ...source, reason: log.reason } } : toInspectEntry(parsed.value, log, source);
}

export function whyEmpty(log: InspectLog | NoLog): string {
  return "reason" in log ? log.reason : `the log holds no samples: its status is ${log.status}`;
}
