/** Asking knows no labels: lines of a kind of one's own, live and in batches, by the real client. */
import assert from "node:assert/strict";
import { openBatchJournal } from "$lib/asking/batches/journal.ts";
import { runBatches } from "$lib/asking/batches/run.ts";
import { completionOf } from "$lib/asking/completion.ts";
import { runLive } from "$lib/asking/run.ts";
import { type LineKind, openStore, readStore } from "$lib/asking/store.ts";
import type { AskedLine, Task } from "$lib/asking/task.ts";
import { judgePrompt } from "$lib/labelers/judge/prompt.ts";
import { judgeAt, labelFile, samplesOf } from "../support/judge_setting.ts";
import { withServer } from "../support/with_server.ts";

/** What was said, and nothing else. */
interface SaidLine extends AskedLine {
  readonly said?: string;
}

const SAID: LineKind<SaidLine> = { name: "saying", start: '{"key":"', parse: (row) => JSON.parse(row) };

/** Three tasks, of which the last has nothing to ask. */
const TASKS: readonly Task<SaidLine>[] = [
  ...samplesOf(2).map(({ id, messages = [] }): Task<SaidLine> => {
    const { system, user } = judgePrompt(messages);
    return {
      head: { key: id },
      ask: () => ({
        body: { model: "m", messages: [{ role: "system", content: system }, { role: "user", content: user }] },
        most: { input: 1, output: 1 },
        estimate: 1,
        read: (completion) => ({ answer: { said: completionOf(completion)?.content?.slice(0, 7) } }),
      }),
    };
  }),
  { head: { key: "nothing", missing: "nothing to ask" } },
];

const WANTED = [
  { key: "nothing", missing: "nothing to ask", calls: 0 },
  { key: "s0", said: '{"acts"', usage: { input: 0, output: 0 }, calls: 1 },
  { key: "s1", said: '{"acts"', usage: { input: 0, output: 0 }, calls: 1 },
];

for (const isBatch of [false, true]) {
  Deno.test(`lines of any kind are asked for and kept, ${isBatch ? "in batches" : "live"}`, async () => {
    await withServer({}, async (server) => {
      const file = await labelFile();
      for (const _ of [1, 2]) { // the second time there is nothing left to ask
        const store = openStore(file, SAID);
        const asker = judgeAt(server.url);
        const polling = { first: 1, most: 2 };
        const { left } = isBatch
          ? await runBatches(TASKS, store, asker, { journal: openBatchJournal(`${file}.batches`), polling })
          : await runLive(TASKS, store, asker, { concurrency: 2 });
        await store.close();
        assert.equal(left, 0);
        assert.equal([...server.paid.values()].reduce((sum, times) => sum + times, 0), 2);
      }
      assert.deepEqual([...readStore(file, SAID)].sort((a, b) => a.key! < b.key! ? -1 : 1), WANTED);
    });
  });
}

Deno.test("a store says by its own word which line is none of its kind", async () => {
  const file = await labelFile();
  await Deno.writeTextFile(file, "no JSON\n");
  assert.throws(() => openStore(file, SAID), /as line 1 is no saying: /);
});
