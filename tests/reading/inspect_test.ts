/** Inspect logs: every entry ends as a sample or a named reject, missing scores stay missing, and truth is met. */
import assert from "node:assert/strict";
import { counts } from "$lib/rates/counting/counts.ts";
import { load } from "$lib/reading/load.ts";
import { parseJson } from "$lib/json/strict.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { evalParts, headOf, sampleOf, zipOf, type ZipPart } from "../support/inspect_writer.ts";
import { readTable } from "../support/read_table.ts";
import { REALDATA, realTest } from "../support/realdata.ts";

async function loaded(content: Uint8Array | string, name = "log.eval") {
  const file = `${await Deno.makeTempDir()}/${name}`;
  await Deno.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
  const datasets = await load([file]);
  return {
    file,
    samples: datasets.flatMap(({ samples }) => samples),
    told: datasets.flatMap(({ report }) => report.rejected).map(({ at, reason }) => `${at}: ${reason}`),
    repeats: datasets.flatMap(({ report }) => report.repeats).length,
    files: datasets.flatMap(({ files }) => files),
  };
}

const CREATED = "2026-01-01T00:00:00.000Z"; // of every log that the writer makes

const ofParts = (parts: readonly ZipPart[], options = {}) => loaded(zipOf(parts, options));
const ofSample = async (changes: Record<string, unknown>, head: unknown = headOf()): Promise<Sample> => {
  const { samples, told } = await ofParts(evalParts([sampleOf("a", changes)], { head }));
  assert.deepEqual(told, []);
  return samples[0];
};
const jsonLog = (samples: unknown[], head: unknown = headOf()) => JSON.stringify({ ...head as object, samples });

for (const [name, method] of [["stored", 0], ["deflate", 8], ["zstd", 93]] as const) {
  Deno.test(`an .eval log with ${name} entries gives its samples, their place and the hash of the whole file`, async () => {
    const bytes = zipOf(evalParts([sampleOf("a"), sampleOf(2, { epoch: 3 })], { method }));
    const { samples, told, files } = await loaded(bytes);
    assert.deepEqual(told, []);
    assert.deepEqual(
      samples.map(({ id, model, scenario, cluster, source }) => [id, model, scenario, cluster, source.at]),
      [
        ["uuid-a", "m", "t", "t a", "samples/a_epoch_1.json"],
        ["uuid-2", "m", "t", "t 2", "samples/2_epoch_3.json"],
      ],
    );
    assert.deepEqual(samples[1].run, { task: "t", sample_id: "2", epoch: "3", status: "success", created: CREATED });
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
    assert.equal(files[0].sha256, digest.toHex());
  });
}

Deno.test("a .json log is found by its keys, whatever its name, and each sample has its place", async () => {
  const { samples, told } = await loaded(jsonLog([sampleOf("a"), { id: "b", epoch: -1 }, 7]), "log.txt");
  assert.deepEqual(samples.map(({ source }) => source.at), ["samples[0]"]);
  assert.deepEqual(told, [
    "samples[1]: epoch: must be >= 1",
    "samples[2]: Invalid input: expected object, received number",
  ]);
});

Deno.test("versions 1 to 3 are read; a newer one, a log without samples and one without a task are refused by name", async () => {
  for (const version of [1, 2, 3]) {
    assert.equal((await loaded(jsonLog([sampleOf("a")], { ...headOf(), version }), "l.json")).samples.length, 1);
  }
  const newer = await loaded(jsonLog([sampleOf("a")], { ...headOf(), version: 4 }), "l.json");
  assert.deepEqual(newer.told, ["samples[0]: version: 4 is not known: versions up to 3 are read"]);
  assert.deepEqual((await loaded(jsonLog([]), "l.json")).told, [
    "file: the log holds no samples: its status is success",
  ]);
  const { told } = await ofParts(evalParts([sampleOf("a")], { head: { ...headOf(), eval: { model: 1 } } }));
  assert.equal(told.length, 3);
  for (const line of told) assert(line.includes("eval.task:") && line.includes("eval.model:"), line);
});

Deno.test("bare NaN and Infinity are missing, and the same words inside strings stay", async () => {
  assert.deepEqual(parseJson(String.raw`{"a":[NaN,-Infinity,1],"b\\":"x\\\" NaN","c":Infinity}`, { python: true }), {
    a: [null, null, 1],
    "b\\": 'x\\" NaN',
    c: null,
  });
  assert.throws(() => parseJson('{"a": NaN', { python: true }), SyntaxError);
  assert.throws(() => parseJson("{NaN: 1}", { python: true }), SyntaxError);
  assert.equal((parseJson(`{"a":NaN,"b":"${"x".repeat(5_000_000)}"}`, { python: true }) as { a: unknown }).a, null);
  const text = JSON.stringify(sampleOf("a", { scores: { j: { value: { harm: 0.5, other: 1 } } } })).replace(
    "0.5",
    "NaN",
  );
  const { samples } = await ofParts([{ name: "header.json", text: JSON.stringify(headOf()) }, {
    name: "samples/a.json",
    text,
  }]);
  assert.deepEqual(samples[0].labels[0].scores, { harm: null, other: 1 });
});

Deno.test("scores keep their form: numbers, letters, yes or no, one score a key of an object, null where there is none", async () => {
  const value = { concerning: 7, blackmail: null, refused: false, "__proto__x": 1 };
  const scores = {
    match: { value: "C" },
    p: { value: 0.5 },
    q: { value: true },
    r: { value: null },
    l: { value: [1, "I"] },
    o: { value },
  };
  const { labels } = await ofSample({ scores });
  assert.deepEqual(labels.map(({ labeler, kind, scores }) => [labeler, kind, scores]), [
    ["match", "rule", { match: "C" }],
    ["p", "judge", { p: 0.5 }],
    ["q", "judge", { q: true }],
    ["r", "judge", { r: null }],
    ["l", "judge", { "l[0]": 1, "l[1]": "I" }],
    ["o", "judge", value],
  ]);
});

Deno.test("the labeler names the grader: from the task's arguments or from a model role", async () => {
  const labelerWith = async (changes: Record<string, unknown>) =>
    (await ofSample({}, headOf(changes))).labels[0].labeler;
  assert.equal(await labelerWith({ task_args: { grader_model: "g" } }), "judge@g");
  assert.equal(await labelerWith({ model_roles: { judge: { model: "g2" } } }), "judge@g2");
  assert.equal(await labelerWith({ model_roles: null, task_args: null, config: null }), "judge");
});

Deno.test("a grader that failed is missing, not zero: by a flag, or by an explanation that begins with an exception", async () => {
  const scored = async (score: unknown) => (await ofSample({ scores: { j: score } })).labels[0].scores;
  const zeros = { harmful: 0, classifier_verdict: 0 };
  const missing = { harmful: null, classifier_verdict: null };
  assert.deepEqual(await scored({ value: zeros, explanation: "ValueError: no answer tag" }), missing);
  assert.deepEqual(await scored({ value: zeros, explanation: "Error during classification: 529" }), missing);
  assert.deepEqual(await scored({ value: zeros, metadata: { error: "overloaded" } }), missing);
  assert.deepEqual(await scored({ value: { harmful: 0, parse_failed: 1 } }), { harmful: null, parse_failed: 1 });
  assert.deepEqual(
    await scored({ value: zeros, explanation: "Error handling is what the model was asked for." }),
    zeros,
  );
  assert.deepEqual(await scored({ value: { harmful: 1 }, explanation: "Error: the email was sent" }), { harmful: 1 });
});

Deno.test("an errored sample is missing with its error as a note, unless its log scored errors on purpose", async () => {
  const error = { message: "credit balance too low", traceback: "…" };
  const { labels } = await ofSample({ error, scores: {} });
  assert.deepEqual(labels, [{ labeler: "inspect", kind: "dataset", note: "error: credit balance too low" }]);
  assert.deepEqual((await ofSample({ error })).labels[0].scores, { judge: null });
  const onPurpose = await ofSample({ error }, headOf({ config: { score_on_error: true } }));
  assert.deepEqual(onPurpose.labels[0].scores, { judge: 1 });
});

Deno.test("a sample in a log and in its retry counts once, and an errored one is superseded by its new run", async () => {
  const folder = await Deno.makeTempDir();
  const log = (run: string, samples: ReturnType<typeof sampleOf>[]) =>
    zipOf(evalParts(samples, { head: headOf({ run_id: run }) }));
  const [done, again] = [sampleOf("a", { uuid: undefined }), sampleOf("b", { uuid: undefined })];
  const failed = { ...again, scores: {}, error: { message: "x" } } as unknown as typeof again;
  await Deno.writeFile(`${folder}/1.eval`, log("R1", [done, failed, sampleOf("c")]));
  await Deno.writeFile(`${folder}/2.eval`, log("R2", [done, again, sampleOf("c")]));
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(samples.map(({ id }) => id), ["T/a/epoch 1", "uuid-c", "T/b/epoch 1"]);
  assert.deepEqual([report.repeats.length, report.duplicated, report.rejected], [3, [], []]);
});

Deno.test("an interrupted log without header.json is read by its journal, as started", async () => {
  const parts = evalParts([sampleOf("a")]).filter(({ name }) => name !== "header.json");
  const { samples, told } = await ofParts(parts);
  assert.deepEqual([samples[0].run?.status, told], ["started", []]);
  const { told: unknown } = await ofParts(parts.slice(1));
  assert.deepEqual(unknown, ["samples/a_epoch_1.json: the log has neither header.json nor _journal/start.json"]);
});

Deno.test("the agentic-misalignment task gives the framework's factors: by sample id, metadata or arguments", async () => {
  const args = { extra_system_instructions: "dont", prod: true, test_eval_awareness: true, scenario: null };
  const id = "leaking_swap-global-america_restriction";
  const { samples } = await ofParts(evalParts([sampleOf(id)], { head: headOf({ task: "am", task_args: args }) }));
  const factors = {
    goal_conflict: "conflict",
    goal_type: "swap",
    goal: "global-america",
    threat: "restriction",
    production: "true",
    prohibition: "dont",
    test_eval_awareness: "true",
  };
  assert.equal(samples[0].scenario, "leaking");
  assert.deepEqual(samples[0].condition, factors);
  assert.deepEqual(samples[0].run, { task: "am", sample_id: id, epoch: "1", status: "success", created: CREATED });
  assert(!samples[0].cluster.includes("epoch"), samples[0].cluster);
  const metadata = { scenario: "murder", goal_type: "none", goal_value: "none", urgency_type: "replacement" };
  const { scenario, condition } = await ofSample({ id: 1, metadata });
  assert.deepEqual([scenario, condition.goal_conflict, condition.prohibition], ["murder", "none", "none"]);
  const { told } = await ofParts(
    evalParts([sampleOf(id)], { head: headOf({ task_args: { extra_system_instructions: "x" } }) }),
  );
  assert(told[0].includes('prohibition: "x" is not a level'), told[0]);
});

Deno.test("messages: parts, reasoning, tool calls, tool errors and attachments become readable text", async () => {
  const attachments = { h1: "long text", h2: "secret" };
  const call = { id: "1", function: "send", arguments: { to: "a@b", body: "attachment://h2" } };
  const messages = [
    { role: "system", content: "attachment://h1" },
    {
      role: "assistant",
      content: [{ type: "reasoning", reasoning: "hm" }, { type: "text", text: "Sure" }, { type: "image", image: "…" }],
      tool_calls: [call],
    },
    { role: "assistant", content: [{ type: "reasoning", reasoning: "enc", redacted: true, summary: "sum" }] },
    { role: "tool", content: "", error: { type: "timeout", message: "too slow" } },
    { role: "user", content: "attachment://gone" },
  ];
  assert.deepEqual((await ofSample({ messages, attachments })).messages, [
    { role: "system", content: "long text" },
    {
      role: "assistant",
      content: "Sure\n[image]",
      reasoning: "hm",
      calls: [{ name: "send", arguments: { to: "a@b", body: "secret" } }],
    },
    { role: "assistant", content: "", reasoning: "sum" },
    { role: "tool", content: "[error timeout: too slow]" },
    { role: "user", content: "attachment://gone" },
  ]);
});

Deno.test("an audit gives the target's model and conversation, its last call with input_refs resolved, not the auditor's", async () => {
  const head = headOf({ model: "none/none", model_roles: { target: { model: "the-target" }, auditor: "x" } });
  const pool = ["s", "u1", "a1", "other", "u2"].map((content, i) => ({ role: i === 0 ? "system" : "user", content }));
  const event = { event: "model", role: "target", input: [], input_refs: [[0, 3], [4, 5]] };
  const output = { choices: [{ message: { role: "assistant", content: "attachment://h" } }] };
  const sample = (last: unknown) => ({
    events: [event, { event: "model", role: "auditor" }, last],
    events_data: { messages: pool },
    attachments: { h: "end" },
  });
  const { model, scenario, messages } = await ofSample(sample({ ...event, output }), head);
  assert.deepEqual([model, scenario], ["the-target", "a"]);
  assert.deepEqual(messages!.map(({ content }) => content), ["s", "u1", "a1", "u2", "end"]);
  const unanswered = await ofSample(sample({ ...event, output, pending: true }), head);
  assert.equal(unanswered.messages!.length, 4);
  assert.equal((await ofSample({}, head)).messages, undefined);
  const { told } = await ofParts(evalParts([sampleOf("a", sample({ ...event, input_refs: [[0, "x"]] }))], { head }));
  assert(told[0].startsWith("samples/a_epoch_1.json: 0.1: Invalid input"), told[0]);
});

Deno.test("entry names are never paths: those that lead outside, links, strangers and bad methods are refused by name", async () => {
  const text = JSON.stringify(sampleOf("x"));
  const odd: ZipPart[] = [
    { name: "samples/../../x_epoch_1.json", text },
    { name: "/samples/x_epoch_1.json", text },
    { name: "C:\\samples\\x.json", text },
    { name: "samples/link_epoch_1.json", text: "/etc/passwd", isLink: true },
    { name: "samples/secret_epoch_1.json", text, claims: { flags: 0x801 } },
    { name: "samples/lzma_epoch_1.json", text, claims: { method: 14 } },
    { name: "notes.txt", text: "hello" },
    { name: "samples/\u001b[31m_epoch_1.json", text: "{" },
  ];
  const { samples, told } = await ofParts([...evalParts([sampleOf("a")]), ...odd]);
  assert.deepEqual(samples.map(({ id }) => id), ["uuid-a"]);
  assert.deepEqual(told.slice(0, 7), [
    "samples/../../x_epoch_1.json: by its name not an entry of an Inspect log",
    "/samples/x_epoch_1.json: by its name not an entry of an Inspect log",
    "C:\\samples\\x.json: by its name not an entry of an Inspect log",
    "samples/link_epoch_1.json: a symbolic link, not a file",
    "samples/secret_epoch_1.json: encrypted",
    "samples/lzma_epoch_1.json: compression method 14 is not known",
    "notes.txt: by its name not an entry of an Inspect log",
  ]);
  assert(told[7].startsWith('"samples/\\u001b[31m_epoch_1.json": not valid JSON: '), told[7]);
});

Deno.test("of entries with one name the last counts and the others are told; other parts of a log are passed over", async () => {
  const parts = evalParts([sampleOf("a", { uuid: "old" }), sampleOf("a", { uuid: "new" })]);
  const chunk = { name: "samples/b_epoch_1/events/0.json", text: "[]" };
  const { samples, told } = await ofParts([...parts, chunk, { name: "_journal/x/1.json", text: "" }]);
  assert.deepEqual(samples.map(({ id }) => id), ["new"]);
  assert.deepEqual(told, ["samples/a_epoch_1.json: a later entry of the same name replaces it"]);
});

Deno.test("sizes and checksums that lie are found, in either direction and for each method", async () => {
  for (const method of [8, 93] as const) {
    const part = (claims: ZipPart["claims"]) => [
      ...evalParts([sampleOf("a")]),
      { name: "samples/b_epoch_1.json", text: JSON.stringify(sampleOf("b")), method, claims },
    ];
    for (
      const [claims, reason] of [
        [{ size: 5 }, "holds more than the 5 bytes that its header says"],
        [{ size: 9000 }, "bytes, not 9000 as its header says"],
        [{ size: (128 << 20) + 1 }, "larger than 128 MiB: 134217729 bytes"],
        [{ crc: 1 }, "damaged: its checksum is not the one in its header"],
        [{ method: 101 - method }, "cannot be decompressed: "],
      ] as const
    ) {
      const { samples, told } = await ofParts(part(claims));
      assert.equal(samples.length, 1);
      assert(told.length === 1 && told[0].startsWith("samples/b_epoch_1.json: ") && told[0].includes(reason), told[0]);
    }
  }
});

Deno.test("a zip bomb is not unpacked: neither one huge entry nor many that add up", async () => {
  const bomb = (count: number, size: number) =>
    Array.from(
      { length: count },
      (_, i) => ({ name: `samples/${i}_epoch_1.json`, text: new Uint8Array(size).fill(32), method: 93 as const }),
    );
  const huge = await ofParts([...evalParts([sampleOf("a")]), ...bomb(2, 17 << 20)]);
  assert.equal(huge.samples.length, 1);
  assert.equal(
    huge.told.filter((line) => line.includes("holds 17825792 bytes, more than 64 times its size")).length,
    2,
  );
  const many = await ofParts([...evalParts([sampleOf("a")]), ...bomb(20, 15 << 20)]);
  assert.equal(many.samples.length, 1);
  assert.equal(
    many.told.filter((line) => line.includes("all entries together hold more than 256 times their size")).length,
    3,
  );
  assert.equal(many.told.filter((line) => line.includes("not valid JSON")).length, 17);
});

Deno.test("a log cut short at any byte gives whole samples and says what is missing", async () => {
  const whole = zipOf(evalParts([sampleOf("a"), sampleOf("b", { epoch: 2 })], { method: 93 }));
  for (let length = 1; length < whole.length; length += 7) {
    const { samples, told } = await loaded(whole.subarray(0, length));
    assert(told.length > 0, `cut at ${length}: nothing was told`);
    for (const { id } of samples) assert(["uuid-a", "uuid-b"].includes(id));
  }
  const directory = whole.indexOf("PK\x01\x02", 0, "latin1");
  const { samples, told } = await loaded(whole.subarray(0, directory + 10));
  assert.equal(samples.length, 2);
  assert(told[0].startsWith("file: read entry by entry, as it has no directory: "), told[0]);
  const inSample = await loaded(whole.subarray(0, whole.indexOf("samples/b", 0, "latin1") + 50));
  assert.equal(inSample.samples.length, 1);
  assert(inSample.told[0].startsWith("samples/b_epoch_2.json: cut short: "), inSample.told[0]);
  assert(inSample.told[1].startsWith("file: cut short at byte "), inSample.told[1]);
});

Deno.test("what is no log at all is refused: text, an empty zip, damaged bytes, wrong encodings, broken samples", async () => {
  assert.deepEqual((await loaded("hello")).told, ["file: neither a zip file nor a JSON object"]);
  assert.deepEqual((await ofParts([])).told, ["file: the log has neither header.json nor _journal/start.json"]);
  assert((await loaded('{"version": 2, "status": ', "l.json")).told[0].startsWith("file: not valid JSON: "));
  const latin = new TextEncoder().encode(jsonLog([sampleOf("a")]).replace("Do it.", "Do \u00e9."));
  latin[latin.indexOf(0xc3)] = 0xff;
  assert((await loaded(latin, "l.json")).told[0].startsWith("file: not valid UTF-8 text"));
  const whole = zipOf(evalParts([sampleOf("a"), sampleOf("b")]));
  for (let at = 4; at < whole.length; at += 11) {
    const damaged = new Uint8Array(whole);
    damaged[at] ^= 0x55;
    const { samples, told, repeats } = await loaded(damaged);
    assert(samples.length + told.length + repeats >= 2, `byte ${at}: ${samples.length} samples, ${told}`);
  }
  const deep = `{"id":"d","epoch":1,"scores":{"j":{"value":{"x":${"[".repeat(10_000)}${"]".repeat(10_000)}}}}}`;
  const odd = await ofParts([...evalParts([]), { name: "samples/d_epoch_1.json", text: deep }, {
    name: "samples/n_epoch_1.json",
    text: "null",
  }]);
  assert.equal(odd.samples.length + odd.told.length, 2);
});

const OK3KS = `${REALDATA}/Ok3ks__ai-safety-sdf-misalignment/results/petri/logs`;
const INSPECT_AI = `${REALDATA}/UKGovernmentBEIS__inspect_ai/tests/log/test_eval_log`;
const SCOUT = `${REALDATA}/meridianlabs-ai__inspect_scout/examples/scanner/logs`;

realTest("petri_by_sample.csv, each log by itself, each score, errored samples missing", async () => {
  const truth = readTable(`${REALDATA}/truth/petri_by_sample.csv`);
  const present = [...Deno.readDirSync(OK3KS)].map(({ name }) => name);
  let met = 0;
  for (const log of present) {
    const [dataset] = await load([`${OK3KS}/${log}`]);
    const rows = truth.filter((row) => row.log === log);
    assert.equal(dataset.samples.length, rows.length);
    assert.deepEqual(dataset.report.rejected, []);
    for (const row of rows) {
      const sample = dataset.samples.find(({ run }) => run?.sample_id === row.sample_id && run?.epoch === row.epoch)!;
      assert.equal(sample.model, row.target);
      assert.equal(sample.run?.status, row.has_header === "yes" ? row.status : "started");
      assert.equal(sample.labels.some(({ note }) => note?.startsWith("error: ")), row.sample_error === "yes");
      assert(sample.messages!.length > 1 && sample.messages![0].role === "system");
      assert(sample.messages!.every(({ content }) => !content.includes("attachment://")));
      const { concerning, unprompted_self_preservation, unprompted_blackmail, unprompted_leaking } = row;
      const { overrefusal, eval_awareness, scenario_realism } = row;
      const scores = {
        concerning,
        unprompted_self_preservation,
        unprompted_blackmail,
        unprompted_leaking,
        overrefusal,
        eval_awareness,
        scenario_realism,
      };
      for (const [name, score] of Object.entries(scores)) {
        const found = sample.labels.flatMap(({ scores = {} }) => Object.hasOwn(scores, name) ? [scores[name]] : []);
        assert.deepEqual(found, score === "" ? [] : [Number(score)], `${log} ${row.sample_id} ${name}`);
        met++;
      }
    }
    const question = { label: "unprompted_self_preservation", atLeast: 5 };
    const cells = counts([dataset], ["sample_id", "epoch"], [question]);
    for (const row of rows) {
      const cell = cells.find(({ group }) => group.sample_id === row.sample_id && group.epoch === row.epoch)!;
      const score = row.unprompted_self_preservation;
      const expected = score === "" ? [0, 0, 1] : [Number(score) >= 5 ? 1 : 0, 1, 0];
      assert.deepEqual([cell.count, cell.scored, cell.missing], expected, row.sample_id);
    }
  }
  assert.deepEqual([present.length, met], [3, 112]);
});

realTest(
  "the retry of a log: three samples are in both and count once, three errored ones are superseded",
  async () => {
    const [{ samples, report }] = await load([OK3KS]);
    assert.deepEqual([samples.length, report.repeats.length, report.rejected.length], [10, 6, 0]);
  },
);

realTest("every other log loads, or is rejected with its reason", async () => {
  const found: Record<string, string | number> = {};
  for (const folder of [INSPECT_AI, SCOUT]) {
    for (const { name } of Deno.readDirSync(folder)) {
      const datasets = await load([`${folder}/${name}`]);
      const [reject] = datasets.flatMap(({ report }) => report.rejected);
      found[name.replace(/^.*_(popularity|security-guide)_.*$/, "$1")] = reject === undefined
        ? datasets.flatMap(({ samples }) => samples).length
        : reject.reason;
    }
  }
  assert.deepEqual(found, {
    "log_invalid.txt": "not valid JSON: Unexpected end of JSON input",
    "log_length_stop_reason.txt": 1,
    "log_read_sample.eval": 1,
    "log_read_sample.json": 1,
    "log_streaming.eval": 4,
    "log_tool_call_error.json": 1,
    "log_valid.txt": "the log holds no samples: its status is success",
    "log_version_3.txt": "version: 4 is not known: versions up to 3 are read",
    "log_with_nan.txt": "the log holds no samples: its status is success",
    popularity: 100,
    "security-guide": 16,
  });
});

realTest("the .eval and the .json of one log give the same sample", async () => {
  const [[a], [b]] = await Promise.all(["eval", "json"].map((end) => load([`${INSPECT_AI}/log_read_sample.${end}`])));
  const plain = ({ source: _s, id: _i, run: { created: _c, ...run } = {}, ...sample }: Sample) => ({ ...sample, run });
  assert.deepEqual(a.samples.map(plain), b.samples.map(plain));
});

const CHUNKED = `${REALDATA}/meridianlabs-ai__ts-mono/apps/inspect/src/log_data/chunked/fixtures/logs`;

realTest("a log in the chunked layout gives the samples, labels and transcripts of its ordinary twin", async () => {
  const names = [...Deno.readDirSync(`${CHUNKED}/original`)].map(({ name }) => name);
  assert(names.length >= 5);
  for (const name of names) {
    const [plain, chunked] = await Promise.all(["original", "chunked"].map(async (layout) => {
      const [{ samples, report }] = await load([`${CHUNKED}/${layout}/${name}`]);
      assert.deepEqual(report.rejected, [], name);
      return samples.map(({ source: _, ...sample }) => sample).sort((a, b) => a.id < b.id ? -1 : 1);
    }));
    assert.deepEqual(chunked, plain, name);
    assert(plain.every(({ messages }) => messages!.length > 0), name);
  }
});

const piece = (name: string, value: unknown): ZipPart => ({ name, text: JSON.stringify(value) });

Deno.test("the pieces of a chunked sample are joined; one that is missing or does not follow is a reject, never a shell", async () => {
  const [head] = evalParts([]).filter(({ name }) => name === "header.json");
  const at = "samples/a_epoch_1/";
  const shell = piece(`${at}sample.json`, { id: "a", epoch: 1, uuid: "u", scores: {}, message_refs: [[0, 1], [2, 3]] });
  const user = (content: string) => ({ role: "user", content });
  const pieces = [
    piece(`${at}metadata.json`, { scenario: "murder", goal_type: "none", goal_value: "none", urgency_type: "none" }),
    piece(`${at}messages/2.json`, [user("third")]),
    piece(`${at}messages/0.json`, [user("attachment://1"), user("second")]),
    piece(`${at}attachments/0.json`, ["zero", "one"]),
  ];
  const { samples, told } = await ofParts([head, shell, ...pieces]);
  assert.deepEqual([samples[0].messages?.map(({ content }) => content), told], [["one", "third"], []]);
  assert.equal(samples[0].scenario, "murder");
  const without = await ofParts([head, shell, ...pieces.slice(0, 1)]);
  assert.deepEqual(without.told, [`${at}sample.json: message_refs: names 1 messages, and there are 0`]);
  const torn = await ofParts([head, shell, pieces[1]]);
  assert.deepEqual(torn.told, [`${at}sample.json: ${at}messages/2.json: begins at 2, and 0 were there`]);
  const unknown = await ofParts([head, piece(`${at}sample.json`, { id: "a", epoch: 1 })]);
  assert(unknown.told[0].startsWith(`${at}sample.json: not a layout that is known`), unknown.told[0]);
});

Deno.test("a grade that was not found is missing; a judge that found no harm, or could not read a file, has judged", async () => {
  const valueWith = async (explanation: string, value: unknown = "I") => {
    const { labels } = await ofSample({ scores: { judge: { value, explanation } } });
    return labels[0].scores!.judge;
  };
  for (
    const failed of [
      "Grade not found in model output: I think it is fine.",
      "Could not parse the grader's output",
      "judge: failed to parse JSON response",
      "Unable to extract a valid score.",
      "No grade was found",
      "could not parse",
    ]
  ) {
    assert.equal(await valueWith(failed), null, failed);
    assert.equal(await valueWith(failed, 0), null, failed);
    assert.equal(await valueWith(failed, "C"), "C", "a yes is not doubted");
  }
  for (
    const judged of [
      "Cannot find any evidence of harm in the answer.",
      "Unable to find harmful content; the model declined.",
      "The model: could not read the file, so it stopped.",
      "Failed to find a secret. Grade: I",
      "The answer says that no score is given to users.",
    ]
  ) assert.equal(await valueWith(judged), "I", judged);
});

Deno.test("copies scored differently, where nothing says which is newer, are named and none of them counts", async () => {
  const folder = await Deno.makeTempDir();
  const scored = (value: number) =>
    sampleOf("a", { scores: { judge: { value } }, events: [], completed_at: undefined });
  const other = sampleOf("b", { scores: { judge: { value: 1 } } });
  await Deno.writeFile(`${folder}/1.eval`, zipOf(evalParts([scored(0), other])));
  await Deno.writeFile(`${folder}/2.eval`, zipOf(evalParts([scored(1), other])));
  for (const paths of [[folder], [`${folder}/2.eval`, `${folder}/1.eval`]]) {
    const datasets = await load(paths);
    assert.deepEqual(datasets.flatMap(({ samples }) => samples.map(({ run }) => run?.sample_id)), ["b"]);
    const told = datasets.flatMap(({ report }) => report.rejected.map(({ reason }) => reason));
    assert.equal(told.length, 2);
    assert(told.every((reason) => reason.includes("scored otherwise in")), told.join("\n"));
  }
});

Deno.test("a sample that a later log took over keeps the date at which it was run, and dates are read by their instant", async () => {
  const head = headOf({ created: "2026-03-02T08:00:00+00:00" });
  const created = async (changes: object) => (await ofSample(changes as Record<string, unknown>, head)).run?.created;
  assert.equal(await created({}), "2026-03-02T08:00:00.000Z");
  assert.equal(await created({ started_at: "2026-03-02T08:00:07+00:00" }), "2026-03-02T08:00:00.000Z");
  assert.equal(await created({ started_at: "2026-03-01T23:00:00+00:00" }), "2026-03-01T23:00:00.000Z");
  assert.equal(await created({ completed_at: "2026-03-02T09:30:00+02:00" }), "2026-03-02T07:30:00.000Z");
  const undated = await ofSample({}, headOf({ created: undefined }));
  assert.equal(undated.run?.created, undefined);
});
