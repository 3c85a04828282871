/**
 * What the coding page keeps and gives out. These functions run in the browser only, as text: they may use what the
 * browser has and each other, and nothing else of this library.
 *
 * @module
 */
import { toCell } from "../../samples/spreadsheet_cell.ts";
import type { PageCoding, PageData, PageState } from "./data.ts";

/** The codings as the CSV that the importer reads: a row an act, and an empty row for what is not coded. */
export function sheetCsv(
  { items, columns }: PageData,
  codings: Readonly<Record<string, PageCoding>>,
  coder: string,
): string {
  const rows = items.flatMap(({ item }) => {
    const { acts, states, note } = codings[item];
    const rest = { item, states, note, coder };
    return acts.length === 0
      ? [rest]
      : acts.map((act, index) => index === 0 ? { ...act, ...rest } : { ...act, item, coder });
  });
  const quoted = (cell: string) => `"${toCell(cell).replaceAll('"', '""')}"`;
  const all = [...columns, "coder"];
  const lines = rows.map((row) => all.map((name) => quoted((row as Record<string, string>)[name] ?? "")).join(","));
  return "\uFEFF" + [all.join(","), ...lines].join("\r\n") + "\r\n";
}

/** The name of the file that is saved: the sheet's, and who coded it. */
export function savedName(sheet: string, coder: string): string {
  return `${sheet}.${coder.replaceAll(/[^\p{L}\p{N}_-]+/gu, "_")}.csv`;
}

/** What an earlier visit of a coder kept, as far as it fits this page; what does not is left out. */
export function keptState({ sheet, items, columns }: PageData, coder: string): PageState {
  let kept: Partial<PageState> = {};
  try {
    kept = JSON.parse(localStorage.getItem(`coding ${sheet} ${coder}`) ?? "{}") ?? {};
  } catch { /* nothing kept, or not readable */ }
  const text = (value: unknown) => typeof value === "string" ? value : "";
  const codings = items.map(({ item }): [string, PageCoding] => {
    const { acts, states, note } = kept.codings?.[item] ?? {} as Partial<PageCoding>;
    const cells = (Array.isArray(acts) ? acts : []).filter((act) => text(act?.act) !== "").map((act) =>
      Object.fromEntries(columns.filter((name) => text(act[name]) !== "").map((name) => [name, text(act[name])]))
    );
    return [item, { acts: cells, states: text(states), note: text(note) }];
  });
  const at = Number.isInteger(kept.at) && kept.at! >= 0 && kept.at! < items.length ? kept.at! : 0;
  return { at, codings: Object.fromEntries(codings) };
}

/** Keeps the state of a coder in the browser; returns whether that was possible. */
export function keepState(sheet: string, coder: string, state: PageState): boolean {
  try {
    localStorage.setItem(`coding ${sheet} ${coder}`, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

/** Who has coded this sheet in this browser, by name. */
export function keptCoders(sheet: string): string[] {
  const start = `coding ${sheet} `;
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length)).sort();
  } catch {
    return [];
  }
}

/** Forgets what a coder has coded here. */
export function forgetCoder(sheet: string, coder: string): void {
  try {
    localStorage.removeItem(`coding ${sheet} ${coder}`);
  } catch { /* nothing is kept here */ }
}
