/** Parquet: what is written comes back as it was, is counted alike without making samples, and nothing crashes on it. */
import assert from "node:assert/strict";
import { folderOf } from "../support/temp_folder.ts";
import { fileURLToPath } from "node:url";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { countParquet } from "$lib/rates/counting/count_parquet.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { type Counter, createTotal } from "$lib/rates/counting/counts.ts";
import { addedUp } from "$lib/rates/counting/labelers.ts";
import type { Question } from "$lib/rates/counting/verdicts.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import type { DatasetHead } from "$lib/samples/dataset_head.ts";
import { load } from "$lib/reading/load.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { datasetsOf } from "$lib/reading/parquet/read.ts";
import type { Cell, Label, Sample, Score } from "$lib/samples/sample.ts";
import { scan, scanPlan } from "$lib/reading/scan.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DATA = fileURLToPath(new URL("../../data", import.meta.url));
const policy = await loadPolicy("obey_or_refuse");
const OUTCOMES: readonly Question[] = (["comply", "refuse", "subvert", "indeterminate"] as const)
  .map((outcome) => ({ outcome, policy }));

const target = async (name = "corpus.parquet") => `${await Deno.makeTempDir()}/${name}`;

/** An item without its place, and without fields that are there and hold nothing. */
function bare(item: Sample | Cell): unknown {
  const { source: _, ...rest } = item;
  return withoutUndefined(rest);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => [key, withoutUndefined(one)]),
  );
}

const HEAD: DatasetHead = { path: "made", name: "made", format: "jsonl" };

async function written(items: readonly (Sample | Cell)[], head = HEAD): Promise<string> {
  const file = await target();
  await writeParquet(file, (visitor) => Promise.resolve(items.forEach(visitor(head))));
  return file;
}

/** All data sets of a Parquet file, each by itself, read through samples. */
async function readBack(file: string, by: readonly string[] = [], questions: readonly Question[] = []) {
  const total = createTotal(by, questions);
  const items: (Sample | Cell)[][] = [];
  const counters: Counter[] = [];
  for (const format of await datasetsOf(file)) {
    const held: (Sample | Cell)[] = [];
    const counter = total.counterFor();
    const plan = { path: file, format, files: [file], rejected: [], passedOver: [] };
    const scanned = await scanPlan(plan, ({ verdict }) => (item) => {
      held.push(item);
      counter.add(item, verdict);
    }, createOpener());
    assert.deepEqual([scanned.report.rejected, scanned.report.duplicated], [[], []]);
    total.add(counter, scanned);
    items.push(held);
    counters.push(counter);
  }
  const problems = counters.flatMap((counter) => counter.problems());
  return { items, counts: total.rows(), problems, labelers: inOrder(addedUp(questions, counters)) };
}

/** Who answered, in one order. */
function inOrder(answered: readonly ReadonlyMap<string, number>[] | undefined) {
  return answered?.map((of) => [...of].sort());
}

const sample = (id: string, labels: readonly Label[], more: Partial<Sample> = {}): Sample => ({
  id,
  model: "m",
  scenario: "s",
  condition: {},
  cluster: "s",
  labels,
  source: { file: "made.jsonl", at: `line ${id}` },
  ...more,
});

Deno.test("every shipped data set comes back from one Parquet file as it was", async () => {
  const file = await target();
  const original: (Sample | Cell)[][] = [];
  const { result: datasets } = await writeParquet(file, (visitor) =>
    scan([DATA], (head) => {
      const visit = visitor(head);
      const held: (Sample | Cell)[] = [];
      original.push(held);
      return (item) => {
        held.push(item);
        visit(item);
      };
    }));
  assert(datasets.length >= 5, `only ${datasets.length} data sets found`);
  const { items } = await readBack(file);
  assert.deepEqual(items.map((held) => held.map(bare)), original.map((held) => held.map(bare)));
  const summarised = (await countParquet([file], [], [{ label: Object.keys(datasets[0].labels)[0] }])).datasets;
  assert.deepEqual(
    summarised.map(({ name, verdict, models, conditions, labels, report: { samples, cells } }) =>
      sorted({ name, verdict, models, conditions, labels, samples, cells })
    ),
    datasets.map(({ name, verdict, models, conditions, labels, report: { samples, cells } }) =>
      sorted({ name, verdict, models, conditions, labels, samples, cells })
    ),
  );
});

for await (const { name, isDirectory } of Deno.readDir(DATA)) {
  if (!isDirectory || !await Deno.stat(`${DATA}/${name}/dataset.json`).catch(() => undefined)) continue;
  Deno.test(`${name}: Parquet gives the counts of its files for every question, with and without making samples`, async () => {
    const [file, folder] = [await target(), `${DATA}/${name}`];
    const { result: [set] } = await writeParquet(file, (visitor) => scan([folder], visitor));
    const labels = Object.keys(set.labels).filter((label) => label !== "acts");
    const factors = [...new Set(set.conditions.flatMap((one) => Object.keys(one.condition)))];
    const asked: Question[][] = [[...OUTCOMES], ...labels.flatMap((label) => [[{ label }], [{ label, atLeast: 0.5 }]])];
    for (const by of [factors, ["cluster", "scenario"]]) {
      for (const questions of asked) {
        const expected = await settled(() => countSamples([folder], by, questions));
        const counted = await settled(() => countParquet([file], by, questions));
        const back = await settled(() => readBack(file, by, questions));
        assert.deepEqual(counted.counts ?? counted.error, expected.counts ?? expected.error);
        assert.deepEqual(back.counts ?? back.error, expected.counts ?? expected.error);
      }
    }
  });
}

function sorted(summary: Record<string, unknown>): unknown {
  return { ...summary, labels: Object.entries(summary.labels as object).sort(([a], [b]) => a < b ? -1 : 1) };
}

async function settled<T extends { counts: unknown }>(
  count: () => Promise<T>,
): Promise<Partial<T> & { error?: string }> {
  try {
    return await count();
  } catch (error) {
    return { error: (error as Error).message } as Partial<T> & { error?: string };
  }
}

const TEXTS = [
  "",
  "a",
  "it's",
  'say "x"',
  "a\nb\r\n",
  "nul\0nul",
  "__proto__",
  "constructor",
  "NULL",
  "-0",
  "NaN",
  "🦆 é",
  "; DROP TABLE entries; --",
  "$1",
  "\u2028",
  "[x]*",
  "\\ud800",
  "yes",
  "no",
  "{}",
];
const SCORES: readonly Score[] = [
  ...TEXTS,
  0,
  -0,
  1,
  1e308,
  5e-324,
  -1.5,
  2 ** 53,
  NaN,
  Infinity,
  -Infinity,
  true,
  false,
  null,
];

/** Numbers in [0, 1) that are the same in each run. */
function drawer(seed: number): <T>(of: readonly T[]) => T {
  let state = seed;
  return (of) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return of[Math.floor(state / 2 ** 32 * of.length)];
  };
}

function generated(seed: number, count: number): (Sample | Cell)[] {
  const draw = drawer(seed);
  const maybe = <T>(value: T): T | undefined => draw([true, false]) ? value : undefined;
  const record = <T>(of: readonly T[]) =>
    Object.fromEntries(Array.from({ length: draw([0, 1, 2, 3]) }, () => [draw(TEXTS), draw(of)]));
  const label = (): Label => ({
    labeler: draw(TEXTS),
    kind: draw(["human", "rule", "judge", "dataset"] as const),
    acts: maybe(
      draw([[], [{ name: "refuses" }], [{
        name: "blackmails",
        against: ["user"],
        covert: true,
        where: draw(TEXTS) || "email 1",
      }]]),
    ),
    scores: maybe(record(SCORES)),
    note: maybe(draw(TEXTS)),
  });
  return Array.from({ length: count }, (_, index) => {
    const shared = {
      model: draw(TEXTS),
      scenario: draw(TEXTS),
      condition: record(TEXTS),
      source: { file: "f", at: "g" },
    };
    if (draw([0, 0, 0, 1]) === 1) {
      return {
        ...shared,
        label: `${draw(TEXTS)}${index}`,
        count: 3,
        scored: 2 ** 40,
        missing: index,
        published: draw(TEXTS),
      };
    }
    const messages = maybe(draw([[], [{ role: "user" as const, content: draw(TEXTS), reasoning: draw(TEXTS) }]]));
    const labels = Array.from({ length: draw([0, 1, 2, 3]) }, label);
    return { ...shared, id: `${draw(TEXTS)}${index}`, cluster: draw(TEXTS), messages, labels };
  });
}

Deno.test("generated samples with hostile names, texts and numbers come back exactly", async () => {
  for (const seed of [1, 2, 3]) {
    const items = generated(seed, 3000);
    const { items: [back] } = await readBack(await written(items));
    assert.deepEqual(back.map(bare), items.map(bare));
  }
});

Deno.test("generated samples are counted alike with and without making samples, errors and problems included", async () => {
  let [good, failed] = [0, 0];
  for (let seed = 10; seed < 16; seed++) {
    const draw = drawer(seed);
    const scores = seed % 3 === 0
      ? [1, 0, true, null, "yes"]
      : seed % 3 === 1
      ? [true, "no", "maybe", -0, NaN]
      : [0.2, 0.5, 9, Infinity, "x", false];
    const acts = [undefined, [{ name: "refuses" as const }], [{
      name: "blackmails" as const,
      against: ["user" as const],
    }]];
    const items = Array.from({ length: 200 }, (_, index) =>
      sample(
        `${index}`,
        Array.from({ length: draw(seed % 2 ? [0, 1] : [0, 1, 1, 2]) }, (_, at) => ({
          labeler: at === 0 ? "first" : draw(["second", "second", "first"]),
          kind: "judge",
          acts: draw(acts),
          scores: draw<Label["scores"]>([undefined, { harmful: draw(scores) }, { other: 1, harmful: draw(scores) }, {
            other: 0,
          }]),
        })),
        {
          model: draw(["a", "b"]),
          condition: draw<Sample["condition"]>([{}, { threat: "none" }, { threat: "replacement", x: "1" }]),
        },
      ));
    const file = await written(items, {
      ...HEAD,
      verdict: seed % 4 ? { label: "harmful", true_is: "subvert" } : undefined,
    });
    for (const labeler of [undefined, "first", "second"]) {
      const asked: Question[] = [
        ...OUTCOMES.map((question) => ({ ...question, labeler })),
        { label: "harmful", labeler },
        { label: "harmful", atLeast: 0.5, labeler },
      ];
      for (const question of asked) {
        const back = await settled(() => readBack(file, ["model", "threat"], [question]));
        const counted = await settled(() => countParquet([file], ["model", "threat"], [question]));
        assert.deepEqual(
          [counted.counts, counted.problems, inOrder(counted.labelers), counted.error],
          [back.counts, back.problems, back.labelers, back.error],
        );
        if (back.error === undefined) good++;
        else failed++;
      }
    }
  }
  assert(good > 20 && failed > 20, `${good} counted, ${failed} refused: too few of one kind`);
});

Deno.test("two data sets in one file stay apart: same ids are no duplicates, a label of one is not missing in the other", async () => {
  const file = await target();
  await writeParquet(file, (visitor) => {
    const label = (name: string): Label => ({ labeler: "x", kind: "rule", scores: { [name]: true } });
    visitor(HEAD)(sample("1", [label("harmful")]));
    visitor(HEAD)(sample("1", [label("other")]));
    return Promise.resolve();
  });
  const { counts, datasets } = await countParquet([file], ["model"], [{ label: "harmful" }]);
  assert.deepEqual(counts.map(({ count, scored, missing }) => [count, scored, missing]), [[1, 1, 0]]);
  assert.deepEqual(datasets.map(({ name }) => name), ["made", "made (2)"]);
  assert.deepEqual((await readBack(file, ["model"], [{ label: "harmful" }])).counts, counts);
});

Deno.test("half of a surrogate pair in a text is replaced, and said to be", async () => {
  const file = await target();
  const messages = [{ role: "user" as const, content: "\ud800" }];
  const { written } = await writeParquet(
    file,
    (visitor) => Promise.resolve(visitor(HEAD)(sample("1", [{ labeler: "x\udc00", kind: "rule" }], { messages }))),
  );
  assert.deepEqual(written, { entries: 1, rows: 1, replaced: 1 });
  const { items: [[back]] } = await readBack(file);
  assert.deepEqual(bare(back), bare(sample("1", [{ labeler: "x\ufffd", kind: "rule" }], { messages })));
});

Deno.test("a name with the signs of a pattern, a quote or a space is a name", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/a[1]*'? b.parquet`;
  await writeParquet(file, (visitor) => Promise.resolve(visitor(HEAD)(sample("right", []))));
  await writeParquet(`${folder}/a1x'y b.parquet`, (visitor) => Promise.resolve(visitor(HEAD)(sample("wrong", []))));
  const [{ samples }] = await load([file]);
  assert.deepEqual(samples.map(({ id }) => id), ["right"]);
});

Deno.test("a file that is there is not overwritten, and a load that fails leaves none", async () => {
  const file = await target();
  await Deno.writeTextFile(file, "mine");
  await assert.rejects(writeParquet(file, () => Promise.resolve()), Deno.errors.AlreadyExists);
  assert.equal(await Deno.readTextFile(file), "mine");
  const other = await target();
  await assert.rejects(writeParquet(other, () => Promise.reject(new Error("stopped"))), /stopped/);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(other.replace(/\/[^/]*$/, ""))), []);
});

Deno.test("a foreign Parquet file is a reject that says what columns were found", async () => {
  const file = await target();
  using connection = await connect();
  await connection.sql.run("COPY (SELECT 1 AS id, 'x' AS answer) TO $1 (FORMAT parquet)", [file]);
  const [{ report }] = await load([file]);
  assert.deepEqual(report.rejected, [{
    file,
    at: "file",
    reason:
      "a Parquet file that was not written by deno task load --to: found columns id, answer; read it by a mapping, " +
      `which deno task load --suggest ${file} begins`,
  }]);
  await assert.rejects(countParquet([file], [], []), /found columns id, answer/);
});

Deno.test("a Parquet file that is cut short or changed anywhere is samples or named rejects, never a crash", async () => {
  const labels: Label[] = [{
    labeler: "x",
    kind: "judge",
    acts: [{ name: "refuses" }],
    scores: { harmful: true, n: 0.3 },
  }];
  const bytes = await Deno.readFile(
    await written(Array.from({ length: 500 }, (_, i) => sample(`${i}`, labels, { condition: { threat: "none" } }))),
  );
  const folder = await Deno.makeTempDir();
  const draw = drawer(7);
  const places = Array.from({ length: bytes.length }, (_, index) => index);
  const values = Array.from({ length: 256 }, (_, index) => index);
  const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const broken = [
    ...Array.from({ length: 40 }, () => bytes.slice(0, 4 + draw(places.slice(4)) - 4)).filter(({ length }) =>
      length >= 4
    ),
    ...Array.from({ length: 200 }, (_, index) => {
      const copy = bytes.slice();
      const from = index % 2 ? places.slice(-footer - 8) : places.slice(4);
      for (let times = 0; times < 1 + index % 4; times++) copy[draw(from)] = draw(values);
      return copy;
    }),
  ];
  let rejects = 0;
  for (const [index, content] of broken.entries()) {
    const file = `${folder}/${index}.parquet`;
    await Deno.writeFile(file, content);
    const [{ samples, report }] = await load([file]);
    assert(samples.length + report.rejected.length > 0, `${index}: nothing was said`);
    assert(report.rejected.every(({ reason }) => reason !== ""));
    rejects += report.rejected.length > 0 ? 1 : 0;
    const counted = await settled(() => countParquet([file], ["model"], [{ label: "harmful" }]));
    assert(counted.counts !== undefined || counted.error !== "");
  }
  assert(rejects > 100, `only ${rejects} of ${broken.length} were rejected`);
});

async function task(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-check",
      "--allow-read",
      "--allow-write",
      "--allow-ffi",
      "--allow-env=INIT_CWD",
      ...args,
    ],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1", INIT_CWD: ROOT },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("load --to writes the file and says so; it refuses to overwrite it, and names that are no Parquet", async () => {
  const file = await target();
  const first = await task("lib/commands/load.ts", "data/opus4-variants", "--to", file);
  assert.deepEqual(
    [first.code, /^written: .*corpus\.parquet: \d+ samples and published counts in \d+ rows$/m.test(first.err)],
    [0, true],
    first.err,
  );
  const again = await task("lib/commands/load.ts", "data/opus4-variants", "--to", file);
  assert.equal(again.code, 2);
  assert(again.err.startsWith(`Cannot write as there is already a file: ${file}`), again.err);
  const wrong = await task("lib/commands/load.ts", "data/opus4-variants", "--to", `${file}.csv`);
  assert.equal(wrong.code, 2);
  const [direct, back] = await Promise.all(
    ["data/opus4-variants", file].map((path) =>
      task("lib/commands/rates.ts", path, "--by", "variant", "--label", "accepts_migration", "--json")
    ),
  );
  assert.equal(back.out, direct.out);
});

Deno.test("folders and files whose names look like columns or patterns are names only", async () => {
  const folder = await folderOf({
    "a.jsonl": JSON.stringify({
      id: "1",
      model: "m",
      scenario: "s",
      condition: {},
      labels: [{ labeler: "x", kind: "judge", scores: { harmful: "no" } }],
    }),
  });
  for (const place of ["model=evil", "text=yes/entry=7", "a\\[b]", "x[1-2]*?", "a\\b", "\\[x]", "{a,b}"]) {
    await Deno.mkdir(`${folder}/${place}`, { recursive: true });
    const file = `${folder}/${place}/c[1].parquet`;
    await writeParquet(file, (visitor) => scan([`${folder}/a.jsonl`], visitor));
    const { counts } = await countSamples([file], ["model"], [{ label: "harmful" }]);
    assert.deepEqual(counts.map(({ group, count, scored }) => [group.model, count, scored]), [["m", 0, 1]], place);
  }
});

Deno.test("a file from before where a sample stood was a column of its own is read as it was", async () => {
  const folder = await folderOf({
    "a.jsonl": JSON.stringify({ id: "1", model: "m", scenario: "s", condition: {}, labels: [] }),
  });
  const [now, before] = [`${folder}/now.parquet`, `${folder}/before.parquet`];
  await writeParquet(now, (visitor) => scan([`${folder}/a.jsonl`], visitor));
  using connection = await connect();
  await connection.sql.run(
    "SET VARIABLE heads = (SELECT decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) = $2)",
    [now, "obey_or_refuse"],
  );
  await connection.sql.run(
    "COPY (SELECT * EXCLUDE (run) FROM read_parquet($1)) TO $2 (FORMAT parquet, KV_METADATA {obey_or_refuse: getvariable('heads')})",
    [now, before],
  );
  const [{ samples, report }] = await load([before]);
  assert.deepEqual([samples.length, samples[0].run, report.rejected], [1, undefined, []]);
});

Deno.test("a conversion that was killed leaves nothing under the final name, and the next one starts afresh", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/corpus.parquet`;
  const lines = Array.from(
    { length: 200_000 },
    (_, i) => JSON.stringify({ id: String(i), model: "m", scenario: "s", condition: {}, labels: [] }),
  );
  await Deno.writeTextFile(`${folder}/samples.jsonl`, lines.join("\n"));
  const command = new Deno.Command("deno", {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "-RWE",
      "--allow-ffi",
      "lib/commands/load.ts",
      `${folder}/samples.jsonl`,
      "--to",
      file,
    ],
    cwd: new URL("../..", import.meta.url),
    stdout: "null",
    stderr: "null",
  });
  const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);
  const child = command.spawn();
  const unfinished = `${folder}/.corpus.parquet.unfinished`;
  while (!await isThere(unfinished)) await new Promise((done) => setTimeout(done, 5));
  child.kill("SIGKILL");
  await child.status;
  assert.equal(await isThere(file), false);
  assert.equal((await command.output()).code, 0);
  assert.equal(await isThere(unfinished), false);
  assert((await Deno.stat(file)).size > 0);
});

Deno.test("copies are looked for where a file does not say that it has none, and always between files", async () => {
  const write = async (ids: readonly string[], isUnique: boolean) => {
    const file = await target();
    await writeParquet(file, (visitor) => {
      const visit = visitor(HEAD);
      for (const id of ids) visit(sample(id, [{ labeler: "x", kind: "rule", scores: { harmful: true } }]));
      return Promise.resolve();
    }, isUnique);
    return file;
  };
  const [single, twice, other] = [
    await write(["1", "2"], true),
    await write(["1", "1"], false),
    await write(["2"], true),
  ];
  const counted = (...files: string[]) =>
    countParquet(files, [], [{ label: "harmful" }]).then(({ counts }) => counts[0].scored);
  assert.equal(await counted(single), 2);
  await assert.rejects(counted(twice), /stands several times/);
  await assert.rejects(counted(single, other), /stands several times/);
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/a.jsonl`,
    ["1", "2", "1"].map((id) => JSON.stringify({ ...sample(id, []), source: undefined })).join("\n"),
  );
  const file = await target();
  await writeParquet(file, (visitor) => scan([`${folder}/a.jsonl`], visitor), true);
  assert.equal((await countParquet([file], [], OUTCOMES)).counts[0].missing, 2);
});
