/** The Batch API: the real client, files up, polls, files down, what failed again, and what an earlier run began. */
import assert from "node:assert/strict";
import { openBatchJournal } from "$lib/asking/batches/journal.ts";
import { batchFiles } from "$lib/asking/batches/requests.ts";
import { type BatchOptions, runBatches } from "$lib/asking/batches/run.ts";
import { createBudget } from "$lib/asking/cost.ts";
import type { Asker } from "$lib/asking/call.ts";
import { openLabelStore, readLabelFile } from "$lib/labelers/label_file.ts";
import type { LabelLine } from "$lib/labelers/label_line.ts";
import type { Sample } from "$lib/samples/sample.ts";
import {
  judgeAt,
  judgeTasks,
  labelFile,
  labelInto,
  labelSet,
  sampleOf,
  samplesOf,
  SETTINGS,
} from "../support/judge_setting.ts";
import { withServer } from "../support/with_server.ts";

async function batchInto(
  file: string,
  samples: readonly Sample[],
  judge: Asker,
  more: Partial<BatchOptions<LabelLine>> = {},
) {
  const store = openLabelStore(file);
  try {
    const journal = openBatchJournal(`${file}.batches`);
    const polling = { first: 1, most: 2 };
    const end = await runBatches(judgeTasks(samples, SETTINGS), store, judge, { journal, polling, ...more });
    return { end, lines: readLabelFile(file) };
  } finally {
    await store.close();
  }
}

async function live(samples: readonly Sample[]) {
  return await withServer(
    {},
    async (server) => labelSet(await labelInto(await labelFile(), samples, judgeAt(server.url))),
  );
}

Deno.test("batches give the label set of live calls, in files that keep within the limits", async () => {
  const samples = [...samplesOf(25), sampleOf("silent")];
  await withServer({}, async (server) => {
    const limits = { requests: 10, bytes: 1e9 };
    const { end, lines } = await batchInto(await labelFile(), samples, judgeAt(server.url), { limits });
    assert.deepEqual(labelSet(lines), await live(samples));
    assert.deepEqual([end.left, server.batches.batches.length], [0, 3]);
  });
  const tasks = judgeTasks(samplesOf(9), SETTINGS);
  const textOf = ({ lines }: { lines: () => Iterable<string> }) => [...lines()].join("");
  const size = (text: string) => new TextEncoder().encode(text).length;
  const text = textOf([...batchFiles(tasks)][0]);
  const bytes = size(text) / 3;
  const parts = [...batchFiles(tasks, { requests: 100, bytes })].map(textOf);
  assert(parts.length === 3 || parts.length === 4);
  assert(parts.every((part) => size(part) <= bytes && part.endsWith("\n")));
  assert.equal(parts.join(""), text);
});

Deno.test("what failed in a batch goes up again, and only that; answers that come twice count once", async () => {
  const samples = samplesOf(40);
  const faults = ["500", "429", "unanswered", "prose", "duplicate", "none"] as const;
  const fault = (id: string, asked: number) => asked === 0 ? faults[parseInt(id.slice(0, 6), 16) % 6] : "none";
  await withServer({ batch: { fault } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samples, judgeAt(server.url));
    assert.deepEqual(labelSet(lines), await live(samples));
    assert.equal(lines.length, samples.length);
    const again = lines.filter(({ key }) => !["duplicate", "none"].includes(fault(key!, 0)));
    const second = server.batches.files.get(server.batches.batches[1].input)!.trimEnd().split("\n");
    assert.deepEqual(second.map((line) => JSON.parse(line).custom_id).sort(), again.map(({ key }) => key).sort());
    assert(again.length > 10 && again.every(({ calls }) => calls === 2));
  });
});

Deno.test("failures that stay end as missing with their reason, as with live calls", async () => {
  const faults = ["500", "400", "refusal", "prose", "truncated", "bad quote", "filter"] as const;
  const fault = (id: string) => faults[parseInt(id.slice(0, 6), 16) % faults.length];
  const reasons = {
    "500": "transport",
    "400": "request rejected",
    "refusal": "judge refused",
    "prose": "malformed",
    "truncated": "truncated",
    "bad quote": "no quote found",
    "filter": "content filter",
  };
  await withServer({ batch: { fault } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samplesOf(30), judgeAt(server.url));
    assert.equal(lines.length, 30);
    for (const { missing, key } of lines) assert.equal(missing, reasons[fault(key!)]);
  });
});

Deno.test("a batch that expires half done: the other half goes up again", async () => {
  await withServer({ batch: { ending: (number) => number === 1 ? "expired" : "completed" } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samplesOf(10), judgeAt(server.url));
    assert(lines.every(({ acts }) => acts) && lines.length === 10);
    assert(lines.every(({ key }) => server.paid.get(key!) === 1));
  });
});

Deno.test("a result that is larger than a reply can be is missing, whatever it is, and the others are labelled", async () => {
  const fault = (id: string) => id < "8" ? "large" : "none";
  await withServer({ batch: { fault } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samplesOf(12), judgeAt(server.url));
    assert.equal(lines.length, 12);
    for (const { key, missing, note } of lines) {
      assert.equal(missing, key! < "8" ? "malformed" : undefined);
      if (missing) assert.equal(note, "the reply is larger than 1 MiB");
    }
  });
});

Deno.test("a file of results that comes to a halt is fetched again, and no result counts twice", async () => {
  await withServer({ batch: { stalls: 2 } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samplesOf(10), judgeAt(server.url, { timeout: 200 }));
    assert.deepEqual(labelSet(lines), await live(samplesOf(10)));
    assert(lines.length === 10 && lines.every(({ calls, usage }) => calls === 1 && usage?.input === 1000));
  });
});

Deno.test("a file that is refused while it goes up is sent anew from its beginning", async () => {
  const samples = samplesOf(200); // 4 MB
  await withServer({ batch: { refuses: 4 } }, async (server) => {
    const { lines } = await batchInto(await labelFile(), samples, judgeAt(server.url));
    assert.deepEqual(labelSet(lines), await live(samples));
    assert.equal(server.batches.batches.length, 1);
  });
});

Deno.test("a batch that the server does not take ends the run with its reason", async () => {
  await withServer({ batch: { ending: () => "failed" } }, async (server) => {
    await assert.rejects(batchInto(await labelFile(), samplesOf(3), judgeAt(server.url)), /batch_1: too many/);
  });
});

Deno.test("a stopped run leaves its batch to the next one, which collects it and sends nothing again", async () => {
  await withServer({ batch: { looks: 5 } }, async (server) => {
    const file = await labelFile();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const polling = { first: 20, most: 20 };
    const { end } = await batchInto(file, samplesOf(10), judgeAt(server.url, { stop: stop.signal }), { polling });
    assert.equal(end.left, 10);
    const { end: after, lines } = await batchInto(file, samplesOf(12), judgeAt(server.url));
    assert.deepEqual([after.left, lines.length], [0, 12]);
    assert.deepEqual([...server.paid.values()], Array(12).fill(1));
    assert.equal(server.batches.batches.length, 2); // the second for the two samples that are new
  });
});

Deno.test("a batch whose answer was lost on its making is found by our name for it, at once or by the next run", async () => {
  await withServer({ batch: { loses: () => true } }, async (server) => {
    await batchInto(await labelFile(), samplesOf(5), judgeAt(server.url));
    assert.equal(server.batches.batches.length, 1);
    const file = await labelFile();
    const { client } = judgeAt(server.url);
    const journal = openBatchJournal(`${file}.batches`); // an earlier run that was killed between sending and noting it
    const [part] = batchFiles(judgeTasks(samplesOf(5), SETTINGS));
    const name = journal.begin(part.keys);
    const upload = await client.files.create({ file: new File([...part.lines()], "x.jsonl"), purpose: "batch" });
    await client.batches.create({
      input_file_id: upload.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { obey_or_refuse: name },
    }).catch(() => {});
    const { lines } = await batchInto(file, samplesOf(5), judgeAt(server.url));
    assert.deepEqual([lines.length, server.batches.batches.length], [5, 2]);
  });
});

Deno.test("a batch that was noted and never sent is sent", async () => {
  await withServer({}, async (server) => {
    const file = await labelFile();
    const [part] = batchFiles(judgeTasks(samplesOf(5), SETTINGS));
    openBatchJournal(`${file}.batches`).begin(part.keys);
    const torn = await Deno.readTextFile(`${file}.batches`);
    await Deno.writeTextFile(`${file}.batches`, `${torn}{"batch":"ab`);
    const { lines } = await batchInto(file, samplesOf(5), judgeAt(server.url));
    assert.deepEqual([lines.length, server.batches.batches.length], [5, 1]);
  });
});

Deno.test("a limit of cost holds for batches: only what is affordable at most goes up", async () => {
  await withServer({}, async (server) => {
    const budget = createBudget({ input: 10, output: 100 }, 2);
    const { end } = await batchInto(await labelFile(), samplesOf(200), judgeAt(server.url, { budget }));
    assert(end.isUnaffordable && end.left > 0 && server.paid.size > 2);
    assert(budget.spent()! <= 2 && Math.abs(budget.spent()! - server.paid.size * 0.02) < 1e-9);
  });
});
