/** Figures: the same bytes each time, whole axes, no mark without data, and tables that are the rates. */
import assert from "node:assert/strict";
import { curvesFigure } from "$lib/figures/curves.ts";
import { dilemmasFigure } from "$lib/figures/dilemmas.ts";
import { estimatesFigure } from "$lib/figures/estimates.ts";
import { policyRatesFigure } from "$lib/figures/policy_rates.ts";
import { specificationCurveFigure } from "$lib/figures/specification_curve.ts";
import { parseHTML } from "linkedom";
import { differencesFigure } from "$lib/figures/differences.ts";
import { factorialFigure } from "$lib/figures/factorial.ts";
import { outcomeRatesFigure } from "$lib/figures/outcome_rates.ts";
import { pairedRatesFigure } from "$lib/figures/paired_rates.ts";
import { toPdf, toPng } from "$lib/figures/shown/pictures.ts";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { type Rate, rates } from "$lib/rates/counting/rates.ts";
import { loadData } from "$lib/reading/load.ts";
import { readTable } from "../support/read_table.ts";

const TEXT = { name: "n", title: "T <&> t", caption: "C", status: "exploratory", data: [] } as const;
const row = (model: string, goal_conflict: string, count: number, scored: number, missing = 0): Rate =>
  rates([{ group: { model, goal_conflict }, outcome: "harmful", count, scored, missing }])[0];
const ROWS = [
  row("a", "conflict", 8, 10),
  row("a", "none", 0, 10),
  row("b", "conflict", 0, 0, 4),
  row("b", "none", 10, 10),
];
const paired = (rows: readonly Rate[]) => pairedRatesFigure({ ...TEXT, rows, item: "model", axis: "rate" });
const dots = (svg: string) =>
  parseHTML(svg).document.querySelectorAll('[aria-label="dot"] path, [aria-label="dot"] circle').length;

Deno.test("a figure comes out with the same bytes each time", () => {
  assert.equal(paired(ROWS).svg, paired(ROWS).svg);
});

Deno.test("a condition without data has no point and says so; its bounds are drawn dashed", () => {
  const { svg, caption, table } = paired(ROWS);
  assert.equal(dots(svg), 3);
  assert(svg.includes(">no data<"));
  assert(svg.includes("stroke-dasharray"));
  assert.equal(table.find(({ model, goal_conflict }) => model === "b" && goal_conflict === "conflict")!.rate, null);
  assert(caption.includes("4 verdicts missing"), caption);
});

Deno.test("a figure's text is escaped, its scale of rates is whole and its caption ends with its status", () => {
  const { svg, caption } = paired(ROWS);
  assert(svg.includes("<title>T &lt;&amp;&gt; t</title>"));
  for (const tick of ["0 %", "50 %", "100 %"]) assert(svg.includes(`>${tick}<`), tick);
  assert.equal(
    caption,
    "C Counts: n = 0 to 10, 4 verdicts missing (dashed: the range they leave open), nothing excluded; bars: 95\u00a0% modified Wilson intervals; prompts not recorded. Exploratory.",
  );
});

Deno.test("differences without an arm have no point; the scale holds every interval", () => {
  const { svg, table } = differencesFigure({
    ...TEXT,
    rows: contrasts(ROWS, "goal_conflict", ["conflict", "none"]),
    item: "model",
    axis: "d",
  });
  assert.equal(dots(svg), 1);
  assert.deepEqual(table.map(({ model, difference }) => [model, difference]), [["a", 0.8], ["b", null]]);
  assert(svg.includes(">no data<"));
});

Deno.test("a level without a place in a factorial is an error, not a lost cell", () => {
  const levels = (factor: string, ...names: string[]) => ({
    factor,
    names: Object.fromEntries(names.map((name) => [name, name])),
  });
  const draw = (...models: string[]) =>
    factorialFigure({
      ...TEXT,
      rows: ROWS,
      columns: levels("model", ...models),
      panels: levels("goal_conflict", "conflict", "none"),
      lines: levels("model", "a", "b"),
      axis: "r",
    });
  assert.throws(() => draw("a"), /Cannot draw model as a level has no place: current value is b/);
  assert.equal(dots(draw("a", "b").svg), 3);
});

Deno.test("every outcome that was asked for is drawn, indeterminate too", async () => {
  const { loadPolicy } = await import("$lib/policies/load_policy.ts");
  const { OUTCOMES } = await import("$lib/acts/vocabulary.ts");
  const policy = await loadPolicy("obey_or_refuse");
  const rows = rates(
    counts([await loadData("opus4-variants")], ["variant"], OUTCOMES.map((outcome) => ({ outcome, policy }))),
  );
  const { svg } = outcomeRatesFigure({ ...TEXT, rows, item: "variant", axis: "share" });
  assert.equal(dots(svg), 16);
});

Deno.test("a PNG is drawn with the shipped font: text makes a difference on any system", async () => {
  const png = (word: string) =>
    toPng(`<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">${word}</text></svg>`, 90);
  assert.deepEqual([...(await png("a")).slice(1, 4)], [0x50, 0x4e, 0x47]);
  assert.notDeepEqual(await png("blackmail"), await png("refuse"));
});

Deno.test("a PDF is vectors with the font embedded, of the asked width, and the same bytes each time", async () => {
  const svg = await Deno.readTextFile("notebooks/figures/goal_conflict_blackmail.svg");
  const pdf = await toPdf(svg, 85);
  const text = new TextDecoder("latin1").decode(pdf);
  assert(text.startsWith("%PDF-1."));
  assert.equal([...text.matchAll(/\/FontFile2/g)].length, 2); // regular and bold
  assert(!text.includes("/Subtype /Image"));
  assert.match(text, /\/MediaBox \[0 0 240\.94/); // 85 mm
  assert.deepEqual(await toPdf(svg, 85), pdf);
  await assert.rejects(toPdf("<svg></svg>", 85), SyntaxError);
});

Deno.test("the committed tables of figures are the rates of the shipped data", async () => {
  const cells = counts([await loadData("lynch2025")], ["model", "scenario", "goal_conflict", "threat", "prohibition"], [
    { label: "harmful" },
  ]);
  const drawn = readTable("../notebooks/figures/goal_conflict_blackmail.csv");
  assert.equal(drawn.length, 32);
  for (const { model, goal_conflict, count, scored, rate } of drawn) {
    const cell = cells.find(({ group: g }) =>
      g.model === model && g.goal_conflict === goal_conflict && g.scenario === "blackmail" &&
      g.threat === "replacement" && g.prohibition === "none"
    )!;
    assert.deepEqual([Number(count), Number(scored), Number(rate)], [
      cell.count,
      cell.scored,
      cell.count / cell.scored,
    ]);
  }
  const gemma = counts([await loadData("gemma3-27b-factorial")], ["scenario", "threat", "goal_type"], [{
    label: "harmful",
  }]);
  const factorial = readTable("../notebooks/figures/gemma_factorial.csv");
  assert.deepEqual(
    factorial.map((cell) => [cell.scenario, cell.threat, cell.goal_type, Number(cell.count), Number(cell.scored)]),
    gemma.map(({ group, count, scored }) => [group.scenario, group.threat, group.goal_type, count, scored]),
  );
});

const ABOUT = { name: "x", title: "t", caption: "c.", status: "exploratory", data: [] } as const;
const SHARES = { label: "rate", domain: [0, 1], ticks: [0, 1], format: String } as const;

Deno.test("a curve is broken where there is no value, cut where it leaves the axis, and that is said", () => {
  const points = [0.1, null, 0.3, 1.5].map((y, x) => ({ series: "a", x: x / 3, y }));
  const { svg, caption, table } = curvesFigure({ ...ABOUT, points, x: SHARES, y: SHARES, colors: { a: "#222222" } });
  assert.equal(caption, "c. 1 points lie beyond the axis and are drawn at its end. Exploratory.");
  assert.deepEqual(table.map(({ y }) => y), [0.1, null, 0.3, 1.5]); // the table keeps what the picture cuts
  assert.doesNotMatch(svg, /NaN/);
  assert.throws(
    () => curvesFigure({ ...ABOUT, points, x: SHARES, y: SHARES, colors: {} }),
    /no colour: current value is a/,
  );
});

Deno.test("a specification without an estimate has its choices and no point, and the caption counts it", () => {
  const row = (a: string, estimate: number | null, isHeadline: boolean) => (
    { specification: { a }, estimate, lower: estimate, upper: estimate, count: 0, scored: 0, missing: 0, isHeadline }
  );
  const rows = [row("1", 0.2, true), row("2", 0.4, false), row("3", null, false)];
  const { svg, caption, table } = specificationCurveFigure({ ...ABOUT, rows, axis: "share" });
  assert.match(caption, /3 specifications, .*; 1 of them give no estimate\. Exploratory\./);
  assert.equal(svg.match(/>headline</g)?.length, 1);
  assert.deepEqual(table.map(({ a, estimate }) => [a, estimate]), [["1", 0.2], ["2", 0.4], ["3", null]]);
});

Deno.test("an estimate that does not exist says so, and measures that are no shares are written as numbers", () => {
  const row = (name: string, estimate: number | null) => ({
    panel: "p",
    name,
    estimate,
    lower: estimate,
    upper: estimate,
  });
  const rows = [row("kappa", 0.72), row("alpha", null)];
  const figure = estimatesFigure({ ...ABOUT, rows, axis: "agreement", isNumber: true });
  assert.match(figure.svg, />0\.72</);
  assert.match(figure.svg, />no number</);
  assert.match(estimatesFigure({ ...ABOUT, rows, axis: "share" }).svg, />72&#160;%</);
});

Deno.test("policies under which a finding falls are named in the caption; a level without a heading is an error", () => {
  const row = (policy: string, variant: string) => (
    { group: { policy, variant }, outcome: "subvert", count: 1, scored: 4, missing: 0 }
  );
  const rows = rates([row("one", "a"), row("other", "a")]);
  const options = { ...ABOUT, rows, indeterminate: [], flips: ["other"], axis: "share" };
  const column = { factor: "variant", names: { a: "A" } };
  assert.match(policyRatesFigure({ ...options, column }).caption, /Hollow: it is not shown \(other\)/);
  assert.throws(() => policyRatesFigure({ ...options, column: { ...column, names: {} } }), /current value is a/);
});

Deno.test("a dilemma shows a mark for each option, and an outcome that cannot be told as missing", () => {
  const verdict = (outcome: "comply" | null) => ({ outcome, rule: 1, because: "because" });
  const options = [{ name: "yes", verdict: verdict("comply") }, { name: "no", verdict: verdict(null) }];
  const checks = [{ policy: "p", dilemmas: [{ situation: "s", options, hasAnswer: true }] }];
  const { svg, table } = dilemmasFigure({ ...ABOUT, checks, names: { s: "Story" } });
  assert.match(svg, />missing</);
  assert.deepEqual(table.map(({ option, outcome }) => [option, outcome]), [["yes", "comply"], ["no", null]]);
});
