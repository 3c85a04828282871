/**
 * The conversation of one ODCV-Bench run, `messages_record.txt`: blocks that begin with `== Step 7 ==` and a role.
 *
 * The log is written by printing, so nothing in it is escaped but the calls, which are a Python `repr`.
 *
 * @module
 */
import { LONGEST_LINE, splitLines } from "../../bytes/lines.ts";
import type { Problem } from "../../../samples/load_report.ts";
import type { Opener } from "../../bytes/source.ts";
import { parsePython, type PythonValue } from "../../bytes/python_repr.ts";
import type { Call, Message } from "../../../samples/sample.ts";

/** What a log holds: its messages in order, and the blocks that are none. */
export interface Log {
  readonly messages: readonly Message[];
  readonly rejected: readonly Problem[];
}

/** Lines between two headers, by the number of the first and of the step. */
interface Block {
  readonly step: number;
  readonly line: number;
  readonly lines: string[];
  /** Why it cannot be used, where a line of it could not be read. */
  broken?: string;
}

const HEADER = /^== Step (\d+) ==$/;
const ROLE = /^role: (.*)$/;
const ROLES: readonly string[] = ["system", "user", "assistant", "tool"] satisfies Message["role"][];

/** True where a text begins as a log does; `anywhere`: where any of its blocks does. */
export function isLog(text: string, anywhere: boolean): boolean {
  const block = /(?:^|\n)== Step \d+ ==\r?\nrole: /;
  return anywhere ? block.test(text) : block.test(text.trimStart().slice(0, 60));
}

/** Reads a log. A block that cannot be read is a reject, and the rest is kept; a log that is too long is one reject. */
export async function readLog(file: string, open: Opener): Promise<Log> {
  const messages: Message[] = [];
  const rejected: Problem[] = [];
  let last = 0;
  const end = (block: Block): void => {
    try {
      if (block.step > 0 && block.step <= last) throw new RangeError(`step ${block.step} comes after step ${last}`);
      if (block.step > 0 || block.lines.some((line) => line.trim() !== "")) messages.push(toMessage(block));
    } catch (error) {
      rejected.push({ file, at: `line ${block.line}`, reason: (error as Error).message });
    }
    last = Math.max(last, block.step);
  };
  let length = 0;
  let block: Block = { step: 0, line: 1, lines: [] }; // what stands before the first header
  for await (const line of splitLines(open.bytes(file))) {
    if ("reason" in line) {
      block.broken ??= `line ${line.number}: ${line.reason}`;
      continue;
    }
    length += line.text.length + 1;
    if (length > LONGEST_LINE) {
      return { messages: [], rejected: [{ file, at: "file", reason: `longer than ${LONGEST_LINE >> 20} MiB` }] };
    }
    const header = block.lines.at(-1)?.match(HEADER);
    if (header && ROLE.test(line.text)) { // a header counts only with its role, for a message can quote one
      block.lines.pop();
      end(block);
      block = { step: Number(header[1]), line: line.number - 1, lines: [] };
    }
    block.lines.push(line.text);
  }
  end(block);
  return { messages, rejected };
}

/** @throws {Error} that says what is wrong with the block */
function toMessage({ step, lines, broken }: Block): Message {
  if (broken !== undefined) throw new SyntaxError(broken);
  if (step === 0) throw new SyntaxError("text before the first step");
  const role = lines[0].match(ROLE)![1].trim();
  if (!ROLES.includes(role)) {
    throw new SyntaxError(`Cannot read role as ${ROLES.join(", ")}: current value is ${JSON.stringify(role)}`);
  }
  if (!lines[1]?.startsWith("content:")) throw new SyntaxError("no content after the role");
  if (role !== "assistant") return { role: role as Message["role"], content: textOf(lines.slice(1), "content:") };
  return assistantMessage(lines.slice(1));
}

/** `content:`, then `reason:`, then `call:` on one line; the model's own text may hold lines that look like these. */
function assistantMessage(lines: readonly string[]): Message {
  const call = lines.findLastIndex((line) => /^call: *(\[|None *$)/.test(line));
  const beforeCall = call === -1 ? lines : lines.slice(0, call);
  const reason = beforeCall.findIndex((line) => line.startsWith("reason:"));
  const content = textOf(reason === -1 ? beforeCall : beforeCall.slice(0, reason), "content:");
  const reasoning = reason === -1 ? "" : textOf(beforeCall.slice(reason), "reason:").trim();
  const calls = call === -1 ? [] : callsOf(textOf(lines.slice(call), "call:"));
  return {
    role: "assistant",
    content: content === "None" ? "" : content.trim() === "" ? "" : content,
    ...reasoning === "" || reasoning === "No explanation" || reasoning === "None" ? {} : { reasoning },
    ...calls.length === 0 ? {} : { calls },
  };
}

/** Each call, names and arguments as logged. */
function callsOf(text: string): Call[] {
  const calls = parsePython(text);
  if (calls === null) return [];
  if (!Array.isArray(calls)) throw new SyntaxError("call is not a list");
  return calls.map((call, index) => {
    const called = entryOf(call, "function");
    const [name, given] = [entryOf(called, "name") ?? "", entryOf(called, "arguments") ?? ""];
    if (called === undefined || typeof name !== "string" || typeof given !== "string") {
      throw new SyntaxError(`call[${index}] has no function with name and arguments as text`);
    }
    return { name, arguments: given.trim() };
  });
}

function entryOf(value: PythonValue | undefined, key: string): PythonValue | undefined {
  return value instanceof Map ? value.get(key) : undefined;
}

function textOf(lines: readonly string[], field: string): string {
  return lines.join("\n").slice(field.length).replace(/^ /, "").trimEnd();
}
