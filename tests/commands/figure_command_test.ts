/** `deno task figure`: any factor, any names, nothing dropped, and the table is what `deno task rates` says. */
import assert from "node:assert/strict";
import { pairedRatesFigure } from "$lib/figures/paired_rates.ts";
import { textWidth } from "$lib/figures/page.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { readTable } from "../support/read_table.ts";
import { task } from "../support/commands/task.ts";

const NAMES = ["Ünï & <b>code</b>", "claude-opus-4-20250514-thinking-for-a-while", "m"];

/** Three models at two levels, 6 samples each; the last model has none at the second level. */
async function data(levels: readonly string[] = ["yes", "no"]): Promise<string> {
  const folder = await Deno.makeTempDir();
  const lines = NAMES.flatMap((model, at) =>
    levels.flatMap((told, level) =>
      at === 2 && level === 1 ? [] : Array.from({ length: 6 }, (_, number) =>
        JSON.stringify({
          id: `${at}-${level}-${number}`,
          model,
          scenario: "s",
          condition: { told },
          labels: [{ labeler: "x", kind: "human", scores: { harmful: number === 5 ? null : number <= at + level } }],
        }))
    )
  );
  await Deno.writeTextFile(`${folder}/data.jsonl`, lines.join("\n"));
  return folder;
}

const texts = (svg: string) => [...svg.matchAll(/<text transform="translate\((\d+)[^>]*>([^<]*)<\/text>/g)];

Deno.test("a figure of one's own factor draws every rate that rates counts, and its table has the same numbers", async () => {
  const folder = await data();
  const asked = [`${folder}/data.jsonl`, "--label", "harmful"];
  const files = [
    "--out",
    `${folder}/x.svg`,
    "--out",
    `${folder}/x.pdf`,
    "--out",
    `${folder}/x.png`,
    "--out",
    `${folder}/x.html`,
  ];
  const { code, out, err } = await task("figure", ...asked, "--factor", "told", ...files, "--table", `${folder}/x.csv`);
  assert.equal(code, 0, err);
  assert.match(out, /^No difference in harmful between told = yes and told = no is shown: −20.points/);
  const { rows } = JSON.parse((await task("rates", ...asked, "--by", "model,told", "--json")).out);
  const table = readTable(`${folder}/x.csv`);
  assert.equal(table.length, rows.length);
  for (const { group, rate, lower, upper, missing, over } of rows) {
    const row = table.find(({ model, told }) => model === group.model && told === group.told)!;
    assert.deepEqual([row.rate, row.lower, row.upper, row.missing].map(Number), [rate, lower, upper, missing]);
    assert.equal(row.over, over);
  }
  const svg = await Deno.readTextFile(`${folder}/x.svg`);
  assert.equal(svg.split("no data").length - 1, 1);
  assert.match(svg, /Ünï &amp; &lt;b>code&lt;\/b>|Ünï &amp; &lt;b&gt;code/);
  assert.equal((await Deno.readFile(`${folder}/x.pdf`)).slice(0, 4).toString(), "37,80,68,70");
  assert((await Deno.readFile(`${folder}/x.png`)).length > 5_000);
  assert.match(await Deno.readTextFile(`${folder}/x.html`), /^<!DOCTYPE html>[\s\S]*claude-opus-4[^<]*1\/5|2\/5/);
});

Deno.test("names and levels of 40 letters and more are never cut: the figure is as wide as they need", async () => {
  const levels = ["informed of the surveillance by the operator", "told nothing that would have given it away"];
  const folder = await data(levels);
  await task("figure", `${folder}/data.jsonl`, "--label", "harmful", "--factor", "told", "--out", `${folder}/x.svg`);
  const svg = await Deno.readTextFile(`${folder}/x.svg`);
  const width = Number(/width="(\d+)"/.exec(svg)![1]);
  assert(width > 360);
  const shown = texts(svg);
  for (const name of [NAMES[1], ...levels]) {
    const [, right] = shown.find(([, , text]) => text === name)!;
    assert(Number(right) - textWidth(name) > 0, `${name} begins before the figure`);
  }
});

Deno.test("whatever would leave rows out without a word is refused, and no file is written", async () => {
  const folder = await data();
  const file = `${folder}/data.jsonl`;
  const wrong: [string[], RegExp][] = [
    [["--factor", "told", "--levels", "yes,noo"], /no sample has the level noo: nearest is no; levels are yes, no/],
    [["--factor", "tolld"], /Cannot group by tolld as no sample has it: nearest is told; factors are/],
    [["--factor", "harmful"], /it is a score, which a mapping in dataset.json can make a factor/],
    [["--levels", "yes"], /--factor is missing/],
    [["--factor", "told", "--by", "told"], /Cannot hold told fixed and compare it too/],
    [["--factor", "told", "--kind", "differences", "--levels", "yes"], /name two with --levels/],
    [["--factor", "told", "--kind", "pie"], /kinds are rates, differences, outcomes/],
    [["--factor", "told", "--table", file.replace("jsonl", "txt")], /--table must end with \.csv, \.md, \.tex/],
  ];
  for (const [args, message] of wrong) {
    const { code, err } = await task("figure", file, "--label", "harmful", ...args, "--out", `${folder}/x.svg`);
    assert.match(err, message);
    assert.equal(code, 2);
  }
  const nothing = await task("figure", file, "--factor", "told", "--out", `${folder}/x.svg`);
  assert.match(nothing.err, /Cannot compare as nothing is scored: labels are harmful; name one with --label/);
  assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["data.jsonl"]);
});

Deno.test("a figure is never written over the data that it is made from", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.copyFile(new URL("../../data/lynch2025/rates.csv", import.meta.url), `${folder}/rates.csv`);
  const before = await Deno.readTextFile(`${folder}/rates.csv`);
  const asked = ["--factor", "goal_conflict", "--label", "harmful", "--out", `${folder}/x.svg`];
  const { code, err } = await task("figure", `${folder}/rates.csv`, ...asked, "--table", `${folder}/rates.csv`);
  assert.deepEqual([code, await Deno.readTextFile(`${folder}/rates.csv`)], [2, before]);
  assert.match(err, /Cannot write over the data/);
});

Deno.test("paired rates refuse a row whose level has no heading, and no rows at all", () => {
  const text = { name: "x", title: "x", caption: "x.", status: "exploratory", data: [] } as const;
  const rows = rates([{ group: { model: "m", told: "yes" }, outcome: "harmful", count: 1, scored: 2, missing: 0 }]);
  const draw = (given: typeof rows, names: Record<string, string>) =>
    pairedRatesFigure({ ...text, rows: given, item: "model", levels: { factor: "told", names }, axis: "x" });
  assert.throws(() => draw(rows, { no: "no" }), /needs one of the levels no: current value is yes/);
  assert.throws(() => draw([], { no: "no" }), /there is no row/);
  assert.throws(() => pairedRatesFigure({ ...text, rows, item: "model", axis: "x" }), /levels conflict, none/);
});
