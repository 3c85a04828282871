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

/** Width of every figure, in pixels. */
export const WIDTH = 360;

/** The shipped font first (for PNG), then what a reader's system has. */
const FONT = "'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif";

const MARGIN = 6;
const TITLE = { size: 12, line: 15, weight: 600, letter: 0.66, color: INK };
const KEY = { line: 13, letter: 6.6, gap: 10 };
const CAPTION = { size: 9, line: 11.5, weight: 400, letter: 0.57, color: GREY };

/** Options of a plot, without those that are the same for every figure. */
export type PlotOptions = Omit<Plot.PlotOptions, "document" | "width" | "style" | "title" | "caption">;

/**
 * Renders a plot with its title, key and caption as an SVG document. The same input gives the same bytes.
 */
export function page(
  { title, caption }: Pick<FigureText, "title" | "caption">,
  options: PlotOptions,
  key: readonly KeyWord[] = [],
): string {
  const plot = plotOf(options, WIDTH);
  const heading = wrap(title, TITLE);
  const keyLine = MARGIN + heading.length * TITLE.line + 12;
  const keyLines = keyRows(key);
  const top = keyLine + (key.length > 0 ? 6 + (keyLines.length - 1) * KEY.line : -8);
  const bottom = top + Number(plot.getAttribute("height")) + 4;
  const notes = wrap(caption, CAPTION);
  const height = Math.ceil(bottom + notes.length * CAPTION.line + MARGIN);
  plot.setAttribute("y", String(top));
  return visibleXml([
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `font-family="${FONT}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<desc>${escapeHtml(caption)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
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
function keyRows(key: readonly KeyWord[]): KeyWord[][] {
  const rows: KeyWord[][] = [];
  let left = 0;
  for (const word of key) {
    const width = word.word.length * KEY.letter + KEY.gap;
    if (rows.length === 0 || width > left) {
      rows.push([]);
      left = WIDTH - 2 * MARGIN + KEY.gap;
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
function wrap(text: string, { size, letter }: typeof TITLE): string[] {
  const letters = Math.floor((WIDTH - 2 * MARGIN) / (letter * size));
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
