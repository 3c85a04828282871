/**
 * Writes samples of one model as an Inspect log.
 *
 *   deno run --allow-read --allow-write tests/sampling/inspect_log.ts samples.jsonl log.json
 */
import { load } from "$lib/mod.ts";
import { inspectLogOf } from "$lib/reading/formats/inspect/write.ts";

const [from, to] = Deno.args;
const [{ name, samples }] = await load([from]);
await Deno.writeTextFile(to, JSON.stringify(inspectLogOf(name, samples)));
