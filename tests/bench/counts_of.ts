/** Counts samples in one way, by outcome, score, threshold and prompt: `deno run … counts_of.ts WAY FILE`; for growth.ts. */
import process from "node:process";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import type { Question } from "$lib/rates/counting/verdicts.ts";
import { duckdbTable } from "$lib/rates/engines/duckdb_table.ts";
import { sparkTable } from "$lib/rates/engines/spark.ts";
import { countTable } from "$lib/rates/engines/table.ts";

const [way, file] = Deno.args;
const policy = await loadPolicy("obey_or_refuse");
const questions: readonly Question[] = [
  ...[{ outcome: "subvert", policy }, { outcome: "refuse", policy }] as const,
  ...[{ label: "harmful" }, { label: "severity", atLeast: 3 }],
];
const by = ["model", "goal_conflict"];
const start = performance.now();
const table = { paths: [file] };
const { counts } = way === "table"
  ? await countTable(duckdbTable, table, by, questions)
  : way === "spark"
  ? await countTable(sparkTable, table, by, questions)
  : await countSamples([file], by, questions);
const seconds = (performance.now() - start) / 1000;
const sorted = counts.map((count) => JSON.stringify(count)).sort().join();
const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sorted)));
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, counts: hash.toHex() }));
