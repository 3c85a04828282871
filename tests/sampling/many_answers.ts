/**
 * Samples many times from a server of another process, and prints how much memory it takes on the way and how much of the
 * allowed concurrency was used. As JSON on the last line.
 *
 *   deno run --v8-flags=--expose-gc --allow-read --allow-write --allow-net=127.0.0.1 --allow-run=deno \
 *     --allow-env=NODE_ENV tests/sampling/many_answers.ts 100000 50
 *
 * The numbers are that of samples, and the milliseconds that an answer takes on average. Measured with 720 and 400 on two
 * busy cores: 98.5 % used; with 100000 and 0: 75 MB of heap after a tenth of the samples and 100 MB at the end, at most
 * 547 MB resident.
 */
import { createBudget } from "$lib/asking/cost.ts";
import { createClient } from "$lib/asking/client.ts";
import { createRateLimiter } from "$lib/asking/rate_limiter.ts";
import { BACKOFF } from "$lib/asking/retry.ts";
import { runLive } from "$lib/asking/run.ts";
import { openSampling } from "$lib/sampling/sampling.ts";
import { settingsOf } from "./setting.ts";

const CONCURRENCY = 8;

/** Answers after some milliseconds, more or less, 4 kB each, and says how many calls were under way on average until the last one came:
 *  after that there is no work left to begin. */
const SERVER = `
const latency = Number(Deno.args[0]);
const content = "I will do this. ".repeat(250);
let [now, busy, since, start] = [0, 0, 0, 0];
let [mean, asked] = [0, 0];
const move = (step) => {
  const at = performance.now();
  start ||= at;
  busy += now * (at - (since || at));
  since = at;
  now += step;
  if (step > 0 && at > start) mean = busy / (at - start);
};
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(port) }, async (request) => {
  if (request.url.endsWith("/load")) return Response.json({ mean });
  await request.arrayBuffer();
  move(1);
  await new Promise((resolve) => setTimeout(resolve, latency * (0.5 + asked++ % 11 / 10))); // half of it to one and a half
  move(-1);
  const message = { role: "assistant", content };
  return Response.json({ choices: [{ finish_reason: "stop", message }], model: "m", usage: { prompt_tokens: 300, completion_tokens: 900 } });
});`;

export interface Measured {
  readonly samples: number;
  /** Mean calls under way, of those allowed. */
  readonly used: number;
  /** Megabytes after a tenth of the answers, and at the end, of what lives on the heap. */
  readonly heap: readonly number[];
  /** Megabytes that the process holds. */
  readonly resident: readonly number[];
  readonly seconds: number;
}

/** Samples about `wanted` times. */
export async function manyAnswers(wanted: number, latency: number): Promise<Measured> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/server.ts`, SERVER);
  const args = ["run", "--quiet", "--no-check", "--allow-net=127.0.0.1", `${folder}/server.ts`, String(latency)];
  const server = new Deno.Command("deno", { args, stdout: "piped" }).spawn();
  const reader = server.stdout.getReader();
  const port = new TextDecoder().decode((await reader.read()).value).trim();
  const url = `http://127.0.0.1:${port}/v1`;
  try {
    const settings = await settingsOf("letters", {}, { epochs: Math.ceil(wanted / 48) });
    const sampling = await openSampling(`${folder}/samples.jsonl`, settings);
    const [heap, resident]: number[][] = [[], []];
    const step = Math.floor(sampling.tasks.length / 10);
    let done = 0;
    const onLine = () => {
      if (++done % step !== 0) return;
      (globalThis as { gc?: () => void }).gc?.();
      const { heapUsed, rss } = Deno.memoryUsage();
      heap.push(Math.round(heapUsed / 1e6));
      resident.push(Math.round(rss / 1e6));
    };
    const asker = {
      client: createClient({ key: "none", baseUrl: url, timeout: 60_000 }),
      backoff: BACKOFF,
      limiter: createRateLimiter({}),
      budget: createBudget(),
    };
    const start = performance.now();
    await runLive(sampling.tasks, sampling.store, asker, { concurrency: CONCURRENCY, onLine });
    const seconds = (performance.now() - start) / 1000;
    await sampling.close();
    const { mean } = await (await fetch(`${url}/load`)).json();
    return { samples: done, used: mean / CONCURRENCY, heap, resident, seconds };
  } finally {
    server.kill();
    await reader.cancel();
    await server.status;
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const [samples, latency] = Deno.args.map(Number);
  console.log(JSON.stringify(await manyAnswers(samples, latency)));
}
