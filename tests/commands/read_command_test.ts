/** `deno task read` as its user types it: what it chooses, refuses and may write. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { folderOf } from "../support/temp_folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const sampleOf = (id: number, model: string, goal_conflict: string) => ({
  id: String(id),
  model,
  scenario: "s",
  condition: { goal_conflict },
  messages: [{ role: "user", content: "Do." }, { role: "assistant", content: `No ${id}.` }],
  labels: [{ labeler: "a", kind: "human", acts: [{ name: id % 2 === 0 ? "refuses" : "complies" }] }],
});
const SAMPLES = Array.from({ length: 12 }, (_, id) => sampleOf(id, `m${id % 3}`, ["conflict", "none"][id % 2]));
const JSONL = SAMPLES.map((one) => JSON.stringify(one)).join("\n");

async function run(cwd: string, args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", "--config", `${ROOT}deno.json`, "read", ...args],
    cwd,
    env: { NO_COLOR: "1", INIT_CWD: cwd },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

/** The ids on a page, in order, and what it says of itself. */
async function held(page: string): Promise<{ ids: string[]; about: string[] }> {
  const [, json] = /id="data">(.*?)<\/script>/s.exec(await Deno.readTextFile(page))!;
  const { samples, about } = JSON.parse(json);
  return { ids: samples.map(({ id }: { id: string }) => id), about };
}

Deno.test("read writes a page, the same bytes when run again, and says what it holds", async () => {
  const folder = await folderOf({ "samples.jsonl": JSONL });
  const { code, out, err } = await run(folder, ["samples.jsonl", "--out", "reader.html"]);
  assert.equal(code, 0, err);
  assert.match(out, /^written: reader\.html: 12 samples, \d+\.\d MB; open it in a browser\n$/);
  const first = await Deno.readFile(`${folder}/reader.html`);
  assert.equal((await run(folder, ["samples.jsonl", "--out=reader.html"])).code, 0);
  assert.deepEqual(await Deno.readFile(`${folder}/reader.html`), first);
  assert.deepEqual((await held(`${folder}/reader.html`)).about, [
    "samples.jsonl: jsonl, 1 files, 12 samples, 0 rejected, 0 duplicates.",
  ]);
});

Deno.test("--where may be repeated: levels of one factor are either, factors are both; a draw is that of its seed", async () => {
  const folder = await folderOf({ "samples.jsonl": JSONL });
  const idsOf = async (...args: string[]) => {
    const { code, err } = await run(folder, ["samples.jsonl", "--out", "reader.html", ...args]);
    assert.equal(code, 0, err);
    return await held(`${folder}/reader.html`);
  };
  assert.deepEqual((await idsOf("--where", "model=m1")).ids, ["1", "4", "7", "10"]);
  assert.deepEqual((await idsOf("--where", "model=m1", "--where", "model=m2")).ids, [
    "1",
    "2",
    "4",
    "5",
    "7",
    "8",
    "10",
    "11",
  ]);
  const both = await idsOf("--where", "model=m1", "--where", "goal_conflict=none");
  assert.deepEqual(both.ids, ["1", "7"]);
  assert.equal(both.about[1], "Only model=m1 and goal_conflict=none: 2 of 12 samples.");
  assert.deepEqual((await idsOf("--where", "model=m1,goal_conflict=none")).ids, ["1", "7"]);
  const drawn = await idsOf("--sample", "5", "--seed", "3");
  assert.equal(drawn.ids.length, 5);
  assert.equal(drawn.about[1], "A random draw of 5 of 12 samples, seed 3: counts are those of the draw.");
  assert.deepEqual(await idsOf("--sample", "5", "--seed", "3"), drawn);
  assert.deepEqual((await idsOf("--sample", "50", "--seed", "3")).ids.length, 12);
});

Deno.test("what a reader cannot be made of is wrong use, says what to type, and nothing is written", async () => {
  const folder = await folderOf({
    "samples.jsonl": JSONL,
    "mine.html": "<p>mine",
    "rates.csv": "model,scenario,label,count,scored,published\nm,s,harmful,1,2,here\n",
  });
  const cases: [string[], RegExp][] = [
    [["samples.jsonl"], /--out must be a name that ends with \.html/],
    [["samples.jsonl", "--out", "reader.txt"], /ends with \.html/],
    [["samples.jsonl", "--out", "mine.html"], /already a file that is no reader: .*mine\.html/],
    [["samples.jsonl", "--out", "no/reader.html"], /no such folder: .*\/no/],
    [["samples.jsonl", "--out", "a,b.html"], /cannot name a path with a comma/],
    [["none.jsonl", "--out", "reader.html"], /no such path: none\.jsonl/],
    [["rates.csv", "--out", "reader.html"], /no samples, only counts/],
    [
      ["samples.jsonl", "--out", "reader.html", "--where", "model"],
      /--where must be FACTOR=LEVEL: current value is model/,
    ],
    [["samples.jsonl", "--out", "reader.html", "--where", "model=m9"], /no sample has it: levels are m0, m1, m2/],
    [
      ["samples.jsonl", "--out", "reader.html", "--where", "modle=m1"],
      /no sample has modle: nearest is model; factors are model, scenario, goal_conflict/,
    ],
    [["samples.jsonl", "--out", "reader.html", "--sample", "5"], /--sample 5 needs --seed S/],
    [["samples.jsonl", "--out", "reader.html", "--seed", "5"], /a seed is that of a draw/],
    [["samples.jsonl", "--out", "reader.html", "--sample", "0", "--seed", "1"], /--sample must be a whole number >= 1/],
    [["samples.jsonl", "--out", "reader.html", "--labels", "none.jsonl"], /no file none\.jsonl/],
  ];
  for (const [args, message] of cases) {
    const { code, err } = await run(folder, args);
    assert.match(err, message);
    assert.equal(code, 2, err);
    assert(!err.includes("    at "), err);
  }
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  assert.deepEqual(names, ["mine.html", "rates.csv", "samples.jsonl"]);
  assert.equal(await Deno.readTextFile(`${folder}/mine.html`), "<p>mine");
});

Deno.test("labels of a file are joined, with the words they rest on; what does not fit is named", async () => {
  const rule = (id: string) => ({
    id,
    labeler: "rules@9",
    kind: "rule",
    scores: { refusal_phrase: true },
    evidence: [{ score: "refusal_phrase", message: 1, part: "content", start: 0, end: 2 }],
  });
  const labels = [rule("0"), rule("99")].map((one) => JSON.stringify(one)).join("\n") + "\n";
  const folder = await folderOf({ "samples.jsonl": JSONL, "labels.jsonl": labels });
  const { code, err } = await run(folder, ["samples.jsonl", "--labels", "labels.jsonl", "--out", "reader.html"]);
  assert.equal(code, 1);
  assert.match(err, /no sample has the id 99/);
  const [, json] = /id="data">(.*?)<\/script>/s.exec(await Deno.readTextFile(`${folder}/reader.html`))!;
  const [{ labels: [, joined] }] = JSON.parse(json).samples;
  assert.equal(joined.labeler, "rules@9");
  assert.deepEqual(joined.evidence, rule("0").evidence);
});
