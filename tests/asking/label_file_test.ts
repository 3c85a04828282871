/** The label file: nothing is lost, nothing is asked twice, and nothing else's file is touched. */
import assert from "node:assert/strict";
import { joinLabels } from "$lib/labelers/join_labels.ts";
import { openLabelStore, readLabelFile } from "$lib/labelers/label_file.ts";
import { createBudget } from "$lib/asking/cost.ts";
import { runLive } from "$lib/asking/run.ts";
import { summarise } from "$lib/labelers/judge/summary.ts";
import { createRateLimiter } from "$lib/asking/rate_limiter.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { USAGE } from "../support/fault_replies.ts";
import { judgeAt, judgeTasks, labelFile, labelInto, sampleOf, samplesOf, SETTINGS } from "../support/judge_setting.ts";
import { withServer } from "../support/with_server.ts";

Deno.test("a file that was cut anywhere in its last line is repaired: whole lines stay, and what was torn is asked again", async () => {
  await withServer({}, async (server) => {
    const file = await labelFile();
    const samples = samplesOf(2);
    await labelInto(file, samples, judgeAt(server.url), { concurrency: 1 });
    const bytes = await Deno.readFile(file);
    const first = bytes.indexOf(10) + 1;
    for (let length = first; length <= bytes.length; length += length < first + 12 ? 1 : 97) {
      const copy = await labelFile();
      await Deno.writeFile(copy, bytes.subarray(0, length));
      const before = server.calls.length;
      const lines = await labelInto(copy, samples, judgeAt(server.url));
      assert.deepEqual(lines.map(({ id, acts }) => [id, acts?.length]), [["s0", 1], ["s1", 1]], `cut at ${length}`);
      assert.equal(server.calls.length - before, 1, `cut at ${length}`);
    }
    await Deno.writeFile(file, bytes.subarray(0, -1)); // only the line end is missing: the answer is there and is kept
    const before = server.calls.length;
    assert.equal((await labelInto(file, samples, judgeAt(server.url))).length, 2);
    assert.equal(server.calls.length, before);
    assert.deepEqual(await Deno.readFile(file), bytes);
  });
});

for (
  const [name, text] of [
    ["notes", "Notes on the study\nsecond line"],
    ["a single line of notes", "Notes"],
    ["samples", '{"id":"1","model":"m","scenario":"s","condition":{},"labels":[]}\n'],
    ["a broken line that is not the last", '{"id":"1","la\n{"id":"2","labeler":"x","kind":"rule"}\n'],
    ["a misspelt field", '{"id":"1","labeler":"x","kind":"judge","act":[]}\n'],
    ["acts that are missing", '{"id":"1","labeler":"x","kind":"judge","acts":[{"name":"asks"}],"missing":"why"}\n'],
  ]
) {
  Deno.test(`a file that is no label file is refused by line and left as it is: ${name}`, async () => {
    const file = await labelFile();
    await Deno.writeTextFile(file, text);
    assert.throws(() => openLabelStore(file), /Cannot use .* as line \d is no label: /);
    assert.equal(await Deno.readTextFile(file), text);
    await Deno.writeTextFile(file, ""); // and it is not left locked
    await openLabelStore(file).close();
  });
}

Deno.test("an answer of an earlier run is not asked for again, whatever it was; a passing failure is", async () => {
  const faults = ["none", "refusal", "truncated", "filter", "prose", "500", "400"] as const;
  const samples = samplesOf(faults.length);
  const file = await labelFile();
  const faultOf = (text: string) => faults[Number(text.match(/thing (\d+)/)![1])];
  await withServer({ fault: ({ request }) => faultOf(request.messages[1].content) }, async (server) => {
    await labelInto(file, samples, judgeAt(server.url));
  });
  await withServer({}, async (server) => {
    const lines = await labelInto(file, samples, judgeAt(server.url), { concurrency: 1 });
    assert.deepEqual(server.calls.map(({ request }) => faultOf(request.messages[1].content)), ["500", "400"]);
    assert.equal(lines.length, faults.length + 2);
  });
});

Deno.test("joinLabels() names unknown ids and changed transcripts, and counts who is without a label", async () => {
  await withServer({}, async (server) => {
    const file = await labelFile();
    const samples = samplesOf(4);
    await labelInto(file, [...samples, sampleOf("gone", samples[0].messages)], judgeAt(server.url));
    const [first, second, ...rest] = samples;
    const changed = { ...second, messages: [{ role: "assistant" as const, content: "Something else." }] };
    const joined = joinLabels([first, changed, ...rest, sampleOf("new")], file);
    assert.deepEqual([joined.unknown, joined.changed], [["gone"], ["s1"]]);
    assert.deepEqual(Object.values(joined.labelers), [{ labelled: 3, missing: {}, without: 2 }]);
    assert.deepEqual(joined.samples.map(({ labels }) => labels.length), [1, 0, 1, 1, 0]);
  });
});

Deno.test("a limit of cost is never passed, whatever fails, and all of it that a call needs is used", async () => {
  const prices = { input: 10, output: 100 }; // a reply costs 0.02 USD, and at most about 0.7 can be told before
  const costOf = (replies: number) => replies * (USAGE.prompt_tokens * 10 + USAGE.completion_tokens * 100) / 1e6;
  for (const limit of [0, 0.3, 0.9, 2]) {
    await withServer({ fault: ({ asked }) => asked === 0 ? "prose" : "none" }, async (server) => {
      const tasks = judgeTasks(samplesOf(100), SETTINGS);
      const store = openLabelStore(await labelFile());
      const budget = createBudget(prices, limit);
      const end = await runLive(tasks, store, judgeAt(server.url, { budget }), { concurrency: 8 });
      await store.close();
      const charged = costOf([...server.paid.values()].reduce((sum, count) => sum + count, 0));
      assert(charged <= limit, `${charged} of ${limit}`);
      assert(Math.abs(charged - budget.spent()!) < 1e-9);
      const most = tasks[0].ask!().most;
      const enough = (most.input * prices.input + most.output * prices.output) / 1e6;
      assert(limit - charged < enough + 0.01, `stopped at ${charged} of ${limit}, where ${enough} is enough to go on`);
      assert(end.isUnaffordable && end.left === tasks.length - summarise(tasks, store).labelled);
    });
  }
});

Deno.test("a reply that was lost counts as spent in full, for the server may charge for it", async () => {
  await withServer({ fault: () => "reset" }, async (server) => {
    const budget = createBudget({ input: 1, output: 1 });
    const judge = judgeAt(server.url, { budget });
    await labelInto(await labelFile(), samplesOf(1), judge);
    const { input, output } = judgeTasks(samplesOf(1), SETTINGS)[0].ask!().most;
    assert.equal(budget.spent(), 0);
    assert(Math.abs(budget.unknown()! - 6 * (input + output) / 1e6) < 1e-12);
  });
});

Deno.test("the token buckets: no minute holds more than the limit and a sixtieth, and time is not wasted", async () => {
  const random = createRandom(7);
  for (const [requestsPerMinute, tokensPerMinute] of [[60, 90_000], [600, 30_000], [5, 1e9]]) {
    let time = 0;
    const clock = { now: () => time, sleep: (wait: number) => Promise.resolve(void (time += wait)) };
    const limiter = createRateLimiter({ requestsPerMinute, tokensPerMinute }, clock);
    const sent: { time: number; tokens: number }[] = [];
    for (let i = 0; i < 400; i++) {
      const tokens = 1 + random.below(tokensPerMinute < 1e6 ? tokensPerMinute / 60 : 100);
      await limiter.take(tokens);
      sent.push({ time, tokens });
      if (random.uniform() < 0.2) time += random.below(3000);
    }
    for (const { time: from } of sent) {
      const minute = sent.filter((one) => one.time >= from && one.time < from + 60_000);
      assert(minute.length <= requestsPerMinute * 61 / 60 + 1, `${minute.length} requests in a minute`);
      const tokens = minute.reduce((sum, one) => sum + one.tokens, 0);
      assert(tokens <= tokensPerMinute * 61 / 60 + 1, `${tokens} tokens in a minute`);
    }
    const tokens = sent.reduce((sum, one) => sum + one.tokens, 0);
    const needed = 60_000 * Math.max((sent.length - 1) / requestsPerMinute, tokens / tokensPerMinute);
    assert(time < needed * 1.6 + 1000, `${time} ms for what can be done in ${needed}`);
  }
});

Deno.test("a reader of a label file need not own it, and reads what is whole while it is written", async () => {
  const file = await labelFile();
  const store = openLabelStore(file);
  store.add({ id: "1", labeler: "x", kind: "rule", key: "k", scores: { a: true } });
  assert.equal(readLabelFile(file).length, 1);
  await store.close();
});

const SAID = { id: "s1", labeler: "coder:ab", kind: "human" };

async function joinedLines(...lines: readonly Record<string, unknown>[]) {
  const file = await labelFile();
  await Deno.writeTextFile(file, lines.map((line) => `${JSON.stringify({ ...SAID, ...line })}\n`).join(""));
  const { samples: [{ labels }], ...account } = joinLabels([sampleOf("s1")], file);
  return { labels, ...account };
}

Deno.test("acts on one line and scores on another of one coder are one label with both", async () => {
  const acts = [{ name: "refuses" }];
  const { labels, labelers } = await joinedLines({ acts, note: "a" }, { scores: { harmful: false } }, {
    scores: { sure: null },
    note: "b",
  }, { missing: "time-out" });
  assert.deepEqual(labels, [
    { labeler: "coder:ab", kind: "human", acts, scores: { harmful: false, sure: null }, note: "a; b" },
  ]);
  assert.deepEqual(labelers, { "coder:ab": { labelled: 1, missing: {}, without: 0 } });
});

Deno.test("two lines of one coder that contradict each other are named, none is used, and the sample is missing", async () => {
  const ways = [
    [{ acts: [{ name: "refuses" }] }, { acts: [{ name: "leaks" }] }],
    [{ scores: { harmful: true } }, { scores: { harmful: false, other: 1 } }],
  ];
  for (const lines of [...ways, ...ways.map((way) => way.toReversed())]) {
    const { labels, contradictions, labelers } = await joinedLines(...lines);
    const about = "acts" in lines[0] ? ["acts"] : ["score harmful"];
    assert.deepEqual(contradictions, [{ id: "s1", labeler: "coder:ab", about }]);
    assert.deepEqual(labels.map(({ acts, scores }) => [acts, scores]), [[undefined, undefined]]);
    assert.deepEqual(labelers["coder:ab"].missing, { "contradicts itself": 1 });
  }
});

Deno.test("of lines with one key the last counts: a sheet that was put right and read again replaces what it was", async () => {
  const { labels, contradictions } = await joinedLines({ key: "k", acts: [{ name: "leaks" }] }, {
    key: "k",
    acts: [{ name: "refuses" }],
  });
  assert.deepEqual([labels[0].acts, contradictions], [[{ name: "refuses" }], []]);
});

Deno.test("labels of a labeler that the sample has already are put to them, and a published coding needs no transcript", async () => {
  const file = await labelFile();
  const line = { ...SAID, sample: "0".repeat(64), scores: { harmful: true } };
  await Deno.writeTextFile(file, `${JSON.stringify(line)}\n`);
  const before = { labeler: "coder:ab", kind: "human", acts: [{ name: "leaks" }] } as const;
  const { messages: _, ...published } = { ...sampleOf("s1"), labels: [before] };
  const { samples, changed } = joinLabels([published], file);
  assert.deepEqual([samples[0].labels, changed], [[{ ...before, scores: { harmful: true } }], []]);
});
