/**
 * Labels or samples many times through the Batch API by the command itself, which is killed between sending and collecting
 * and in the midst of collecting; batches expire half done, and lines fail. Prints what came of it and the most memory that
 * a process took, in megabytes.
 *
 *   deno run -A tests/asking/many_batches.ts label 100000
 *   deno run -A tests/asking/many_batches.ts sample 100000
 *
 * Sampled 100,032 times in 5 batches and judged 100,000 samples, 2.2 GB of requests, in 35, each through 3 kills: each answer
 * is there once and was paid once, and no batch was left. No process took more than 405 MB to sample (200 MB for 10,032)
 * and 536 MB to judge (311 MB for 10,000): of each task about a kilobyte is held, and nothing of its text.
 */
import { pause } from "$lib/asking/retry.ts";
import type { Fault, Player } from "../support/fault_replies.ts";
import { type Ended, endOf, startLabel } from "../support/label_command.ts";
import { withServer } from "../support/with_server.ts";

/** What came of it. */
export interface ManyBatches {
  readonly tasks: number;
  readonly killed: number;
  readonly batches: number;
  /** Batches whose results were not fetched. */
  readonly uncollected: number;
  /** Lines that the server was paid for, and those that it was paid for more than once. */
  readonly paid: number;
  readonly paidTwice: number;
  /** Keys in the file of labels or samples, and lines that have an answer. */
  readonly keys: number;
  readonly answered: number;
  /** The last process. */
  readonly ended: Ended;
  /** Megabytes that a process held at most; 0 where the system does not tell. */
  readonly resident: number;
  readonly seconds: number;
}

export interface ManyOptions {
  /** Characters of each text. */
  readonly length?: number;
  /** How often it is killed. */
  readonly kills?: number;
  /** Megabytes that it may hold on its heap. */
  readonly heap?: number;
}

/** A quarter of the lines fails at first: with a status, without a word, or by coming twice. */
const faultOf = (id: string, asked: number): Fault | "unanswered" | "duplicate" =>
  asked > 0
    ? "none"
    : (["500", "429", "unanswered", "duplicate"] as const)[Number.parseInt(id.slice(0, 4), 16) % 16] ?? "none";

const play: Player = ({ messages }) => `It is done. ${messages.at(-1)!.content.slice(0, 4000)}`;

/** Labels or samples about `wanted` times. */
export async function manyBatches(
  task: "label" | "sample",
  wanted: number,
  { length = 4000, kills = 3, heap }: ManyOptions = {},
): Promise<ManyBatches> {
  const batch = {
    looks: 1,
    forgets: true,
    fault: faultOf,
    loses: (number: number) => number === 2,
    ending: (number: number) => number % 3 === 1 ? "expired" as const : "completed" as const,
  };
  return await withServer({ batch, play }, async ({ url, paid, batches }) => {
    const folder = await Deno.makeTempDir();
    const epochs = Math.ceil(wanted / 48);
    const [name, tasks, args]: [string, number, string[]] = task === "label"
      ? ["labels.jsonl", wanted, ["samples.jsonl", "--labeler", "judge", "--model", "j", "--batch"]]
      : ["samples.jsonl", 48 * epochs, [
        "letters",
        "--model",
        "m",
        "--epochs",
        `${epochs}`,
        "--out",
        "samples.jsonl",
        "--batch",
      ]];
    if (task === "label") await writeSamples(`${folder}/samples.jsonl`, wanted, length);
    const out = `${folder}/${name}`;
    const start = performance.now();
    let [killed, resident] = [0, 0];
    const run = async (isOver: () => boolean): Promise<Ended> => {
      const child = await startLabel(folder, url, args, { task, heap });
      const end = endOf(child);
      let isEnded = false;
      end.finally(() => isEnded = true);
      for (; !isEnded; await pause(5)) {
        resident = Math.max(resident, residentOf(child.pid));
        if (!isOver()) continue;
        child.kill("SIGKILL");
        killed++;
        break;
      }
      return await end;
    };
    let ended: Ended | undefined;
    while (killed < kills && ended?.code !== 0) {
      const [made, had] = [batches.batches.length, sizeOf(out)];
      const isSent = () => batches.batches.length > made; // and perhaps not noted
      const isCollecting = () => sizeOf(out) > had + 1000;
      ended = await run(killed % 2 === 0 ? isSent : isCollecting);
    }
    if (ended?.code !== 0) ended = await run(() => false);
    const seconds = Math.round((performance.now() - start) / 1000);
    const { keys, answered } = await keysIn(out);
    await Deno.remove(folder, { recursive: true });
    return {
      tasks,
      killed,
      batches: batches.batches.length,
      uncollected: batches.uncollected().length,
      paid: paid.size,
      paidTwice: [...paid.values()].filter((times) => times > 1).length,
      keys,
      answered,
      ended,
      resident,
      seconds,
    };
  });
}

/** Samples of which every second refuses, each with an instruction of its own. */
async function writeSamples(path: string, count: number, length: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  const encoder = new TextEncoder();
  for (let index = 0; index < count; index++) {
    const messages = [
      { role: "user", content: `Do thing ${index}. ${"All of it, and well. ".repeat(length / 21)}` },
      { role: "assistant", content: `${index % 2 === 0 ? "No" : "Yes"}, as to thing ${index}.` },
    ];
    const sample = { id: `s${index}`, model: "m", scenario: "s", condition: { c: "1" }, labels: [], messages };
    const bytes = encoder.encode(`${JSON.stringify(sample)}\n`);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  }
}

/** The most that a process held, by Linux. */
function residentOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))!;
    return Math.round(Number(kilobytes) / 1000);
  } catch {
    return 0;
  }
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

/** The keys in a file of samples or labels, and how many lines have an answer. */
async function keysIn(path: string): Promise<{ readonly keys: number; readonly answered: number }> {
  const keys = new Set<string>();
  let answered = 0;
  if (sizeOf(path) === 0) return { keys: 0, answered };
  using file = await Deno.open(path);
  let rest = "";
  for await (const part of file.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const { key, missing, generation = {} } = JSON.parse(line);
      keys.add(key ?? generation.key);
      if ((missing ?? generation.missing) === undefined) answered++;
    }
  }
  return { keys: keys.size, answered };
}

if (import.meta.main) {
  const [task, wanted, kills = "3"] = Deno.args;
  const { ended, ...found } = await manyBatches(task as "label" | "sample", Number(wanted), { kills: Number(kills) });
  console.log(ended.out + ended.err);
  console.log(JSON.stringify({ ...found, code: ended.code }));
}
