/**
 * Figure: one row an item (a model), its rate under each of two conditions, both with intervals.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { percent } from "../words/percent.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { CONFLICT_STYLES, INK } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: rows grouped by `item` and `goal_conflict`. */
export interface PairedRatesOptions extends FigureText {
  /** All of one outcome. */
  readonly rows: readonly Rate[];
  /** The field that names a row of the figure, for example `model`. */
  readonly item: string;
  /** Axis label. */
  readonly axis: string;
}

const LEVELS = {
  conflict: { heading: "conflict", column: 34, dy: -3 },
  none: { heading: "none", column: 72, dy: 3 },
} as const;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/**
 * Draws rates with and without goal conflict, items sorted by the rate without, then by the rate with: who does it
 * regardless stands on top, who does it only under conflict follows, who never does stands last.
 */
export function pairedRatesFigure({ rows, item, axis, ...text }: PairedRatesOptions): Figure {
  const of = (level: string) => rows.filter(({ group }) => group.goal_conflict === level);
  const rateOf = new Map(rows.map((row) => [`${row.group[item]}\n${row.group.goal_conflict}`, row.rate ?? -1]));
  const key = (name: string, level: string) => rateOf.get(`${name}\n${level}`) ?? -1;
  const items = [...new Set(rows.map(({ group }) => group[item]))].sort((a, b) =>
    key(b, "none") - key(a, "none") || key(b, "conflict") - key(a, "conflict")
  );
  const y = ({ group }: Rate) => group[item];
  const marks = Object.entries(LEVELS).flatMap(([level, { heading, column, dy }]) => {
    const style = CONFLICT_STYLES[level];
    const label = { dx: column, fill: style.color, x: 1, textAnchor: "end" as const };
    return [
      ...boundMarks(of(level), { y, dy }),
      ...intervalMarks(of(level), ({ rate }) => rate, sayRow, style, { y, dy }),
      Plot.text(of(level), { ...label, y, text: ({ rate }: Rate) => rate === null ? "no data" : percent(rate) }),
      Plot.text([heading], { ...label, frameAnchor: "top", dy: -8, text: (name: string) => name, fontWeight: 600 }),
    ];
  });
  const caption = fullCaption(text, rows);
  const plot: PlotOptions = {
    marginLeft: 106,
    marginRight: 76,
    marginTop: 18,
    marginBottom: 32,
    height: 50 + items.length * 17,
    x: { ...shareScale(axis, TICKS), labelAnchor: "center", labelArrow: "none" },
    y: { domain: items, label: null, tickSize: 0 },
    marks: [shareGrid(TICKS), ...marks, Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 })],
  };
  const table = items.flatMap((name) => rows.filter(({ group }) => group[item] === name)).map(rateRow);
  return drawFigure(text, caption, table, plot);
}
