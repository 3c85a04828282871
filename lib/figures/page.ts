/**
 * Puts a title above and a caption below a plot, in one SVG document that stands alone.
 *
 * The width is a little more than one column of a journal (85 mm at 96 pixels an inch are 321 px), so that text of 10 px is
 * 6.7 pt there and doubles at full width.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { FigureText } from "./figure.ts";
import { GREY, INK } from "./palette.ts";
import { escapeHtml } from "../words/html.ts";
import type { KeyWord } from "./shown/html.ts";
import { visibleXml } from "../words/visible.ts";

/** Width of a figure in pixels, unless its names need more. */
export const WIDTH = 360;

/** The shipped font first (for PNG), then what a reader's system has. */
const FONT = "'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif";

const MARGIN = 6;
const TITLE = { size: 12, line: 15, weight: 600, letter: 0.66, color: INK };
const KEY = { line: 13, letter: 6.6, gap: 10 };
const CAPTION = { size: 9, line: 11.5, weight: 400, letter: 0.57, color: GREY };

/** Options of a plot, without those that are the same for every figure. */
export type PlotOptions = Omit<Plot.PlotOptions, "document" | "style" | "title" | "caption">;

/**
 * Renders a plot with its title, key and caption as an SVG document. The same input gives the same bytes.
 */
export function page(
  { title, caption }: Pick<FigureText, "title" | "caption">,
  { width = WIDTH, ...options }: PlotOptions,
  key: readonly KeyWord[] = [],
): string {
  const plot = plotOf(options, width);
  const heading = wrap(title, TITLE, width);
  const keyLine = MARGIN + heading.length * TITLE.line + 12;
  const keyLines = keyRows(key, width);
  const top = keyLine + (key.length > 0 ? 6 + (keyLines.length - 1) * KEY.line : -8);
  const bottom = top + Number(plot.getAttribute("height")) + 4;
  const notes = wrap(caption, CAPTION, width);
  const height = Math.ceil(bottom + notes.length * CAPTION.line + MARGIN);
  plot.setAttribute("y", String(top));
  return visibleXml([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="${FONT}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<desc>${escapeHtml(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...heading.map((line, index) => textLine(line, MARGIN + (index + 0.8) * TITLE.line, TITLE)),
    ...keyLines.map((row, index) => keyText(row, keyLine + index * KEY.line)),
    plot.outerHTML,
    ...notes.map((line, index) => textLine(line, bottom + (index + 0.8) * CAPTION.line, CAPTION)),
    "</svg>\n",
  ].join("\n"));
}

/** Draws a plot without title and caption. */
export function plotOf(options: PlotOptions, width: number): Element {
  const { document } = parseHTML("<html></html>");
  const style = { fontFamily: FONT, fontSize: "10px", color: INK };
  return Plot.plot({ ...options, width, document, style });
}

function textLine(line: string, y: number, { size, weight, color }: typeof TITLE): string {
  return `<text x="${MARGIN}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${color}">` +
    `${escapeHtml(line)}</text>`;
}

function keyText(key: readonly KeyWord[], y: number): string {
  const words = key.map(({ word, color }) => `<tspan dx="${KEY.gap}" fill="${color}">${escapeHtml(word)}</tspan>`);
  return `<text x="${MARGIN - KEY.gap}" y="${y}" font-size="10" font-weight="600">${words.join("")}</text>`;
}

/** The words of a key, as many on a line as surely fit. */
function keyRows(key: readonly KeyWord[], within: number): KeyWord[][] {
  const rows: KeyWord[][] = [];
  let left = 0;
  for (const word of key) {
    const width = word.word.length * KEY.letter + KEY.gap;
    if (rows.length === 0 || width > left) {
      rows.push([]);
      left = within - 2 * MARGIN + KEY.gap;
    }
    rows[rows.length - 1].push(word);
    left -= width;
  }
  return rows;
}

/**
 * Breaks at spaces so that a line fits the width also in a wide font (DejaVu Sans, which a browser without the named fonts
 * falls back to): `letter` is its mean width in em.
 */
function wrap(text: string, { size, letter }: typeof TITLE, width: number): string[] {
  const letters = Math.floor((width - 2 * MARGIN) / (letter * size));
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((word) => piecesOf(word, letters))) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A word that is longer than a line, in pieces. */
function piecesOf(word: string, letters: number): string[] {
  const all = [...word];
  return Array.from(
    { length: Math.max(1, Math.ceil(all.length / letters)) },
    (_, at) => all.slice(at * letters, (at + 1) * letters).join(""),
  );
}

/** Widths of letters at 10 px in a wide font (DejaVu Sans), the widest of each class; semibold is so much wider. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[iIjlftr.,:;'|!()[\]\s-]/, 3.6],
  [/[mwMW@%]/, 9.2],
  [/[\u2e80-\u{10ffff}]/u, 10.5],
  [/\p{Lu}/u, 7],
];
const OTHER = 6.2;
const BOLD = 1.08;

/**
 * The width of a text in pixels at 10 px.
 *
 * @example
 * ```ts
 * import { textWidth } from "$lib/figures/page.ts";
 * import assert from "node:assert/strict";
 *
 * assert(textWidth("claude-opus-4-20250514") > textWidth("gpt-4o"));
 * assert(textWidth("拒否") > textWidth("no"));
 * ```
 */
export function textWidth(text: string, weight: "normal" | "bold" = "normal"): number {
  const width = [...text].reduce((sum, one) => sum + (CLASSES.find(([of]) => of.test(one))?.[1] ?? OTHER), 0);
  return weight === "bold" ? width * BOLD : width;
}

/** The margin that names beside an axis need, `least` or more. */
export function labelMargin(names: readonly string[], least: number, weight: "normal" | "bold" = "normal"): number {
  return Math.max(least, ...names.map((name) => Math.floor(textWidth(name, weight)) + 7));
}
