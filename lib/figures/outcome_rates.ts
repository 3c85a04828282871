/**
 * Figure: for each condition the share of every outcome, or of several labels, each with its interval.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, panelHeadings, shareGrid, shareScale } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import { labelMargin, type PlotOptions, textWidth, WIDTH } from "./page.ts";
import { INK, OUTCOME_STYLES, type Style } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: rows grouped by `item`, one row for each outcome. */
export interface OutcomeRatesOptions extends FigureText {
  /** In the order of the panels. */
  readonly rows: readonly Rate[];
  /** The factor that makes the panels, for example `variant`. */
  readonly item: string;
  /** Level → heading of its panel; a level without one keeps its own name. */
  readonly names?: Readonly<Record<string, string>>;
  /** Axis label. */
  readonly axis: string;
  /** Label → how it is drawn and called, where the rows count labels instead of outcomes. */
  readonly labels?: Readonly<Record<string, Style & { readonly name: string }>>;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Draws one panel a condition, one line an outcome; a label without a style of its own is drawn in black. */
export function outcomeRatesFigure({ rows, item, names = {}, axis, labels, ...text }: OutcomeRatesOptions): Figure {
  const others = rows.filter(({ outcome }) => !Object.hasOwn(OUTCOME_STYLES, outcome));
  const plain = Object.fromEntries(others.map(({ outcome }) => [outcome, { color: INK, symbol: "circle" as const }]));
  const styles: Readonly<Record<string, Style>> = labels ?? { ...OUTCOME_STYLES, ...plain };
  const outcomes = Object.keys(styles).filter((name) => rows.some(({ outcome }) => outcome === name));
  const panels = [...new Set(rows.map(({ group }) => group[item]))];
  const heading = (level: string) => names[level] ?? level;
  const y = ({ outcome }: Rate) => outcome;
  const fy = ({ group }: Rate) => group[item];
  const called = ({ outcome }: Rate) => labels?.[outcome]?.name ?? outcome;
  const marks = outcomes.flatMap((outcome) => {
    const of = rows.filter((row) => row.outcome === outcome);
    const style = styles[outcome];
    const label = { y, fy, fill: style.color };
    return [
      ...boundMarks(of, { y, fy }),
      ...intervalMarks(of, ({ rate }) => rate, sayRow, style, { y, fy }),
      Plot.text(of, { ...label, x: 0, dx: -8, textAnchor: "end", text: called, fontWeight: 600 }),
      Plot.text(of, {
        ...label,
        x: 1,
        dx: 34,
        textAnchor: "end",
        text: ({ count, scored }: Rate) => scored === 0 ? "missing" : `${count}/${scored}`,
      }),
    ];
  });
  const caption = fullCaption(text, rows);
  const marginLeft = labelMargin(rows.map(called), 96, "bold");
  const headings = panels.map((panel) => Math.ceil(textWidth(heading(panel), "bold")) + 12);
  const plot: PlotOptions = {
    width: Math.max(WIDTH + marginLeft - 96, ...headings),
    marginLeft,
    marginRight: 44,
    marginTop: 22,
    marginBottom: 32,
    height: 44 + panels.length * (24 + outcomes.length * 14),
    x: { ...shareScale(axis, TICKS), labelAnchor: "center", labelArrow: "none" },
    y: { domain: outcomes, axis: null },
    fy: { domain: panels, axis: null, padding: 0.36 },
    marks: [
      shareGrid(TICKS),
      ...marks,
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      panelHeadings(panels, heading, 6 - marginLeft),
    ],
  };
  return drawFigure(text, caption, rows.map(rateRow), plot);
}
