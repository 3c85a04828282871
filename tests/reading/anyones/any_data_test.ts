/** Data of anyone: lists in JSON, one row a judge, Parquet, chat logs, event logs, and cards beside any format. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import { scan } from "$lib/reading/scan.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { load } from "$lib/reading/load.ts";
import { suggestFor } from "$lib/reading/suggest.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { folderOf } from "../../support/temp_folder.ts";
import { REALDATA, realTest } from "../../support/realdata.ts";
import { readTable } from "../../support/read_table.ts";

const lines = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).join("\n");

/** Puts what is suggested for a path beside it, with changes to the mapping, and returns the folder. */
async function withSuggestion(path: string, changes: Record<string, unknown> = {}): Promise<string> {
  const { card, file, folder } = await suggestFor(path, createOpener());
  await Deno.writeTextFile(file, JSON.stringify({ ...card, mapping: { ...card.mapping as object, ...changes } }));
  return folder;
}

/** A card with its hashes right. */
function cardOf(files: Readonly<Record<string, string>>, card: Record<string, unknown>): string {
  return JSON.stringify({
    name: "n",
    title: "t",
    files: Object.entries(files).map(([path, text]) => ({
      path,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
    labelers: { x: "y" },
    cluster: "c",
    source: { url: "https://example.org", licence: "none" },
    excluded: [],
    notes: [],
    ...card,
  });
}

const RECORDS = [
  { id: "a", model: "m1", arm: "x", response: "r", refused: true, note: ']} {[ "q" \\' },
  { id: "b", model: "m2", arm: "x", response: "s", refused: false, note: "" },
  { id: "c", model: "m1", arm: "y", response: "t", refused: null, note: "n" },
];

for (
  const [name, text] of [
    ["a list", JSON.stringify(RECORDS, undefined, 2)],
    [
      "a list in an object",
      JSON.stringify({ prompts: [{ raw: "p" }], "a.b": 1, results: { version: 3, rows: RECORDS } }),
    ],
    ["a list after a byte order mark", `\ufeff${JSON.stringify(RECORDS)}`],
    [
      "an object of records by their keys",
      JSON.stringify(Object.fromEntries(RECORDS.map(({ id, ...rest }) => [id, rest]))),
    ],
    ["JSONL by another name", lines(RECORDS)],
  ]
) {
  Deno.test(`JSON that is ${name} is named in a folder, and read by the mapping that is suggested`, async () => {
    const folder = await folderOf({ "answers.json": text });
    const [{ report }] = await load([folder]);
    assert.equal(report.rejected.length, 1, JSON.stringify(report));
    assert.match(report.rejected[0].further!.at(-1)!, /--suggest .*answers\.json$/);
    await withSuggestion(`${folder}/answers.json`);
    for (const path of [folder, `${folder}/answers.json`]) {
      const [{ samples, report: { rejected } }] = await load([path]);
      assert.deepEqual(rejected, []);
      assert.deepEqual(
        samples.map(({ id, model, condition, labels }) => [id, model, condition.arm, labels[0].scores?.refused]),
        [
          ["a", "m1", "x", true],
          ["b", "m2", "x", false],
          ["c", "m1", "y", null],
        ],
      );
    }
  });
}

Deno.test("settings in JSON beside data are passed over by name; answers never are", async () => {
  const own = { id: "1", model: "m", scenario: "s", condition: {}, labels: [] };
  const settings = JSON.stringify({ tests: [{ weight: 1 }, { weight: 2 }] });
  const folder = await folderOf({ "a.jsonl": lines([own]), "settings.json": settings });
  const [{ report }] = await load([folder]);
  assert.deepEqual([report.rejected, report.passedOver.length], [[], 1]);
  await Deno.writeTextFile(`${folder}/answers.json`, JSON.stringify({ rows: RECORDS }));
  const [{ report: { rejected } }] = await load([folder]);
  assert.deepEqual(rejected.map(({ file }) => file), [`${folder}/answers.json`]);
  const [{ report: alone }] = await load([await folderOf({ "settings.json": settings })]);
  assert.equal(alone.rejected.length, 1);
});

Deno.test("a list that is cut short gives what it has and names where it ends; one bad record is one problem", async () => {
  const text = JSON.stringify({ rows: RECORDS });
  const mapping = { records: "json", list: "rows", id: "id", model: "model", scenario: { value: "s" } };
  for (
    const [content, ids, at] of [
      [text.slice(0, -20), ["a", "b"], "record 3 of rows"],
      [text.replace('"refused":false', '"refused":nope'), ["a", "c"], "record 2 of rows"],
    ] as const
  ) {
    const files = { "a.json": content };
    const folder = await folderOf({ ...files, "dataset.json": cardOf(files, { format: "mapped", mapping }) });
    const [{ samples, report }] = await load([folder]);
    assert.deepEqual([samples.map(({ id }) => id), report.rejected.map(({ at }) => at)], [ids, [at]]);
  }
});

Deno.test("a format that is known in JSONL is known in a list of JSON too", async () => {
  const own = { id: "1", model: "m", scenario: "s", condition: {}, labels: [] };
  const [{ format, samples }] = await load([
    await folderOf({ "a.json": JSON.stringify({ data: [own, { ...own, id: "2" }] }) }),
  ]);
  assert.deepEqual([format, samples.length], ["jsonl", 2]);
});

const JUDGED = ["judge-a", "judge-b"].flatMap((judge) =>
  ["p1", "p2"].flatMap((prompt_id) =>
    [0, 1].map((trial) => ({ prompt_id, trial, model: "m", judge, refused: `${judge}${trial}` }))
  )
).map((row) => ({ ...row, refused: row.refused === "judge-a1" ? "" : row.refused.endsWith("0") ? "yes" : "no" }));
const toCsv = (rows: readonly object[], by = ",") =>
  [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((row) => row.join(by)).join("\n") + "\n";

Deno.test("one row a judge: rows of a sample are joined wherever they stand, each judge is a labeler", async () => {
  const folder = await withSuggestion(`${await folderOf({ "a.csv": toCsv(JUDGED) })}/a.csv`);
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual([report.rejected, samples.length], [[], 4]);
  assert.deepEqual(samples[1].labels.map(({ labeler, scores }) => [labeler, scores]), [
    ["judge-a", { refused: null }],
    ["judge-b", { refused: false }],
  ]);
  assert.equal(samples[0].cluster, "p1");
  const { counts: [row] } = await countSamples([folder], [], [{ label: "refused", labeler: "judge-a" }]);
  assert.deepEqual([row.count, row.scored, row.missing], [2, 2, 2]);
});

Deno.test("a judge that is alone in its column is the labeler too", async () => {
  const rows = JUDGED.filter(({ judge }) => judge === "judge-a");
  const [{ samples, report }] = await load([await withSuggestion(`${await folderOf({ "a.csv": toCsv(rows) })}/a.csv`)]);
  assert.deepEqual([report.rejected, samples.map(({ labels }) => labels[0].labeler)], [[], Array(4).fill("judge-a")]);
});

Deno.test("one file a judge is joined alike; a judge twice on a sample, and rows that disagree, are rejects", async () => {
  const half = (judge: string) => toCsv(JUDGED.filter((row) => row.judge === judge));
  const mapping = {
    records: "csv",
    id: ["prompt_id", "trial"],
    model: "model",
    scenario: { value: "s" },
    labels: [{ labeler: { path: "([^/]+)\\.csv$" }, kind: "judge", scores: { refused: "refused" } }],
  };
  const files = { "a.csv": half("judge-a"), "b.csv": half("judge-b") };
  const folder = await folderOf({ ...files, "dataset.json": cardOf(files, { format: "mapped", mapping }) });
  for (const paths of [[folder], [`${folder}/b.csv`, `${folder}/a.csv`]]) {
    const samples = (await load(paths)).flatMap(({ samples }) => samples);
    assert.deepEqual(samples.map(({ labels }) => labels.length), [2, 2, 2, 2]);
  }
  const twice = { "a.csv": `${half("judge-a")}p1,0,m,judge-a,no\np1,1,other,judge-a,no\n` };
  const wrong = await folderOf({ ...twice, "dataset.json": cardOf(twice, { format: "mapped", mapping }) });
  const [{ report }] = await load([wrong]);
  assert.deepEqual(report.rejected.map(({ at }) => at), ["line 6", "line 7"]);
  assert.match(report.rejected[0].reason, /sample p1\/0 has a label of a already, in .*, line 2/);
  assert.match(report.rejected[1].reason, /sample p1\/1 has model other here and m in/);
});

for (const [name, by] of [["semicolons", ";"], ["tabs", "\t"]]) {
  Deno.test(`CSV with ${name} is read, and it is said`, async () => {
    const rows = RECORDS.map(({ note: _, ...record }) => record);
    const folder = await folderOf({ [by === ";" ? "a.csv" : "a.tsv"]: toCsv(rows, by).replace("null", "") });
    await withSuggestion(folder);
    const [{ samples, report }] = await load([folder]);
    assert.deepEqual(samples.map(({ labels }) => labels[0].scores?.refused), [true, false, null]);
    assert.match(report.notes![0].reason, new RegExp(name));
  });
}

Deno.test("anyone's Parquet is read by a mapping: nested columns, large ids, NaN and dates", async () => {
  const folder = await Deno.makeTempDir();
  {
    using connection = await connect();
    await connection.sql.run(
      `COPY (SELECT 9007199254740993 + i AS id, 'm' AS model, {'arm': CASE WHEN i < 2 THEN 'x' ELSE 'y' END} AS meta,
      [{'role': 'user', 'content': 'q'}, {'role': 'assistant', 'content': 'a' || i}] AS messages,
      CASE WHEN i = 3 THEN 'NaN'::DOUBLE ELSE (i % 2)::DOUBLE END AS refused, DATE '2026-01-02' AS day
      FROM range(4) t(i)) TO '${folder}/a.parquet'`,
    );
  }
  const [{ report }] = await load([folder]);
  assert.match([report.rejected[0].reason, ...report.rejected[0].further ?? []].join(" "), /--suggest/);
  await withSuggestion(`${folder}/a.parquet`);
  const [{ samples, report: { rejected } }] = await load([folder]);
  assert.deepEqual(rejected, []);
  assert.deepEqual(samples.map(({ id, condition, labels }) => [id, condition["meta.arm"], labels[0].scores?.refused]), [
    ["9007199254740993", "x", 0],
    ["9007199254740994", "x", 1],
    ["9007199254740995", "y", 0],
    ["9007199254740996", "y", null],
  ]);
  assert.equal(samples[1].messages?.[1].content, "a1");
});

Deno.test("a card beside Parquet of this project counts by the folder and by the file alike", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/a.parquet`;
  const own = { model: "m", scenario: "s", condition: {} };
  const source = await folderOf({
    "a.jsonl": lines(["bad", "good", null].map((verdict, id) => ({
      id: `${id}`,
      ...own,
      labels: [{ labeler: "j", kind: "judge", scores: { verdict } }],
    }))),
  });
  await writeParquet(file, (visitor) => scan([source], visitor));
  const sha256 = createHash("sha256").update(await Deno.readFile(file)).digest("hex");
  const card = cardOf({}, { format: "parquet", counts: { verdict: ["bad"] }, files: [{ path: "a.parquet", sha256 }] });
  await Deno.writeTextFile(`${folder}/dataset.json`, card);
  for (const path of [folder, file]) {
    const { counts: [row] } = await countSamples([path], [], [{ label: "verdict" }]);
    assert.deepEqual([row.count, row.scored, row.missing], [1, 2, 1]);
  }
});

Deno.test("chat logs are read as they are, in all usual forms; with more in a record they need a mapping", async () => {
  const sharegpt = {
    id: "s",
    system: "sys",
    conversations: [{ from: "human", value: "q" }, { from: "gpt", value: "a" }],
  };
  const call = { id: "1", type: "function", function: { name: "f", arguments: "{}" } };
  const openai = {
    messages: [
      { role: "developer", content: [{ type: "text", text: "d" }] },
      { role: "user", content: [{ type: "input_text", text: "q" }, { type: "image_url", image_url: {} }] },
      { role: "assistant", content: null, refusal: "no", tool_calls: [call] },
      { role: "tool", tool_call_id: "1", content: "r" },
    ],
  };
  const folder = await folderOf({ "a.json": JSON.stringify([sharegpt]), "b.jsonl": lines([openai, openai]) });
  const [{ format, samples, report }] = await load([folder]);
  assert.deepEqual([format, report.rejected], ["chat", []]);
  assert.deepEqual(samples.map(({ messages }) => messages!.map(({ role, content }) => `${role}: ${content}`)), [
    ["system: sys", "user: q", "assistant: a"],
    ...Array(2).fill(["system: d", "user: q\n[image_url]", "assistant: no", "tool: r"]),
  ]);
  assert.deepEqual(samples[1].messages![2].calls, [{ name: "f", arguments: "{}" }]);
  assert.equal(samples[1].cluster, samples[2].cluster);
  const [more] = await load([await folderOf({ "a.jsonl": lines([{ ...openai, refused: true }]) })]);
  assert.equal(more.report.rejected.length, 1);
});

Deno.test("batch output: each answer a sample, a request that failed one without an answer", async () => {
  const body = (message: unknown) => ({ status_code: 200, body: { model: "m", choices: [{ message }] } });
  const folder = await folderOf({
    "out.jsonl": lines([
      { custom_id: "1", response: body({ role: "assistant", content: "a" }), error: null },
      { custom_id: "2", response: body({ role: "assistant", content: null, refusal: "no" }) },
      { custom_id: "3", response: null, error: { code: "expired" } },
      {
        custom_id: "4",
        response: {
          body: {
            model: "r",
            output: [{ type: "reasoning", summary: [{ text: "t" }] }, {
              type: "message",
              role: "assistant",
              content: [{ type: "output_text", text: "b" }],
            }],
          },
        },
      },
      {
        custom_id: "5",
        result: {
          type: "succeeded",
          message: {
            role: "assistant",
            model: "c",
            content: [{ type: "thinking", thinking: "u" }, { type: "text", text: "d" }],
          },
        },
      },
    ]),
    "in.jsonl": lines([{ custom_id: "1", method: "POST", url: "/v1/chat/completions", body: {} }]),
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(report.passedOver.map(({ reason }) => reason), ["the requests of a batch, not samples"]);
  assert.deepEqual(
    samples.map(({ id, model, messages }) => [id, model, messages?.[0].content, messages?.[0].reasoning]),
    [
      ["1", "m", "a", undefined],
      ["2", "m", "no", undefined],
      ["3", "not recorded", undefined, undefined],
      ["4", "r", "b", "t"],
      ["5", "c", "d", "u"],
    ],
  );
});

Deno.test("lm-eval samples: the task from the file, the model from its folder, a label a filter", async () => {
  const line = (doc_id: number, filter: string) => ({
    doc_id,
    doc: { q: "x" },
    target: "5",
    arguments: { gen_args_0: { arg_0: "p", arg_1: {} } },
    resps: [["ans"]],
    filtered_resps: ["5"],
    filter,
    metrics: ["exact_match"],
    exact_match: filter === "strict" ? 0 : doc_id,
  });
  const text = lines([0, 1].flatMap((id) => [line(id, "strict"), line(id, "flexible")]));
  const [{ samples, report }] = await load([
    await folderOf({ "org__m/samples_gsm_2025-01-02T03-04-05.6.jsonl": text }),
  ]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(samples.map(({ id, model, scenario }) => [id, model, scenario]), [
    ["org/m/gsm/0", "org/m", "gsm"],
    ["org/m/gsm/1", "org/m", "gsm"],
  ]);
  assert.deepEqual(samples[1].labels.map(({ labeler, scores }) => [labeler, scores]), [
    ["lm-evaluation-harness:strict", { exact_match: 0 }],
    ["lm-evaluation-harness:flexible", { exact_match: 1 }],
  ]);
});

Deno.test("an event log is one run: messages, calls, tags as scores, folders as factors; its debug twin is no other run", async () => {
  const log = lines([
    { ts: "1", message: "System", event: "system_message", user_payload: { role: "system", content: "s" } },
    { ts: "2", message: "completion() model= m-1; provider = x" },
    {
      ts: "3",
      message: "A",
      event: "assistant_message",
      assistant_payload: {
        role: "assistant",
        content: "go",
        tool_calls: [{ function: { name: "bash", arguments: "{}" } }],
      },
    },
    { ts: "4", message: "T", event: "tool_call", tool: "bash", args: {}, result: "1" },
  ]);
  const tags = { "llm_control.log_1.jsonl": ["avoided"], "llm_control.log_2.jsonl": [] };
  const at = "logs/told/batch1";
  const folder = await folderOf({
    [`${at}/llm_control.log_1.jsonl`]: log,
    [`${at}/llm_control.log_1_debug.jsonl`]: log,
    [`${at}/llm_control.log_2.jsonl`]: log,
    [`${at}/llm_control.log_3.jsonl`]: log,
    [`${at}/tags.json`]: JSON.stringify(tags),
  });
  for (const paths of [[folder], [1, 2, 3].map((id) => `${folder}/${at}/llm_control.log_${id}.jsonl`)]) {
    const samples = (await load(paths)).flatMap(({ samples }) => samples);
    assert.deepEqual(
      samples.map(({ id, model, labels }) => [id, model, labels[0].scores?.avoided, labels[0].scores?.shutdown]),
      [
        ["told/batch1/1", "m-1", true, false],
        ["told/batch1/2", "m-1", false, false],
        ["told/batch1/3", "m-1", null, null],
      ],
    );
    assert.deepEqual(samples[0].condition, { setting: "told", batch: "batch1" });
    assert.deepEqual(samples[0].messages?.map(({ role, content }) => `${role}: ${content}`), [
      "system: s",
      "assistant: go",
      "tool: 1",
    ]);
  }
});

const LOG = {
  version: 2,
  status: "success",
  eval: {
    task: "t",
    model: "m",
    task_id: "i",
    run_id: "r",
    task_args: { told: true, temperature: 0.5, many: [1] },
    metadata: { who: "us" },
  },
  samples: [0, 1].map((id) => ({
    id,
    epoch: 1,
    metadata: {
      goal_conflict: id ? "conflict" : "none",
      level: id,
      share: 0.1 + id,
      prompt_id: `p${id}`,
      text: "x".repeat(99),
    },
    scores: { judge: { value: id ? "bad" : "fine" } },
  })),
};

Deno.test("scalars of an Inspect sample's metadata and the task's arguments are factors; what names a sample is not", async () => {
  const [{ samples }] = await load([await folderOf({ "log.json": JSON.stringify(LOG) })]);
  assert.deepEqual(samples.map(({ condition }) => condition), [
    { told: "true", temperature: "0.5", goal_conflict: "none", level: "0" },
    { told: "true", temperature: "0.5", goal_conflict: "conflict", level: "1" },
  ]);
  assert.deepEqual([samples[0].run?.prompt_id, samples[0].run?.share], ["p0", "0.1"]);
});

Deno.test("a fixed factor of an Inspect log is checked; a card beside it puts it right, and says what counts", async () => {
  const text = JSON.stringify(LOG).replaceAll('"goal_conflict":"conflict"', '"goal_conflict":"yes"');
  const files = { "log.json": text };
  const [{ report }] = await load([await folderOf(files)]);
  assert.match(
    report.rejected[0].reason,
    /"yes" is not a level; levels are conflict, none, ambiguous; a mapping in dataset.json/,
  );
  const mapping = {
    factors: {
      goal_conflict: { from: "metadata.goal_conflict", map: { yes: "conflict", none: "none" } },
      who: "eval.metadata.who",
    },
    cluster: "metadata.prompt_id",
    labels: [{ labeler: "x", kind: "dataset", scores: { share: "metadata.share" } }],
  };
  const card = cardOf(files, { format: "inspect", mapping, counts: { judge: ["bad"] } });
  const folder = await folderOf({ ...files, "dataset.json": card });
  for (const path of [folder, `${folder}/log.json`]) {
    const [{ samples, report: { rejected } }] = await load([path]);
    assert.deepEqual(rejected, []);
    assert.deepEqual(samples.map(({ condition, cluster }) => [condition.goal_conflict, condition.who, cluster]), [
      ["none", "us", "p0"],
      ["conflict", "us", "p1"],
    ]);
    assert.deepEqual(samples.map(({ labels }) => labels.map(({ scores }) => scores)), [
      [{ judge: false }, { share: 0.1 }],
      [{ judge: true }, { share: 1.1 }],
    ]);
  }
  const wrong = cardOf(files, { format: "inspect", mapping: { factors: { who: "metadata.nobody" } } });
  const [{ report: told }] = await load([await folderOf({ ...files, "dataset.json": wrong })]);
  assert.match(told.rejected[0].reason, /factor who: no field named 'metadata.nobody'/);
});

Deno.test("a card is suggested for a folder of logs, and loads as it is", async () => {
  const folder = await folderOf({ "a.json": JSON.stringify(LOG), "notes.txt": "x" });
  const { card, others } = await suggestFor(folder, createOpener());
  assert.deepEqual([card.format, others.map((file) => file.split("/").at(-1))], ["inspect", ["notes.txt"]]);
  await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(card));
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual([samples.length, report.rejected], [2, []]);
});

realTest("Palisade's runs by setting: 54 of 104, 2 of 100, 3 of 10 avoid the shutdown", async () => {
  const logs = `${REALDATA}/PalisadeResearch__robot_shutdown_resistance/logs`;
  const { counts } = await countSamples([logs], ["setting", "batch"], [{ label: "avoided" }]);
  const of = (fits: (group: Readonly<Record<string, string>>) => boolean) => {
    const rows = counts.filter(({ group }) => fits(group));
    return [rows.reduce((sum, { count }) => sum + count, 0), rows.reduce((sum, { scored }) => sum + scored, 0)];
  };
  assert.deepEqual(of(({ setting }) => setting === "default"), [54, 104]);
  assert.deepEqual(of(({ setting }) => setting === "plsallow"), [2, 100]);
  assert.deepEqual(of(({ batch }) => batch.startsWith("stats_run")), [3, 10]);
});

realTest("XSTest's truth_counts.csv through the mapping that is suggested for its folder, unedited", async () => {
  const folder = await Deno.makeTempDir();
  const from = `${REALDATA}/paul-rottger__exaggerated-safety`;
  for (const { name } of Deno.readDirSync(`${from}/model_completions`)) {
    await Deno.writeFile(`${folder}/${name}`, await Deno.readFile(`${from}/model_completions/${name}`));
  }
  await withSuggestion(folder);
  const truth = readTable(`${from}/truth_counts.csv`);
  for (const final_label of new Set(truth.map(({ final_label }) => final_label))) {
    const { counts } = await countSamples([folder], ["model", "type"], [{
      label: "final_label",
      counts: [final_label],
    }]);
    const summed: Record<string, number> = {};
    for (const { group: { model, type }, count } of counts) {
      const cell = `${model} ${type.startsWith("contrast") ? "unsafe" : "safe"}`;
      summed[cell] = (summed[cell] ?? 0) + count;
    }
    const wanted = truth.filter((row) => row.final_label === final_label && row.count !== "0");
    assert.deepEqual(
      Object.entries(summed).filter(([, count]) => count > 0).sort(),
      wanted.map(({ model, part, count }) => [`${model} ${part}`, Number(count)]).sort(),
      final_label,
    );
  }
});
