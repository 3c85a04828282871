/**
 * One piece of work of this project, measured in a process of its own: `deno run … ours.ts WORK FILE`. Prints seconds, peak
 * memory and how many samples were counted, as JSON; the time is that of the work alone, without loading the library.
 */
import process from "node:process";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import type { Question } from "$lib/rates/counting/verdicts.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import { kindsSql } from "$lib/reading/parquet/kinds_sql.ts";
import { scan } from "$lib/reading/scan.ts";

const [work, file] = Deno.args;
const harmful: Question = { label: "harmful" };

async function counted(by: readonly string[], question: Question): Promise<number> {
  const { counts } = await countSamples([file], by, [question]);
  return counts.reduce((sum, { scored, missing }) => sum + scored + missing, 0);
}

const policy = await loadPolicy("obey_or_refuse");

/** Each returns how many samples it counted. */
const WORKS: Readonly<Record<string, () => Promise<number>>> = {
  jsonl: () => counted(["model", "goal_conflict"], harmful),
  label: () => counted(["goal_conflict", "threat"], harmful),
  outcome: () => counted(["goal_conflict", "threat"], { outcome: "refuse", policy }),
  kinds: async () => {
    using connection = await connect();
    const found = await connection.sql.runAndReadAll(kindsSql(`read_parquet('${file}')`));
    return found.getRowObjectsJS().reduce((sum, { samples }) => sum + Number(samples), 0);
  },
  log: async () => {
    let samples = 0;
    await scan([file], () => () => void samples++);
    return samples;
  },
};

(await connect())[Symbol.dispose](); // the native library is loaded, as `import duckdb` loads it there
const version = `@duckdb/node-api ${(await import("@duckdb/node-api")).version()}`;
const start = performance.now();
const samples = await WORKS[work]();
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, samples, version }));
