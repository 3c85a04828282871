/**
 * Figure: several estimates of one quantity side by side, each with its interval, in one panel for each group.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { percent } from "../words/percent.ts";
import { sayStatus } from "../words/say.ts";
import type { Figure, FigureText } from "./figure.ts";
import { intervalMarks, panelHeadings, shareGrid } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { GREY, INK, OUTCOME_STYLES } from "./palette.ts";

/** One estimate; null where there is none. */
export interface NamedEstimate {
  /** The heading of its panel. */
  readonly panel: string;
  /** The name of its line. */
  readonly name: string;
  /** Where the mark stands. */
  readonly estimate: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
}

/** What to draw. */
export interface EstimatesOptions extends FigureText {
  /** In the order of panels and lines. */
  readonly rows: readonly NamedEstimate[];
  /** Axis label. */
  readonly axis: string;
  /** True for measures that are no shares, such as kappa: written as 0.72 and not as 72 %. */
  readonly isNumber?: boolean;
  /** A value that is known, drawn as a line through all panels. */
  readonly known?: number;
  /** Names that are drawn hollow: not corrected, not to be relied on. */
  readonly hollow?: readonly string[];
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Draws one panel a group and one line an estimate; one without a number says so. The axis is [0, 1]. */
export function estimatesFigure(
  { rows, axis, isNumber = false, known, hollow = [], ...text }: EstimatesOptions,
): Figure {
  const written = (value: number) => isNumber ? value.toFixed(2) : percent(value);
  const said = ({ panel, name, estimate, lower, upper }: NamedEstimate) =>
    `${panel}, ${name}: ${[estimate, lower, upper].map((value) => value === null ? "—" : written(value)).join(", ")}`;
  const panels = [...new Set(rows.map(({ panel }) => panel))];
  const names = [...new Set(rows.map(({ name }) => name))];
  const position = { y: ({ name }: NamedEstimate) => name, fy: ({ panel }: NamedEstimate) => panel };
  const open = rows.filter(({ name, estimate }) => hollow.includes(name) && estimate !== null);
  const none = rows.filter(({ estimate }) => estimate === null);
  const caption = `${text.caption} ${sayStatus(text.status)}`;
  const plot: PlotOptions = {
    marginLeft: 96,
    marginRight: 44,
    marginTop: 22,
    marginBottom: 32,
    height: 44 + panels.length * (24 + names.length * 13),
    x: {
      domain: [0, 1],
      ticks: TICKS,
      tickFormat: written,
      label: axis,
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { domain: names, axis: null },
    fy: { domain: panels, axis: null, padding: 0.36 },
    marks: [
      shareGrid(TICKS),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      ...(known === undefined ? [] : [Plot.ruleX([known], { stroke: OUTCOME_STYLES.subvert.color, strokeWidth: 1 })]),
      ...intervalMarks(rows, ({ estimate }) => estimate, said, { color: INK, symbol: "circle" }, position),
      Plot.dot(open, { ...position, x: "estimate", r: 2.6, fill: "white", stroke: INK }),
      Plot.text(none, { ...position, x: 0, dx: 6, textAnchor: "start", text: () => "no number", fill: GREY }),
      Plot.text(rows, { ...position, x: 0, dx: -8, textAnchor: "end", text: "name", fill: GREY }),
      Plot.text(rows.filter(({ estimate }) => estimate !== null), {
        ...position,
        x: 1,
        dx: 34,
        textAnchor: "end",
        text: ({ estimate }: NamedEstimate) => written(estimate!),
      }),
      panelHeadings(panels, (panel) => panel, -90),
    ],
  };
  return drawFigure(text, caption, rows.map((row) => ({ ...row })), plot);
}
