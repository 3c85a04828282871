/**
 * Turns a plot into a figure: an SVG document that stands alone, the numbers behind it, and how Jupyter shows it.
 *
 * @module
 */
import type { TableRow } from "../rates/counting/rates.ts";
import type { Figure, FigureText } from "./figure.ts";
import { page, plotOf, type PlotOptions } from "./page.ts";
import type { KeyWord } from "./shown/html.ts";

/** Width of the plot that Jupyter shows, in pixels before it is fitted to the cell. */
const WIDE = 640;

/**
 * Returns a figure. As the last value of a notebook's cell it is shown by itself, as HTML whose marks say what they
 * stand for, and as SVG where HTML is not shown.
 *
 * @param text with the whole caption
 */
export function drawFigure(
  text: FigureText,
  table: readonly TableRow[],
  options: PlotOptions,
  key: readonly KeyWord[] = [],
): Figure {
  const figure = { ...text, svg: page(text, options, key), table };
  const display = async () => {
    const { figureHtml } = await import("./shown/html.ts");
    return {
      "text/html": await figureHtml(text, plotOf(options, WIDE), key),
      "image/svg+xml": figure.svg,
      "text/plain": `${text.title}\n${text.caption}`,
    };
  };
  // Not enumerable: a figure is compared and written by what it holds.
  return Object.defineProperty(figure, Symbol.for("Jupyter.display"), { value: display });
}
