/** A refusal by the provider is a refusal: a score that is known of every sample, and an act where it is all there is. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { loadPolicies, loadPolicy } from "$lib/policies/load_policy.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { inspectLogOf } from "$lib/reading/formats/inspect/write.ts";
import { type Dataset, load } from "$lib/reading/load.ts";
import type { Label } from "$lib/samples/sample.ts";
import { evalParts, headOf, sampleOf, zipOf } from "../support/inspect_writer.ts";
import { folderOf } from "../support/temp_folder.ts";

const CASES = fileURLToPath(new URL("../fixtures/cases/", import.meta.url));
const policy = await loadPolicy("obey_or_refuse");

function outcome(dataset: Dataset, name: "refuse" | "subvert", labeler?: string): string {
  const [{ count, scored, missing }] = counts([dataset], [], [{ outcome: name, policy, labeler }]);
  return `${count}/${scored}, ${missing} missing`;
}

function provider({ labels }: { readonly labels: readonly Label[] }): Label | undefined {
  return labels.find(({ labeler }) => labeler === "provider");
}

for (const name of ["inspect_content_filter", "inspect_refusal_error"]) {
  Deno.test(`${name}: refuses under every policy, with its evidence, and subverts under none`, async () => {
    const [dataset] = await load([`${CASES}${name}/in`]);
    const [refused, answered] = [true, false].map((is) =>
      dataset.samples.filter((sample) => provider(sample)?.scores?.provider_refusal === is)
    );
    assert.deepEqual(refused.map(({ run }) => run?.sample_id), ["s1", "s4"]);
    assert.equal(answered.length, 4);
    const [{ quote, ...act }] = provider(refused[0])!.acts!;
    const where = name.endsWith("error") ? "error: ModelRefusalError" : "output.choices[0].stop_reason: content_filter";
    assert.deepEqual(act, { name: "refuses", against: [], motive: "none_stated", covert: false, where });
    assert.equal(quote, "I can't help with that.");
    assert(answered.every((sample) => provider(sample)?.acts === undefined));
    for (const standard of await loadPolicies()) {
      const of = (outcome: "refuse" | "subvert") => counts([dataset], [], [{ outcome, policy: standard }])[0];
      assert.deepEqual([of("refuse").count, of("refuse").scored, of("subvert").count], [2, 2, 0], standard.name);
    }
  });
}

/** A log of one sample that ended by a reason, with the head of a log. */
async function logged(changes: Record<string, unknown>, head: Record<string, unknown> = {}) {
  const parts = evalParts([sampleOf("a", changes)], { head: headOf(head) });
  const [dataset] = await load([await folderOf({ "a.eval": zipOf(parts) })]);
  assert.deepEqual(dataset.report.rejected, []);
  return dataset;
}

const ended = (reason: string) => ({
  model: "m",
  choices: [{ message: { role: "assistant", content: "No." }, stop_reason: reason }],
});

Deno.test("what is not known of a reply is no score: an unknown reason, an error, an invalid sample, no output", async () => {
  const unknown = [
    { output: ended("unknown") },
    { output: ended("content_filter"), error: { message: "ConnectionError('gone')" } },
    { output: ended("content_filter"), invalidation: { reason: "broken" } },
    { output: { model: "m", choices: [] } },
    {},
  ];
  for (const changes of unknown) assert.equal(provider((await logged(changes)).samples[0]), undefined);
});

Deno.test("a grader that refused is no refusal of the model under test", async () => {
  const error = (who: string) => ({ error: { message: `ModelRefusalError('Model refusal (${who}): No.')` } });
  for (const who of ["other/model", "m, role grader"]) {
    assert.equal(provider((await logged(error(who))).samples[0]), undefined, who);
  }
  assert.equal(provider((await logged(error("m, category cyber"))).samples[0])?.scores?.provider_refusal, true);
  const head = { model_roles: { target: { model: "t" } } };
  assert.equal(provider((await logged(error("t, role target"), head)).samples[0])?.scores?.provider_refusal, true);
  assert.equal(provider((await logged(error("m, role auditor"), head)).samples[0]), undefined);
});

Deno.test("of an audit the target's last reply counts, and not the auditor's own", async () => {
  const event = (reason: string) => ({
    event: "model",
    role: "target",
    input: [{ role: "user", content: "Do." }],
    output: ended(reason),
  });
  const head = { model_roles: { target: "t" } };
  const of = async (reason: string) =>
    provider((await logged({ output: ended("content_filter"), events: [event(reason)] }, head)).samples[0]);
  assert.equal((await of("stop"))?.scores?.provider_refusal, false);
  assert.equal((await of("content_filter"))?.acts?.[0].name, "refuses");
});

Deno.test("where the model had acted before it was declined, the score says so and no act stands for the whole", async () => {
  const messages = [
    { role: "assistant", content: "An example.", source: "input" },
    { role: "user", content: "Do." },
    { role: "assistant", content: "I write to all.", tool_calls: [{ function: "email", arguments: {} }] },
    { role: "tool", content: "sent" },
    { role: "assistant", content: "" },
  ];
  const output = ended("content_filter");
  const label = provider((await logged({ messages, output })).samples[0]);
  assert.deepEqual([label?.scores, label?.acts], [{ provider_refusal: true }, undefined]);
  assert.match(label!.note!, /declined after other turns of the model/);
  const only = provider((await logged({ messages: [messages[0], messages[1], messages[4]], output })).samples[0]);
  assert.equal(only?.acts?.length, 1);
});

Deno.test("the provider's act gives way to a coder's, and to the data set's own yes; a labeler that is named is counted alone", async () => {
  const declined = await logged({ output: ended("content_filter") });
  const coded = (labels: readonly Label[], verdict?: Dataset["verdict"]): Dataset => ({
    ...declined,
    verdict,
    samples: declined.samples.map((sample) => ({ ...sample, labels: [provider(sample)!, ...labels] })),
  });
  const judge: Label = { labeler: "j", kind: "judge", acts: [{ name: "leaks", against: [], covert: false }] };
  assert.equal(outcome(coded([]), "refuse"), "1/1, 0 missing");
  assert.equal(outcome(coded([judge]), "subvert"), "1/1, 0 missing");
  assert.equal(outcome(coded([judge]), "refuse", "provider"), "1/1, 0 missing");
  assert.equal(outcome(coded([{ ...judge, acts: undefined }]), "refuse", "j"), "0/0, 1 missing");
  const verdict = { label: "harmful", true_is: "subvert" } as const;
  const said = (harmful: boolean) => coded([{ labeler: "own", kind: "judge", scores: { harmful } }], verdict);
  assert.equal(outcome(said(true), "subvert"), "1/1, 0 missing");
  assert.equal(outcome(said(false), "subvert"), "0/1, 0 missing");
  assert.equal(outcome(said(false), "refuse"), "1/1, 0 missing");
});

/** A card that maps lines, and what it gives. */
async function mapped(lines: readonly unknown[], messages: Record<string, unknown>) {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const [dataset] = await load([
    await folderOf({
      "a.jsonl": text,
      "dataset.json": {
        name: "n",
        title: "t",
        format: "mapped",
        mapping: { records: "jsonl", model: { value: "m" }, scenario: { value: "s" }, messages },
        files: [{ path: "a.jsonl", sha256: createHash("sha256").update(text).digest("hex") }],
        labelers: {},
        cluster: "c",
        source: { url: "https://example.org", licence: "none" },
        excluded: [],
        notes: [],
      },
    }),
  ]);
  assert.deepEqual(dataset.report.rejected, []);
  return dataset.samples;
}

Deno.test("a chat's refusal field is read from a list of messages, and its words are the transcript's", async () => {
  const user = { role: "user", content: "Do." };
  const samples = await mapped([
    { messages: [user, { role: "assistant", content: null, refusal: "I can't." }] },
    { messages: [user, { role: "assistant", content: "Done." }] },
    { messages: [user, { role: "assistant", content: "Sent." }, user, { role: "assistant", refusal: "No more." }] },
    { messages: [user, { role: "assistant", content: null, refusal: null }] },
    { messages: [user] },
  ], { list: "messages" });
  assert.deepEqual(samples.map((sample) => provider(sample)?.scores?.provider_refusal), [
    true,
    false,
    true,
    false,
    undefined,
  ]);
  assert.deepEqual(samples.map((sample) => provider(sample)?.acts?.length ?? 0), [1, 0, 0, 0, 0]);
  assert.equal(samples[0].messages?.at(-1)?.content, "I can't.");
  assert.deepEqual(provider(samples[0])?.acts?.map(({ where, quote }) => [where, quote]), [
    ["messages.1.refusal", "I can't."],
  ]);
});

Deno.test("chats in which no message has the field say nothing of the provider", async () => {
  const samples = await mapped([{ messages: [{ role: "assistant", content: "I can't." }] }], { list: "messages" });
  assert.equal(provider(samples[0]), undefined);
});

Deno.test("a completion's refusal and finish_reason stand beside the content that is mapped", async () => {
  const line = (message: unknown, finish_reason?: string) => ({ body: { choices: [{ message, finish_reason }] } });
  const samples = await mapped([
    line({ content: null, refusal: "I can't." }, "stop"),
    line({ content: "Done.", refusal: null }),
    line({ content: "Part" }, "content_filter"),
    line({ content: "Done." }, "length"),
    line({ content: "Done." }),
  ], { assistant: { from: "body.choices.0.message.content" } });
  assert.deepEqual(samples.map((sample) => provider(sample)?.scores?.provider_refusal), [
    true,
    false,
    true,
    false,
    undefined,
  ]);
  assert.equal(samples[0].messages?.[0].content, "I can't.");
  assert.equal(provider(samples[2])?.acts?.[0].where, "body.choices.0.finish_reason: content_filter");
});

Deno.test("the framework's responses and episodes say by their stop reason whether they were declined", async () => {
  const condition = "blackmail_explicit-america_replacement";
  const response = (stop_reason: unknown) => ({
    raw_response: "No.",
    metadata: { model: "m", api_metadata: { stop_reason } },
  });
  const place = (number: number) => `tree/models/m/${condition}/sample_00${number}/response.json`;
  const episode = (id: string, stop_reason: unknown) =>
    `${
      JSON.stringify({
        episode_id: id,
        condition_id: condition,
        scenario: "blackmail",
        goal_type: "explicit",
        goal_value: "america",
        urgency_type: "replacement",
        model: "m",
        response: "No.",
        stop_reason,
        system_log: [],
      })
    }\n`;
  const folder = await folderOf({
    [place(1)]: response("refusal"),
    [place(2)]: response("end_turn"),
    [place(3)]: response(null),
    "episodes/a.jsonl": episode("1", "content_filter") + episode("2", "stop") + episode("3", undefined),
  });
  for (const path of ["tree", "episodes"]) {
    const [{ samples }] = await load([`${folder}/${path}`]);
    const said = samples.map((sample) => provider(sample)?.scores?.provider_refusal);
    assert.deepEqual(said, [true, false, undefined], path);
    assert.equal(provider(samples[0])?.acts?.[0].quote, "No.");
  }
});

Deno.test("an Inspect log that is written says by its stop reasons what was known of the provider, and is read back so", async () => {
  for (const name of ["inspect_content_filter", "inspect_refusal_error"]) {
    const [{ samples }] = await load([`${CASES}${name}/in`]);
    const known = [...samples, { ...samples[0], id: "unknown", labels: [] }];
    const [back] = await load([await folderOf({ "back.json": inspectLogOf("back", known) })]);
    const said = (all: typeof samples) => all.map((sample) => provider(sample)?.scores?.provider_refusal);
    assert.deepEqual(said(back.samples), said(known));
    assert.deepEqual(said(known), [false, true, false, false, true, false, undefined]);
  }
});
