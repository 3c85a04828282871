/** Any CSV or JSONL without code: a mapping in a dataset.json, its mistakes, and a first one to edit. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { load } from "$lib/reading/load.ts";
import { mappingSchema } from "$lib/samples/mapping_schema.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { partOf } from "$lib/samples/path_pattern.ts";
import { explain } from "$lib/samples/schema.ts";
import { suggestFor } from "$lib/reading/suggest.ts";

const DEFAULTS = { labeler: "them", kind: "judge" };

/** A folder with a file, and a card that maps it. */
async function mapped(path: string, content: string, mapping: Record<string, unknown>): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(`${folder}/${path}`, content);
  const card = {
    name: "n",
    title: "t",
    format: "mapped",
    mapping: {
      records: path.endsWith(".csv") ? "csv" : "jsonl",
      model: { value: "m" },
      scenario: { value: "s" },
      ...mapping,
    },
    files: [{ path, sha256: createHash("sha256").update(content).digest("hex") }],
    labelers: { them: "who" },
    cluster: "c",
    source: { url: "https://example.org", licence: "none" },
    excluded: [],
    notes: [],
  };
  await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(card));
  return folder;
}

Deno.test("a mapped line that names a field twice is refused by the name of the field, the others are kept", async () => {
  const labels = [{ ...DEFAULTS, scores: { harm: "harm" } }];
  const folder = await mapped("a.jsonl", '{"harm":true,"harm":false}\n{"harm":true}\n', { labels });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(samples.map(({ source }) => source.at), ["line 2"]);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [
    ["line 1", 'the key "harm" stands twice in one object'],
  ]);
});

Deno.test("a CSV is mapped by columns, constants and its path; tokens for missing are null, numbers are numbers", async () => {
  const table = "q,conflict,harm,score,text\n1,yes,True,4.5,hello\n2,no,N/A,,\n";
  const folder = await mapped("runs/gpt x/a.csv", table, {
    id: ["q", { path: "^runs/([^/]+)/" }],
    model: { path: "^runs/([^/]+)/", map: { "gpt x": "GPT X" } },
    factors: { goal_conflict: { from: "conflict", map: { yes: "conflict", no: "none" } }, arm: { value: "a" } },
    cluster: "q",
    labels: [{ ...DEFAULTS, scores: { harm: "harm", score: "score" } }],
    messages: { assistant: "text" },
    missing: ["", "N/A"],
  });
  const [{ format, samples, report }] = await load([folder]);
  assert.deepEqual([format, report.rejected], ["mapped", []]);
  const { source: _, ...first } = samples[0];
  assert.deepEqual(first, {
    id: "1/gpt x",
    model: "GPT X",
    scenario: "s",
    condition: { goal_conflict: "conflict", arm: "a" },
    cluster: "1",
    messages: [{ role: "assistant", content: "hello" }],
    labels: [{ labeler: "them", kind: "judge", scores: { harm: true, score: 4.5 } }],
  });
  assert.deepEqual([samples[1].labels[0].scores, samples[1].messages], [{ harm: null, score: null }, undefined]);
});

Deno.test("JSONL is mapped by paths; without an id it is file and line; a score that a record lacks is missing", async () => {
  const records = [
    { info: { goal: "x" }, scores: [{ v: 1 }], turns: [{ role: "user", content: "u" }] },
    { info: { goal: "y" }, scores: [], turns: [] },
  ];
  const folder = await mapped("a.jsonl", records.map((one) => JSON.stringify(one)).join("\n"), {
    factors: { goal: "info.goal" },
    labels: [{ ...DEFAULTS, scores: { harm: { from: "scores.0.v", map: { 1: true } } } }],
    messages: { list: "turns" },
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(samples.map(({ id, condition, labels }) => [id, condition.goal, labels[0].scores]), [
    ["a.jsonl:1", "x", { harm: true }],
    ["a.jsonl:2", "y", { harm: null }],
  ]);
  assert.deepEqual(samples[0].messages, [{ role: "user", content: "u" }]);
});

Deno.test("columns and paths that are not there refuse the file, with all of them and the columns that are", async () => {
  const folder = await mapped("a.csv", "a,b,c\n1,2,3\n", {
    model: { path: "^runs/(.+)/" },
    factors: { goal_conflict: "goal" },
    labels: [{ ...DEFAULTS, scores: { harm: "harmful" } }],
  });
  const [{ samples, report }] = await load([folder]);
  assert.equal(samples.length, 0);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [[
    "file",
    "model: /^runs/(.+)// finds nothing in the path a.csv; " +
    "factor goal_conflict: no column named 'goal'; columns are a, b, c; " +
    "score harm: no column named 'harmful'; columns are a, b, c",
  ]]);
});

Deno.test("a field that no JSONL record has is told once, and costs a score but no sample", async () => {
  const folder = await mapped("a.jsonl", '{"a":1}\n{"a":2}', {
    labels: [{ ...DEFAULTS, scores: { harm: "harmfull" } }],
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(samples.map(({ labels }) => labels[0].scores), [{ harm: null }, { harm: null }]);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [
    ["file", "score harm: no field named 'harmfull'; fields are a"],
  ]);
});

Deno.test("a value without an entry in its map, a level that is none and a list for a text are rejects by line", async () => {
  const records = [{ g: "maybe", t: "doom" }, { g: "yes", t: [1] }, { g: "yes" }, { g: "yes", t: "none" }];
  const folder = await mapped("a.jsonl", records.map((one) => JSON.stringify(one)).join("\n"), {
    factors: { goal_conflict: { from: "g", map: { yes: "conflict", no: "none" } }, threat: "t" },
  });
  const [{ samples, report }] = await load([folder]);
  assert.equal(samples.length, 1);
  assert.deepEqual(report.rejected.map(({ at, reason }) => `${at}: ${reason}`), [
    'line 1: factor goal_conflict: "maybe" is not in its map; known are "yes", "no"; ' +
    'factor threat: "doom" is not a level; levels are replacement, restriction, none',
    "line 2: factor threat: must be text, a number, true or false: current value is [1]",
    "line 3: factor threat: no field named 't'; fields are g",
  ]);
});

Deno.test("mistakes in a mapping are told all at once, each with what would be right", async () => {
  const folder = await mapped("a.csv", "a\n1\n", {
    records: "xlsx",
    model: 7,
    scenario: { path: "no group" },
    factors: { threat: { from: "a", map: { x: "doom" } } },
    lables: [],
  });
  const [{ report: { rejected: [{ reason }] } }] = await load([folder]);
  for (
    const part of [
      "mapping.records",
      "mapping.model: must be one of",
      "mapping.scenario",
      "mapping.factors.threat",
      "lables",
    ]
  ) {
    assert(reason.includes(part), `${part} is not in: ${reason}`);
  }
  assert(reason.includes('"doom" is not a level; levels are replacement'), reason);
  const plain = await Deno.readTextFile(`${folder}/dataset.json`);
  await Deno.writeTextFile(`${folder}/dataset.json`, plain.replace('"mapped"', '"jsonl"'));
  const [{ report }] = await load([folder]);
  assert(report.rejected[0].reason.includes("mapping"), report.rejected[0].reason);
});

Deno.test("names such as constructor are data in a mapping too", async () => {
  const folder = await mapped("a.jsonl", '{"constructor":"x","b":1}\n{"b":2}', {
    factors: { constructor: { from: "constructor", map: { x: "y", "": "none" } } },
    labels: [{ ...DEFAULTS, scores: { toString: "b" } }],
  });
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(samples.map(({ condition }) => Object.entries(condition)), [[["constructor", "y"]], [[
    "constructor",
    "none",
  ]]]);
});

const HARD = {
  "cases.csv": "uuid,Model,arm,goal_conflict,harmful,rating,note,response\n" +
    "u1,A,x,yes,Yes,4,,a\nu2,A,y,no,N/A,4.5,hm,b\nu3,B,x,yes,no,,,c\nu4,B,,no,yes,N/A,,d\n",
  "cases.jsonl": [
    {
      id: 1,
      model: "A",
      info: { arm: "x", threat: "none" },
      verdict: true,
      messages: [{ role: "user", content: "q" }],
    },
    { id: 2, model: "A", info: { arm: "x", threat: "doom" }, verdict: null, messages: [], extra: [1] },
    { id: 2, model: null, info: { arm: null }, verdict: false, messages: [], extra: { deep: { er: { est: 1 } } } },
    { id: 3, info: "none", "a.b": "c", "": "empty" },
  ].map((one) => JSON.stringify(one)).join("\n"),
};

for (const [name, content] of Object.entries(HARD)) {
  Deno.test(`what --suggest prints for ${name} loads as it is, beside the file`, async () => {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/${name}`, content);
    const command = new Deno.Command("deno", {
      args: ["task", "load", "--suggest", `${folder}/${name}`],
      cwd: new URL("../..", import.meta.url),
    });
    const { code, stdout } = await command.output();
    assert.equal(code, 0);
    await Deno.writeFile(`${folder}/dataset.json`, stdout);
    const [{ samples, report, format }] = await load([folder]);
    assert.deepEqual([report.rejected, report.duplicated, format], [[], [], "mapped"]);
    assert.equal(samples.length, 4);
    if (name.endsWith(".csv")) {
      assert.deepEqual(samples.map(({ id, model }) => `${id} ${model}`), ["u1 A", "u2 A", "u3 B", "u4 B"]);
      assert.deepEqual(samples.map(({ labels }) => labels[0].scores), [
        { harmful: true, rating: 4 },
        { harmful: null, rating: 4.5 },
        { harmful: false, rating: null },
        { harmful: true, rating: null },
      ]);
      assert.deepEqual(samples.map(({ condition: { goal_conflict, arm } }) => `${goal_conflict} ${arm}`), [
        "conflict x",
        "none y",
        "conflict x",
        "none not recorded",
      ]);
    } else {
      assert.deepEqual(samples.map(({ labels }) => labels[0].scores?.verdict), [true, null, false, null]);
      assert.equal(samples[0].messages?.[0].content, "q");
    }
  });
}

/** What the suggested card, unedited, makes of one file: the mapping and the samples. */
async function suggested(name: string, content: string) {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/${name}`, content);
  const { card } = await suggestFor(`${folder}/${name}`, createOpener());
  await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(card));
  const [{ samples, report }] = await load([folder]);
  assert.deepEqual([report.rejected, report.unusable, report.duplicated], [[], [], []]);
  return { mapping: card.mapping as { factors: object; missing: string[]; model: unknown }, samples };
}

Deno.test("a suggested mapping keeps none where it is a level", async () => {
  const { mapping, samples } = await suggested(
    "a.csv",
    "id,goal_conflict,threat,harmful\n1,conflict,none,yes\n2,none,none,no\n3,conflict,none,no\n4,none,none,yes\n",
  );
  assert.deepEqual([mapping.factors, mapping.missing], [{ goal_conflict: "goal_conflict", threat: "threat" }, [""]]);
  assert.deepEqual(samples.map(({ condition }) => condition), [
    { goal_conflict: "conflict", threat: "none" },
    { goal_conflict: "none", threat: "none" },
    { goal_conflict: "conflict", threat: "none" },
    { goal_conflict: "none", threat: "none" },
  ]);
});

Deno.test("a suggested mapping tells none of a factor from none of a score in one file", async () => {
  const { samples } = await suggested(
    "a.csv",
    "id,goal_conflict,arm,harmful,harm_label\n1,conflict,none,yes,severe\n2,none,x,none,none\n3,conflict,none,no,mild\n" +
      "4,none,x,none,none\n",
  );
  assert.deepEqual(samples.map(({ condition: { goal_conflict, arm } }) => `${goal_conflict} ${arm}`), [
    "conflict none",
    "none x",
    "conflict none",
    "none x",
  ]);
  assert.deepEqual(samples.map(({ labels }) => labels[0].scores), [
    { harmful: true, harm_label: "severe" },
    { harmful: null, harm_label: "none" },
    { harmful: false, harm_label: "mild" },
    { harmful: null, harm_label: "none" },
  ]);
});

Deno.test("a suggested mapping reads the first of nested answers, and takes no expected answer for a model", async () => {
  const line = (id: number) => ({
    doc_id: id,
    doc: { prompt: `p${id}`, type: id % 2 ? "safe" : "unsafe" },
    target: "comply",
    resps: [[`text ${id}`]],
    filtered_resps: [`text ${id}`],
    filter: "none",
    refusal: id % 2 ? 0 : 1,
  });
  const lines = [0, 1, 2, 3].map((id) => JSON.stringify(line(id))).join("\n");
  const { samples } = await suggested("a.jsonl", lines);
  assert.deepEqual([...new Set(samples.map(({ model }) => model))], ["not recorded"]);
  assert.deepEqual(samples[3].messages?.map(({ role, content }) => [role, content]), [["user", "p3"], [
    "assistant",
    "text 3",
  ]]);
  assert.deepEqual(samples.map(({ labels }) => labels[0].scores?.refusal), [1, 0, 1, 0]);
  const named = await suggested("a.jsonl", lines.replaceAll('"comply"', '"openai/gpt-4o"'));
  assert.equal(named.samples[0].model, "openai/gpt-4o");
});

Deno.test("a mapping cannot be suggested for what is neither CSV nor JSONL, nor for a file without records", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a.txt`, "hello");
  await Deno.writeTextFile(`${folder}/b.jsonl`, "version https://git-lfs.github.com/spec/v1\n");
  await assert.rejects(suggestFor(`${folder}/a.txt`, createOpener()), /neither CSV, nor JSONL, nor JSON/);
  await assert.rejects(suggestFor(`${folder}/b.jsonl`, createOpener()), /no record of .* can be read: line 1/);
});

Deno.test("a pattern for paths takes time in proportion to the path, whatever it repeats; what RE2 has not is refused", () => {
  const sources = (path: string) =>
    mappingSchema.safeParse({ records: "csv", model: { path }, scenario: { value: "s" } });
  const path = `${"a".repeat(4000)}!`;
  for (
    const pattern of [
      "((?:a|a)*)b",
      "^((?:a+)+)$",
      "^((?:a|aa)+)$",
      "^((?:[a-z]+.)+)[A-Z]$",
      "((?:a?){60}a{60})b",
      "^((?:(?:a*)*)*)b",
      "(.*.*.*.*.*)=",
    ]
  ) {
    assert(sources(pattern).success, pattern);
    const start = performance.now();
    assert.equal(partOf(path, pattern), undefined, pattern);
    assert(performance.now() - start < 2000, `${pattern} took ${performance.now() - start} ms`);
  }
  assert.equal(partOf("runs/gpt-4o/a.csv", "runs/([^/]+)/"), "gpt-4o");
  assert.equal(partOf("runs/a.csv", "runs/(x)?"), undefined);
  for (const pattern of ["(a)(?=b)", "(a)\\1", "((a))", "a", "(", `(${"a".repeat(1000)})`, "((a{1000}){1000})"]) {
    assert.match(explain(sources(pattern).error!), /must be a regular expression with one group: found/, pattern);
  }
});

Deno.test("without a cluster the prompt that was asked is one: 20 prompts are not told as one prompt", async () => {
  const rows = ["prompt,answer,harm", ...Array.from({ length: 40 }, (_, i) => `tell me of ${i % 20},no,${i % 2}`)];
  const labels = [{ ...DEFAULTS, scores: { harm: "harm" } }];
  const asked = { user: "prompt", assistant: "answer" };
  const [{ samples }] = await load([await mapped("a.csv", `${rows.join("\n")}\n`, { labels, messages: asked })]);
  assert.equal(new Set(samples.map(({ cluster }) => cluster)).size, 20);
  const answered = { assistant: "answer" };
  const [without] = await load([await mapped("a.csv", `${rows.join("\n")}\n`, { labels, messages: answered })]);
  assert.deepEqual([...new Set(without.samples.map(({ cluster }) => cluster))], ["s"]);
});

Deno.test("a column `prompt` of names is the cluster that is suggested, one of texts is what was asked", async () => {
  const mappingOf = async (prompt: (i: number) => string) => {
    const folder = await Deno.makeTempDir();
    const rows = Array.from({ length: 60 }, (_, i) => `s${i},m,"${prompt(i % 20)}",${i % 2 ? "yes" : "no"}`);
    await Deno.writeTextFile(`${folder}/own.csv`, `id,model,prompt,harmful\n${rows.join("\n")}\n`);
    const { card } = await suggestFor(`${folder}/own.csv`, createOpener());
    return card.mapping as { cluster?: string; messages?: Record<string, string> };
  };
  const named = await mappingOf((i) => `p${i}`);
  assert.deepEqual([named.cluster, named.messages], ["prompt", undefined]);
  const asked = await mappingOf((i) => `tell me of ${i}`);
  assert.deepEqual([asked.cluster, asked.messages], [undefined, { user: "prompt" }]);
});
