/** `deno task rates` in all its forms: everything together, some levels only, the samples behind a row, tables. */
import assert from "node:assert/strict";
import { task } from "../support/commands/task.ts";
import { readTable } from "../support/read_table.ts";

const VARIANTS = "data/opus4-variants";

/** 12 samples of two models in two conditions, one score missing, names that TeX and Markdown take for more. */
async function twelve(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const lines = Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({
      id: `s${at}`,
      model: at < 6 ? "gpt_4o & co|x" : "other",
      scenario: "s",
      condition: { told: at % 2 === 0 ? "yes" : "no" },
      labels: [{ labeler: "x", kind: "human", scores: { harmful: at === 5 ? null : at % 3 === 0 } }],
    }));
  await Deno.writeTextFile(`${folder}/twelve.jsonl`, lines.join("\n"));
  return folder;
}

Deno.test("rates without --by counts everything together, and says over what it adds up", async () => {
  const { out, err, code } = await task("rates", `${await twelve()}/twelve.jsonl`, "--label", "harmful", "--json");
  const { rows: [{ group, count, scored, missing }] } = JSON.parse(out);
  assert.deepEqual({ group, count, scored, missing, code }, { group: {}, count: 4, scored: 11, missing: 1, code: 0 });
  assert.match(err, /each rate adds up over model, told; name them in --by/);
});

Deno.test("--where counts only samples of its levels, from JSONL as from Parquet, and names the nearest level", async () => {
  const folder = await twelve();
  await task("load", `${folder}/twelve.jsonl`, "--to", `${folder}/twelve.parquet`);
  const asked = ["--label", "harmful", "--by", "told", "--where", "model=other", "--json"];
  for (const file of ["twelve.jsonl", "twelve.parquet"]) {
    const { out } = await task("rates", `${folder}/${file}`, ...asked);
    const rows = JSON.parse(out).rows.map((
      { group, count, scored }: Record<string, unknown>,
    ) => [group, count, scored]);
    assert.deepEqual(rows, [[{ told: "yes" }, 1, 3], [{ told: "no" }, 1, 3]], file);
  }
  const wrong: [string, RegExp][] = [
    ["told=yess", /Cannot choose told=yess as no sample has it: nearest is yes; levels are no, yes/],
    ["tolt=yes", /Cannot choose tolt=yes as no sample has tolt: nearest is told; factors are model, scenario, told/],
    ["told", /--where must be FACTOR=LEVEL: current value is told/],
  ];
  for (const [where, message] of wrong) {
    for (const file of ["twelve.jsonl", "twelve.parquet"]) {
      const { code, err } = await task("rates", `${folder}/${file}`, "--label", "harmful", "--where", where);
      assert.equal(code, 2);
      assert.match(err, message);
    }
  }
});

Deno.test("--samples writes which samples stand behind each row; added up they are the counts", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/samples.csv`;
  const asked = [VARIANTS, "--by", "variant", "--outcome", "comply,refuse,subvert", "--where", "threat=replacement"];
  const { out } = await task("rates", ...asked, "--samples", file, "--json");
  const answers = readTable(file);
  for (const { group, outcome, count, scored, missing } of JSON.parse(out).rows) {
    const of = answers.filter((row) => row.variant === group.variant && row.outcome === outcome);
    const times = (answer: string) => of.filter((row) => row.answer === answer).length;
    assert.deepEqual([times("yes"), times("yes") + times("no"), times("missing")], [count, scored, missing]);
  }
  assert.equal(answers.length, 120);
  assert.match(answers[0].file, /samples\.jsonl$/);
  assert.equal((await task("rates", ...asked, "--samples", file)).code, 2, "a file is not written over");
  assert.equal((await task("rates", ...asked, "--samples", `${folder}/samples.txt`)).code, 2);
});

Deno.test("--md and --tex print one table; what means something to TeX or Markdown is escaped", async () => {
  const data = `${await twelve()}/twelve.jsonl`;
  const asked = ["rates", data, "--label", "harmful", "--by", "model"];
  const md = (await task(...asked, "--md")).out.trim().split("\n");
  assert.equal(md[0], "| model | outcome | count | rate | 95\u00a0% CI | of | missing | if all were known |");
  assert.match(md[2], /^\| gpt\\_4o & co\\\|x \| harmful \| 2\/5 \| 40\u00a0% \| /);
  assert.equal(md.length, 6);
  const tex = (await task(...asked, "--tex")).out.trim().split("\n");
  assert.deepEqual(tex.slice(2, 4), ["\\begin{tabular}{llrrrlrr}", "\\toprule"]);
  assert.match(tex[6], /^gpt\\_4o \\& co\\textbar\{\}x & harmful & 2\/5 & 40~\\% & .* & 1 & 33--50~\\% \\\\$/);
  assert.deepEqual(tex.slice(-2), ["\\bottomrule", "\\end{tabular}"]);
  const compared = ["contrasts", data, "--factor", "told", "--levels", "yes,no", "--by", "model", "--label", "harmful"];
  const contrasts = (await task(...compared, "--md")).out.split("\n");
  assert.match(
    contrasts[0],
    /^\| model \| outcome \| yes \| no \| points \| 95.% CI \| of \| p \| p \(Holm\) \| missing/,
  );
  assert.match(contrasts[2], /^\| gpt\\_4o & co\\\|x \| harmful \| 1\/3 \| 1\/2 \| −17 \| /);
  const twice = await task(...asked, "--md", "--json");
  assert.deepEqual([twice.code, twice.out], [2, ""]);
  assert.match(twice.err, /choose one of --json, --md/);
});

Deno.test("an option that is not there names the nearest one, in every command", async () => {
  const wrong: [string, string, RegExp][] = [
    ["rates", "--lable", /Cannot use --lable as there is no such option: did you mean --label\?/],
    ["contrasts", "--level", /did you mean --levels\?/],
    ["load", "--sugest", /did you mean --suggest\?/],
    ["read", "--zebra", /options are --out, --where/],
  ];
  for (const [command, option, message] of wrong) {
    const { code, err, out } = await task(command, VARIANTS, option, "x");
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  }
});
