/**
 * What the coding page keeps and gives out. These functions run in the browser only, as text: they may use what the
 * browser has and each other, and nothing else of this library.
 *
 * @module
 */
import type { PageCoding, PageData, PageState } from "./data.ts";

/** The codings as the CSV that the importer reads: a row an act, and an empty row for what is not coded. */
export function sheetCsv({ items, columns }: PageData, codings: Readonly<Record<string, PageCoding>>): string {
  const rows = items.flatMap(({ item }) => {
    const { acts, states, note } = codings[item];
    const rest = { item, states, note };
    return acts.length === 0 ? [rest] : acts.map((act, index) => index === 0 ? { ...act, ...rest } : { ...act, item });
  });
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => columns.map((name) => quoted((row as Record<string, string>)[name] ?? "")).join(","));
  return "\uFEFF" + [columns.join(","), ...lines].join("\r\n") + "\r\n";
}

/** What an earlier visit kept, as far as it fits this page; what does not is left out. */
export function keptState({ sheet, items, columns }: PageData): PageState {
  let kept: Partial<PageState> = {};
  try {
    kept = JSON.parse(localStorage.getItem(`coding ${sheet}`) ?? "{}") ?? {};
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

/** Keeps the state in the browser; returns whether that was possible. */
export function keepState(sheet: string, state: PageState): boolean {
  try {
    localStorage.setItem(`coding ${sheet}`, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}
