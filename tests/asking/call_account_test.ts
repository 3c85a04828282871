/** No call is forgotten: not of runs that were given up, not of answers that others replaced, and none is counted twice. */
import assert from "node:assert/strict";
import { runBatches } from "$lib/asking/batches/run.ts";
import { openBatchJournal } from "$lib/asking/batches/journal.ts";
import { openCallAccount } from "$lib/asking/call_account.ts";
import type { Asker } from "$lib/asking/call.ts";
import { runLive } from "$lib/asking/run.ts";
import { summarise } from "$lib/labelers/judge/summary.ts";
import { openLabelStore } from "$lib/labelers/label_file.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import type { Fault } from "../support/fault_replies.ts";
import type { startFaultServer } from "../support/fault_server.ts";
import { judgeAt, judgeTasks, labelFile, samplesOf, SETTINGS } from "../support/judge_setting.ts";
import { withServer } from "../support/with_server.ts";

/** One run over `count` samples, and what its summary says. */
async function runOnce(file: string, count: number, url: string, more: Partial<Asker> & { timeout?: number } = {}) {
  const store = openLabelStore(file);
  const calls = openCallAccount(`${file}.calls`, store);
  try {
    const tasks = judgeTasks(samplesOf(count), SETTINGS);
    await runLive(tasks, store, { ...judgeAt(url, more), calls }, { concurrency: 4 });
    return summarise(tasks, store, calls);
  } finally {
    await Promise.all([calls.close(), store.close()]);
  }
}

/** A run that is given up with all of its calls under way. */
async function giveUp(file: string, count: number, server: ReturnType<typeof startFaultServer>) {
  const [stop, halt] = [new AbortController(), new AbortController()];
  const run = runOnce(file, count, server.url, { stop: stop.signal, halt: halt.signal });
  while (server.paid.size < count) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  halt.abort();
  return await run;
}

for (
  const [name, options, unanswered, payments] of [
    ["says that it sends an answer again", { knowsIdempotency: true }, 0, 1],
    ["sends it again and does not say so", { knowsIdempotency: true, isSilent: true }, 1, 1],
    ["knows no idempotency", {}, 1, 2],
  ] as const
) {
  Deno.test(`calls whose reply was lost are counted, with a server that ${name}`, async () => {
    const fault = ({ asked }: { asked: number }): Fault => asked === 0 ? "slow" : "none";
    await withServer({ fault, ...options }, async (server) => {
      const file = await labelFile();
      const { calls, unanswered: lost, usage, left } = await giveUp(file, 3, server);
      assert.deepEqual([calls, lost, usage.input, left], [3, 3, 0, 3]);
      const after = await runOnce(file, 3, server.url);
      assert.deepEqual([after.calls, server.calls.length], [6, 6]);
      assert.deepEqual([after.unanswered, after.usage.input, after.labelled], [3 * unanswered, 3000, 3]);
      assert.deepEqual([...server.paid.values()], [payments, payments, payments]);
      assert.deepEqual(await runOnce(file, 3, server.url), after);
    });
  });
}

Deno.test("a summary counts each call that the server saw, over several runs and whatever failed", async () => {
  const random = createRandom(4);
  const faults: readonly Fault[] = ["429", "500", "reset", "prose", "400", "slow", "none", "none"];
  await withServer({ fault: () => faults[random.below(faults.length)] }, async (server) => {
    const file = await labelFile();
    for (let run = 0; run < 4; run++) {
      const { calls, unanswered, usage } = await runOnce(file, 12, server.url, { timeout: 150 });
      assert(calls >= server.calls.length, `${calls} of ${server.calls.length}`);
      assert(calls <= server.calls.length + 2, "calls that were never made"); // but such as timed out on their way
      const paid = [...server.paid.values()].reduce((sum, count) => sum + count, 0);
      assert(
        usage.input / 1000 + unanswered >= paid,
        "what was paid is neither in the usage nor said to be unknown",
      );
    }
    assert(server.calls.length > 30);
  });
});

Deno.test("calls in batches are counted over runs that were stopped between them", async () => {
  const fault = (_: string, asked: number): Fault => asked < 2 ? "prose" : "none";
  await withServer({ batch: { fault, looks: 0 } }, async (server) => {
    const file = await labelFile();
    const tasks = judgeTasks(samplesOf(5), SETTINGS);
    for (let run = 1; run <= 3; run++) { // a run is stopped as soon as its batch has been read
      const store = openLabelStore(file);
      const calls = openCallAccount(`${file}.calls`, store);
      const stop = new AbortController();
      const budget = judgeAt(server.url).budget;
      const settle: typeof budget.settle = (...given) => {
        stop.abort();
        budget.settle(...given);
      };
      const asker = judgeAt(server.url, { stop: stop.signal, calls, budget: { ...budget, settle } });
      await runBatches(tasks, store, asker, {
        journal: openBatchJournal(`${file}.batches`),
        polling: { first: 1, most: 1 },
      });
      const { calls: counted, unanswered, labelled } = summarise(tasks, store, calls);
      assert.deepEqual([counted, server.batches.batches.length], [5 * run, run]);
      assert.deepEqual([unanswered, labelled], run < 3 ? [5 * run, 0] : [10, 5]);
      await Promise.all([calls.close(), store.close()]);
    }
  });
});

Deno.test("a batch that expired, read by a run that was then stopped, is counted and is no reply that was lost", async () => {
  const ending = (number: number) => number === 1 ? "expired" as const : "completed" as const;
  await withServer({ batch: { looks: 0, ending } }, async (server) => {
    const file = await labelFile();
    const tasks = judgeTasks(samplesOf(10), SETTINGS);
    const runs = [];
    for (let run = 1; run <= 2; run++) {
      const store = openLabelStore(file);
      const calls = openCallAccount(`${file}.calls`, store);
      const stop = new AbortController();
      const journal = openBatchJournal(`${file}.batches`);
      const done: typeof journal.done = (name) => {
        journal.done(name);
        stop.abort();
      };
      const asker = judgeAt(server.url, { stop: stop.signal, calls });
      await runBatches(tasks, store, asker, { journal: { ...journal, done }, polling: { first: 1, most: 1 } });
      const { calls: counted, unanswered, labelled } = summarise(tasks, store, calls);
      runs.push([counted, unanswered, labelled]);
      await Promise.all([calls.close(), store.close()]);
    }
    assert.deepEqual(runs, [[10, 0, 5], [15, 0, 10]]);
  });
});
