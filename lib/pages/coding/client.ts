/**
 * The coding page at work: it runs in the browser only, as text, and may use nothing but the browser and the other
 * functions of the page.
 *
 * Transcripts reach the page as data and go into it as text. Nothing here takes markup, and the page's own policy
 * forbids every script but this one, and every request.
 *
 * @module
 */
import { element, place, toggleHelp } from "../element.ts";
import { transcriptPart } from "../transcript.ts";
import { actNamed, codingOf, isCoded, lacksNote, rememberBefore, toggled, undo, wordAfter } from "./codings.ts";
import type { Coder, PageData } from "./data.ts";
import { listenToCoding } from "./keys.ts";
import { showPanel } from "./panel.ts";
import { keepState, keptState, savedName, sheetCsv } from "./store.ts";
import { askWho } from "./who.ts";

/** Asks who codes, then shows the page and obeys its keys. */
export function codingPage(data: PageData): void {
  const coder: Coder = { data, name: "", state: keptState(data, ""), current: 0, before: [] };
  const changed = pageOf(coder);
  const ask = () =>
    askWho(data, (name) => {
      Object.assign(coder, { name, state: keptState(data, name), current: 0 });
      coder.before.length = 0;
      showTranscript(coder);
      changed(coder.state.at > 0 ? "Going on where you stopped." : "");
    });
  (place("bar") as HTMLProgressElement).max = data.items.length;
  place("change").addEventListener("click", ask);
  place("keys").addEventListener("click", toggleHelp);
  place("close-help").addEventListener("click", toggleHelp);
  ask();
}

/** Makes the page work; what it returns shows and keeps the state after every change. */
export function pageOf(coder: Coder): (message?: string) => void {
  const { data } = coder;
  const act = (): Record<string, string> | undefined => codingOf(coder).acts[coder.current];
  const column = (name: string) => data.fields.find((one) => one.name === name)!;

  function changed(message = ""): void {
    const isKept = keepState(data.sheet, coder.name, coder.state);
    coder.current = Math.max(0, Math.min(coder.current, codingOf(coder).acts.length - 1));
    showPanel(coder, {
      addAct,
      choose,
      setStates,
      toggle: (of, word) => set(of.name, toggled(of, act()?.[of.name] ?? "", word)),
    });
    place("message").textContent = isKept ? message : "This browser keeps nothing: save often.";
  }

  function goTo(at: number, message?: string): void {
    if (at < 0 || at >= data.items.length) return changed(`This is the ${at < 0 ? "first" : "last"} item.`);
    Object.assign(coder.state, { at });
    coder.current = 0;
    showTranscript(coder);
    changed(message);
  }

  function toOpen(): void {
    if (lacksNote(codingOf(coder))) return typeIn("note");
    const order = data.items.map((_, step) => (coder.state.at + 1 + step) % data.items.length);
    const open = order.find((at) => !isCoded(coder.state.codings[data.items[at].item]));
    if (open === undefined) changed("Every item is coded: save the sheet.");
    else goTo(open);
  }

  function addAct(name: string): void {
    rememberBefore(coder);
    const { index, isNew } = actNamed(codingOf(coder), name, coder.current);
    choose(index, isNew ? "" : `${name} is coded already: + adds it once more, x takes it out.`);
    if (lacksNote(codingOf(coder))) typeIn("note");
  }

  function choose(index: number, message = ""): void {
    coder.current = index;
    changed(message);
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

  function takeQuote(): void {
    const selected = String(getSelection() ?? "").trim();
    if (selected === "") typeIn("quote");
    else set("quote", selected);
  }

  function save(): void {
    saveSheet(coder);
    const name = savedName(data.sheet, coder.name);
    changed(`Saved as ${name}; to import it: deno task label --labeler human --import ${name}`);
  }

  keepTyping(coder, changed);
  place("save").addEventListener("click", save);
  listenToCoding(coder, {
    addAct,
    again: () => change(() => coder.current = codingOf(coder).acts.push({ act: act()!.act }) - 1),
    remove: () => change(() => codingOf(coder).acts.splice(coder.current, 1)),
    choose: (turn) => choose(coder.current + turn),
    cycle: (field) => set(field, wordAfter(act()?.[field], column(field).allowed)),
    cycleStates: () => setStates(wordAfter(codingOf(coder).states, data.states) || codingOf(coder).states),
    toggleWord: (field, index) =>
      set(field, toggled(column(field), act()?.[field] ?? "", column(field).allowed[index])),
    typeIn,
    stopTyping: () => {
      place("transcript").focus();
      changed();
    },
    takeQuote,
    toModel: scrollToModel,
    step: (turn) => goTo(coder.state.at + turn),
    toOpen,
    undo: () => {
      const { at } = coder.state;
      if (!undo(coder)) return changed("There is nothing to undo.");
      if (coder.state.at !== at) showTranscript(coder);
      changed("Undone.");
    },
    save,
  });
  return changed;
}

/** What is typed is kept letter by letter: a page may be closed in the middle of a note. */
export function keepTyping(coder: Coder, changed: () => void): void {
  for (const id of ["where", "quote", "note"]) {
    const input = place(id) as HTMLInputElement;
    input.addEventListener("focus", () => rememberBefore(coder));
    input.addEventListener("input", () => {
      const text = input.value.trim();
      const coding = codingOf(coder);
      if (id === "note") coding.note = text;
      else if (text === "") delete coding.acts[coder.current][id];
      else coding.acts[coder.current][id] = text;
      changed();
    });
  }
}

/** Gives the sheet out as a file. */
export function saveSheet({ data, state, name }: Coder): void {
  const url = URL.createObjectURL(new Blob([sheetCsv(data, state.codings, name)], { type: "text/csv" }));
  const link = element("a", { with: { href: url, download: savedName(data.sheet, name) } });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Shows the transcript of the item. */
export function showTranscript({ data, state }: Coder): void {
  place("parts").replaceChildren(...data.items[state.at].parts.map((part) => transcriptPart(part, [])));
  place("transcript").scrollTop = 0;
  place("transcript").focus();
}

/** Scrolls to the next words of the model, after the last to the first. */
export function scrollToModel(): void {
  const parts = [...place("transcript").querySelectorAll<HTMLElement>(".assistant, .reasoning, .calls")];
  const here = place("transcript").scrollTop;
  place("transcript").scrollTop = (parts.find(({ offsetTop }) => offsetTop > here + 1) ?? parts[0])?.offsetTop ?? 0;
}
