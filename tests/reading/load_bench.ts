/**
 * Reading and counting against the plain baseline: the same lines, read and parsed with `JSON.parse`, and nothing else.
 * Run: deno bench --allow-read --allow-write tests/reading/load_bench.ts
 */
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { lineBatches } from "$lib/reading/bytes/lines.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { writeCorpus } from "../support/corpus.ts";

const SAMPLES = 200_000;
const file = await Deno.makeTempFile({ suffix: ".jsonl" });
await writeCorpus(file, SAMPLES);

const group = `${SAMPLES} samples, ${Math.round((await Deno.stat(file)).size / 1e6)} MB of JSONL`;

Deno.bench({ name: "JSON.parse of each line", group, baseline: true, n: 3, warmup: 1 }, async () => {
  let ids = 0;
  for await (const lines of lineBatches(createOpener({ hashing: false }).bytes(file))) {
    for (const line of lines) if ("text" in line && JSON.parse(line.text).id) ids++;
  }
  if (ids !== SAMPLES) throw new Error(`read ${ids} samples`);
});

Deno.bench({ name: "validated and counted", group, n: 3, warmup: 1 }, async () => {
  const { counts } = await countSamples([file], ["model", "goal_conflict"], [{ label: "harmful" }], { hashing: false });
  const scored = counts.reduce((sum, count) => sum + count.scored, 0);
  if (scored !== SAMPLES) throw new Error(`counted ${scored} samples`);
});

globalThis.addEventListener("unload", () => Deno.removeSync(file));
