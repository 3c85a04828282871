/**
 * Turns a plot into a figure: an SVG document that stands alone, the numbers behind it, and how Jupyter shows it.
 *
 * @module
 */
import type { TableRow } from "../rates/counting/rates.ts";
import { checkText, type Figure, type FigureText } from "./figure.ts";
import { page, plotOf, type PlotOptions } from "./page.ts";
import type { KeyWord } from "./shown/html.ts";

/** Width of the plot that Jupyter shows, in pixels before it is fitted to the cell. */
const WIDE = 640;

/**
 * Returns a figure. As the last value of a notebook's cell it is shown by itself, as HTML whose marks say what they
 * stand for, and as SVG where HTML is not shown.
 *
 * @param caption the whole caption, of which its maker's words are the beginning
 * @throws {TypeError} if the maker left a part of the text out; the sentence says what to give
 */
export function drawFigure(
  made: FigureText,
  caption: string,
  table: readonly TableRow[],
  options: PlotOptions,
  key: readonly KeyWord[] = [],
): Figure {
  checkText(made);
  const text = { ...made, caption };
  const figure = { ...text, svg: page(text, options, key), table };
  const display = async () => {
    const { figureHtml } = await import("./shown/html.ts");
    return {
      "text/html": await figureHtml(text, plotOf(options, Math.max(WIDE, options.width ?? 0)), key),
      "image/svg+xml": figure.svg,
      "text/plain": `${text.title}\n${text.caption}`,
    };
  };
  // Not enumerable: a figure is compared and written by what it holds.
  return Object.defineProperty(figure, Symbol.for("Jupyter.display"), { value: display });
}
