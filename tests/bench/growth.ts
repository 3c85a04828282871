/**
 * How time, memory and disk grow with the number of samples, and that every way of counting gives the same to the last
 * sample: `deno run … growth.ts 10000 100000 1000000`. Samples have acts, scores, prompts, epochs, missing values, and one
 * in a thousand stands twice; Spark counts too where spark-sql is on the path. Ends with 1 where two ways differ.
 */
import { line } from "../rates/kinds_table.ts";

const HERE = new URL(".", import.meta.url).pathname;
const LOAD = new URL("../../lib/commands/load.ts", import.meta.url).pathname;
const DENO = ["run", "--quiet", "--no-check", "--allow-read", "--allow-ffi", "--allow-env"];

async function write(file: string, samples: number): Promise<void> {
  using handle = await Deno.open(file, { createNew: true, write: true });
  const encoder = new TextEncoder();
  for (let start = 0; start < samples; start += 10_000) {
    const lines: string[] = [];
    for (let index = start; index < Math.min(samples, start + 10_000); index++) {
      lines.push(line(index));
      if (index % 1000 === 7) lines.push(lines.at(-1)!);
    }
    const bytes = encoder.encode(`${lines.join("\n")}\n`);
    for (let done = 0; done < bytes.length;) done += handle.writeSync(bytes.subarray(done));
  }
}

interface Done {
  readonly seconds: number;
  readonly megabytes: number;
  readonly counts: string;
}

/** A process of its own, and what it prints last. */
async function done(args: readonly string[]): Promise<Done | undefined> {
  const { stdout, stderr } = await new Deno.Command("deno", { args: [...args] }).output();
  const last = new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "";
  if (last.startsWith("{")) return JSON.parse(last);
  console.log(`  ${new TextDecoder().decode(stderr).trim().split("\n")[0]}`);
  return undefined;
}

const megabytesOf = async (path: string) => Math.round((await Deno.stat(path)).size / 2 ** 20);
let isEqual = true;
for (const samples of Deno.args.map(Number)) {
  const folder = await Deno.makeTempDir();
  try {
    const [jsonl, parquet] = [`${folder}/all.jsonl`, `${folder}/all.parquet`];
    await write(jsonl, samples);
    const start = performance.now();
    await new Deno.Command("deno", { args: [...DENO, "--allow-write", LOAD, jsonl, "--to", parquet] }).output();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${samples} samples: ${await megabytesOf(jsonl)} MB of JSONL, ${await megabytesOf(parquet)} MB of Parquet, ` +
        `written in ${seconds} s as a process`,
    );
    const counts = new Set<string>();
    for (const [work, file] of [["jsonl", jsonl], ["parquet", parquet], ["table", parquet], ["spark", parquet]]) {
      const one = await done([...DENO, "--allow-run=spark-sql", `${HERE}counts_of.ts`, work, file]);
      if (one === undefined) continue;
      counts.add(one.counts);
      console.log(`  ${work}: ${one.seconds.toFixed(2)} s, at most ${Math.round(one.megabytes)} MB`);
    }
    console.log(counts.size === 1 ? "  all counts are the same" : `  ${counts.size} different counts`);
    isEqual &&= counts.size === 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
if (!isEqual) Deno.exit(1);
