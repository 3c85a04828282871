/**
 * The gallery: one line and a small picture a notebook, so that a person chooses by looking.
 *
 * @module
 */
import { escapeHtml } from "../words/html.ts";

/** What the gallery shows of a notebook. */
export interface Exhibit {
  /** File name of the notebook. */
  readonly notebook: string;
  /** Its first heading: number and question. */
  readonly heading: string;
  /** Its first figure, by name and title; absent where it draws none. */
  readonly figure?: { readonly name: string; readonly title: string };
}

/** How many pictures stand side by side. */
const COLUMNS = 3;

/**
 * Returns the gallery as Markdown that GitHub and JupyterLab show as a grid of pictures: each leads to its notebook.
 *
 * @example
 * ```ts
 * import { gallery } from "$lib/notebook/gallery.ts";
 * import assert from "node:assert/strict";
 *
 * const page = gallery([{ notebook: "07_power.ipynb", heading: "07 · How many?", figure: { name: "power", title: "100" } }]);
 * assert(page.includes('<a href="07_power.ipynb"><img src="figures/power.svg"'));
 * ```
 */
export function gallery(exhibits: readonly Exhibit[]): string {
  const rows = Array.from(
    { length: Math.ceil(exhibits.length / COLUMNS) },
    (_, row) => exhibits.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
  return [
    "# The notebooks",
    "",
    "Each asks one question and answers it first. Open this folder in JupyterLab. `deno task figures` makes the pictures",
    "and this page.",
    "",
    "<table>",
    ...rows.map((row) => `<tr>\n${row.map(cell).join("\n")}\n</tr>`),
    "</table>",
    "",
  ].join("\n");
}

function cell({ notebook, heading, figure }: Exhibit): string {
  const link = (inner: string) => `<a href="${notebook}">${inner}</a>`;
  const picture = figure &&
    link(`<img src="figures/${figure.name}.svg" width="240" alt="${escapeHtml(figure.title)}">`);
  const lines = [link(`<b>${escapeHtml(heading)}</b>`), ...(figure ? [picture, escapeHtml(figure.title)] : [])];
  return `<td valign="top" width="33%">${lines.join("<br>")}</td>`;
}
