/**
 * A figure of intervals that answers to the mouse and to the keyboard: each mark is a link to its samples, and while it is
 * pointed at or has the focus its numbers stand below.
 *
 * @module
 */
import { stylesOf } from "../../figures/palette.ts";
import { labelMargin, textWidth } from "../../figures/page.ts";
import { escapeHtml } from "../../words/html.ts";

/** One mark. */
export interface IntervalMark {
  /** The line that it stands in. */
  readonly item: string;
  /** Number of its series. */
  readonly series: number;
  /** Null where there is no number: nothing is drawn then. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** What missing verdicts leave open; absent where nothing is missing. */
  readonly bounds?: readonly [number, number];
  /** All that is to be said of it. */
  readonly said: string;
  readonly href?: string;
}

/** What to draw. */
export interface IntervalFigure {
  readonly label: string;
  readonly marks: readonly IntervalMark[];
  /** The factor of the series and their names. */
  readonly factor: string;
  readonly series: readonly string[];
  readonly axis: string;
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** In pixels. */
const SIZE = { width: 860, line: 26, step: 9, top: 10, axis: 40, right: 24, letter: 1.35 };

/** Draws the figure as SVG; all text is escaped. */
export function intervalFigure({ label, marks, factor, series, axis, domain, ticks }: IntervalFigure): string {
  const items = [...new Set(marks.map(({ item }) => item))];
  const styles = series.length === 1 ? [PLAIN] : stylesOf(factor, series);
  const height = Math.max(SIZE.line, series.length * SIZE.step + 12);
  const left = Math.min(SIZE.width * 0.6, labelMargin(items, 90) * SIZE.letter);
  const keyed = keyOf(series, left);
  const top = SIZE.top + (series.length > 1 ? 6 + keyed.lines * 18 : 0);
  const bottom = top + items.length * height;
  const x = (value: number) =>
    round(left + (value - domain[0]) / (domain[1] - domain[0]) * (SIZE.width - SIZE.right - left));
  const tip = bottom + SIZE.axis + 14;
  const line = (at: number, name: string) =>
    `<line class="${name}" x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/>`;
  const drawn = marks.map((mark) => {
    const y = top + items.indexOf(mark.item) * height + height / 2 +
      (mark.series - (series.length - 1) / 2) * SIZE.step;
    const { color, symbol } = styles[mark.series];
    const { value, lower, upper, bounds } = mark;
    const parts = [
      `<rect class="area" x="${left}" y="${round(y - SIZE.step / 2)}" width="${
        round(SIZE.width - left)
      }" height="${SIZE.step}"/>`,
      ...bounds === undefined
        ? []
        : [`<line class="open" x1="${x(bounds[0])}" x2="${x(bounds[1])}" y1="${y}" y2="${y}"/>`],
      ...lower === null || upper === null
        ? []
        : [`<line stroke="${color}" stroke-width="2" x1="${x(lower)}" x2="${x(upper)}" y1="${y}" y2="${y}"/>`],
      ...value === null ? [] : [symbolAt(symbol, color, x(value), y)],
      `<text class="tip" x="${SIZE.width / 2}" y="${tip}">${escapeHtml(mark.said)}</text>`,
    ];
    const named = `class="mark" aria-label="${escapeHtml(mark.said)}"`;
    return mark.href === undefined
      ? `<g ${named} role="img" tabindex="0">${parts.join("")}</g>`
      : `<a ${named} href="${escapeHtml(mark.href)}">${parts.join("")}</a>`;
  });
  const key = series.length < 2 ? [] : keyed.places.map(({ x, y }, index) => {
    const { color, symbol } = styles[index];
    return `${symbolAt(symbol, color, x, y - 4)}<text x="${round(x + 10)}" y="${y}">${
      escapeHtml(series[index])
    }</text>`;
  });
  return [
    `<svg class="figure" viewBox="0 0 ${SIZE.width} ${tip + 10}" role="group" aria-label="${escapeHtml(label)}">`,
    ...key,
    ...ticks.map(({ at, text }) =>
      `${line(at, "grid")}<text class="tick" x="${x(at)}" y="${bottom + 16}">${text}</text>`
    ),
    line(0, "zero"),
    `<text class="tick" x="${round((left + SIZE.width) / 2)}" y="${bottom + 34}">${escapeHtml(axis)}</text>`,
    ...items.map((item, index) =>
      `<text class="item" x="${left - 10}" y="${round(top + index * height + height / 2 + 4)}">${
        escapeHtml(item)
      }</text>`
    ),
    ...drawn,
    "</svg>",
  ].join("\n");
}

/** What stands alone is drawn as text is. */
const PLAIN = { color: "currentColor", symbol: "circle" };

/** Where each name of the key stands: beside the one before while there is room, else on the next line. */
function keyOf(series: readonly string[], left: number) {
  let [x, line] = [left, 0];
  const places = series.map((name) => {
    const width = 34 + textWidth(name) * SIZE.letter;
    if (x > left && x + width > SIZE.width) [x, line] = [left, line + 1];
    const place = { x: round(x), y: SIZE.top + 8 + line * 18 };
    x += width;
    return place;
  });
  return { places, lines: line + 1 };
}

/** The shapes of the palette, as paths around a point. */
const PATHS: Readonly<Record<string, string>> = {
  circle: "m-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z",
  diamond: "m0,-6l5,6l-5,6l-5,-6z",
  square: "m-4,-4h8v8h-8z",
  triangle: "m0,-5.5l5,9h-10z",
  cross: "m-5,-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z",
};

function symbolAt(symbol: string, color: string, x: number, y: number): string {
  return `<path class="point" fill="${color}" d="M${x},${y}${PATHS[symbol]}"/>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
