/**
 * The coding page at work: it runs in the browser only, as text, and may use nothing but the browser and the other page
 * files.
 *
 * Transcripts reach the page as data and go into it as text. Nothing here takes markup, and the page's own policy
 * forbids every script but this one, and every request.
 *
 * @module
 */
import type { ActColumn } from "../../labelers/people/sheet_columns.ts";
import type { PageData } from "./data.ts";
import { showPanel } from "./panel.ts";
import { transcriptPart } from "../transcript.ts";
import { keepState, keptState, sheetCsv } from "./store.ts";

/** Shows the page and obeys its keys. */
export function codingPage(data: PageData): void {
  const state = keptState(data);
  let current = 0; // of the acts of the item
  const place = (id: string) => document.getElementById(id)!;
  const input = (id: string) => place(id) as HTMLInputElement;
  const coding = () => state.codings[data.items[state.at].item];
  const act = (): Record<string, string> | undefined => coding().acts[current];
  const column = (name: string) => data.fields.find((one) => one.name === name)!;

  /** After every change: keep it, then show it. */
  function changed(message = ""): void {
    const isKept = keepState(data.sheet, state);
    current = Math.max(0, Math.min(current, coding().acts.length - 1));
    showPanel(data, state, current, { addAct, choose, toggle, setStates });
    place("message").textContent = isKept ? message : "This browser keeps nothing: save often.";
  }

  function goTo(at: number): void {
    if (at < 0 || at >= data.items.length) {
      return changed(at < 0 ? "This is the first item." : "This is the last item.");
    }
    state.at = at;
    current = 0;
    showTranscript();
    changed();
  }

  function goToOpen(): void {
    const order = data.items.map((_, step) => (state.at + 1 + step) % data.items.length);
    const open = order.find((at) => state.codings[data.items[at].item].acts.length === 0);
    if (open === undefined) changed("Every item is coded: save the sheet.");
    else goTo(open);
  }

  function addAct(name: string): void {
    choose(coding().acts.push({ act: name }) - 1);
  }

  function choose(index: number): void {
    current = index;
    changed();
  }

  function removeAct(): void {
    coding().acts.splice(current, 1);
    changed();
  }

  /** Sets a cell of the current act; empty takes it out. */
  function set(name: string, cell: string): void {
    const of = act();
    if (of === undefined) return changed("Choose an act first.");
    if (cell === "") delete of[name];
    else of[name] = cell;
    changed();
  }

  /** A list gains or loses the word; a single word is set or unset. */
  function toggle({ name, kind, allowed }: ActColumn, word: string): void {
    const cell = act()?.[name] ?? "";
    const words = cell.split(", ");
    const isIn = (one: string) => one === word ? !words.includes(word) : words.includes(one);
    set(name, kind === "several" ? allowed.filter(isIn).join(", ") : cell === word ? "" : word);
  }

  function setStates(word: string): void {
    coding().states = coding().states === word ? "" : word;
    changed();
  }

  /** The word after this one; after the last, none. */
  function after(word: string | undefined, words: readonly string[]): string {
    return words[words.indexOf(word ?? "") + 1] ?? "";
  }

  function typeIn(id: string): void {
    if (input(id).disabled) changed("Choose an act first.");
    else input(id).focus();
  }

  function takeQuote(): void {
    const selected = String(getSelection() ?? "").trim();
    if (selected === "") typeIn("quote");
    else set("quote", selected);
  }

  function save(): void {
    const url = URL.createObjectURL(new Blob([sheetCsv(data, state.codings)], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${data.sheet}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    changed(`Saved as ${data.sheet}.csv.`);
  }

  function showTranscript(): void {
    const parts = data.items[state.at].parts.map((part) => transcriptPart(part, []));
    place("transcript").replaceChildren(...parts);
    place("transcript").scrollTop = 0;
    place("transcript").focus();
  }

  function scrollToModel(): void {
    const parts = [...place("transcript").querySelectorAll<HTMLElement>(".assistant, .reasoning, .calls")];
    const here = place("transcript").scrollTop;
    place("transcript").scrollTop = (parts.find(({ offsetTop }) => offsetTop > here + 1) ?? parts[0])?.offsetTop ?? 0;
  }

  const keys: Record<string, () => void> = {
    s: () => setStates(after(coding().states, data.states) || coding().states),
    t: () => set("attempted", after(act()?.attempted, column("attempted").allowed)),
    u: () => set("motive", after(act()?.motive, column("motive").allowed)),
    v: () => set("covert", after(act()?.covert, column("covert").allowed)),
    w: () => typeIn("where"),
    x: removeAct,
    y: takeQuote,
    z: () => typeIn("note"),
    ",": () => choose(current - 1),
    ".": () => choose(current + 1),
    "0": scrollToModel,
    "?": () => place("help").toggleAttribute("hidden"),
    S: save,
    ArrowLeft: () => goTo(state.at - 1),
    ArrowRight: () => goTo(state.at + 1),
    Enter: goToOpen,
    ...Object.fromEntries(data.acts.map(({ key, name }) => [key, () => addAct(name)])),
  };

  function stopTyping(): void {
    place("transcript").focus();
    changed();
  }

  function workOf(event: KeyboardEvent): (() => void) | undefined {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key.toLowerCase() === "s" && hasModifier && !event.altKey) return save;
    if (event.target instanceof HTMLInputElement) {
      return event.key === "Escape" || event.key === "Enter" ? stopTyping : undefined;
    }
    if (hasModifier) return undefined;
    const of = column(event.shiftKey ? "benefits" : "against");
    const word = of.allowed[Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0) - 1];
    return word === undefined ? keys[event.key] : () => toggle(of, word);
  }

  document.addEventListener("keydown", (event) => {
    const work = workOf(event);
    if (work === undefined) return;
    event.preventDefault();
    work();
  });
  // What is typed is kept letter by letter: a page may be closed in the middle of a note.
  for (const id of ["where", "quote", "note"]) {
    input(id).addEventListener("input", () => {
      const text = input(id).value.trim();
      if (id === "note") coding().note = text;
      else if (text === "") delete act()![id];
      else act()![id] = text;
      keepState(data.sheet, state);
    });
  }
  place("save").addEventListener("click", save);
  (place("bar") as HTMLProgressElement).max = data.items.length;
  showTranscript();
  changed(state.at > 0 ? "Going on where you stopped." : "");
}
