/**
 * Figure: rates with their intervals, and behind each the range in which another prompt would fall.
 *
 * A rate of one prompt has no such range, and its line says so: an open frame from 0 to 100 % stands for what is not known.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { newPromptRate } from "../rates/counting/new_prompt.ts";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { percentRange } from "../words/percent.ts";
import { sayRow } from "../words/row.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { FAINT, GREY, INK } from "./palette.ts";

/** One panel: rates of one outcome, counted with their clusters. */
export interface NextPromptPanel {
  /** What stands above it. */
  readonly heading: string;
  /** The factor of the groups that names each line. */
  readonly name: string;
  /** In the order of the lines. */
  readonly rows: readonly Rate[];
}

/** What to draw. */
export interface NextPromptOptions extends FigureText {
  /** From top to bottom. */
  readonly panels: readonly NextPromptPanel[];
  /** Axis label. */
  readonly axis: string;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const LINE = 13;
const BAND = "#C9DDEE";
const LETTER = 5.2;

/**
 * Draws one panel a set and one line a rate: the pale band is where the rate of another prompt lies in 95 of 100 cases
 * ({@linkcode newPromptRate}), the line the interval of the rate itself.
 *
 * @example
 * ```ts
 * import { nextPromptFigure } from "$lib/figures/next_prompt.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([{ group: { model: "m" }, outcome: "harmful", count: 86, scored: 100, missing: 0 }]);
 * const about = { name: "next", title: "T", caption: "C.", status: "exploratory", data: [] } as const;
 * const { svg, table } = nextPromptFigure({ ...about, axis: "rate", panels: [{ heading: "H", name: "model", rows }] });
 * assert(svg.includes("not known"));
 * assert.equal(table[0].next_lower, null);
 * ```
 */
export function nextPromptFigure({ panels, axis, ...text }: NextPromptOptions): Figure {
  const lines = panels.flatMap(({ heading, name, rows }, panel) =>
    rows.map((row, index) => {
      const next = newPromptRate(row);
      const [nextLower, nextUpper] = "refusal" in next ? [null, null] : [next.lower, next.upper];
      return { row, heading, y: `${panel} ${index}`, called: row.group[name], nextLower, nextUpper };
    })
  );
  const drawn = lines.map(({ row, y, called, nextLower, nextUpper }) => ({ ...row, y, called, nextLower, nextUpper }));
  const known = drawn.filter(({ nextLower }) => nextLower !== null);
  const unknown = drawn.filter(({ nextLower }) => nextLower === null);
  const slots = panels.flatMap(({ rows }, panel) => [
    ...(panel === 0 ? [] : [`above ${panel}`]),
    `${panel}`,
    ...rows.map((_, index) => `${panel} ${index}`),
  ]);
  const left = 16 + LETTER * Math.max(...lines.map(({ called }) => called.length));
  const said = (row: typeof drawn[number]) => `${sayRow(row)}; another prompt: ${nextWords(row)}`;
  const band = { y: "y", insetTop: 1, insetBottom: 1 };
  const caption = fullCaption(text, drawn);
  const plot: PlotOptions = {
    marginLeft: left,
    marginRight: 60,
    marginTop: 2,
    marginBottom: 32,
    height: 34 + slots.length * LINE,
    x: { ...shareScale(axis, TICKS), labelAnchor: "center", labelArrow: "none" },
    y: { domain: slots, axis: null, padding: 0 },
    marks: [
      shareGrid(TICKS),
      Plot.barX(known, { ...band, x1: "nextLower", x2: "nextUpper", fill: BAND }),
      Plot.barX(unknown, {
        ...band,
        x1: 0,
        x2: 1,
        fill: "white",
        stroke: FAINT,
        strokeWidth: 0.8,
      }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      ...boundMarks(drawn, { y: ({ y }) => y }),
      ...intervalMarks(drawn, ({ rate }) => rate, said, { color: INK, symbol: "circle" }, { y: ({ y }) => y }),
      Plot.text(drawn, { y: "y", x: 0, dx: -8, textAnchor: "end", text: "called", fill: GREY }),
      Plot.text(drawn, { y: "y", x: 1, dx: 56, textAnchor: "end", text: nextWords }),
      Plot.text(panels, {
        y: (_: NextPromptPanel, index: number) => `${index}`,
        text: "heading",
        frameAnchor: "left",
        dx: 6 - left,
        fontWeight: 600,
        fontSize: 10.5,
        stroke: "white",
        strokeWidth: 3,
        fill: INK,
      }),
    ],
  };
  const table = lines.map(({ heading, row, nextLower, nextUpper }) => (
    { panel: heading, ...rateRow(row), next_lower: nextLower, next_upper: nextUpper }
  ));
  return drawFigure(text, caption, table, plot);
}

function nextWords({ nextLower, nextUpper }: { nextLower: number | null; nextUpper: number | null }): string {
  return nextLower === null || nextUpper === null ? "not known" : percentRange(nextLower, nextUpper);
}
