/**
 * Figure: one or several curves of a computed quantity, in one panel or in small multiples, each named in its colour above.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { sayStatus } from "../words/say.ts";
import type { Figure, FigureText } from "./figure.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { FAINT, GREY, INK } from "./palette.ts";

/** A point of a curve; null where the quantity does not exist, and there the curve is broken. */
export interface CurvePoint {
  /** The curve that it belongs to. */
  readonly series: string;
  /** On the scale of the x axis. */
  readonly x: number;
  /** On the scale of the y axis. */
  readonly y: number | null;
  /** The panel that it is drawn in, where there are several. */
  readonly panel?: string;
}

/** A scale of one axis. */
export interface CurveAxis {
  /** What the axis measures. */
  readonly label: string;
  /** Its ends. */
  readonly domain: readonly [number, number];
  /** The values that are marked. */
  readonly ticks: readonly number[];
  /** How a tick is written. */
  readonly format: (tick: number) => string;
  /** `log`: factors are equally far apart; `sqrt`: what lies near 0 is spread out. */
  readonly type?: "linear" | "log" | "sqrt";
}

/** What to draw. */
export interface CurvesOptions extends FigureText {
  /** Those of every series, each in its order. */
  readonly points: readonly CurvePoint[];
  /** The scale across. */
  readonly x: CurveAxis;
  /** The scale upwards. */
  readonly y: CurveAxis;
  /** Colour of each series. */
  readonly colors: Readonly<Record<string, string>>;
  /** Lines across, for example the level that is promised. */
  readonly marks?: readonly number[];
  /** Height of a panel in pixels. */
  readonly height?: number;
}

/** Draws each series as a line; what lies outside the axis is cut there and said in the caption. */
export function curvesFigure(
  { points, x, y, colors, marks = [], height = 150, ...text }: CurvesOptions,
): Figure {
  const strange = points.find(({ series }) => !Object.hasOwn(colors, series));
  if (strange) {
    throw new RangeError(`Cannot draw a curve as its series has no colour: current value is ${strange.series}`);
  }
  const panels = [...new Set(points.map(({ panel }) => panel ?? ""))];
  const cut = points.filter((point) => point.y !== null && (point.y < y.domain[0] || point.y > y.domain[1])).length;
  const inside = points.map((point) => ({
    ...point,
    panel: point.panel ?? "",
    y: point.y === null ? NaN : Math.min(y.domain[1], Math.max(y.domain[0], point.y)),
  }));
  const isPanelled = panels.length > 1;
  const beyond = cut > 0 ? ` ${cut} points lie beyond the axis and are drawn at its end.` : "";
  const caption = `${text.caption}${beyond} ${sayStatus(text.status)}`;
  const words = Object.entries(colors).map(([word, color]) => ({ word, color }));
  const plot: PlotOptions = {
    marginLeft: 58,
    marginRight: 12,
    marginTop: isPanelled ? 20 : 8,
    marginBottom: 34,
    height: (isPanelled ? 58 : 42) + panels.length * height,
    x: {
      type: x.type ?? "linear",
      domain: [...x.domain],
      ticks: [...x.ticks],
      tickFormat: x.format,
      label: x.label,
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { domain: [...y.domain], ticks: [...y.ticks], tickFormat: y.format, label: null },
    fy: { domain: panels, axis: null, padding: 0.22 },
    marks: [
      Plot.gridY(y.ticks, { stroke: FAINT, strokeOpacity: 1, strokeWidth: 0.6 }),
      ...marks.map((mark) => Plot.ruleY([mark], { stroke: INK, strokeWidth: 0.8, strokeDasharray: "2 2" })),
      Plot.line(inside, {
        x: "x",
        y: "y",
        z: "series",
        fy: "panel",
        stroke: ({ series }: CurvePoint) => colors[series],
        strokeWidth: 1.5,
      }),
      // Not seen: what answers to the pointer along a line.
      Plot.dot(inside.filter(({ y }) => !Number.isNaN(y)), {
        x: "x",
        y: "y",
        fy: "panel",
        fill: "none",
        stroke: "none",
        title: (point: CurvePoint) => `${point.series}: ${y.format(point.y!)} at ${x.label} ${x.format(point.x)}`,
      }),
      ...(isPanelled
        ? [Plot.text(panels, {
          fy: (panel: string) => panel,
          text: (panel: string) => panel,
          frameAnchor: "top-left",
          dy: -11,
          fontWeight: 600,
          fill: GREY,
        })]
        : []),
      Plot.text(panels, {
        fy: (panel: string) => panel,
        text: () => y.label,
        frameAnchor: "left",
        dx: -48,
        rotate: -90,
        fill: GREY,
      }),
    ],
  };
  const table = points.map(({ series, panel, x, y }) => ({ ...(panel === undefined ? {} : { panel }), series, x, y }));
  return drawFigure(text, caption, table, plot, words);
}
