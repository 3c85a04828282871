/**
 * Figure: a factorial as small multiples, one panel for each combination of two factors.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { CONFLICT_NAMES, CONFLICT_STYLES, GREY, INK } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: rows grouped by `columns`, `panels`, `lines` and `goal_conflict`. */
export interface FactorialOptions extends FigureText {
  /** All of one outcome. */
  readonly rows: readonly Rate[];
  /** Factor of the columns of panels, with its levels in order. */
  readonly columns: Levels;
  /** Factor of the rows of panels. */
  readonly panels: Levels;
  /** Factor of the lines within a panel. */
  readonly lines: Levels;
  /** Axis label. */
  readonly axis: string;
}

/** A factor and the order of its levels, each with the name it is shown by. */
export interface Levels {
  /** The name of the factor. */
  readonly factor: string;
  /** Level → how it is written, in order. */
  readonly names: Readonly<Record<string, string>>;
}

const TICKS = [0, 0.5, 1];

/** Draws every cell with its interval, coloured by goal conflict. Cells of a level that is not named are not dropped: they throw. */
export function factorialFigure({ rows, columns, panels, lines, axis, ...text }: FactorialOptions): Figure {
  for (const { factor, names } of [columns, panels, lines]) {
    const lost = rows.find(({ group }) => !Object.hasOwn(names, group[factor]));
    if (lost) {
      throw new RangeError(`Cannot draw ${factor} as a level has no place: current value is ${lost.group[factor]}`);
    }
  }
  const show = ({ factor, names }: Levels) => ({ group }: Rate) => names[group[factor]];
  const position = { fx: show(columns), fy: show(panels), y: show(lines) };
  const marks = Object.entries(CONFLICT_STYLES).flatMap(([level, style]) => {
    const of = rows.filter(({ group }) => group.goal_conflict === level);
    return [...boundMarks(of, position), ...intervalMarks(of, ({ rate }) => rate, sayRow, style, position)];
  });
  const domain = ({ names }: Levels) => Object.values(names);
  const perPanel = domain(lines).length * 12 + 8;
  const key = Object.entries(CONFLICT_STYLES).filter(([level]) =>
    rows.some(({ group }) => group.goal_conflict === level)
  )
    .map(([level, { color }]) => ({ word: CONFLICT_NAMES[level], color }));
  const caption = fullCaption(text, rows);
  const plot: PlotOptions = {
    marginLeft: 72,
    marginRight: 80,
    marginTop: 16,
    marginBottom: 32,
    height: 48 + domain(panels).length * perPanel,
    x: {
      ...shareScale(axis, TICKS),
      tickFormat: (share: number) => String(share * 100),
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { domain: domain(lines), label: null, tickSize: 0 },
    fx: { domain: domain(columns), label: null, padding: 0.22 },
    fy: { domain: domain(panels), label: null, padding: 0.1 },
    marks: [
      shareGrid(TICKS),
      Plot.axisFx({ fontWeight: 600, label: null }),
      Plot.axisFy({ fill: GREY, label: null, lineWidth: 6 }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      ...marks,
    ],
  };
  return drawFigure(text, caption, rows.map(rateRow), plot, key);
}
