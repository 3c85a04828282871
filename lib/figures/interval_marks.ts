/**
 * The mark that all figures share: a point with its interval, and behind it what missing verdicts leave open.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { FAINT, INK, type Style } from "./palette.ts";

/** A value with an interval; null where there is no data, and then nothing is drawn. */
interface Ranged {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Where a row stands: plot channels, and an offset in pixels so that two series of one row stay apart. */
interface Position<Row> {
  readonly y: (row: Row) => string;
  readonly fx?: (row: Row) => string;
  readonly fy?: (row: Row) => string;
  readonly dy?: number;
}

/**
 * Marks for one series: interval line and point, which says its row when it is pointed at. Rows without a value are left
 * out: no data is not zero.
 */
export function intervalMarks<Row extends Ranged>(
  rows: readonly Row[],
  value: (row: Row) => number | null,
  title: (row: Row) => string,
  { color, symbol }: Style,
  position: Position<Row>,
): Plot.Markish[] {
  const known = rows.filter((row) => value(row) !== null);
  return [
    Plot.ruleY(known, { ...position, x1: "lower", x2: "upper", stroke: color, strokeWidth: 1.6 }),
    Plot.dot(known, { ...position, x: value, fill: color, symbol, r: 2.9, stroke: "white", strokeWidth: 0.5, title }),
  ];
}

/** A dashed line over the range that the missing verdicts leave open, for the rows that have any. */
export function boundMarks<Row extends { readonly missing: number; readonly bounds: readonly [number, number] }>(
  rows: readonly Row[],
  position: Position<Row>,
): Plot.Markish[] {
  const open = rows.filter(({ missing }) => missing > 0);
  const [x1, x2] = [(row: Row) => row.bounds[0], (row: Row) => row.bounds[1]];
  return [Plot.ruleY(open, { ...position, x1, x2, stroke: INK, strokeWidth: 0.8, strokeDasharray: "1.5 2" })];
}

/** The light vertical lines of a scale of shares. */
export function shareGrid(ticks: readonly number[]): Plot.Markish {
  return Plot.gridX(ticks, { stroke: FAINT, strokeOpacity: 1, strokeWidth: 0.6 });
}

/** A scale of shares from 0 to 100 %, always whole. */
export function shareScale(label: string, ticks: readonly number[]): Plot.ScaleOptions {
  return { domain: [0, 1], ticks: [...ticks], tickFormat: (share: number) => `${Math.round(share * 100)} %`, label };
}

/** The heading of each panel, above it and from `left` pixels beside the scale on. */
export function panelHeadings(
  panels: readonly string[],
  heading: (panel: string) => string,
  left: number,
): Plot.Markish {
  return Plot.text(panels, {
    fy: (panel: string) => panel,
    text: heading,
    frameAnchor: "top-left",
    dx: left,
    dy: -14,
    fontWeight: 600,
    fontSize: 10.5,
  });
}
