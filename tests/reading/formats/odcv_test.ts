/** ODCV-Bench: wide sheets of several judges, logs with Python calls, and the counts of an independent script. */
import assert from "node:assert/strict";
import { load } from "$lib/reading/load.ts";
import { parsePython } from "$lib/reading/bytes/python_repr.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { REALDATA, realTest } from "../../support/realdata.ts";
import { readTable } from "../../support/read_table.ts";
import { folderOf } from "../../support/temp_folder.ts";

const ODCV = `${REALDATA}/McGill-DMaS__ODCV-Bench`;
const SHEETS = "current/evaluations/judge_all";
const log = (model: string, scenario: string) =>
  `current/agent_logs/${model}/experiments/${scenario}/messages_record.txt`;

const HEAD = "scenario,gpt-5.5-incentivized,gpt-5.5-mandated,row_avg,row_na_count\n";
const START = "== Step 1 ==\nrole: system\ncontent: You are X.\n\n== Step 2 ==\nrole: user\ncontent: Go.\n\n";

Deno.test("parsePython() reads every literal that repr writes, in both quotes and with every escape", () => {
  const cases: [string, unknown][] = [
    ["None", null],
    [" True ", true],
    ["-12", -12],
    ["1e-05", 1e-5],
    ["2.", 2],
    ["12345678901234567890", 12345678901234567890n],
    [`'it\\'s "so"'`, `it's "so"`],
    [`"it's"`, "it's"],
    [`'\\n\\t\\r\\\\\\a\\b\\f\\v\\0\\101\\x41\\u00e9\\U0001f600'`, "\n\t\r\\\x07\b\f\v\0AAé😀"],
    [`'\\d'`, "\\d"],
    ["[]", []],
    ["()", []],
    ["(1)", 1],
    ["(1,)", [1]],
    ["[1, [2, (3, 4)],]", [1, [2, [3, 4]]]],
    ["{}", new Map()],
    ["{'__proto__': {1: None}}", new Map([["__proto__", new Map([[1, null]])]])],
  ];
  for (const [text, value] of cases) assert.deepEqual(parsePython(text), value, text);
});

Deno.test("parsePython() refuses everything else with the character at fault, and never runs anything", () => {
  const cases: [string, number][] = [
    ["", 1],
    ["__import__('os').system('x')", 1],
    ["[1, nan]", 5],
    ["[1 2]", 4],
    ["[1, 2", 6],
    ["[,]", 2],
    ["{1}", 3],
    ["{[1]: 2}", 2],
    ["'open", 1],
    ["'a\nb'", 3],
    ["'\\x4'", 2],
    ["'\\N{DASH}'", 2],
    ["'\\Uffffffff'", 2],
    ["'a' 'b'", 5],
    ["012", 1],
    ["1 + 1", 3],
    ["b'x'", 1],
    ["true", 1],
  ];
  for (const [text, character] of cases) {
    assert.throws(() => parsePython(text), new RegExp(`SyntaxError.* at character ${character} as `), text);
  }
  assert.throws(() => parsePython("[".repeat(10_000)), /nested at most 200 deep/);
});

Deno.test("a sheet gives one sample a scenario, model and variation; sums in rows and columns are none", async () => {
  const folder = await folderOf({
    [`${SHEETS}/scores_grok.csv`]: `${HEAD}S-1,0,4,2.0,0\nS-2,N/A,3,3.0,1\ncol_avg,0.0,3.5,,\ncol_na_count,1,0,,\n`,
    [`${SHEETS}/scores_final_median.csv`]: `${HEAD}S-1,0.0,3.5,1.8,0\nS-2,N/A,2.5,2.5,0\ncol_MR%,0.0%,50.0%,,\n`,
    [`${SHEETS}/reasons_grok.csv`]: `${HEAD}S-1,"fine,\nreally",It lied,,\nS-2,N/A,,,\ncol_avg,N/A,N/A,,\n`,
  });
  const [dataset] = await load([folder]);
  assert.deepEqual(dataset.report.rejected, []);
  assert.equal(dataset.format, "odcv");
  const found = dataset.samples.map(({ id, model, scenario, condition, labels }) => ({
    id,
    model,
    scenario,
    condition,
    labels,
  }));
  const generation = "current";
  const median = { labeler: "final_median", kind: "dataset" };
  const grok = { labeler: "grok", kind: "judge" };
  assert.deepEqual(found.slice(0, 3), [
    {
      id: "current/gpt-5.5-incentivized/S-1",
      model: "gpt-5.5",
      scenario: "S-1",
      condition: { variation: "incentivized", generation },
      labels: [{ ...grok, note: "fine,\nreally", scores: { grok: 0 } }, { ...median, scores: { final_median: 0 } }],
    },
    {
      id: "current/gpt-5.5-mandated/S-1",
      model: "gpt-5.5",
      scenario: "S-1",
      condition: { variation: "mandated", generation },
      labels: [{ ...grok, note: "It lied", scores: { grok: 4 } }, { ...median, scores: { final_median: 3.5 } }],
    },
    {
      id: "current/gpt-5.5-incentivized/S-2",
      model: "gpt-5.5",
      scenario: "S-2",
      condition: { variation: "incentivized", generation },
      labels: [{ ...median, scores: { final_median: null } }, { ...grok, scores: { grok: null } }],
    },
  ]);
  const rows = counts([dataset], ["model", "variation"], [{ label: "grok", atLeast: 3 }]);
  assert.deepEqual(rows.map(({ count, scored, missing }) => [count, scored, missing]), [[0, 1, 1], [2, 2, 0]]);
});

Deno.test("what a sheet holds that is no score, run or scenario is named, and the rest is kept", async () => {
  const head = "scenario,gpt-5.5-mandated,gpt-5.5,note,row_avg\n";
  const folder = await folderOf({
    "scores_a.csv":
      `${head}S-1,3,1,x,\nS-2,45.0%,1,x,\nS-3,6,1,x,\nS-1,2,1,x,\n,1,1,x,\nS-4,1\nS-5,-1,1,x,\nS-6,2,1,x,\n`,
    "sub/evaluations/scores_b.csv": `${HEAD}S-1,1,1,,\n`,
    "sub/evaluations/again/scores_b.csv": `${HEAD}S-1,1,1,,\n`,
  });
  const [{ samples, report }] = await load([folder]);
  const told = report.rejected.map(({ at, reason }) => `${at}: ${reason}`);
  const score = "Cannot read score as a number from 0 to 5, or N/A: current value is";
  assert.deepEqual(told.slice(0, 6).sort(), [
    "column gpt-5.5: its name is not MODEL-incentivized or MODEL-mandated",
    "column note: its name is not MODEL-incentivized or MODEL-mandated",
    `line 3, column gpt-5.5-mandated: ${score} 45.0%`,
    `line 4, column gpt-5.5-mandated: ${score} 6`,
    "line 5: scenario S-1 was already seen; the first is used",
    "line 6: no scenario",
  ]);
  assert.match(told[6], /^line 7: .*columns/i);
  assert.equal(told[7], `line 8, column gpt-5.5-mandated: ${score} -1`);
  assert.match(told[8], /^file: scores of b were already read: .*scores_b\.csv$/);
  assert.equal(told.length, 9);
  const scores = samples.map(({ id, labels }) => [id, labels[0]?.scores?.a]);
  assert.deepEqual(scores.slice(0, 2), [["gpt-5.5-mandated/S-1", 3], ["gpt-5.5-mandated/S-2", undefined]]);
  assert.equal(samples.length, 5 + 2);
});

Deno.test("a log joins its scores; None is no text, No explanation no reasoning, odd function names stay", async () => {
  const calls = [
    `{'id': 'a', 'type': 'function', 'function': {'name': 'bash<|channel|>commentary', 'arguments': ' {"command": "ls"} '}}`,
    `{'id': 'b', 'type': 'function', 'function': {'name': '', 'arguments': '{"q":"it\\'s"}'}}`,
  ].join(", ");
  const folder = await folderOf({
    [`${SHEETS}/scores_grok.csv`]: `${HEAD}S-1,0,4,2.0,0\n`,
    [log("gpt-5.5-mandated", "S-1")]: START + [
      `== Step 3 ==\nrole: assistant\ncontent:  \nreason:  I look.\n== Step 9 ==\nas the log says\ncall: [${calls}]`,
      '== Step 4 ==\nrole: tool\ncontent: {"stdout": "a\\nreason: b", "returncode": 0}',
      "== Step 5 ==\nrole: assistant\ncontent: Done.\n\nreason in short\nreason: No explanation\ncall: None",
      "== Step 6 ==\nrole: assistant\ncontent: None\nreason: call: nobody\ncall: no list",
    ].join("\n\n") + "\n\n",
    [log("gpt-5.5-incentivized", "S-9")]: START,
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(report.rejected, []);
  const sample = samples.find(({ id }) => id === "current/gpt-5.5-mandated/S-1")!;
  assert.equal(sample.labels[0].scores?.grok, 4);
  assert.match(sample.source.file, /messages_record\.txt$/);
  assert.deepEqual(sample.messages, [
    { role: "system", content: "You are X." },
    { role: "user", content: "Go." },
    {
      role: "assistant",
      content: "",
      calls: [
        { name: "bash<|channel|>commentary", arguments: `{"command": "ls"}` },
        { name: "", arguments: `{"q":"it's"}` },
      ],
      reasoning: "I look.\n== Step 9 ==\nas the log says",
    },
    { role: "tool", content: '{"stdout": "a\\nreason: b", "returncode": 0}' },
    { role: "assistant", content: "Done.\n\nreason in short" },
    { role: "assistant", content: "", reasoning: "call: nobody\ncall: no list" },
  ]);
  const without = samples.find(({ scenario }) => scenario === "S-9")!;
  assert.deepEqual([without.labels, without.messages?.length], [[], 2]);
  assert.equal(samples.length, 3);
});

Deno.test("each broken block of a log is named by its line, and the other blocks are kept", async () => {
  const text = [
    "noise",
    "== Step 1 ==\nrole: narrator\ncontent: x",
    "== Step 2 ==\nrole: user",
    "== Step 3 ==\nrole: user\ncontent: kept",
    "== Step 4 ==\nrole: assistant\ncontent: x\nreason: y\ncall: [{'id': os.system('x')}]",
    "== Step 5 ==\nrole: assistant\ncontent: x\nreason: y\ncall: [{'id': 'a'}]",
    "== Step 1 ==\nrole: user\ncontent: a second run",
    "== Step 6 ==\nrole: assistant\ncontent: cut o",
  ].join("\n");
  const folder = await folderOf({ [log("gpt-5.5-mandated", "S-1")]: text, "elsewhere/messages_record.txt": START });
  const [{ samples, report }] = await load([folder]);
  const told = report.rejected.map(({ at, reason }) => `${at}: ${reason}`);
  assert.deepEqual(told.slice(0, 6), [
    "line 1: text before the first step",
    'line 2: Cannot read role as system, user, assistant, tool: current value is "narrator"',
    "line 5: no content after the role",
    'line 10: Cannot read a Python literal at character 9 as a value: current value is "os.system(\'x"',
    "line 15: call[0] has no function with name and arguments as text",
    "line 20: step 1 comes after step 5",
  ]);
  assert.match(told[6], /^file: model, variation and scenario are not in its path/);
  assert.deepEqual(samples.map(({ messages }) => messages?.map(({ content }) => content)), [["kept", "cut o"]]);
});

Deno.test("a log that is not UTF-8 in one place loses that block only", async () => {
  const folder = await folderOf({ [log("m-mandated", "S")]: "" });
  const bytes = [...new TextEncoder().encode(`${START}== Step 3 ==\nrole: tool\ncontent: `), 0xff, 10];
  await Deno.writeFile(`${folder}/${log("m-mandated", "S")}`, new Uint8Array(bytes));
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [["line 9", "line 11: not valid UTF-8"]]);
  assert.equal(samples[0].messages?.length, 2);
});

realTest("odcv_by_model_variation_judge.csv, every judge and the median", async () => {
  const datasets = await load([ODCV]);
  const rows = readTable(`${REALDATA}/truth/odcv_by_model_variation_judge.csv`)
    .filter(({ generation }) => generation === "current"); // sheets of the previous generation are not among the files
  assert.equal(rows.length, 5 * 24);
  for (const { judge, model, variation, n_scored, n_NA, misaligned_n_score_ge_3 } of rows) {
    const label = judge === "median" ? "final_median" : judge;
    const cells = counts(datasets, ["model", "variation"], [{ label, atLeast: 3 }]);
    const found = cells.find(({ group }) => group.model === model && group.variation === variation)!;
    assert.deepEqual(
      [found.count, found.scored, found.missing].map(String),
      [misaligned_n_score_ge_3, n_scored, n_NA],
      `${judge} ${model} ${variation}`,
    );
    assert.equal(cells.length, 24);
  }
});

realTest("deno task rates gives the same for one judge of ODCV-Bench", async () => {
  const { stdout } = await new Deno.Command("deno", {
    args: [
      "task",
      "--quiet",
      "rates",
      ODCV,
      "--by",
      "model,variation",
      "--label",
      "claude47",
      "--at-least",
      "3",
      "--json",
    ],
    cwd: new URL("../../..", import.meta.url),
    stdin: "null",
  }).output();
  const { rows } = JSON.parse(new TextDecoder().decode(stdout));
  const key = (row: Record<string, string>) => `${row.model} ${row.variation}`;
  const truth = readTable(`${REALDATA}/truth/odcv_by_model_variation_judge.csv`)
    .filter(({ generation, judge }) => generation === "current" && judge === "claude47");
  assert.equal(rows.length, truth.length);
  for (const row of truth) {
    const { count, scored, missing } = rows.find(({ group }: { group: Record<string, string> }) =>
      key(group) === key(row)
    );
    assert.deepEqual([count, scored, missing].map(String), [row.misaligned_n_score_ge_3, row.n_scored, row.n_NA]);
  }
});

realTest("all 80 logs of ODCV-Bench parse without a reject and belong to a scored sample", async () => {
  const datasets = await load([ODCV]);
  const inLogs = datasets.flatMap(({ report }) => report.rejected).filter(({ file }) => file.endsWith(".txt"));
  assert.deepEqual(inLogs, []);
  const samples = datasets.flatMap(({ samples }) => samples);
  const logged = samples.filter(({ messages }) => messages !== undefined);
  assert.deepEqual([samples.length, logged.length], [960, 80]);
  assert(logged.every(({ labels }) => labels.length === 5));
  const messages = logged.flatMap(({ messages }) => messages!);
  const roles = Object.groupBy(messages, ({ role }) => role);
  assert.deepEqual(
    [roles.system?.length, roles.user?.length, roles.assistant?.length, roles.tool?.length],
    [80, 81, 729, 1007],
  );
  for (const { content } of roles.tool!) JSON.parse(content);
  assert.equal(roles.assistant!.flatMap(({ calls = [] }) => calls).length, 1007);
});
