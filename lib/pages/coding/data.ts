/**
 * What the coding page holds and keeps: the only words that the page and its maker share.
 *
 * @module
 */
import type { ActColumn } from "../../labelers/people/sheet_columns.ts";
import type { ShownPart } from "../../labelers/people/shown_parts.ts";

/** Everything that a page shows. */
export interface PageData {
  readonly sheet: string;
  readonly items: readonly PageItem[];
  /** Of the CSV, in order. */
  readonly columns: readonly string[];
  readonly acts: readonly PageAct[];
  /** The fields of an act, without its name. */
  readonly fields: readonly ActColumn[];
  readonly states: readonly string[];
  /** Fields that each act should have, for a policy can ask for them. */
  readonly asked: readonly string[];
  /** The word for a list that is empty. */
  readonly nobody: string;
}

/** A transcript to code, and who is who in it. */
export interface PageItem {
  readonly item: string;
  readonly parts: readonly ShownPart[];
  readonly people: readonly { readonly name: string; readonly principal: string; readonly who: string }[];
}

/** An act to choose, and the key that chooses it. */
export interface PageAct {
  readonly key: string;
  readonly name: string;
  readonly rule: string;
  readonly yes: string;
  readonly no: string;
}

/** The coding of one item: cells of the CSV, one record an act. */
export interface PageCoding {
  readonly acts: Record<string, string>[];
  states: string;
  note: string;
}

/** What is kept in the browser, for one coder. */
export interface PageState {
  at: number;
  readonly codings: Record<string, PageCoding>;
}

/** An item as it was before a change. */
export interface Before {
  readonly at: number;
  readonly current: number;
  readonly coding: string;
}

/** The page at work. */
export interface Coder {
  readonly data: PageData;
  /** Who codes. */
  name: string;
  state: PageState;
  /** Of the acts of the item. */
  current: number;
  /** What can be undone, the last change last. */
  readonly before: Before[];
}

/** What keys and buttons do to the coding of an item. */
export interface ActWork {
  readonly addAct: (name: string) => void;
  /** The same act once more. */
  readonly again: () => void;
  readonly remove: () => void;
  /** Goes to an act, by its index. */
  readonly choose: (index: number) => void;
  readonly toggle: (column: ActColumn, word: string) => void;
  readonly toggleWord: (field: string, index: number) => void;
  /** The next word of a field. */
  readonly cycle: (field: string) => void;
  readonly setStates: (word: string) => void;
  readonly cycleStates: () => void;
  readonly typeIn: (id: string) => void;
  readonly stopTyping: () => void;
  readonly takeQuote: () => void;
}

/** What they do besides coding. */
export interface ItemWork {
  /** So many items on, or back. */
  readonly step: (turn: number) => void;
  /** To the next item that is not coded. */
  readonly toOpen: () => void;
  readonly toModel: () => void;
  readonly undo: () => void;
  readonly save: () => void;
}
