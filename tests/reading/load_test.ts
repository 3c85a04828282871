/** Loading: nothing vanishes, and what cannot be used is named with its place and reason. */
import assert from "node:assert/strict";
import { scan } from "$lib/reading/scan.ts";
import { load, loadData } from "$lib/reading/load.ts";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { samplesFrame } from "$lib/frames/samples_frame.ts";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { folderOf } from "../support/temp_folder.ts";

const GOOD = { id: "1", model: "m", scenario: "blackmail", condition: { goal_conflict: "none" }, labels: [] };
const line = (changes: Record<string, unknown>) => JSON.stringify({ ...GOOD, ...changes });

Deno.test("a broken line, a wrong type, a duplicate id and an empty file are all named in one go, the rest counted", async () => {
  const lines = Array.from({ length: 9 }, (_, i) => line({ id: String(i + 1) }));
  lines[2] = '{"id": "3", broken';
  lines[6] = line({ id: "7", model: 7 });
  lines[8] = line({ id: "2" });
  const folder = await folderOf({ "a.jsonl": lines.join("\n"), "empty.jsonl": "" });
  const datasets = await load([folder]);
  const rejected = datasets.flatMap(({ report }) => report.rejected);
  const duplicated = datasets.flatMap(({ report }) => report.duplicated);
  assert.equal(datasets[0].samples.length, 6);
  assert.deepEqual(rejected.map(({ file, at }) => [file.slice(folder.length + 1), at]), [
    ["a.jsonl", "line 3"],
    ["a.jsonl", "line 7"],
    ["empty.jsonl", "file"],
  ]);
  assert(rejected[0].reason.startsWith("not valid JSON: "));
  assert.equal(rejected[1].reason, "model: Invalid input: expected string, received number");
  assert.equal(rejected[2].reason, "the file is empty");
  assert.deepEqual(duplicated.map(({ at, reason }) => [at, reason]), [
    ["line 9", `2 was already seen in ${folder}/a.jsonl`],
  ]);
});

Deno.test("every problem of a line is told, not only the first", async () => {
  const folder = await folderOf({
    "a.jsonl": line({
      model: "",
      condition: { threat: "doom" },
      labels: [{ labeler: "x", kind: "oracle" }],
      lables: 1,
    }),
  });
  const [{ report }] = await load([folder]);
  const [{ reason }] = report.rejected;
  for (
    const part of [
      "model: must not be empty",
      'condition.threat: "doom" is not a level; levels are replacement',
      "labels.0.kind",
      "lables",
    ]
  ) {
    assert(reason.includes(part), `${part} is not in: ${reason}`);
  }
});

Deno.test("a first line that is broken does not hide the format of the rest", async () => {
  const folder = await folderOf({ "a.jsonl": `broken\n${line({})}` });
  const [{ format, report }] = await load([folder]);
  assert.equal(format, "jsonl");
  assert.deepEqual([report.samples, report.rejected.length], [1, 1]);
});

Deno.test("line ends, byte order mark, blank lines and U+2028 do not cost a sample", async () => {
  const text = `\ufeff${line({ id: "1" })}\r\n\r\n  \n${line({ id: "2\u2028" })}`;
  const [{ samples, report }] = await load([await folderOf({ "a.jsonl": text })]);
  assert.deepEqual(samples.map(({ id, source }) => [id, source.at]), [["1", "line 1"], ["2\u2028", "line 4"]]);
  assert.equal(report.rejected.length, 0);
});

Deno.test("a line that is not UTF-8 or has a field __proto__ is rejected by its number; other odd names are plain data", async () => {
  const bad = new Uint8Array([...new TextEncoder().encode(line({}) + "\n"), 0xff, 0xfe, 10]);
  const odd = {
    id: "x",
    condition: { constructor: "b" },
    labels: [{ labeler: "l", kind: "rule", scores: { toString: 1 } }],
  };
  const proto = line({ id: "y" }).replace('"goal_conflict"', '"__proto__"');
  const [dataset] = await load([await folderOf({ "a.jsonl": bad, "b.jsonl": `${line(odd)}\n${proto}` })]);
  assert.deepEqual(dataset.report.rejected.map(({ at, reason }) => [at, reason]), [
    ["line 2", "not valid UTF-8"],
    ["line 2", "a field has the name __proto__, which cannot be used"],
  ]);
  assert.deepEqual(dataset.labels, Object.fromEntries([["toString", { scored: 1, missing: 1 }]]));
  assert.equal(counts([dataset], ["constructor"], [{ label: "toString" }])[1].count, 1);
  assert.equal((Object.prototype.toString as unknown as { scored?: number }).scored, undefined);
});

Deno.test("files of no known format say what was seen and what is needed; others are passed over by name", async () => {
  const folder = await folderOf({
    "a.jsonl": '{"foo":1}',
    "b.csv": "x,model\n1,2\n",
    "notes.txt": "hello",
    "sub/c.jsonl": line({}),
  });
  const datasets = await load([folder]);
  const told = datasets.flatMap(({ report }) => report.rejected).map((
    { reason, further = [] },
  ) => [reason, ...further]);
  assert.deepEqual(told, [
    [
      "not a known format: found fields foo",
      "no format has any of these",
      `to read it by a mapping: deno task load --suggest ${folder}/a.jsonl`,
    ],
    [
      "not a known format: found columns x, model",
      "nearest is judged, which needs sample_id, warning, cond, harmful too",
      `to read it by a mapping: deno task load --suggest ${folder}/b.csv`,
    ],
  ]);
  assert.deepEqual(datasets.flatMap(({ report }) => report.passedOver), [
    { file: `${folder}/notes.txt`, reason: "of no known format" },
  ]);
  assert.equal(datasets.flatMap(({ samples }) => samples).length, 1);
});

Deno.test("a counts table names each bad row with its field, and a row that breaks the CSV names its place", async () => {
  const head = "model,scenario,goal_conflict,label,count,scored,missing,published";
  const folder = await folderOf({
    "a.csv": [
      head,
      "m,s,none,harmful,3,10,0,p",
      "m,s,conflict,harmful,11,10,0,p",
      "m,s,yes,harmful,1,10,0,p",
      "m,s,none,other,-1,ten,0,",
    ].join("\n"),
    "b.csv": [head, "m,s,none,harmful2,3,10,0,p", 'm,s,"none,harmful,1,1,0,p'].join("\n"),
  });
  const [{ cells, report }] = await load([folder]);
  assert.equal(cells.length, 2);
  const told = report.rejected.map(({ at, reason }) => `${at}: ${reason}`);
  assert(told[0].startsWith("line 3: count: must be <= scored"), told[0]);
  assert(
    told[1].includes('line 4: goal_conflict: "yes" is not a level; levels are conflict, none, ambiguous'),
    told[1],
  );
  for (const field of ["count", "scored", "published"]) assert(told[2].includes(`${field}: must`), told[2]);
  assert(told[3].startsWith("after line 2: not readable as CSV: Quote Not Closed"), told[3]);
  assert.equal(report.cells, 2);
});

Deno.test("a file that does not match the sha256 of its card, and a card with mistakes, are refused by name", async () => {
  const card = JSON.parse(await Deno.readTextFile(new URL("../../data/lynch2025-goals/dataset.json", import.meta.url)));
  const table = await Deno.readTextFile(new URL("../../data/lynch2025-goals/rates.csv", import.meta.url));
  const changed = await folderOf({ "dataset.json": JSON.stringify(card), "rates.csv": table.replace(",57,", ",58,") });
  const [{ report }] = await load([changed]);
  assert(report.rejected[0].reason.startsWith("sha256 is not the one in dataset.json: found"));
  const broken = await folderOf({
    "dataset.json": JSON.stringify({ ...card, format: "xlsx", titel: 1 }),
    "rates.csv": table,
  });
  const [{ report: told }] = await load([broken]);
  assert(
    told.rejected[0].reason.includes("format") && told.rejected[0].reason.includes("titel"),
    told.rejected[0].reason,
  );
});

Deno.test("missing is never zero: no label, a failed one and no data give no rate, and the bounds stay open", async () => {
  const label = (score: unknown) => ({ labels: [{ labeler: "x", kind: "judge", scores: { harmful: score } }] });
  const folder = await folderOf({
    "a.jsonl": [
      line({ id: "1", ...label(true) }),
      line({ id: "2", ...label(null) }),
      line({ id: "3" }),
      line({ id: "4", ...label("no") }),
    ]
      .join("\n"),
  });
  const [dataset] = await load([folder]);
  assert.deepEqual(dataset.labels, { harmful: { scored: 2, missing: 2 } });
  const [row] = rates(counts([dataset], [], [{ label: "harmful" }]));
  assert.deepEqual([row.count, row.scored, row.missing, row.rate], [1, 2, 2, 0.5]);
  assert.deepEqual(row.bounds, [0.25, 0.75]);
});

Deno.test("where only a verdict was published, complying and refusing are missing, not zero", async () => {
  const lynch = await loadData("lynch2025");
  const policy = await loadPolicy("obey_or_refuse");
  const [refuse, subvert] = rates(counts([lynch], [], [{ outcome: "refuse", policy }, { outcome: "subvert", policy }]));
  assert.deepEqual([refuse.scored, refuse.missing, refuse.rate, refuse.lower], [0, 9300, null, null]);
  assert.deepEqual([subvert.scored, subvert.missing], [9300, 0]);
});

Deno.test("a score that cannot be used is named with its place and counts as missing; the rest is counted", async () => {
  const label = (harmful: unknown) => ({ labels: [{ labeler: "a", kind: "judge", scores: { harmful } }] });
  const text = [line({ id: "1", ...label("maybe") }), line({ id: "2", ...label(true) })].join("\n");
  const [dataset] = await load([await folderOf({ "a.jsonl": text })]);
  const told: string[] = [];
  const [row] = counts([dataset], [], [{ label: "harmful" }], ({ at, reason }) => told.push(`${at}: ${reason}`));
  assert.deepEqual([row.count, row.scored, row.missing], [1, 1, 1]);
  assert.deepEqual(told, ['line 1: label harmful is not yes or no: "maybe"; counted as missing']);
  assert.throws(
    () => counts([dataset], [], [{ label: "harmful" }]),
    /line 1: label harmful is not yes or no: "maybe"$/,
  );
  assert.throws(
    () => counts([dataset], ["goal"], [{ label: "harmful" }], () => {}),
    /no sample has it: nearest is goal_conflict; factors are model, scenario/,
  );
});

Deno.test("what several labelers gave is counted for the one that is named, scores and acts alike", async () => {
  const policy = await loadPolicy("obey_or_refuse");
  const labels = [["a", "refuses", true], ["b", "blackmails", false]].map(([labeler, name, harmful]) => ({
    labeler,
    kind: "human",
    acts: [{ name }],
    scores: { harmful },
  }));
  const [dataset] = await load([await folderOf({ "a.jsonl": line({ labels }) })]);
  assert.throws(() => counts([dataset], [], [{ label: "harmful" }]), /several labelers gave it: a, b; choose one/);
  assert.throws(() => counts([dataset], [], [{ outcome: "subvert", policy }]), /acts of sample 1 as several labelers/);
  const [twice] = await load([await folderOf({ "a.jsonl": line({ labels: [labels[0], labels[0]] }) })]);
  assert.throws(
    () => counts([twice], [], [{ label: "harmful", labeler: "a" }]),
    /labeler a gave it twice: leave one of the labels, or give each a labeler of its own/,
  );
  assert.equal(counts([dataset], [], [{ label: "harmful", labeler: "b" }])[0].count, 0);
  assert.equal(counts([dataset], [], [{ outcome: "subvert", policy, labeler: "b" }])[0].count, 1);
  assert.equal(counts([dataset], [], [{ outcome: "subvert", policy, labeler: "a" }])[0].count, 0);
  const { columns } = await samplesFrame(dataset.samples);
  assert.deepEqual(columns.slice(-4), ["a: harmful", "a: acts", "b: harmful", "b: acts"]);
});

Deno.test("the order of factors makes no second condition and hides no duplicate", async () => {
  const rows = [
    "model,scenario,a,b,label,count,scored,published\nm,s,1,2,x,1,10,p",
    "model,scenario,b,a,label,count,scored,published\nm,s,2,1,x,1,10,p",
  ];
  const [dataset] = await load([await folderOf({ "a.csv": rows[0], "b.csv": rows[1] })]);
  assert.deepEqual([dataset.report.cells, dataset.report.duplicated.length], [1, 1]);
  const lines = [line({ id: "1", condition: { a: "1", b: "2" } }), line({ id: "2", condition: { b: "2", a: "1" } })];
  const [samples] = await load([await folderOf({ "a.jsonl": lines.join("\n") })]);
  assert.deepEqual(samples.conditions.map(({ samples }) => samples), [2]);
});

Deno.test("a ragged row is a problem of its own; a header alone, or one that names a column twice, is said", async () => {
  const head = "model,scenario,label,count,scored,published";
  const rows = Array.from({ length: 1001 }, (_, i) => i === 500 ? "m,s" : `m,s,l${i},1,10,p`);
  const folder = await folderOf({
    "a.csv": [head, ...rows].join("\n"),
    "b.csv": `${head}\n`,
    "c.csv": `${head},label\nm,s,l,1,2,p,k`,
  });
  const [{ report }] = await load([folder]);
  assert.equal(report.cells, 1000);
  assert.deepEqual(report.rejected.map(({ file, at }) => `${file.slice(-5)} ${at}`), [
    "a.csv line 502",
    "b.csv file",
    "c.csv after line 1",
  ]);
  assert(report.rejected[2].reason.includes('two columns have the name "label"'));
});

Deno.test("a file given twice, by another path or a link, is counted once and named", async () => {
  const folder = await folderOf({ "a.jsonl": line({}) });
  await Deno.symlink(`${folder}/a.jsonl`, `${folder}/b.jsonl`);
  const datasets = await load([
    `${folder}/a.jsonl`,
    `${folder}/../${folder.split("/").at(-1)}/a.jsonl`,
    `${folder}/b.jsonl`,
  ]);
  assert.deepEqual(datasets.map(({ report }) => [report.samples, report.duplicated.length]), [[1, 0], [0, 1], [0, 1]]);
});

Deno.test("files beside a card that it does not list are passed over by name, also where the card is broken", async () => {
  const folder = await folderOf({ "dataset.json": "[]", "a.jsonl": line({}), "sub/b.csv": "x" });
  const [{ report }] = await load([folder]);
  assert.equal(report.rejected.length, 1);
  assert.deepEqual(report.passedOver.map(({ file }) => file), [`${folder}/a.jsonl`, `${folder}/sub/b.csv`]);
});

Deno.test("a first record of several megabytes does not hide the format", async () => {
  const long = line({ id: "long", messages: [{ role: "user", content: "x".repeat(3 << 20) }] });
  const [{ report, format }] = await load([await folderOf({ "a.jsonl": `${long}\n${line({})}` })]);
  assert.deepEqual([format, report.samples, report.rejected.length], ["jsonl", 2, 0]);
});

Deno.test("a data set that has a label nowhere is not counted as missing it", async () => {
  const [lynch, opus4] = [await loadData("lynch2025"), await loadData("opus4-variants")];
  assert.equal(counts([lynch, opus4], [], [{ label: "harmful" }])[0].missing, 0);
});

Deno.test("two questions of one name are refused, not added up", async () => {
  const opus4 = await loadData("opus4-variants");
  const questions = [{ label: "emails", atLeast: 1 }, { label: "emails", atLeast: 2 }];
  assert.throws(() => counts([opus4], [], questions), /two questions of one name at once: emails/);
});

Deno.test("compressed files are read like plain ones", async () => {
  const text = new TextEncoder().encode(`${line({ id: "1" })}\n${line({ id: "2" })}\nbroken`);
  const [{ report }] = await load([
    await folderOf({ "a.jsonl.gz": gzipSync(text), "b.jsonl.zst": zstdCompressSync(text) }),
  ]);
  assert.deepEqual([report.samples, report.duplicated.length], [2, 2]);
  assert.deepEqual(report.rejected.map(({ file, at }) => `${file.slice(-4)} ${at}`), ["l.gz line 3", ".zst line 3"]);
  const [cut] = await load([await folderOf({ "a.jsonl.gz": gzipSync(text).subarray(0, 30) })]);
  assert.equal(cut.report.rejected.length, 1);
});

Deno.test("counts do not depend on the order of samples, nor on how they are split over files", async () => {
  const lines = Array.from({ length: 40 }, (_, i) =>
    line({
      id: String(i),
      condition: { goal_conflict: i % 3 === 0 ? "none" : "conflict" },
      labels: [{ labeler: "x", kind: "rule", scores: { harmful: i % 4 === 0 } }],
    }));
  const count = async (files: Record<string, string>) =>
    counts(await load([await folderOf(files)]), ["goal_conflict"], [{ label: "harmful" }])
      .sort((a, b) => a.group.goal_conflict < b.group.goal_conflict ? -1 : 1);
  const whole = await count({ "a.jsonl": lines.join("\n") });
  assert.deepEqual(await count({ "a.jsonl": [...lines].reverse().join("\n") }), whole);
  assert.deepEqual(
    await count({ "a.jsonl": lines.slice(0, 7).join("\n"), "b.jsonl": lines.slice(7).join("\n") }),
    whole,
  );
});

Deno.test("what was seen before is named with the file in which it was seen first, also when three files hold it", async () => {
  const line = (id: string) => JSON.stringify({ id, model: "m", scenario: "s", condition: {}, labels: [] });
  const folder = await folderOf({
    "a.jsonl": `${line("1")}\n${line("2")}`,
    "b.jsonl": `${line("3")}\n${line("1")}\n${line("4")}`,
    "c.jsonl": `${line("4")}\n${line("1")}\n${line("3")}`,
  });
  const [{ report }] = await load([folder]);
  assert.equal(report.samples, 4);
  assert.deepEqual(
    report.duplicated.map(({ file, at, reason }) => [file, at, reason].join(" ").replaceAll(`${folder}/`, "")),
    [
      "b.jsonl line 2 1 was already seen in a.jsonl",
      "c.jsonl line 1 4 was already seen in b.jsonl",
      "c.jsonl line 2 1 was already seen in a.jsonl",
      "c.jsonl line 3 3 was already seen in b.jsonl",
    ],
  );
});

Deno.test("a file that grows while it is read is read to the size that it had, and that is said", async () => {
  const own = (id: number) =>
    `${JSON.stringify({ id: `${id}`, model: "m", scenario: "s", condition: {}, labels: [] })}\n`;
  const row = (id: number) => `m,s${id},g,harmful,1,2,0,here\n`;
  const header = "model,scenario,goal,label,count,scored,missing,published\n";
  for (const [name, first, more] of [["a.jsonl", "", own], ["a.csv", header, row]] as const) {
    const file = `${await Deno.makeTempDir()}/${name}`;
    const text = first + Array.from({ length: 10_000 }, (_, id) => more(id)).join("");
    await Deno.writeTextFile(file, text);
    let next = 10_000;
    const grow = () => {
      const lines = Array.from({ length: 5000 }, () => more(next++)).join("");
      Deno.writeTextFileSync(file, lines, { append: true });
    };
    const [{ report }] = await scan([file], undefined, { onBytes: grow });
    assert(next > 10_000);
    assert.deepEqual([report.samples + report.cells, report.rejected, report.duplicated], [10_000, [], []], name);
    assert.deepEqual(report.notes?.map(({ reason }) => reason), [
      "it grew while it was read: what came later is not read",
    ]);
  }
});
