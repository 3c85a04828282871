/**
 * Figure: one estimate under every specification, the choices below it, the headline marked.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { SpecificationRow } from "../rates/comparing/specifications.ts";
import { percent, percentRange } from "../words/percent.ts";
import { sayStatus } from "../words/say.ts";
import type { Figure, FigureText } from "./figure.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { FAINT, GREY, INK, OUTCOME_STYLES } from "./palette.ts";

/** What to draw: the rows of a specification curve, in its order. */
export interface SpecificationCurveOptions extends FigureText {
  /** As {@linkcode specificationCurve} gives them. */
  readonly rows: readonly SpecificationRow[];
  /** What the estimate is, for its axis. */
  readonly axis: string;
  /** Choice or option → how it is written; what is not named keeps its own name. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Height of one line of choices, in units of the axis, on which the estimates take 1. */
const LINE = 0.115;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const PIXELS = 110; // of the estimates' axis

/** A line below the curve: the name of a choice, or one of its options. */
interface Line {
  readonly choice: string;
  readonly option?: string;
  readonly y: number;
}

/** Draws every specification with its interval; one without an estimate has its choices below and no point. */
export function specificationCurveFigure(
  { rows, axis, names = {}, ...text }: SpecificationCurveOptions,
): Figure {
  const written = (word: string) => names[word] ?? word;
  const lines = linesOf(rows);
  const lowest = Math.min(...lines.map(({ y }) => y)) - LINE;
  const ranked = rows.map((row, index) => ({ ...row, rank: index + 1 }));
  const known = ranked.filter(({ estimate }) => estimate !== null);
  const headline = known.filter(({ isHeadline }) => isHeadline);
  const color = OUTCOME_STYLES.subvert.color;
  const radius = Math.max(0.9, Math.min(1.8, 110 / rows.length));
  const dots = lines.flatMap(({ choice, option, y }) =>
    ranked.filter(({ specification }) => specification[choice] === option).map((row) => ({ ...row, y }))
  );
  const said = ({ specification, estimate, lower, upper }: SpecificationRow) =>
    `${Object.values(specification).map(written).join(", ")}: ${percent(estimate!)}` +
    (lower === null || upper === null ? "" : ` (${percentRange(lower, upper)})`);
  const label = { x: 0, y: "y", dx: -6, textAnchor: "end" } as const;
  const caption = captionOf(text, rows);
  const plot: PlotOptions = {
    marginLeft: 112,
    marginRight: 10,
    marginTop: 12,
    marginBottom: 4,
    height: 16 + PIXELS * (1 - lowest),
    x: { domain: [0, rows.length + 1], axis: null },
    y: { domain: [lowest, 1], axis: null },
    marks: [
      Plot.ruleY(TICKS, { stroke: FAINT, strokeWidth: 0.6 }),
      Plot.text(TICKS, { x: 0, y: (tick: number) => tick, dx: -6, textAnchor: "end", text: percent }),
      Plot.text([axis], { x: 0, y: 0.5, dx: -42, rotate: -90, fill: GREY }),
      Plot.ruleX(headline, { x: "rank", y1: lowest, y2: 1, stroke: color, strokeOpacity: 0.25, strokeWidth: 4 }),
      Plot.ruleX(known, {
        x: "rank",
        y1: "lower",
        y2: "upper",
        stroke: ({ isHeadline }: SpecificationRow) => isHeadline ? color : INK,
        strokeWidth: 1,
      }),
      Plot.dot(known, { x: "rank", y: "estimate", r: radius, fill: INK, title: said }),
      Plot.dot(headline, { x: "rank", y: "estimate", r: 3.4, fill: color }),
      Plot.text(headline, { x: "rank", y: 1, dy: -7, text: () => "headline", fill: color, fontWeight: 600 }),
      Plot.dot(dots, {
        x: "rank",
        y: "y",
        r: radius,
        fill: ({ isHeadline, estimate }: SpecificationRow) => isHeadline ? color : estimate === null ? FAINT : INK,
      }),
      Plot.text(lines.filter(({ option }) => option === undefined), {
        ...label,
        text: ({ choice }: Line) => written(choice),
        fontWeight: 600,
      }),
      Plot.text(lines.filter(({ option }) => option !== undefined), {
        ...label,
        text: ({ option }: Line) => written(option!),
        fill: GREY,
      }),
    ],
  };
  const table = rows.map(({ specification, ...row }) => ({
    ...specification,
    ...row,
    isHeadline: String(row.isHeadline),
  }));
  return drawFigure(text, caption, table, plot);
}

/** A line for each choice and below it one for each option, in the order in which they first appear. */
function linesOf(rows: readonly SpecificationRow[]): Line[] {
  let y = -0.04;
  const next = () => y -= LINE;
  const headline = rows.find(({ isHeadline }) => isHeadline)?.specification ?? {};
  return Object.keys(headline).flatMap((choice) => {
    const options = [...new Set([headline[choice], ...rows.map(({ specification }) => specification[choice])])];
    return [{ choice, y: next() }, ...options.map((option) => ({ choice, option, y: next() }))];
  });
}

function captionOf({ caption, status }: FigureText, rows: readonly SpecificationRow[]): string {
  const none = rows.filter(({ estimate }) => estimate === null).length;
  const counted = `${rows.length} specifications, each a combination of one option of every choice` +
    (none === 0 ? "" : `; ${none} of them give no estimate`);
  return `${caption} ${counted}. ${sayStatus(status)}`;
}
