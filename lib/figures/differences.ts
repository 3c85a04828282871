/**
 * Figure: one row an item (a model), the difference between two conditions with its interval.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { Contrast } from "../rates/comparing/contrasts.ts";
import { points } from "../words/percent.ts";
import { contrastRow, type Figure, type FigureText, fullCaption } from "./figure.ts";
import { intervalMarks, shareGrid } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import { labelMargin, type PlotOptions, WIDTH } from "./page.ts";
import { INK } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: contrasts grouped by `item`. */
export interface DifferencesOptions extends FigureText {
  /** One a line of the figure. */
  readonly rows: readonly Contrast[];
  /** The factor that names a line, for example `model`. */
  readonly item: string;
  /** Axis label. */
  readonly axis: string;
}

/** Draws differences in percentage points, largest first; an arm without data has no point and says so. */
export function differencesFigure({ rows, item, axis, ...text }: DifferencesOptions): Figure {
  const sorted = [...rows].sort((a, b) => (b.difference ?? -2) - (a.difference ?? -2));
  const lowest = Math.min(0, ...sorted.map(({ lower }) => lower ?? 0));
  const from = Math.floor(lowest * 4) / 4; // the next quarter below, so that every interval is whole
  const ticks = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((tick) => tick >= from);
  const y = ({ group }: Contrast) => group[item];
  const arms = rows.flatMap(({ first, second }) => [first, second]).filter((arm) => arm !== undefined);
  const caption = fullCaption(text, arms, rows);
  const marginLeft = labelMargin(sorted.map(y), 106);
  const plot: PlotOptions = {
    width: WIDTH + marginLeft - 106,
    marginLeft,
    marginRight: 40,
    marginTop: 6,
    marginBottom: 32,
    height: 38 + sorted.length * 14,
    x: { domain: [from, 1], ticks, tickFormat: points, label: axis, labelAnchor: "center", labelArrow: "none" },
    y: { domain: sorted.map(y), label: null, tickSize: 0 },
    marks: [
      shareGrid(ticks),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      ...intervalMarks(sorted, ({ difference }) => difference, sayRow, { color: INK, symbol: "circle" }, { y }),
      Plot.text(sorted, {
        y,
        x: 1,
        dx: 36,
        textAnchor: "end",
        text: ({ difference }: Contrast) => difference === null ? "no data" : points(difference),
      }),
    ],
  };
  return drawFigure(text, caption, sorted.map(contrastRow), plot);
}
