/** The figure of one rate a level: observed levels are hollow, no rate has no point, and what else is open is dashed. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { levelRatesFigure, type ReachingRate } from "$lib/figures/level_rates.ts";
import { rates } from "$lib/rates/counting/rates.ts";

const row = (set: string, stated: string, count: number, scored: number, missing = 0): ReachingRate =>
  rates([{ group: { set, stated }, outcome: "harmful", count, scored, missing }])[0];
const draw = (rows: readonly ReachingRate[]) =>
  levelRatesFigure({
    name: "n",
    title: "T",
    caption: "C",
    status: "exploratory",
    data: [],
    rows,
    panel: { factor: "set", names: { a: "set a" } },
    line: { factor: "stated", names: { all: "all", test: "a test", nothing: "nothing" } },
    axis: "rate",
  });
const dots = (svg: string) =>
  parseHTML(svg).document.querySelectorAll('[aria-label="dot"] path, [aria-label="dot"] circle').length;

Deno.test("an observed level is drawn hollow, an assigned one filled, one without a rate not at all", () => {
  const { svg } = draw([row("a", "all", 5, 10), row("a", "test", 1, 4), row("a", "nothing", 0, 0, 6)]);
  assert.equal(dots(svg), 3); // the hollow one lies on a filled one
  const hollow = parseHTML(svg).document.querySelectorAll('[aria-label="dot"] [fill="white"]');
  assert.equal(hollow.length, 1);
  assert(svg.includes(">no rate<") && svg.includes(">5/10<"));
});

Deno.test("what more than its own missing verdicts leaves open is dashed and stands in the table", () => {
  const known = draw([row("a", "all", 5, 10), row("a", "test", 1, 4)]);
  const reaching = draw([row("a", "all", 5, 10), { ...row("a", "test", 1, 4), reach: [0.1, 0.9] }]);
  const dashed = ({ svg }: { svg: string }) =>
    parseHTML(svg).document.querySelectorAll("[stroke-dasharray] line").length;
  assert.deepEqual([dashed(known), dashed(reaching)], [0, 1]);
  assert.deepEqual(reaching.table.map(({ reach_lower, reach_upper }) => [reach_lower, reach_upper]), [
    [null, null],
    [0.1, 0.9],
  ]);
  assert(known.caption.includes("no verdict missing"));
});

Deno.test("a row whose level has no name or no style is refused and not lost", () => {
  assert.throws(() => draw([row("b", "all", 5, 10)]), /need a name and a style/);
  assert.throws(() => draw([row("a", "unheard of", 5, 10)]), /unheard of/);
});
