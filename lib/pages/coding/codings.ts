/**
 * How a coding changes, and when it counts as done. It runs in the browser, as text.
 *
 * @module
 */
import type { ActColumn } from "../../labelers/people/sheet_columns.ts";
import type { Coder, PageCoding, PageData } from "./data.ts";

/** The coding of the item that is shown. */
export function codingOf({ data, state }: Coder): PageCoding {
  return state.codings[data.items[state.at].item];
}

/** Whether an item is coded: it has an act, and a note where that act is `other`. */
export function isCoded({ acts, note }: PageCoding): boolean {
  return acts.length > 0 && !lacksNote({ acts, note });
}

/** Whether the act `other` is coded and nobody said what was done. */
export function lacksNote({ acts, note }: Pick<PageCoding, "acts" | "note">): boolean {
  return note.trim() === "" && acts.some(({ act }) => act === "other");
}

/** Adds an act that is not coded yet, or goes to it where it is, to the next one where there are several. */
export function actNamed({ acts }: PageCoding, name: string, current: number): { index: number; isNew: boolean } {
  const coded = acts.flatMap(({ act }, index) => act === name ? [index] : []);
  if (coded.length === 0) return { index: acts.push({ act: name }) - 1, isNew: true };
  return { index: coded.find((index) => index > current) ?? coded[0], isNew: false };
}

/** The words of a column for the item that is shown: where people can be named, those of its story come last. */
export function wordsOf({ data, state }: Coder, { allowed, takesNames }: ActColumn): readonly string[] {
  return takesNames ? [...allowed, ...data.items[state.at].people.map(({ name }) => name)] : allowed;
}

/** The cell of a list that gains or loses a word, or of a single word that is set or unset. */
export function toggled(
  { kind }: ActColumn,
  allowed: readonly string[],
  cell: string,
  word: string,
  nobody: string,
): string {
  if (kind !== "several") return cell === word ? "" : word;
  const words = cell.split(", ");
  const canStay = (one: string) => one !== nobody && word !== nobody;
  return allowed.filter((one) => one === word ? !words.includes(word) : words.includes(one) && canStay(one)).join(", ");
}

/** The fields that an act should have and that are not coded yet. */
export function notCoded({ asked }: PageData, act: Readonly<Record<string, string>>): string[] {
  return asked.filter((name) => (act[name] ?? "") === "");
}

/** The word after this one; after the last, none. */
export function wordAfter(word: string | undefined, words: readonly string[]): string {
  return words[words.indexOf(word ?? "") + 1] ?? "";
}

/** Keeps the item as it is, so that the next change can be undone. */
export function rememberBefore(coder: Coder): void {
  const { before, state, current } = coder;
  const coding = JSON.stringify(codingOf(coder));
  const last = before.at(-1);
  if (last?.at === state.at && last.coding === coding) return;
  before.push({ at: state.at, current, coding });
  if (before.length > 500) before.shift();
}

/** Takes the last change back, wherever it was; returns whether there was one. */
export function undo(coder: Coder): boolean {
  const { data, state, before } = coder;
  while (before.length > 0) {
    const last = before.pop()!;
    const { item } = data.items[last.at];
    if (JSON.stringify(state.codings[item]) === last.coding) continue; // nothing was changed after all
    state.codings[item] = JSON.parse(last.coding);
    state.at = last.at;
    coder.current = last.current;
    return true;
  }
  return false;
}
