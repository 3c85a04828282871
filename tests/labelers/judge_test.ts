/** The judge: the real client against a server that fails as it is told. */
import assert from "node:assert/strict";
import { createBudget } from "$lib/asking/cost.ts";
import { ServerUnusable } from "$lib/asking/failure.ts";
import { joinLabels } from "$lib/labelers/join_labels.ts";
import { judgeName } from "$lib/labelers/judge/task.ts";
import { runLive } from "$lib/asking/run.ts";
import { openLabelStore } from "$lib/labelers/label_file.ts";
import type { MISSING_REASONS } from "$lib/labelers/judge/outcome.ts";
import { sha256 } from "$lib/samples/hash.ts";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { load } from "$lib/reading/load.ts";
import type { Sample } from "$lib/samples/sample.ts";
import type { Fault } from "../support/fault_replies.ts";
import type { SeenCall } from "../support/fault_server.ts";
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

const always = (fault: Fault) => ({ fault: () => fault });

/** A fault for each call, drawn by its task and how often it was asked: the same in whatever order calls come. */
function drawn(share: number, seed: number, faults: readonly Fault[]) {
  return ({ idempotencyKey, asked }: SeenCall): Fault => {
    const draw = parseInt(sha256(`${seed} ${idempotencyKey.split("-")[0]} ${asked}`).slice(0, 12), 16) / 16 ** 12;
    return draw < share ? faults[Math.floor(draw / share * faults.length)] : "none";
  };
}

/** What each fault comes to where it does not go away, and how often it is asked until then. */
const COMES_TO: readonly { fault: Fault; missing?: keyof typeof MISSING_REASONS; calls: number }[] = [
  { fault: "none", calls: 1 },
  { fault: "two choices", calls: 1 },
  { fault: "no usage", calls: 1 },
  { fault: "one bad quote", calls: 1 },
  { fault: "fenced", calls: 1 },
  { fault: "other model", calls: 1 },
  { fault: "dated model", calls: 1 },
  { fault: "negative usage", calls: 1 },
  { fault: "refusal", missing: "judge refused", calls: 1 },
  { fault: "truncated", missing: "truncated", calls: 1 },
  { fault: "filter", missing: "content filter", calls: 1 },
  { fault: "400 filter", missing: "content filter", calls: 1 },
  { fault: "400", missing: "request rejected", calls: 1 },
  { fault: "bad quote", missing: "no quote found", calls: 1 },
  { fault: "schema", missing: "malformed", calls: 3 },
  { fault: "prose", missing: "malformed", calls: 3 },
  { fault: "large", missing: "malformed", calls: 1 },
  { fault: "fenced prose", missing: "malformed", calls: 3 },
  { fault: "twice", missing: "malformed", calls: 3 },
  { fault: "no json", missing: "malformed", calls: 3 },
  { fault: "no choices", missing: "malformed", calls: 3 },
  { fault: "429", missing: "transport", calls: 6 },
  { fault: "500", missing: "transport", calls: 6 },
  { fault: "reset", missing: "transport", calls: 6 },
  { fault: "slow", missing: "time-out", calls: 6 },
];

for (const { fault, missing, calls } of COMES_TO) {
  Deno.test(`a server that answers "${fault}": ${missing ?? "labelled"} after ${calls} calls`, async () => {
    await withServer(always(fault), async (server) => {
      const [line] = await labelInto(
        await labelFile(),
        samplesOf(1),
        judgeAt(server.url, fault === "slow" ? { timeout: 60 } : {}),
      );
      assert.equal(line.missing, missing);
      assert.equal(line.acts?.[0].name, missing === undefined ? "refuses" : undefined);
      assert.deepEqual([line.calls, server.calls.length], [calls, calls]);
      assert.equal(line.labeler, judgeName("judge-1"));
      assert.match(line.labeler, /^judge-1@prompt:[0-9a-f]{8}$/);
    });
  });
}

for (const fault of ["401", "404", "quota"] as const) {
  Deno.test(`a server that answers "${fault}" ends the run, and no sample is said to be labelled or missing`, async () => {
    await withServer(always(fault), async (server) => {
      const file = await labelFile();
      await assert.rejects(labelInto(file, samplesOf(50), judgeAt(server.url)), ServerUnusable);
      assert.equal(await Deno.readTextFile(file), "");
      assert(server.calls.length <= 8, `${server.calls.length} calls`);
    });
  });
}

Deno.test("nobody listens: missing by transport, with what the system says", async () => {
  const { url } = await withServer({}, (server) => Promise.resolve(server));
  const [line] = await labelInto(await labelFile(), samplesOf(1), judgeAt(url));
  assert.equal(line.missing, "transport");
  assert.match(line.note!, /[Cc]onnect/);
});

Deno.test("Retry-After is waited for, by all calls", async () => {
  const fault = ({ asked }: SeenCall) => asked === 0 ? "429 with Retry-After" : "none";
  await withServer({ fault }, async (server) => {
    const start = performance.now();
    const lines = await labelInto(await labelFile(), samplesOf(4), judgeAt(server.url), { concurrency: 2 });
    const took = performance.now() - start;
    assert(lines.every(({ acts, calls }) => acts && calls === 2));
    assert(took > 2000 && took < 5000, `took ${took} ms for two seconds' worth of waiting`);
  });
});

Deno.test("a server that fails 30 % of calls at random gives the label set of one that does not", async () => {
  const samples = samplesOf(150);
  const whole = await withServer({}, async (server) => labelInto(await labelFile(), samples, judgeAt(server.url)));
  const faults = ["429", "500", "reset", "slow", "schema", "no json", "twice"] as const;
  for (const seed of [1, 2]) {
    await withServer({ fault: drawn(0.3, seed, faults) }, async (server) => {
      const judge = judgeAt(server.url, { timeout: 150 });
      const backoff = { ...judge.backoff, attempts: 12, replies: 12 };
      const lines = await labelInto(await labelFile(), samples, { ...judge, backoff }, { concurrency: 16 });
      const again = server.calls.length - samples.length;
      assert(again > 40 && again < 100, `${again} more calls`);
      assert.deepEqual(labelSet(lines), labelSet(whole));
    });
  }
});

Deno.test("with retries exhausted the rest is missing with reasons, rates show the bounds, and a second run mends it", async () => {
  const samples = samplesOf(40);
  const isDown = ({ request }: SeenCall) => /thing \d*[02468]\./.test(request.messages[1].content);
  const file = await labelFile();
  await withServer({ fault: (call) => isDown(call) ? "500" : "none" }, async (server) => {
    await labelInto(file, samples, judgeAt(server.url));
  });
  const labeler = judgeName("judge-1");
  assert.deepEqual(joinLabels(samples, file).labelers, {
    [labeler]: { labelled: 20, missing: { transport: 20 }, without: 0 },
  });
  const refusing = async () => {
    const datasets = await asDatasets(joinLabels(samples, file).samples);
    const policy = await loadPolicy("obey_or_refuse");
    const [rate] = rates(counts(datasets, [], [{ outcome: "refuse", policy, labeler }]));
    return [rate.count, rate.scored, rate.missing, ...rate.bounds!];
  };
  assert.deepEqual(await refusing(), [0, 20, 20, 0, 0.5]); // all that refused are missing: not 0 of 40
  await withServer({}, async (server) => {
    await labelInto(file, samples, judgeAt(server.url));
    assert.equal(server.calls.length, 20);
  });
  assert.deepEqual(await refusing(), [20, 40, 0, 0.5, 0.5]);
});

/** Samples with their labels, read back from a file as any command reads them. */
async function asDatasets(samples: readonly Sample[]) {
  const file = `${await Deno.makeTempDir()}/a.jsonl`;
  await Deno.writeTextFile(file, samples.map(({ source: _, ...rest }) => JSON.stringify(rest)).join("\n"));
  const datasets = await load([file]);
  assert.deepEqual(datasets[0].report.rejected, []);
  return datasets;
}

Deno.test("at least 95 % of the allowed concurrency is used against a server that takes 500 ms, and no more", async () => {
  const all: number[] = [];
  while (all.length < 4 && !all.some((used) => used >= 0.95)) {
    await withServer({ latency: 500 }, async (server) => {
      await labelInto(await labelFile(), samplesOf(8 * 16), judgeAt(server.url), { concurrency: 8 });
      all.push(server.used(8));
      assert.equal(server.mostAtOnce(), 8);
    });
  }
  const used = Math.max(...all); // a machine that is busy with other things can only use less
  console.log(`  used ${(100 * used).toFixed(1)} % of the allowed concurrency`);
  assert(used >= 0.95 && used <= 1, `used ${all}`);
});

Deno.test("the model and the finish reason are kept as the reply has them, also where the reply is no coding", async () => {
  for (
    const [fault, answered_by, finish] of [
      ["none", "judge-1", "stop"],
      ["other model", "cheaper-model", "stop"],
      ["dated model", "judge-1-2026-01-31", "stop"],
      ["truncated", "judge-1", "length"],
      ["prose", "judge-1", "stop"],
      ["500", undefined, undefined],
    ] as const
  ) {
    await withServer(always(fault), async (server) => {
      const [line] = await labelInto(await labelFile(), samplesOf(1), judgeAt(server.url));
      assert.deepEqual([line.model, line.answered_by, line.finish], ["judge-1", answered_by, finish]);
    });
  }
});

Deno.test("a usage below nothing is unknown: the file stays readable, and a limit of cost holds", async () => {
  await withServer(always("negative usage"), async (server) => {
    const budget = createBudget({ input: 10, output: 100 }, 2);
    const store = openLabelStore(await labelFile());
    const tasks = judgeTasks(samplesOf(20), SETTINGS);
    const end = await runLive(tasks, store, judgeAt(server.url, { budget }), { concurrency: 4 });
    await store.close();
    assert(end.isUnaffordable && budget.spent() === 0 && budget.unknown()! > 1 && budget.unknown()! <= 2);
  });
});

Deno.test("an act whose quote is not in the transcript is void, and is counted", async () => {
  await withServer(always("one bad quote"), async (server) => {
    const [line] = await labelInto(await labelFile(), samplesOf(1), judgeAt(server.url));
    assert.deepEqual(line.acts?.map(({ name }) => name), ["refuses"]);
    assert.equal(line.scores?.void_acts, 1);
    assert.match(line.note!, /void.*blackmails/);
  });
});

Deno.test("a sample without a transcript is missing and costs no call", async () => {
  await withServer({}, async (server) => {
    const [line] = await labelInto(await labelFile(), [sampleOf("a"), sampleOf("b", [])], judgeAt(server.url));
    assert.deepEqual([line.missing, server.calls.length], ["no transcript", 0]);
  });
});

Deno.test("votes and judges are labelers of their own, and what one answered is not asked again for another", async () => {
  await withServer({}, async (server) => {
    const file = await labelFile();
    const samples = samplesOf(5);
    const run = (model: string, votes: number) =>
      labelInto(file, samples, judgeAt(server.url), { settings: { ...SETTINGS, model, votes } });
    await run("a", 3);
    assert.equal(server.calls.length, 15);
    await run("a", 3);
    assert.equal(server.calls.length, 15);
    await run("b", 1);
    assert.equal(server.calls.length, 20);
    const { labelers, samples: joined } = joinLabels(samples, file);
    const names = [1, 2, 3].map((vote) => `${judgeName("a")}#${vote}`);
    assert.deepEqual(Object.keys(labelers), [...names, judgeName("b")]);
    assert(Object.values(labelers).every(({ labelled }) => labelled === 5));
    assert.equal(joined[0].labels.length, 4);
  });
});

Deno.test("what is sent: the model, the schema and the parameters, and neither the model's name nor its condition", async () => {
  await withServer({}, async (server) => {
    const parameters = { temperature: 0, max_tokens: 7 };
    await labelInto(await labelFile(), samplesOf(1), judgeAt(server.url), { settings: { ...SETTINGS, parameters } });
    const [{ request, idempotencyKey }] = server.calls;
    const { model, temperature, max_tokens, response_format } = request;
    assert.deepEqual([model, temperature, max_tokens], ["judge-1", 0, 7]);
    const { json_schema: { strict, schema } } = response_format as never as {
      json_schema: { strict: boolean; schema: { properties: { acts: { items: { required: string[] } } } } };
    };
    assert(strict && schema.properties.acts.items.required.includes("quote"));
    assert(!JSON.stringify(request.messages).includes("under-study"), "the judge is told which model it judges");
    assert.match(idempotencyKey, /^[0-9a-f]{64}-0$/);
  });
});

Deno.test("another transcript, condition's situation, prompt, model or parameter is asked anew; another place is not", async () => {
  await withServer({}, async (server) => {
    const file = await labelFile();
    const one = samplesOf(1)[0];
    const ask = async (sample: Sample, settings: Partial<typeof SETTINGS> | Record<string, unknown> = {}) => {
      const before = server.calls.length;
      await labelInto(file, [sample], judgeAt(server.url), { settings: { ...SETTINGS, ...settings } as never });
      return server.calls.length - before;
    };
    assert.equal(await ask(one), 1);
    assert.equal(await ask({ ...one, source: { file: "elsewhere", at: "line 9" }, model: "renamed" }), 0);
    assert.equal(await ask({ ...one, messages: [...one.messages!, { role: "user", content: "Thanks" }] }), 1);
    assert.equal(await ask(one, { model: "judge-2" }), 1);
    assert.equal(await ask(one, { parameters: { max_tokens: 9 } }), 1);
    assert.equal(await ask(one, { format: "object" }), 1);
    assert.equal(await ask(one, { parameters: { max_completion_tokens: 4096 } }), 0);
  });
});
