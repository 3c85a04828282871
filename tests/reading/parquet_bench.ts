/**
 * How long counting 1,000,000 samples from Parquet takes, against DuckDB's bare count of the same column (aim: under
 * 0.5 s), with 20,000 prompts of 50 epochs against the same without telling prompts apart (aim: at most 1.3 times), and of 300,000
 * samples that say where they stood in their log against those that do not (aim: at most 2 times). Run with `deno bench --allow-ffi --allow-read --allow-write --allow-env=INIT_CWD tests/reading/parquet_bench.ts`.
 */
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { countParquet } from "$lib/rates/counting/count_parquet.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";

const SAMPLES = 1_000_000;
const LEVELS = { goal_conflict: ["none", "conflict"], threat: ["none", "replacement"], prohibition: ["none", "dont"] };

function sample(index: number): Sample {
  const condition = Object.fromEntries(
    Object.entries(LEVELS).map(([factor, levels], at) => [factor, levels[(index >> at) % 2]]),
  );
  const scores = { harmful: index % 7 === 0 ? null : index % 3 === 0, severity: (index * 7919 % 1000) / 100 };
  return {
    id: `sample-${index}`,
    model: `model-${index % 5}`,
    scenario: index % 11 < 5 ? "blackmail" : "leaking",
    condition,
    cluster: `prompt-${index % 88}`,
    labels: [{ labeler: "judge", kind: "judge", acts: [{ name: index % 3 ? "refuses" : "leaks" }], scores }],
    source: { file: "made.jsonl", at: `line ${index + 1}` },
  };
}

async function written(made: (index: number) => Sample, count = SAMPLES): Promise<string> {
  const file = `${await Deno.makeTempDir()}/corpus.parquet`;
  await writeParquet(file, (visitor) => {
    const visit = visitor({ path: "made", name: "made", format: "jsonl" });
    for (let index = 0; index < count; index++) visit(made(index));
    return Promise.resolve();
  });
  return file;
}

const file = await written(sample);
const epochs = await written((index) => ({ ...sample(index), cluster: `prompt-${index % 20_000}` }));
const policy = await loadPolicy("obey_or_refuse");
const by = ["goal_conflict", "threat"];

Deno.bench({
  name: "DuckDB alone: count of one score by condition",
  group: "1,000,000 samples",
  baseline: true,
  fn: async () => {
    using connection = await connect();
    const query = "SELECT condition, yes, count(*) FROM read_parquet($1) WHERE score = 'harmful' GROUP BY ALL";
    await connection.sql.runAndReadAll(query, [file]);
  },
});

for (
  const [name, question] of [
    ["a label that is yes or no", { label: "harmful" }],
    ["a label from a threshold on", { label: "severity", atLeast: 5 }],
    ["an outcome under a policy", { outcome: "refuse", policy }],
  ] as const
) {
  Deno.bench({
    name,
    group: "1,000,000 samples",
    fn: async () => {
      const { counts } = await countParquet([file], by, [question]);
      const total = counts.reduce((sum, { scored, missing }) => sum + scored + missing, 0);
      if (total !== SAMPLES) throw new Error(`Cannot compare as samples are missing: current value is ${total}`);
    },
  });
}

for (const [name, cluster] of [["by model alone", "model"], ["by prompt", "cluster"]] as const) {
  Deno.bench({
    name: `rates of 20,000 prompts × 50 epochs, clusters told apart ${name}`,
    group: "clusters",
    baseline: cluster === "model",
    fn: async () => {
      const { counts } = await countParquet([epochs], by, [{ label: "harmful" }], cluster);
      if (rates(counts).length !== 4) throw new Error("Cannot compare as there must be 4 rates");
    },
  });
}

const LOGGED = 300_000;
const plain = await written(sample, LOGGED);
const logged = await written((index) => {
  const run = { task: "t", sample_id: `${index % 3000}`, epoch: `${1 + Math.floor(index / 3000)}`, status: "success" };
  return { ...sample(index), run };
}, LOGGED);

for (const [name, path] of [["without", plain], ["with", logged]] as const) {
  Deno.bench({
    name: `a label of 300,000 samples ${name} task, sample id, epoch and status`,
    group: "coordinates of a run",
    baseline: path === plain,
    fn: async () => {
      const { counts } = await countParquet([path], by, [{ label: "harmful" }]);
      if (counts.length !== 4) throw new Error("Cannot compare as there must be 4 rows");
    },
  });
}
