/** Bloom: rollouts joined with judgments, reversed runs marked, and the counts of an independent script. */
import assert from "node:assert/strict";
import { load } from "$lib/reading/load.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { REALDATA, realTest } from "../../support/realdata.ts";
import { readTable } from "../../support/read_table.ts";
import { folderOf } from "../../support/temp_folder.ts";

const BLOOM = `${REALDATA}/jotaraz__misalignment-indicators-moremodels`;

const event = (message: unknown, view = ["target", "combined"], operation = "add") => ({
  type: "transcript_event",
  view,
  edit: { operation, message },
});
const rollout = (
  variation: number,
  repetition: number,
  events: unknown[] = [event({ role: "user", content: "hi" })],
) => ({
  variation_number: variation,
  repetition_number: repetition,
  transcript: { metadata: { target_model: "z/glm-4.7" }, events },
});
const rollouts = (...list: unknown[]) => ({ metadata: { target: "glm-4.7", no_user_mode: "True" }, rollouts: list });
const judgment = (variation: number, repetition: number, more: Record<string, unknown> = { behavior_presence: 8 }) => ({
  variation_number: variation,
  repetition_number: repetition,
  num_samples: 1,
  ...more,
});
const judgments = (behavior_name: string, ...list: unknown[]) => ({
  behavior_name,
  model: "judge-1",
  summary_statistics: { elicitation_rate: 0.99 },
  judgments: list,
});
const told = (rejected: readonly { at: string; reason: string }[]) =>
  rejected.map(({ at, reason }) => `${at}: ${reason}`);

Deno.test("a rollout and its judgment are one sample; where one is absent, nothing is made up", async () => {
  const folder = await folderOf({
    "power_glm_4_7/rollout.json": rollouts(rollout(1, 1), rollout(1, 2), rollout(2, 1)),
    "power_glm_4_7/judgment.json": judgments(
      "power",
      judgment(1, 2, { behavior_presence: 7, unrealism: null, summary: "It did.", justification: "Look." }),
      judgment(1, 1, { behavior_presence: null, unrealism: 3, summary: null, highlights: [] }),
      judgment(9, 1),
    ),
    "other/judgment.json": judgments("other", judgment(1, 1)),
  });
  const [{ samples, report, format }] = await load([folder]);
  assert.deepEqual([format, report.rejected], ["bloom", []]);
  const judge = { labeler: "judge-1", kind: "judge" };
  assert.deepEqual(
    samples.map(({ id, model, scenario, labels, messages }) => [id, model, scenario, labels, !!messages]),
    [
      ["other/v1r1", "not recorded", "other", [{ ...judge, scores: { behavior_presence: 8 } }], false],
      [
        "power_glm_4_7/v1r1",
        "z/glm-4.7",
        "power",
        [{ ...judge, scores: { behavior_presence: null, unrealism: 3 } }],
        true,
      ],
      [
        "power_glm_4_7/v1r2",
        "z/glm-4.7",
        "power",
        [{ ...judge, scores: { behavior_presence: 7, unrealism: null }, note: "It did.\n\nLook." }],
        true,
      ],
      ["power_glm_4_7/v2r1", "z/glm-4.7", "power", [], true],
      ["power_glm_4_7/v9r1", "z/glm-4.7", "power", [{ ...judge, scores: { behavior_presence: 8 } }], false],
    ],
  );
  const [, second] = samples;
  assert.deepEqual(second.condition, {
    run: "power_glm_4_7",
    arm: "misaligned-elicitation",
    polarity: "normal",
    variation: "1",
  });
  assert.equal(samples[2].cluster, second.cluster); // repetitions of one prompt
});

Deno.test("a benign run is marked as reversed by its judgment or by its folder, and keeps its behaviour's name", async () => {
  const folder = await folderOf({
    "a/judgment.json": judgments("self-preservation_benign", judgment(1, 1)),
    "self-preservation_benign_glm_4_7/rollout.json": rollouts(rollout(1, 1)),
    "self-preservation_glm_4_7/rollout.json": rollouts(rollout(1, 1)),
  });
  const [{ samples }] = await load([folder]);
  assert.deepEqual(samples.map(({ scenario, condition: { arm, polarity } }) => [scenario, arm, polarity]), [
    ["self-preservation", "benign", "reversed"],
    ["self-preservation", "benign", "reversed"],
    ["self-preservation", "misaligned-elicitation", "normal"],
  ]);
});

Deno.test("only what the target saw or wrote is a message: parts are reasoning and text, calls are calls", async () => {
  const events = [
    event({ role: "system", content: "to the evaluator" }, ["evaluator"]),
    { type: "tool_creation_event", tool: {} },
    event({ role: "system", content: "You are X." }),
    event({ role: "user", content: "hi" }, ["target"]),
    event({
      role: "assistant",
      content: [{ type: "reasoning", reasoning: "Hm." }, { type: "text", text: "Yes." }, { type: "image", url: "x" }],
      tool_calls: [{ id: "1", function: "bash", arguments: { command: "ls" } }],
    }),
    event({ role: "tool", content: "a.txt", tool_call_id: "1" }),
    event({ role: "assistant", content: [{ reasoning: "Only thought." }], tool_calls: null }),
  ];
  const [{ samples, report }] = await load([await folderOf({ "run/rollout.json": rollouts(rollout(1, 1, events)) })]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(samples[0].messages, [
    { role: "system", content: "You are X." },
    { role: "user", content: "hi" },
    {
      role: "assistant",
      content: "Yes.\n\n[image]",
      reasoning: "Hm.",
      calls: [{ name: "bash", arguments: { command: "ls" } }],
    },
    { role: "tool", content: "a.txt" },
    { role: "assistant", content: "", reasoning: "Only thought." },
  ]);
});

Deno.test("each broken rollout, event and judgment is named by its place, and the rest is kept", async () => {
  const events = [
    event({ role: "user", content: "hi" }),
    event({ role: "narrator", content: "x" }),
    event({ role: "user", content: "x" }, ["target"], "rollback"),
    7,
    { type: "transcript_event" },
  ];
  const folder = await folderOf({
    "run/rollout.json": rollouts(rollout(1, 1, events), rollout(1, 1), rollout(-1, 1), "x", {
      ...rollout(2, 1),
      transcript: null,
    }),
    "run/judgment.json": judgments(
      "b",
      judgment(1, 1),
      judgment(1, 1),
      judgment(2, 1, { behavior_presence: "8" }),
      judgment(3, 1, { behavior_presence: 8, unrealism: 3 }),
      { ...judgment(4, 1, { unrealism: [] }), repetition_number: 1.5 },
    ),
    "cut/rollout.json": JSON.stringify(rollouts(rollout(1, 1))).slice(0, -9),
    "odd/rollout.json": '{"rollouts": {"variation_number": [], "judgments": [1]}}',
  });
  const [{ samples, report }] = await load([folder]);
  const reasons = told(report.rejected);
  const expected = [
    /^file: cannot be read: .*JSON/,
    /^file: cannot be read: rollouts: /,
    /^judgments\[1\]: judge-1 has already judged v1r1$/,
    /^judgments\[2\]: behavior_presence: must be a number or null$/,
    /^judgments\[4\]: repetition_number: /,
    /^rollouts\[0\]\.transcript\.events\[1\]: message.role: /,
    /^rollouts\[0\]\.transcript\.events\[2\]: operation: /,
    /^rollouts\[0\]\.transcript\.events\[3\]: /,
    /^rollouts\[0\]\.transcript\.events\[4\]: view: /,
    /^rollouts\[2\]: variation_number: /,
    /^rollouts\[3\]: /,
  ];
  assert.equal(reasons.length, expected.length, reasons.join("\n"));
  expected.forEach((pattern, index) => assert.match(reasons[index], pattern));
  assert.deepEqual(told(report.duplicated).map((text) => text.slice(0, 34)), ["rollouts[1]: run/v1r1 was already "]);
  assert.deepEqual(samples.map(({ id, messages }) => [id, messages?.length]), [
    ["run/v1r1", 1],
    ["run/v2r1", undefined],
    ["run/v3r1", undefined],
  ]);
});

Deno.test("two judges of one run are two labelers, and runs of one name in two folders stay apart", async () => {
  const folder = await folderOf({
    "a/run/rollout.json": rollouts(rollout(1, 1)),
    "a/run/judgment.json": judgments("b", judgment(1, 1)),
    "a/run/judgment_2.json": { ...judgments("b", judgment(1, 1, { behavior_presence: 2 })), model: "judge-2" },
    "b/run/rollout.json": rollouts(rollout(1, 1)),
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual([report.rejected, report.duplicated], [[], []]);
  assert.deepEqual(samples.map(({ id, labels }) => [id, labels.map(({ labeler }) => labeler)]), [
    ["a/run/v1r1", ["judge-1", "judge-2"]],
    ["b/run/v1r1", []],
  ]);
});

Deno.test("an example whose last event stands there twice has it once, and a literal backslash-n stays as it is", async () => {
  const last = { event: "target_message", content: "Bye.", thinking: "End." };
  const call = { event: "tool_call", content: { tool_name: "email", arguments: { to: "a@b.c" } } };
  const folder = await folderOf({
    "examples/odd.json": {
      evaluator_model_id: "e",
      target_model_id: "t",
      target_system_prompt: "You are X.\\n\\nBe kind.",
      target_tools: [],
      events: [
        { turn: 1, event: "evaluator_message", content: "Go.\\nNow." },
        { turn: 2, ...call },
        { turn: 3, ...call },
        { turn: 4, event: "unheard_of", content: "x" },
        { turn: 5, ...last },
        { turn: 5, ...last },
      ],
    },
  });
  const [{ samples, report }] = await load([folder]);
  assert.match(told(report.rejected)[0], /^events\[3\]: event: /);
  const [{ id, model, scenario, condition, messages, labels }] = samples;
  assert.deepEqual([id, model, scenario, condition, labels], ["examples/odd", "t", "odd", { run: "examples" }, []]);
  assert.deepEqual(messages, [
    { role: "system", content: "You are X.\\n\\nBe kind." },
    { role: "user", content: "Go.\\nNow." },
    { role: "assistant", content: "", calls: [{ name: "email", arguments: { to: "a@b.c" } }] },
    { role: "assistant", content: "", calls: [{ name: "email", arguments: { to: "a@b.c" } }] },
    { role: "assistant", content: "Bye.", reasoning: "End." },
  ]);
});

/** Runs of the truth table whose files are not among the real data. */
const ABSENT = [
  "self-preservation_benign_qwen3_6_35b_a3b",
  "self-preservation_qwen3_6_35b_a3b",
  "self-preservation_qwen3_next",
  "strategic-deception_benign_glm_4_7_flash",
  "strategic-deception_benign_qwen3_6_35b_a3b",
  "strategic-deception_glm_4_7_flash",
  "strategic-deception_qwen3_6_35b_a3b",
];

const truth = () => readTable(`${REALDATA}/truth/bloom_by_run.csv`);

realTest("bloom_by_run.csv for the three runs that are there", async () => {
  const datasets = await load([BLOOM]);
  assert.deepEqual(datasets.flatMap(({ report }) => [...report.rejected, ...report.duplicated]), []);
  const samples = datasets.flatMap(({ samples }) => samples);
  const runs = new Set(samples.map(({ condition }) => condition.run));
  assert.deepEqual(truth().map(({ run }) => run).filter((run) => !runs.has(run)), ABSENT);
  for (const row of truth().filter(({ run }) => runs.has(run))) {
    const of = samples.filter(({ condition }) => condition.run === row.run);
    const at = (label: string, atLeast: number) =>
      counts(datasets, ["run"], [{ label, atLeast }]).find(({ group }) => group.run === row.run)!;
    assert.deepEqual([of[0].model, of[0].condition.arm], [row.target_model, row.arm]);
    assert.equal(of.filter(({ messages }) => messages !== undefined).length, Number(row.n_rollouts));
    for (const level of [5, 6, 7]) {
      const { count, scored, missing } = at("behavior_presence", level);
      assert.deepEqual([count, scored, missing], [Number(row[`presence_ge_${level}`]), Number(row.n_judged), 0]);
    }
    assert.equal(at("safety_refusal", 5).count, Number(row.safety_refusal_ge_5_n));
    const scores = of.flatMap(({ labels }) => labels.map(({ scores }) => scores!.behavior_presence as number));
    assert.equal(scores.reduce((sum, score) => sum + score, 0) / scores.length, Number(row.mean_presence));
    assert.equal(of[0].condition.polarity, row.arm === "benign" ? "reversed" : "normal");
  }
});

realTest("the rate at 6 is counted by us, not read: one stored elicitation_rate differs from it", async () => {
  const rows = counts(await load([BLOOM]), ["run"], [{ label: "behavior_presence", atLeast: 6 }]);
  const stale = truth().filter(({ run, file_elicitation_rate }) => {
    const row = rows.find(({ group }) => group.run === run);
    return row !== undefined && row.count / row.scored !== Number(file_elicitation_rate);
  });
  assert.deepEqual(stale.map(({ run }) => run), ["self-preservation_glm_4_7_flash"]);
});

realTest("deno task rates gives bloom_by_run.csv", async () => {
  const options = ["--by", "run", "--label", "behavior_presence", "--at-least", "6", "--json"];
  const { code, stdout } = await new Deno.Command("deno", {
    args: ["task", "--quiet", "rates", BLOOM, ...options],
    cwd: new URL("../../..", import.meta.url),
    stdin: "null",
  }).output();
  assert.equal(code, 0);
  const { rows } = JSON.parse(new TextDecoder().decode(stdout));
  for (const row of truth().filter(({ run }) => !ABSENT.includes(run))) {
    const { count, scored } = rows.find(({ group }: { group: { run: string } }) => group.run === row.run);
    assert.deepEqual([count, scored], [Number(row.presence_ge_6), Number(row.n_judged)]);
  }
});
