/** Writes zip files, right and wrong ones, and Inspect logs whose content follows from their size alone. */
import { Buffer } from "node:buffer";
import { crc32, deflateRawSync, zstdCompressSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly text: string | Uint8Array;
  readonly method?: 0 | 8 | 93;
  /** What the headers say where it is not the truth. */
  readonly claims?: {
    readonly size?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
  };
  readonly isLink?: boolean;
}

/** A zip file of these parts in this order. */
export function zipOf(parts: readonly ZipPart[], { hasDirectory = true } = {}): Buffer {
  const blocks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method = 8, claims = {}, isLink = false } of parts) {
    const content = Buffer.from(text as string);
    const data = method === 0 ? content : method === 8 ? deflateRawSync(content) : zstdCompressSync(content);
    const fields = Buffer.alloc(26); // what the header before an entry and its record in the directory share
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.flags ?? 0x800, 2);
    fields.writeUInt16LE(claims.method ?? method, 4);
    fields.writeUInt32LE(claims.crc ?? crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(claims.size ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const record = Buffer.alloc(14);
    record.writeUInt32LE(isLink ? 0o120777 * 0x10000 : 0, 6);
    record.writeUInt32LE(offset, 10);
    blocks.push(Buffer.from("PK\x03\x04"), fields, Buffer.from(name), data);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), fields, record, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + data.length;
  }
  if (!hasDirectory) return Buffer.concat(blocks);
  const records = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(records.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...blocks, records, end]);
}

/** The head of a log. */
export function headOf(changes: Record<string, unknown> = {}, status = "success") {
  const config = { epochs: 1 };
  const made = { created: "2026-01-01T00:00:00+00:00", dataset: {} };
  const evaluation = { task: "t", model: "m", task_id: "T", run_id: "R", task_args: {}, config, ...made, ...changes };
  return { version: 2, status, eval: evaluation, plan: {}, stats: {} };
}

/** A sample of a log. */
export function sampleOf(id: string | number, changes: Record<string, unknown> = {}) {
  const messages = [{ role: "user", content: "Do it." }, { role: "assistant", content: "No." }];
  const scores = { judge: { value: 1, explanation: "Because." } };
  return {
    id,
    epoch: 1,
    uuid: `uuid-${id}`,
    input: "",
    target: "",
    messages,
    scores,
    events: [],
    attachments: {},
    ...changes,
  };
}

/** A log of these samples as its parts. */
export function evalParts(
  samples: readonly { readonly id: string | number; readonly epoch: number }[],
  { head = headOf(), method = 8 }: { head?: unknown; method?: 0 | 8 | 93 } = {},
): ZipPart[] {
  return [
    {
      name: "_journal/start.json",
      text: JSON.stringify({ ...head as Record<string, unknown>, status: undefined }),
      method,
    },
    ...samples.map((sample) => ({
      name: `samples/${sample.id}_epoch_${sample.epoch}.json`,
      text: JSON.stringify(sample),
      method,
    })),
    { name: "summaries.json", text: "[]", method },
    { name: "header.json", text: JSON.stringify(head), method },
  ];
}

/** A log of `count` samples with ten messages, the first of them long, and four model events that repeat them: 55 kB each, not ASCII. */
export function largeLog(count: number, method: 8 | 93 = 8): Buffer {
  return zipOf(evalParts(Array.from({ length: count }, (_, index) => largeSample(index)), { method }));
}

function largeSample(index: number) {
  const messages = Array.from({ length: 10 }, (_, turn) => ({
    id: `m${index}-${turn}`,
    role: turn === 0 ? "system" : turn % 2 === 1 ? "user" : "assistant",
    content: turn === 0
      ? prose(index, 1500)
      : turn % 2 === 1
      ? prose(index * 10 + turn, 60)
      : [{ type: "text", text: prose(index * 10 + turn, 120) }],
  }));
  const events = [2, 4, 6, 8].map((turn) => ({
    event: "model",
    timestamp: "2026-01-01T00:00:00+00:00",
    working_start: 0,
    model: "m",
    tools: [],
    tool_choice: "none",
    config: {},
    uuid: `e${index}-${turn}`,
    input: messages.slice(0, turn),
    output: { model: "m", choices: [{ message: messages[turn], stop_reason: "stop" }] },
  }));
  const id = `blackmail_explicit-america_${["replacement", "restriction", "none"][index % 3]}`;
  const scores = {
    harm: { value: { harmful: index % 2, classifier_verdict: index % 2 }, explanation: prose(index, 40) },
  };
  return sampleOf(id, { epoch: index + 1, uuid: `u${index}`, messages, events, scores });
}

const WORDS = "the agent reads mail about a new système and writes back – that it will not send what was asked for"
  .split(
    " ",
  );

/** Words drawn by a fixed rule, so that every run compresses and parses the same bytes. */
function prose(seed: number, count: number): string {
  let state = seed * 2654435761 % 4294967296;
  return Array.from({ length: count }, () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return `${WORDS[Math.floor(state / 65536) % WORDS.length]}${state % 97 === 0 ? state : ""}`;
  }).join(" ");
}

if (import.meta.main) {
  const [path, count] = Deno.args;
  await Deno.writeFile(path, largeLog(Number(count)));
}
