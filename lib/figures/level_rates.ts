/**
 * Figure: the rate of one outcome at each level of a factor, one panel a group; levels that were observed and not assigned
 * are drawn hollow.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { percentRange } from "../words/percent.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, panelHeadings, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { INK, LEVEL_STYLES } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** A rate and, where more than its own missing verdicts leaves it open, the range that it could have. */
export interface ReachingRate extends Rate {
  /** The lowest and the highest that it could be, in [0, 1]. */
  readonly reach?: readonly [number, number];
}

/** What to draw: rows grouped by the factor of the panels and by that of the lines. */
export interface LevelRatesOptions extends FigureText {
  /** All of one outcome. */
  readonly rows: readonly ReachingRate[];
  /** The factor that makes the panels, and the heading of each of its levels, in their order. */
  readonly panel: { readonly factor: string; readonly names: Readonly<Record<string, string>> };
  /** The factor that makes the lines, and the name of each of its levels, in their order; styles are in the palette. */
  readonly line: { readonly factor: string; readonly names: Readonly<Record<string, string>> };
  /** Axis label. */
  readonly axis: string;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/**
 * Draws one panel a group and one line a level. A row without a rate has no point and says so.
 *
 * @throws {RangeError} if a row has a level without a name or style: it would be lost
 */
export function levelRatesFigure({ rows, panel, line, axis, ...text }: LevelRatesOptions): Figure {
  const lines = Object.entries(line.names).map(([level, name]) => (
    { level, name, style: LEVEL_STYLES[line.factor]?.[level] }
  ));
  const lost = rows.find(({ group }) =>
    !Object.hasOwn(panel.names, group[panel.factor]) ||
    !lines.some(({ level, style }) => level === group[line.factor] && style !== undefined)
  );
  if (lost) {
    throw new RangeError(
      `Cannot draw a row as its levels need a name and a style each: current value is ${JSON.stringify(lost.group)}`,
    );
  }
  const panels = Object.keys(panel.names);
  const y = ({ group }: Rate) => group[line.factor];
  const fy = ({ group }: Rate) => group[panel.factor];
  const open = rows.map(({ reach, ...row }) => reach === undefined ? row : { ...row, missing: 1, bounds: reach });
  const marks = lines.flatMap(({ level, name, style }) => {
    const of = rows.filter((row) => y(row) === level);
    const label = { y, fy, fill: style.color };
    const hollow = style.isObserved ? of.filter(({ rate }) => rate !== null) : [];
    return [
      ...boundMarks(open.filter((row) => y(row) === level), { y, fy }),
      ...intervalMarks(of, ({ rate }) => rate, sayRow, style, { y, fy }),
      Plot.dot(hollow, { y, fy, x: "rate", r: 2.7, symbol: style.symbol, fill: "white", stroke: style.color }),
      Plot.text(of, { ...label, x: 0, dx: -8, textAnchor: "end", text: () => name, fontWeight: 600 }),
      Plot.text(of, {
        ...label,
        x: 1,
        dx: 44,
        textAnchor: "end",
        text: ({ count, scored, reach }: ReachingRate) =>
          scored > 0 ? `${count}/${scored}` : reach === undefined ? "no rate" : percentRange(...reach),
      }),
    ];
  });
  const caption = fullCaption(text, rows.filter(({ scored, missing }) => scored + missing > 0));
  const plot: PlotOptions = {
    marginLeft: 112,
    marginRight: 52,
    marginTop: 22,
    marginBottom: 32,
    height: 44 + panels.length * (24 + lines.length * 14),
    x: { ...shareScale(axis, TICKS), labelAnchor: "center", labelArrow: "none" },
    y: { domain: lines.map(({ level }) => level), axis: null },
    fy: { domain: panels, axis: null, padding: 0.36 },
    marks: [
      shareGrid(TICKS),
      ...marks,
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      panelHeadings(panels, (level) => panel.names[level], -106),
    ],
  };
  const table = rows.map(({ reach, ...row }) => ({
    ...rateRow(row),
    reach_lower: reach?.[0] ?? null,
    reach_upper: reach?.[1] ?? null,
  }));
  return drawFigure(text, caption, table, plot);
}
