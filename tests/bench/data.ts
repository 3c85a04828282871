/** What is counted in the bench: `deno run … data.ts CORPUS.jsonl CORPUS.parquet`, 200,000 and 1,000,000 samples. */
import { writeParquet } from "$lib/reading/parquet/write.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { writeCorpus } from "../support/corpus.ts";

const LEVELS = { goal_conflict: ["none", "conflict"], threat: ["none", "replacement"], prohibition: ["none", "dont"] };

function sampleOf(index: number): Sample {
  const condition = Object.fromEntries(
    Object.entries(LEVELS).map(([factor, levels], at) => [factor, levels[(index >> at) % 2]]),
  );
  const scores = { harmful: index % 7 === 0 ? null : index % 3 === 0 };
  return {
    ...{ id: `sample-${index}`, model: `model-${index % 5}`, scenario: index % 11 < 5 ? "blackmail" : "leaking" },
    ...{ condition, cluster: `prompt-${index % 88}`, source: { file: "made.jsonl", at: `line ${index + 1}` } },
    labels: [{ labeler: "judge", kind: "judge", acts: [{ name: index % 3 ? "refuses" : "leaks" }], scores }],
  };
}

const [jsonl, parquet] = Deno.args;
await writeCorpus(jsonl, 200_000);
await writeParquet(parquet, (visitor) => {
  const visit = visitor({ path: "made", name: "made", format: "jsonl" });
  for (let index = 0; index < 1_000_000; index++) visit(sampleOf(index));
  return Promise.resolve();
}, true);
