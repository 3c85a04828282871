/**
 * What can be done to the coding of the item that is shown. It runs in the browser only, as text.
 *
 * @module
 */
import { place } from "../element.ts";
import type { ActColumn } from "../../labelers/people/sheet_columns.ts";
import { actNamed, codingOf, lacksNote, rememberBefore, toggled, wordAfter, wordsOf } from "./codings.ts";
import type { ActWork, Coder } from "./data.ts";

/** The work on acts; `changed` keeps and shows what came of it. */
export function actWork(coder: Coder, changed: (message?: string) => void): ActWork {
  const act = (): Record<string, string> | undefined => codingOf(coder).acts[coder.current];
  const column = (name: string) => coder.data.fields.find((one) => one.name === name)!;

  function choose(index: number, message = ""): void {
    coder.current = index;
    changed(message);
  }

  function addAct(name: string): void {
    rememberBefore(coder);
    const { index, isNew } = actNamed(codingOf(coder), name, coder.current);
    choose(index, isNew ? "" : `${name} is coded already: + adds it once more, x takes it out.`);
    if (lacksNote(codingOf(coder))) typeIn("note");
  }

  function change(work: () => void): void {
    if (act() === undefined) return changed("Choose an act first.");
    rememberBefore(coder);
    work();
    changed();
  }

  /** Sets a cell of the current act; empty takes it out. */
  function set(name: string, cell: string): void {
    change(() => {
      if (cell === "") delete act()![name];
      else act()![name] = cell;
    });
  }

  function toggle(of: ActColumn, word: string): void {
    set(of.name, toggled(of, wordsOf(coder, of), act()?.[of.name] ?? "", word, coder.data.nobody));
  }

  function setStates(word: string): void {
    rememberBefore(coder);
    codingOf(coder).states = codingOf(coder).states === word ? "" : word;
    changed();
  }

  function typeIn(id: string): void {
    const input = place(id) as HTMLInputElement;
    if (input.disabled) changed("Choose an act first.");
    else input.focus();
  }

  return {
    addAct,
    choose,
    toggle,
    setStates,
    typeIn,
    again: () => change(() => coder.current = codingOf(coder).acts.push({ act: act()!.act }) - 1),
    remove: () => change(() => codingOf(coder).acts.splice(coder.current, 1)),
    cycle: (field) => set(field, wordAfter(act()?.[field], column(field).allowed)),
    cycleStates: () => setStates(wordAfter(codingOf(coder).states, coder.data.states) || codingOf(coder).states),
    toggleWord: (field, index) => toggle(column(field), wordsOf(coder, column(field))[index]),
    takeQuote: () => {
      const selected = String(getSelection() ?? "").trim();
      if (selected === "") typeIn("quote");
      else set("quote", selected);
    },
    stopTyping: () => {
      place("transcript").focus();
      changed();
    },
  };
}
