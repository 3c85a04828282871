/** The library refuses what the command line refuses, with the nearest name, and says what it could not use. */
import assert from "node:assert/strict";
import { contrasts, counts, load, loadData, type Outcome, pairedRatesFigure, rates, where } from "$lib/mod.ts";
import { loadPolicy, loadSituations } from "$lib/mod.ts";

const lynch = await loadData("lynch2025");
const harmful = [{ label: "harmful" }];
const rows = rates(counts([lynch], ["scenario", "goal_conflict"], harmful));

Deno.test("an unknown label, factor or outcome is refused when counting", () => {
  assert.throws(() => counts([lynch], ["model"], [{ label: "harmfull" }]), {
    name: "RangeError",
    message: "Cannot count label harmfull as no sample has it: nearest is harmful; labels are harmful",
  });
  assert.throws(() => counts([lynch], ["goal-conflict"], harmful), /nearest is goal_conflict; factors are model, /);
  const question = { outcome: "subverts" as Outcome, policy: { name: "p", rules: [] } as never };
  assert.throws(() => counts([{ ...lynch, cells: [] }], [], [question]), /nearest is subvert; outcomes are comply, /);
});

Deno.test("an unknown level or factor is refused when choosing and comparing; an empty combination is none", () => {
  assert.throws(() => where(rows, { goal_conflict: "conflcit" }), /nearest is conflict; levels are conflict, none/);
  assert.throws(() => where(rows, { goalconflict: "none" }), /no row is grouped by it: nearest is goal_conflict; /);
  assert.throws(() => contrasts(rows, "goal_conflict", ["conflict", "non"]), /level non: nearest is none; levels are /);
  assert.throws(() => contrasts(rows, "goal", ["a", "b"]), /no row is grouped by it: nearest is goal_conflict; /);
  const [first] = rows;
  const absent = rows.filter((row) => row.group.scenario !== first.group.scenario || row === first);
  const other = rows.find(({ group }) => group.scenario === first.group.scenario && group !== first.group)!;
  assert.deepEqual(where(absent, { ...other.group }), []);
  assert.deepEqual(where(where(rows, { goal_conflict: "none" }), { goal_conflict: "conflict" }), []);
});

Deno.test("the shortest question of a shipped set has one answer: only the passes behind a coding need a labeler", async () => {
  const question = {
    outcome: "subvert",
    policy: await loadPolicy("obey_or_refuse"),
    situations: await loadSituations(),
  } as const;
  const refused: string[] = [];
  for (const { name } of [...Deno.readDirSync("data")].filter(({ isDirectory }) => isDirectory)) {
    if (!await Deno.stat(`data/${name}/dataset.json`).catch(() => undefined)) continue;
    try {
      counts([await loadData(name)], [], [question]);
    } catch (error) {
      if (!/several labelers/.test(String(error))) assert.match(`${error}`, /no card that says what it stands for/);
      else refused.push(name);
    }
  }
  assert.deepEqual(refused, ["opus4-codings"]);
});

Deno.test("rows that cannot be used are said once when counting", async () => {
  const file = await Deno.makeTempFile({ suffix: ".jsonl" });
  const labels = [{ labeler: "x", kind: "rule", scores: { harmful: true } }];
  const line = JSON.stringify({ id: "1", model: "m", scenario: "s", condition: {}, labels });
  await Deno.writeTextFile(file, `${line}\nbroken\n{}\n`);
  const loaded = await load([file]);
  const said: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => said.push(text);
  try {
    for (const _ of [1, 2]) assert.equal(counts(loaded, [], harmful)[0].scored, 1);
  } finally {
    console.warn = warn;
  }
  assert.equal(said.length, 1);
  assert.match(said[0], /not counted, as it cannot be used: .*\.jsonl, line 2: .*, and 1 more in report\.rejected$/);
});

Deno.test("a figure without a part of its text says which, and what it is for", () => {
  const figure = { name: "x", title: "T", status: "exploratory", data: [lynch], rows, item: "scenario", axis: "rate" };
  assert.throws(() => pairedRatesFigure(figure as never), {
    name: "TypeError",
    message: "Cannot draw the figure x as its caption is missing: say what was run and where it was published",
  });
});
