/**
 * Reading and counting against two plain baselines, in one run: the same lines, read and parsed with `JSON.parse`, and
 * nothing else; and the script that one would write in Python, with `json` and a DataFrame, each a process of its own.
 * Python is left out where python3 has no pandas. In turns, by size and with memory: bytes/jsonl_beside_python.py.
 * Run: deno bench --allow-read --allow-write --allow-run=deno,python3 tests/reading/load_bench.ts
 */
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { writeCorpus } from "../support/corpus.ts";

const SAMPLES = 200_000;
const file = await Deno.makeTempFile({ suffix: ".jsonl" });
await writeCorpus(file, SAMPLES);

const group = `${SAMPLES} samples, ${Math.round((await Deno.stat(file)).size / 1e6)} MB of JSONL`;

Deno.bench({ name: "JSON.parse of each line", group, baseline: true, n: 3, warmup: 1 }, async () => {
  let ids = 0;
  for await (const lines of createOpener({ hashing: false }).lines(file)) {
    for (const line of lines) if ("text" in line && JSON.parse(line.text).id) ids++;
  }
  if (ids !== SAMPLES) throw new Error(`read ${ids} samples`);
});

for (const [name, hashing] of [["validated and counted", false], ["validated, hashed and counted", true]] as const) {
  Deno.bench({ name, group, n: 3, warmup: 1 }, async () => {
    const { counts } = await countSamples([file], ["model", "goal_conflict"], [{ label: "harmful" }], { hashing });
    const scored = counts.reduce((sum, count) => sum + count.scored, 0);
    if (scored !== SAMPLES) throw new Error(`counted ${scored} samples`);
  });
}

const ROOT = new URL("../..", import.meta.url);
const SCRIPT = "tests/reading/bytes/jsonl_beside_python.py";

async function run(command: string, ...args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(command, { args, cwd: ROOT, stdout: "null", stderr: "null" }).output();
  return success;
}

const processes: Record<string, readonly [string, ...string[]]> = {
  "json and a DataFrame in Python": ["python3", SCRIPT, file],
  "deno task rates": ["deno", "task", "-q", "rates", file, "--by", "model,goal_conflict", "--label", "harmful"],
};

if (await run("python3", "-c", "import pandas")) {
  for (const [name, command] of Object.entries(processes)) {
    const baseline = command[0] === "python3";
    Deno.bench({ name, group: `${group}, whole processes`, baseline, n: 3, warmup: 1 }, async () => {
      if (!await run(...command)) throw new Error(`Cannot compare as this failed: ${command.join(" ")}`);
    });
  }
}

globalThis.addEventListener("unload", () => Deno.removeSync(file));
