/**
 * Figure: one row an item (a model), its rate at each of two or a few levels of a factor, all with intervals.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { percent } from "../words/percent.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import { labelMargin, type PlotOptions, textWidth } from "./page.ts";
import { INK, stylesOf } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: rows grouped by `item` and by the factor. */
export interface PairedRatesOptions extends FigureText {
  /** All of one outcome. */
  readonly rows: readonly Rate[];
  /** The field that names a row of the figure, for example `model`. */
  readonly item: string;
  /** The factor, and the heading of each of its levels in their order; goal conflict and none where it is left out. */
  readonly levels?: { readonly factor: string; readonly names: Readonly<Record<string, string>> };
  /** Axis label. */
  readonly axis: string;
}

const GOAL_CONFLICT = { factor: "goal_conflict", names: { conflict: "conflict", none: "none" } };
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** In pixels: of the scale, of the first column of numbers and each further one, of a heading's line, of a series. */
const SIZE = { scale: 178, first: 34, column: 38, line: 12, series: 6, row: 17 };

/**
 * Draws the rates of each level, items sorted by the rate at the last level, then by the one before: with and without goal
 * conflict, who does it regardless stands on top, who does it only under conflict follows, who never does stands last.
 *
 * @throws {RangeError} if there is no row, or one has a level without a heading: it would be lost
 *
 * @example
 * ```ts
 * import { pairedRatesFigure, rates } from "$lib/mod.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (told: string, count: number) => ({ group: { model: "m", told }, outcome: "harmful", count, scored: 20, missing: 0 });
 * const text = { name: "told", title: "Told", caption: "Of a test.", status: "exploratory", data: [] } as const;
 * const levels = { factor: "told", names: { yes: "told of the test", no: "not told" } };
 * const rows = rates([row("yes", 3), row("no", 9)]);
 * const { svg, table } = pairedRatesFigure({ ...text, rows, item: "model", levels, axis: "harmful" });
 * assert(svg.includes("told of the test") && table.length === 2);
 * ```
 */
export function pairedRatesFigure(
  { rows, item, levels: { factor, names } = GOAL_CONFLICT, axis, ...text }: PairedRatesOptions,
): Figure {
  const levels = Object.keys(names);
  const lost = rows.find(({ group }) => !Object.hasOwn(names, group[factor]));
  if (lost !== undefined || rows.length === 0) {
    const found = lost === undefined ? "there is no row" : `current value is ${lost.group[factor]}`;
    throw new RangeError(`Cannot draw ${factor} as each row needs one of the levels ${levels.join(", ")}: ${found}`);
  }
  const rateOf = new Map(rows.map((row) => [`${row.group[item]}\n${row.group[factor]}`, row.rate ?? -1]));
  const key = (name: string, level: string) => rateOf.get(`${name}\n${level}`) ?? -1;
  const backwards = levels.toReversed();
  const items = [...new Set(rows.map(({ group }) => group[item]))].sort((a, b) =>
    backwards.map((level) => key(b, level) - key(a, level)).find((difference) => difference !== 0) ?? 0
  );
  const styles = stylesOf(factor, levels);
  const headings = Object.values(names);
  const isOneLine = headings.length <= 2 && headings.every((heading) => heading.length <= 8);
  const columns = levels.map((_, at) => SIZE.first + at * SIZE.column);
  const marginLeft = labelMargin(items, 106);
  const marginRight = columns.at(-1)! + (isOneLine ? 4 : 14);
  const reach = headings.map((heading, at) => textWidth(heading, "bold") + 8 - columns[at] + marginRight);
  const y = ({ group }: Rate) => group[item];
  const marks = levels.flatMap((level, at) => {
    const of = rows.filter(({ group }) => group[factor] === level);
    const dy = (at - (levels.length - 1) / 2) * SIZE.series;
    const label = { dx: columns[at], fill: styles[at].color, x: 1, textAnchor: "end" as const };
    const top = -8 - (isOneLine ? 0 : (levels.length - 1 - at) * SIZE.line);
    const absent = items.filter((name) => !rateOf.has(`${name}\n${level}`));
    return [
      ...boundMarks(of, { y, dy }),
      ...intervalMarks(of, ({ rate }) => rate, sayRow, styles[at], { y, dy }),
      Plot.text(of, { ...label, y, text: ({ rate }: Rate) => rate === null ? "no data" : percent(rate) }),
      ...absent.length === 0 ? [] : [Plot.text(absent, { ...label, y: (name: string) => name, text: () => "no data" })],
      Plot.text([headings[at]], {
        ...label,
        frameAnchor: "top",
        dy: top,
        text: (heading: string) => heading,
        fontWeight: 600,
      }),
      ...isOneLine ? [] : [symbolBeside(styles[at], columns[at] + 7, top + 4)],
    ];
  });
  const caption = fullCaption(text, rows);
  const marginTop = 18 + (isOneLine ? 0 : (levels.length - 1) * SIZE.line);
  const plot: PlotOptions = {
    width: Math.ceil(Math.max(marginLeft + SIZE.scale + marginRight, ...reach)),
    marginLeft,
    marginRight,
    marginTop,
    marginBottom: 32,
    height: 32 + marginTop + items.length * Math.max(SIZE.row, levels.length * SIZE.series + 5),
    x: { ...shareScale(axis, TICKS), labelAnchor: "center", labelArrow: "none" },
    y: { domain: items, label: null, tickSize: 0 },
    marks: [shareGrid(TICKS), ...marks, Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 })],
  };
  const table = items.flatMap((name) => rows.filter(({ group }) => group[item] === name)).map(rateRow);
  return drawFigure(text, caption, table, plot);
}

/** The symbol of a series behind its heading, so that it can be told without its colour. */
function symbolBeside({ color, symbol }: ReturnType<typeof stylesOf>[number], dx: number, dy: number): Plot.Markish {
  return Plot.dot([1], { x: 1, frameAnchor: "top", dx, dy, fill: color, symbol, r: 2.9 });
}
