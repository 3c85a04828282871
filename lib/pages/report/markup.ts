/**
 * Tables, lists and paragraphs of a report as markup; all text is escaped.
 *
 * @module
 */
import { escapeHtml } from "../../words/html.ts";
import type { TextTable } from "../../words/table.ts";

/** A table of words; `cellOf` gives the markup of a cell where it is more than its text. */
export function tableOf(
  { columns, rows, notes }: TextTable,
  id: string,
  cellOf: (row: number, heading: string) => string | undefined = () => undefined,
): string {
  const named = (isNumber?: boolean) => isNumber ? ' class="number"' : "";
  const head = columns.map(({ heading, isNumber }) => `<th scope="col"${named(isNumber)}>${escapeHtml(heading)}</th>`);
  const body = rows.map((row, at) =>
    `<tr>${
      row.map((text, column) => {
        const { heading, isNumber } = columns[column];
        return `<td${named(isNumber)}>${cellOf(at, heading) ?? escapeHtml(text)}</td>`;
      }).join("")
    }</tr>`
  );
  const table = `<table id="${id}"><thead><tr>${head.join("")}</tr></thead><tbody>\n${
    body.join("\n")
  }\n</tbody></table>`;
  return `<div class="wide" role="region" aria-label="${id}" tabindex="0">${table}</div>${
    notes.map(paragraph).join("")
  }`;
}

/** A paragraph. */
export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** A list with an item for each line; nothing where there is none. */
export function list(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`;
}
