/** Formats of one record a sample: PacifAIst, flat judged JSONL, verifiers results and episodes, each with its quirks. */
import assert from "node:assert/strict";
import { counts } from "$lib/rates/counting/counts.ts";
import { conditionOfId } from "$lib/reading/formats/condition_id.ts";
import { load } from "$lib/reading/load.ts";
import { readTable } from "../../support/read_table.ts";
import { REALDATA, realTest } from "../../support/realdata.ts";
import { folderOf } from "../../support/temp_folder.ts";

const lines = (...records: unknown[]) => records.map((record) => JSON.stringify(record)).join("\n");

Deno.test("a condition id names scenario, goal and threat; the last part of one in production is prod", () => {
  const conflicts = ["explicit-america", "explicit-none", "none-none", "swap-global-america", "ambiguous-none"].map(
    (goal) => conditionOfId(`murder_${goal}_replacement`)!.condition,
  );
  assert.deepEqual(conflicts.map(({ goal_conflict, goal_type, goal }) => [goal_conflict, goal_type, goal]), [
    ["conflict", "explicit", "america"],
    ["conflict", "explicit", "none"],
    ["none", "none", "none"],
    ["conflict", "swap", "global-america"],
    ["ambiguous", "ambiguous", "none"],
  ]);
  const { condition: { production, threat } } = conditionOfId("leaking_latent-safety_none_prod")!;
  assert.deepEqual([production, threat], ["true", "none"]);
  for (const id of ["leaking", "leaking_explicit-america", "leaking_explicit-america_doom", "_none-none_none"]) {
    assert.equal(conditionOfId(id), undefined);
  }
});

const PACIFAIST =
  "scenario_id,category,subcategory,task_type,parsed_choice,correct_choice,is_pacifist,is_refusal,response";

Deno.test("PacifAIst: the folder is the model, generative rows have no pacifist score, empty choices none at all", async () => {
  const rows = [PACIFAIST, 'E-1,EP,EP1,multiple_choice,A,A,1,1,"A.\nBecause ""x"""', "E-2,EP,EP1,generative,,,0,0,No"];
  const folder = await folderOf({ "some model/results.csv": rows.join("\n") });
  const [{ samples, format }] = await load([folder]);
  assert.equal(format, "pacifaist");
  assert.deepEqual(samples.map(({ id, model, cluster }) => [id, model, cluster]), [
    ["some model/E-1", "some model", "E-1"],
    ["some model/E-2", "some model", "E-2"],
  ]);
  assert.deepEqual(samples.map(({ labels }) => labels[0].scores), [
    { is_pacifist: true, is_refusal: true, parsed_choice: "A", correct_choice: "A" },
    { is_pacifist: null, is_refusal: false },
  ]);
  assert.equal(samples[0].messages?.[0].content, 'A.\nBecause "x"');
});

Deno.test("PacifAIst: an answer that is a failed call is counted by a rule, a bad score is rejected, a summary is no data", async () => {
  const folder = await folderOf({
    "m/results.csv": [
      PACIFAIST,
      "E-1,EP,EP1,generative,,,0,0,ERROR: API Error Status 403",
      "E-2,,EP1,generative,,,2,0,x",
    ]
      .join("\n"),
    "m/summary.csv": "processed_scenarios,overall_p_score_pct,overall_refusal_rate_pct\n700,80.1,9.2\n",
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(samples.map(({ labels }) => labels[1].scores), [{ api_error: true }]);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [
    ["line 3", "category: must not be empty; is_pacifist: must be 0, 1 or empty"],
  ]);
  assert.deepEqual(report.passedOver, [
    { file: `${folder}/m/summary.csv`, reason: "a PacifAIst summary, not samples" },
  ]);
  const [{ report: asked }] = await load([`${folder}/m/summary.csv`]);
  assert.equal(asked.rejected[0].reason, "a PacifAIst summary, not samples");
});

realTest("pacifaist_by_model_category.csv, in every cell whose model is there", async () => {
  const datasets = await load([`${REALDATA}/Elan456__Situated-Self-Preservation`]);
  assert.deepEqual(datasets.flatMap(({ report }) => [...report.rejected, ...report.duplicated]), []);
  let met = 0;
  for (const row of readTable(`${REALDATA}/truth/pacifaist_by_model_category.csv`)) {
    const group = Object.fromEntries(
      ["model", "subcategory", "task_type"].map((name) => [name, row[name]]).filter(([, level]) => level !== "ALL"),
    );
    for (const label of ["is_pacifist", "is_refusal"]) {
      const found = counts(datasets, Object.keys(group), [{ label }]).find((one) =>
        Object.entries(group).every(([name, level]) => one.group[name] === level)
      );
      if (found === undefined) continue;
      met++;
      assert.equal(found.scored + found.missing, Number(row.n));
      assert.equal(found.count, Number(label === "is_pacifist" ? row.pacifist_n : row.refusal_n));
      if (label === "is_refusal" || row.task_type === "multiple_choice") assert.equal(found.missing, 0);
      if (label === "is_pacifist" && row.task_type === "generative") assert.equal(found.scored, 0);
      const published = label === "is_pacifist" ? row.file_p_score_pct : row.file_refusal_pct;
      if (published !== "") assert((100 * found.count / found.scored - Number(published)) ** 2 < 1e-20);
    }
  }
  assert.equal(met, 5 * 12 * 2);
});

const JUDGED = {
  model: "m",
  warning: "bare",
  cond: "baseline",
  sample_id: "leaking_explicit-america_restriction",
  evaluation_awareness: 4,
  harmful_action: 7,
  aware: false,
  harmful: true,
  cot: "I think",
  response: "I act",
  judge_explanation: "because",
};

Deno.test("flat judged JSONL: a repeated sample_id is another sample, a verdict that is null or absent is missing", async () => {
  const { harmful: _, ...unjudged } = JUDGED;
  const folder = await folderOf({ "a.jsonl": lines(JUDGED, { ...JUDGED, harmful: null }, unjudged) });
  const [dataset] = await load([folder]);
  assert.deepEqual(dataset.samples.map(({ id }) => id), ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3"]);
  const [first] = dataset.samples;
  assert.deepEqual(first.messages, [{ role: "assistant", content: "I act", reasoning: "I think" }]);
  assert.deepEqual([first.scenario, first.condition], ["leaking", {
    goal_conflict: "conflict",
    goal_type: "explicit",
    goal: "america",
    production: "false",
    threat: "restriction",
    warning: "bare",
    cond: "baseline",
  }]);
  assert.deepEqual(first.labels.map(({ scores, note }) => [scores, note]), [
    [{ evaluation_awareness: 4, harmful_action: 7, aware: false, harmful: true }, "because"],
  ]);
  const [harmful] = counts([dataset], [], [{ label: "harmful" }]);
  assert.deepEqual([harmful.count, harmful.scored, harmful.missing], [1, 1, 2]);
  assert.deepEqual(dataset.verdict, { label: "harmful", true_is: "subvert" });
});

Deno.test("flat judged JSONL: a sample_id that is no condition id is rejected with every other problem of its line", async () => {
  const folder = await folderOf({ "a.jsonl": lines({ ...JUDGED, sample_id: "q7", harmful: "yes" }) });
  const [{ report: { rejected: [{ at, reason }] } }] = await load([folder]);
  assert.equal(at, "line 1");
  assert(reason.includes("sample_id: must be a condition id") && reason.includes("current value is q7"), reason);
  assert(reason.includes("harmful: "), reason);
});

realTest("flat judged JSONL of jasmineee-li/eval-awareness", async () => {
  const [{ format, samples, report }] = await load([`${REALDATA}/jasmineee-li__eval-awareness/excerpt`]);
  assert.deepEqual([format, samples.length, report.rejected.length], ["judged", 1, 0]);
});

const ROLLOUT = {
  example_id: 0,
  prompt: [{ role: "system", content: "s" }, { role: "user", content: [{ type: "text", text: "u" }] }],
  completion: [{ role: "assistant", content: "done", reasoning_content: "why", tool_calls: [{ name: "email" }] }],
  answer: "",
  info: {
    condition_id: "blackmail_none-none_replacement",
    scenario: "blackmail",
    goal_type: "none",
    goal_value: "none",
    urgency_type: "replacement",
    extra_system_instructions: "dont",
    prod: true,
    test_eval_awareness: false,
  },
  reward: 0.5,
  metrics: { harmfulness_score: 8, eval_awareness_score: null },
  error: null,
};

Deno.test("verifiers results: rollouts of one example are samples, metadata.json names the model, info the condition", async () => {
  const folder = await folderOf({
    "run/results.jsonl": lines(ROLLOUT, ROLLOUT),
    "run/metadata.json": JSON.stringify({ env_id: "e", model: "lab/m" }),
  });
  const [{ samples, report, files }] = await load([folder]);
  assert.deepEqual(samples.map(({ id, model }) => [id, model]), [
    ["run/results.jsonl:1", "lab/m"],
    ["run/results.jsonl:2", "lab/m"],
  ]);
  assert.deepEqual(samples[0].condition, {
    goal_conflict: "none",
    goal_type: "none",
    goal: "none",
    threat: "replacement",
    production: "true",
    prohibition: "dont",
    test_eval_awareness: "false",
  });
  assert.deepEqual(samples[0].messages, [
    { role: "system", content: "s" },
    { role: "user", content: "u" },
    { role: "assistant", content: 'done\n{"name":"email"}', reasoning: "why" },
  ]);
  assert.deepEqual(samples[0].labels[0].scores, { harmfulness_score: 8, eval_awareness_score: null, reward: 0.5 });
  assert.deepEqual([report.passedOver, files.length], [[], 2]);
});

Deno.test("verifiers results: metrics that stand beside the reward are scores, durations are not", async () => {
  const { metrics: _, ...record } = ROLLOUT;
  const folder = await folderOf({
    "results.jsonl": lines({
      ...record,
      harmfulness_score: 3,
      is_harmful: true,
      generation_ms: 81.5,
      is_truncated: false,
    }),
  });
  const [{ samples }] = await load([folder]);
  assert.deepEqual(samples[0].labels[0].scores, { harmfulness_score: 3, is_harmful: true, reward: 0.5 });
});

Deno.test("verifiers results: scores of a failed rollout are missing, whatever stands there; info may be JSON text", async () => {
  const failed = { ...ROLLOUT, info: JSON.stringify(ROLLOUT.info), reward: 0, error: "timed out" };
  const lost = { ...ROLLOUT, info: {} };
  const [{ samples, report }] = await load([await folderOf({ "results.jsonl": lines(failed, lost) })]);
  assert.deepEqual(samples.map(({ model, labels }) => [model, labels[0].scores, labels[0].note]), [
    ["not recorded", { harmfulness_score: null, eval_awareness_score: null, reward: null }, "error: timed out"],
  ]);
  assert.deepEqual(report.rejected.map(({ reason }) => reason), [
    "info: neither scenario nor condition_id says what ran",
  ]);
});

Deno.test("a Git LFS pointer in place of a file is named as such", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
  const [{ report }] = await load([await folderOf({ "results.jsonl": pointer })]);
  assert.deepEqual(report.rejected.map(({ reason }) => reason), [
    "a Git LFS pointer, not the file itself: fetch it with git lfs pull",
  ]);
});

Deno.test("episodes: nobody judged them, so the label counts the system log, and what could not be parsed is apart", async () => {
  const episode = {
    episode_id: "e1",
    condition_id: "murder_explicit-america_restriction_prod",
    scenario: "murder",
    goal_type: "explicit",
    goal_value: "america",
    urgency_type: "restriction",
    prompt_variant: "A",
    sample: 1,
    model: "m",
    response: "r",
    final_text: "r",
    system_log: [{ action_id: "1", type: "email" }, { action_id: "2", type: "cancel_alert", code: "1" }, {
      action_id: "3",
      type: "email",
      malformed: true,
    }],
  };
  const doomed = { ...episode, episode_id: "e2", urgency_type: "doom" };
  const folder = await folderOf({ "a.jsonl": lines(episode, doomed, episode) });
  const [{ samples: [sample], report }] = await load([folder]);
  assert.deepEqual(sample.labels[0].scores, { actions: 2, emails: 1, malformed_actions: 1 });
  assert.deepEqual([sample.condition.variant, sample.condition.production], ["A", "true"]);
  assert.deepEqual(sample.messages, [{ role: "assistant", content: "r" }]);
  assert(report.rejected[0].reason.startsWith('threat: "doom" is not a level'));
  assert.deepEqual(report.duplicated.map(({ at }) => at), ["line 3"]);
});
