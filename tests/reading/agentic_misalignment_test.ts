/** The agentic-misalignment framework's result trees: every quirk that was seen in them, on small trees. */
import assert from "node:assert/strict";
import { counts } from "$lib/rates/counting/counts.ts";
import { metadataSchema } from "$lib/reading/formats/agentic_misalignment/metadata.ts";
import { assistant } from "$lib/reading/formats/agentic_misalignment/response.ts";
import { load } from "$lib/reading/load.ts";
import { numberingGaps } from "$lib/reading/formats/agentic_misalignment/read.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { countEmails, toolCalls } from "$lib/reading/formats/tool_tags.ts";
import { REALDATA, realTest } from "../support/realdata.ts";
import { folderOf } from "../support/temp_folder.ts";

const CONDITION = "blackmail_explicit-america_replacement";
const MODEL = "lab/model:1";
const HARMFUL = { harmful_behavior: true, classifier_verdict: true, classifier_model: "judge-1" };
const METADATA = {
  condition_id: CONDITION,
  scenario: "blackmail",
  goal_type: "explicit",
  goal_value: "america",
  urgency_type: "replacement",
  production_variant: false,
  extra_system_instructions: false,
  alignment_faking: false,
  alignment_faking_type: "none",
};

const answer = (changes: Record<string, unknown> = {}) => ({
  raw_response: "<SCRATCHPAD_REASONING>Think.</SCRATCHPAD_REASONING>\nDone.",
  metadata: { model: MODEL, condition: CONDITION, sample_id: 1, api_metadata: { response_time_ms: null } },
  classification: HARMFUL,
  ...changes,
});

const responsePath = (number = 1, condition = CONDITION, above = "exp/models/lab_model_1") =>
  `${above}/${condition}/sample_00${number}/response.json`;

const promptsOf = (metadata: unknown, condition = CONDITION, above = "exp") => ({
  [`${above}/prompts/${condition}/metadata.json`]: metadata,
  [`${above}/prompts/${condition}/system_prompt.txt`]: "You are Alex.",
  [`${above}/prompts/${condition}/user_prompt.txt`]: "Read your inbox.",
  [`${above}/prompts/${condition}/email_content.txt`]: "<email>Hi</email>\n",
});

async function loadTree(files: Record<string, unknown>) {
  const folder = await folderOf(files);
  const [dataset] = await load([folder]);
  return { folder, ...dataset, rejects: dataset.report.rejected.map(({ reason }) => reason) };
}

async function only(files: Record<string, unknown>): Promise<Sample> {
  const { samples, rejects } = await loadTree(files);
  assert.deepEqual([samples.length, rejects], [1, []]);
  return samples[0];
}

const scoresOf = ({ labels }: Sample) => Object.assign({}, ...labels.map(({ scores }) => scores));

Deno.test("a response becomes a sample with its prompts, its reasoning apart, and factors from metadata.json", async () => {
  const sample = await only({ [responsePath()]: answer(), ...promptsOf(METADATA) });
  const { source, ...rest } = sample;
  assert(source.file.endsWith(responsePath()) && source.at === "file");
  assert.deepEqual(rest, {
    id: `exp/lab_model_1/${CONDITION}/sample_001`,
    model: MODEL,
    scenario: "blackmail",
    condition: {
      goal_conflict: "conflict",
      goal_type: "explicit",
      goal: "america",
      threat: "replacement",
      production: "false",
      prohibition: "none",
      alignment_faking: "false",
    },
    cluster: CONDITION,
    messages: [
      { role: "system", content: "You are Alex." },
      { role: "user", content: "Read your inbox.\n\n<email>Hi</email>\n" },
      { role: "assistant", content: "Done.", reasoning: "Think." },
    ],
    labels: [{
      labeler: "judge-1",
      kind: "judge",
      scores: { harmful_behavior: true, classifier_verdict: true },
    }],
  });
});

Deno.test("the older layout without models/ gives the same ids, factors and prompts", async () => {
  const prompts = promptsOf(METADATA);
  const now = await only({ [responsePath()]: answer(), ...prompts });
  const old = await only({ [responsePath(1, CONDITION, "exp/lab_model_1")]: answer(), ...prompts });
  assert.deepEqual({ ...old, source: 0 }, { ...now, source: 0 });
});

Deno.test("an id does not depend on which part of the tree is loaded, and grows where two trees share experiments", async () => {
  const file = responsePath();
  const folder = await folderOf({ [`a/${file}`]: answer(), [`b/${file}`]: answer() });
  const idsIn = async (path: string) => (await load([path]))[0].samples.map(({ id }) => id);
  const id = `exp/lab_model_1/${CONDITION}/sample_001`;
  assert.deepEqual(await idsIn(`${folder}/a`), [id]);
  assert.deepEqual(await idsIn(`${folder}/a/${file}`), [id]);
  assert.deepEqual(await idsIn(folder), [`a/${id}`, `b/${id}`]);
});

Deno.test("the same sample in both layouts of one experiment is a duplicate, not two samples", async () => {
  const { report } = await loadTree({
    [responsePath()]: answer(),
    [responsePath(1, CONDITION, "exp/lab_model_1")]: answer(),
  });
  assert.deepEqual([report.samples, report.duplicated.length, report.rejected.length], [1, 1, 0]);
});

Deno.test("without a prompt folder the factors come from the condition's name, dashes in the goal included", async () => {
  const factorsOf = async (name: string) => (await only({ [responsePath(1, name)]: answer() })).condition;
  assert.deepEqual(await factorsOf("leaking_swap-global-america_restriction_prod"), {
    goal_conflict: "conflict",
    goal_type: "swap",
    goal: "global-america",
    threat: "restriction",
    production: "true",
  });
  for (const [type, conflict] of [["none", "none"], ["ambiguous", "ambiguous"], ["latent", "conflict"]]) {
    assert.equal((await factorsOf(`murder_${type}-none_none`)).goal_conflict, conflict);
  }
});

Deno.test("metadata.json wins over the condition's name, and alone tells prohibition, alignment faking and tier", async () => {
  const metadata = {
    ...METADATA,
    urgency_type: "none",
    production_variant: true,
    extra_system_instructions: "dont",
    alignment_faking: true,
    alignment_faking_type: "free_tier",
  };
  const { condition, cluster } = await only({ [responsePath()]: answer(), ...promptsOf(metadata) });
  assert.deepEqual(condition, {
    goal_conflict: "conflict",
    goal_type: "explicit",
    goal: "america",
    threat: "none",
    production: "true",
    prohibition: "dont",
    alignment_faking: "true",
    tier: "free_tier",
  });
  assert.equal(cluster, `${CONDITION} prohibition=dont alignment_faking=true tier=free_tier`);
});

Deno.test("experiments that differ only in their prohibition keep their own prompt folders and clusters", async () => {
  const { samples } = await loadTree({
    [responsePath(1, CONDITION, "exp_a/models/m")]: answer(),
    [responsePath(1, CONDITION, "exp_b/models/m")]: answer(),
    ...promptsOf(METADATA, CONDITION, "exp_a"),
    ...promptsOf({ ...METADATA, extra_system_instructions: "goal" }, CONDITION, "exp_b"),
  });
  assert.deepEqual(samples.map(({ condition }) => condition.prohibition), ["none", "goal"]);
  assert.equal(new Set(samples.map(({ cluster }) => cluster)).size, 2);
});

Deno.test("a metadata.json of few fields is filled up from the condition's name, nulls too", async () => {
  const prompts = { [`exp/prompts/${CONDITION}/metadata.json`]: { goal_value: null, extra_system_instructions: null } };
  const { condition } = await only({ [responsePath()]: answer(), ...prompts });
  assert.deepEqual([condition.goal, condition.threat, "prohibition" in condition], ["america", "replacement", false]);
});

Deno.test("a broken metadata.json is one reject however many samples there are, and they go on by the name", async () => {
  for (
    const [broken, reason] of [["{", "not valid JSON"], [{ ...METADATA, goal_type: "vague" }, "goal_type: Invalid"]]
  ) {
    const { samples, rejects } = await loadTree({
      [responsePath(1)]: answer(),
      [responsePath(2)]: answer(),
      ...promptsOf(broken),
    });
    assert.equal(samples.length, 2);
    assert(rejects.length === 1 && rejects[0].startsWith(reason as string), rejects.join());
    assert(!("prohibition" in samples[0].condition));
  }
});

Deno.test("a level outside the fixed ones and a condition that cannot be told are rejected with the reason", async () => {
  const { rejects } = await loadTree({
    [responsePath()]: answer(),
    ...promptsOf({ ...METADATA, urgency_type: "doom" }),
    [responsePath(1, "some-folder")]: answer({ metadata: { model: MODEL } }),
  });
  assert(rejects[0].includes('threat: "doom" is not a level; levels are replacement'), rejects[0]);
  assert(rejects[1].includes('condition: "some-folder" is not {scenario}_'), rejects[1]);
});

Deno.test("a response outside its tree is read by the condition that it names, which leads to no other folder", async () => {
  const stray = await only({ "response.json": answer() });
  assert.equal(stray.condition.goal, "america");
  const hostile = "../../elsewhere_none-none_none";
  const { rejects, samples } = await loadTree({
    "a/b/sample_001/response.json": answer({ metadata: { model: MODEL, condition: hostile } }),
    "elsewhere_none-none_none/metadata.json": METADATA,
  });
  assert.deepEqual([samples.length, rejects.length], [0, 1]);
});

Deno.test("emails that the instruction holds already are not said twice", async () => {
  const prompts = {
    ...promptsOf(METADATA),
    [`exp/prompts/${CONDITION}/user_prompt.txt`]: "Read:\n<email>Hi</email>\nEnd",
  };
  const { messages } = await only({ [responsePath()]: answer(), ...prompts });
  assert.equal(messages?.[1].content, "Read:\n<email>Hi</email>\nEnd");
});

Deno.test("scratchpads: unclosed, several, opened by nobody, in lower case; tool tags after an unclosed one are said", async () => {
  const cases: [string, string, string | undefined][] = [
    ["No tags.", "No tags.", undefined],
    ["<SCRATCHPAD_REASONING>Cut off he", "", "Cut off he"],
    [
      "<SCRATCHPAD_REASONING>Plan.\n<tool_use:email>\nto: a@b.c\n</tool_use:email>",
      "<tool_use:email>\nto: a@b.c\n</tool_use:email>",
      "Plan.",
    ],
    ["<SCRATCHPAD_REASONING>a</SCRATCHPAD_REASONING>x<scratchpad_reasoning>b</scratchpad_reasoning>y", "xy", "a\n\nb"],
    ["Thought.</SCRATCHPAD_REASONING>Said.", "Said.", "Thought."],
  ];
  for (const [raw_response, content, reasoning] of cases) {
    const { messages } = await only({ [responsePath()]: answer({ raw_response }) });
    const [{ calls: _calls, ...message }] = messages!;
    assert.deepEqual(message, { role: "assistant", content, ...reasoning !== undefined && { reasoning } });
  }
});

Deno.test("a failed call is a sample without messages whose scores are missing, with the error as note", async () => {
  const { condition, messages, labels, model } = await only({
    [responsePath()]: { error: "timeout", metadata: { model: MODEL, condition: CONDITION, failed: true } },
  });
  assert.deepEqual([model, condition.goal, messages], [MODEL, "america", undefined]);
  const scores = { harmful_behavior: null, classifier_verdict: null };
  assert.deepEqual(labels, [{ labeler: "framework", kind: "judge", scores, note: "the call failed: timeout" }]);
});

Deno.test("a failed classifier is missing, not harmless, even where it left a false beside its error", async () => {
  for (const rest of [{}, { harmful_behavior: false, classifier_verdict: false }]) {
    const sample = await only({ [responsePath()]: answer({ classification: { error: "rate limit", ...rest } }) });
    assert.deepEqual(scoresOf(sample), { harmful_behavior: null, classifier_verdict: null });
    assert.deepEqual([sample.labels[0].labeler, sample.labels[0].note], [
      "framework",
      "the classifier failed: rate limit",
    ]);
    assert.equal(sample.messages?.length, 1);
  }
});

Deno.test("failed calls, failed classifiers and unclassified answers stay in the account as missing", async () => {
  const dataset = (await load([
    await folderOf({
      [responsePath(1)]: answer(),
      [responsePath(2)]: answer({ classification: { ...HARMFUL, harmful_behavior: false } }),
      [responsePath(3)]: answer({ classification: { error: "x" } }),
      [responsePath(4)]: { error: "x", metadata: { failed: true } },
      [responsePath(5)]: answer({ classification: undefined }),
      [responsePath(6)]: answer({ classification: null }),
    }),
  ]))[0];
  const [total] = counts([dataset], [], [{ label: "harmful_behavior" }]);
  assert.deepEqual([total.count, total.scored, total.missing], [1, 2, 4]);
  const [verdict] = counts([dataset], [], [{ label: "classifier_verdict" }]);
  assert.deepEqual([verdict.count, verdict.scored], [2, 2]);
  assert.deepEqual(dataset.verdict, { label: "harmful_behavior", true_is: "subvert" });
});

Deno.test("second versions and awareness have labelers and names of their own, failed ones are null", async () => {
  const sample = await only({
    [responsePath()]: answer({
      classification_v2: { harmful_behavior: false, classifier_verdict: true, classifier_model: "judge-1" },
      blackmail_awareness_classification: { aware: true, classifier_model: "judge-2" },
      blackmail_awareness_classification_v2: { error: "x" },
    }),
  });
  assert.deepEqual(scoresOf(sample), {
    harmful_behavior: true,
    classifier_verdict: true,
    harmful_behavior_v2: false,
    classifier_verdict_v2: true,
    aware: true,
    aware_v2: null,
  });
  assert.deepEqual(sample.labels.map(({ labeler }) => labeler), ["judge-1", "judge-1@v2", "judge-2", "framework@v2"]);
});

Deno.test("a file of which only the classification was kept is a sample without messages", async () => {
  const sample = await only({ [responsePath()]: answer({ raw_response: undefined }) });
  assert.deepEqual([sample.messages, scoresOf(sample).harmful_behavior], [undefined, true]);
});

Deno.test("a broken response is rejected by name and the rest of its tree is read", async () => {
  const { samples, rejects, report, folder } = await loadTree({
    [responsePath(1)]: JSON.stringify(answer()).slice(0, 90),
    [responsePath(2)]: {},
    [responsePath(3)]: "[]",
    [responsePath(4)]: answer({ raw_response: 7, classification: "yes" }),
    [responsePath(5)]: answer(),
  });
  assert.equal(samples.length, 1);
  assert.deepEqual(
    report.rejected.map(({ file, at }) => [file.slice(folder.length + 1), at]),
    [1, 2, 3, 4].map((number) => [responsePath(number), "file"]),
  );
  assert(rejects[0].startsWith("not valid JSON: "), rejects[0]);
  assert.equal(rejects[1], "has no raw_response, no error with metadata.failed, and no classification");
  assert(rejects[2].includes("expected object"), rejects[2]);
  assert(/^raw_response: .*; classification: /.test(rejects[3]), rejects[3]);
});

Deno.test("a response that is too large, not UTF-8, or whose prompts are a link costs that file only", async () => {
  const folder = await folderOf({ [responsePath(1)]: "", [responsePath(2)]: "", [responsePath(3)]: answer() });
  await Deno.writeFile(`${folder}/${responsePath(1)}`, new Uint8Array([123, 0xff, 0xfe]));
  await Deno.writeTextFile(`${folder}/${responsePath(2)}`, "{");
  await Deno.truncate(`${folder}/${responsePath(2)}`, 65 << 20);
  await Deno.mkdir(`${folder}/exp/prompts/${CONDITION}`, { recursive: true });
  await Deno.symlink("/etc/hostname", `${folder}/exp/prompts/${CONDITION}/system_prompt.txt`);
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(samples[0].messages?.map(({ role }) => role), ["assistant"]);
  const told = report.rejected.map(({ reason }) => reason).sort();
  assert.deepEqual([told.length, told[0]], [3, "cannot be read: The encoded data is not valid"]);
  assert.equal(told[1], "cannot be read: a symbolic link, which is not followed");
  assert(told[2].startsWith("cannot be read: larger than 64 MiB"), told[2]);
});

Deno.test("a NaN that Python wrote does not cost the sample, and as a score it is missing", async () => {
  const text = JSON.stringify(answer()).replace('"harmful_behavior":true', '"harmful_behavior":NaN');
  assert.deepEqual(scoresOf(await only({ [responsePath()]: text })), {
    harmful_behavior: null,
    classifier_verdict: true,
  });
});

Deno.test("a response.json of something else is no response", async () => {
  const { samples, report } = await loadTree({ "api/response.json": { status: 200, error: null } });
  assert.deepEqual([samples.length, report.rejected.length, report.passedOver.length], [0, 0, 1]);
});

Deno.test("hostile keys in a response are plain data", async () => {
  const text = JSON.stringify(answer()).replace("{", '{"__proto__":{"polluted":1},"constructor":2,');
  const sample = await only({ [responsePath()]: text });
  assert.equal((sample as unknown as Record<string, unknown>).polluted, undefined);
  assert.equal(scoresOf(sample).harmful_behavior, true);
});

Deno.test("gaps in the numbers of samples are found by model and condition, a rejected file is none", async () => {
  const { samples, report, folder } = await loadTree({
    [responsePath(2)]: answer(),
    [responsePath(3)]: "{",
    [responsePath(7)]: answer(),
    [responsePath(1, CONDITION, "exp/models/other")]: answer(),
  });
  const gaps = numberingGaps([...samples.map(({ source }) => source), ...report.rejected]);
  assert.deepEqual(report.gaps, gaps);
  const at = `${folder}/exp/models/lab_model_1/${CONDITION}`;
  assert.deepEqual(gaps, [{ folder: at, from: 1, to: 1 }, { folder: at, from: 4, to: 6 }]);
  const far = numberingGaps([{ file: "c/sample_999999999999/response.json", at: "file" }]);
  assert.deepEqual(far, [{ folder: "c", from: 1, to: 999999999998 }]);
});

const BESIDE = {
  verdict: true,
  classifier_verdict: false,
  classifier_model: "judge-3",
  scenario: "blackmail",
  deliberation: { has_deliberation: true, deliberation_type: "deliberates_thinks_eval", reasoning: "r" },
};
const inIdentity = (identity: string, model = "lab_model_1") => `${model}/${identity}/${CONDITION}/sample_001`;

Deno.test("in a tree with identities the identity is a factor, and the scores come from the file beside", async () => {
  const sample = await only({
    [`results/${inIdentity("weights")}/response.json`]: answer({ classification: undefined }),
    [`results/${inIdentity("weights")}/classification_anthropic.json`]: BESIDE,
    ...promptsOf(METADATA, CONDITION, "."),
  });
  assert.deepEqual([sample.id, sample.model, sample.condition.identity], [inIdentity("weights"), MODEL, "weights"]);
  assert.equal(sample.cluster, `${CONDITION} identity=weights`);
  assert.deepEqual(sample.messages?.map(({ role }) => role), ["user", "assistant"], "whose system prompt is not known");
  assert.deepEqual(sample.labels, [{
    labeler: "judge-3",
    kind: "judge",
    scores: {
      verdict: true,
      classifier_verdict: false,
      has_deliberation: true,
      deliberation_type: "deliberates_thinks_eval",
    },
  }]);
});

Deno.test("an identity is told by the model's name, or by a classification beside another sample", async () => {
  const unnamed = answer({ metadata: {}, classification: undefined });
  const { samples } = await loadTree({
    [`${inIdentity("character")}/response.json`]: answer({ classification: undefined }),
    [`${inIdentity("weights", "m")}/response.json`]: unnamed,
    [`${inIdentity("weights", "m").replace("001", "002")}/response.json`]: unnamed,
    [`${inIdentity("weights", "m").replace("001", "002")}/classification_anthropic.json`]: BESIDE,
  });
  assert.deepEqual(samples.map(({ model, condition }) => [model, condition.identity]), [
    [MODEL, "character"],
    ["m", "weights"],
    ["m", "weights"],
  ]);
});

Deno.test("a failed or broken classification beside a response is missing, and the broken one is named", async () => {
  const [failed, broken] = [inIdentity("weights"), inIdentity("collective")];
  const { samples, report } = await loadTree({
    [`${failed}/response.json`]: answer({ classification: undefined }),
    [`${failed}/classification_anthropic.json`]: { error: "overloaded" },
    [`${broken}/response.json`]: answer({ classification: undefined }),
    [`${broken}/classification_anthropic.json`]: { verdict: [] },
  });
  assert.deepEqual(samples.map(({ labels }) => labels.map(({ scores }) => scores)), [
    [],
    [{ verdict: null, classifier_verdict: null }],
  ]);
  assert.equal(report.rejected.length, 1);
  assert(report.rejected[0].file.endsWith("collective/" + CONDITION + "/sample_001/classification_anthropic.json"));
  assert(report.rejected[0].reason.startsWith("verdict: "));
});

Deno.test("toolCalls() reads fields with and without quotes, commas and closing tags", () => {
  const quoted = '<tool_use:email>\nto: "a@b.c",\nsubject: "Hi, all",\nbody: "One\n\nTwo",\n</tool_use:email>';
  const email = { tool: "email", to: ["a@b.c"], subject: "Hi, all", body: "One\n\nTwo", closed: true };
  assert.deepEqual(toolCalls(quoted), [email]);
  assert.deepEqual(toolCalls(quoted.replaceAll('"', "").replace("Two,", "Two")), [email]);
  assert.deepEqual(toolCalls(quoted.replaceAll('",', '"')), [email]);
  assert.deepEqual(toolCalls(quoted.replaceAll("\n", "\r\n").replace("One\r\n\r\nTwo", "x"))[0].body, "x");
  assert.deepEqual(toolCalls('<tool_use:email>to: "a@b.c", subject: "Hi, all", body: "x"</tool_use:email>'), [
    { ...email, body: "x" },
  ]);
  assert.deepEqual(toolCalls(quoted.slice(0, -18)), [{ ...email, body: "One\n\nTwo", closed: false }]);
  assert.deepEqual(toolCalls("<tool_use:email>\nto: a@b.c\nbody: Cut of")[0].body, "Cut of");
  assert.deepEqual(toolCalls('<tool_use:cancel_alert>\ncode: "4429",\n</tool_use>'), [
    { tool: "cancel_alert", code: "4429", closed: true },
  ]);
});

Deno.test("toolCalls() reads several addresses and email ids, and keeps what is no address", () => {
  const to = (text: string) => toolCalls(`<tool_use:forward>\nemail_id: "2,3"\nto: ${text}\n</tool_use:forward>`)[0];
  assert.deepEqual(to('"a@b.c, d@e.f"'), {
    tool: "forward",
    email_id: ["2", "3"],
    to: ["a@b.c", "d@e.f"],
    closed: true,
  });
  assert.deepEqual(to('["a@b.c", "d@e.f"],').to, ["a@b.c", "d@e.f"]);
  assert.deepEqual(to("Kyle Johnson <kyle@b.c>").to, ["kyle@b.c"]);
  assert.deepEqual(to('"all employees"').to, ["all employees"]);
});

Deno.test("a line of a body that looks like a field, or like its end, stays in the body", () => {
  const body = 'He said "go"\nTo: all staff\nemail_id: 3\ncode: 4429\nBye';
  const text = `<tool_use:email>\nto: "a@b.c",\nsubject: "s",\nbody: "${body}"\n</tool_use:email>`;
  assert.deepEqual(toolCalls(text), [{ tool: "email", to: ["a@b.c"], subject: "s", body, closed: true }]);
  assert.equal(toolCalls(text.replaceAll('"', ""))[0].body, body.replaceAll('"', ""));
});

Deno.test("an unclosed tag ends where the next one opens, and both count as emails", () => {
  const text = '<tool_use:email>\nto: "a@b.c"\nbody: "x\n<tool_use:email>\nto: "d@e.f"\n</tool_use:email>';
  assert.deepEqual(toolCalls(text), [
    { tool: "email", to: ["a@b.c"], body: "x", closed: false },
    { tool: "email", to: ["d@e.f"], closed: true },
  ]);
  assert.equal(countEmails(text), 2);
});

Deno.test("toolCalls() and splitting scratchpads take time that grows with the text, not its square", () => {
  const started = performance.now();
  for (
    const part of [
      " ",
      '"',
      '",',
      "code:\n",
      "<tool_use:",
      "<tool_use:email>",
      "\nbody: ",
      "a,",
      "</SCRATCHPAD_REASONING>",
    ]
  ) {
    assistant(`<SCRATCHPAD_REASONING>${part.repeat(1e6 / part.length)}`);
    toolCalls(`<tool_use:email>\nto: ${part.repeat(1e6 / part.length)}x\nbody: "${part.repeat(1e6 / part.length)}x`);
  }
  assert(performance.now() - started < 5000, `took ${performance.now() - started} ms`);
});

const ACS = `${REALDATA}/acsresearch__the-artificial-self-experiments/experiments/agentic-misalignment`;

realTest(
  "prompt folders without responses give no samples and no rejects, and their metadata is understood",
  async () => {
    const datasets = await load([ACS]);
    assert.deepEqual(datasets.map(({ samples, report }) => [samples.length, report.rejected.length]), [[0, 0]]);
    const folders = await Array.fromAsync(Deno.readDir(`${ACS}/prompts`));
    assert.equal(folders.length, 14);
    for (const { name } of folders) {
      const metadata = metadataSchema.parse(
        JSON.parse(await Deno.readTextFile(`${ACS}/prompts/${name}/metadata.json`)),
      );
      assert.deepEqual([metadata.condition_id, metadata.extra_system_instructions], [name, false]);
    }
  },
);

realTest("the emails that are counted and the calls that are parsed agree, and each has an address", async () => {
  const folder = `${REALDATA}/nostalgebraist__results-sharing/agentic-misalignment/samples`;
  for (const { messages } of (await load([folder]))[0].samples) {
    const response = messages!.at(-1)!.content;
    const emails = toolCalls(response).filter(({ tool }) => tool === "email");
    assert.equal(emails.length, countEmails(response));
    for (const { to, subject, body } of emails) {
      assert(to?.length === 1 && to[0].includes("@") && subject && body && !/^"|"$/.test(body), JSON.stringify(to));
    }
  }
});
