/**
 * The coding page at work: it runs in the browser only, as text, and may use nothing but the browser and the other
 * functions of the page.
 *
 * Transcripts reach the page as data and go into it as text. Nothing here takes markup, and the page's own policy
 * forbids every script but this one, and every request.
 *
 * @module
 */
import { place, toggleHelp } from "../element.ts";
import { actWork } from "./act_work.ts";
import { codingOf, rememberBefore } from "./codings.ts";
import type { Coder, PageData } from "./data.ts";
import { itemWork, showTranscript } from "./item_work.ts";
import { listenToCoding } from "./keys.ts";
import { showPanel } from "./panel.ts";
import { keepState, keptState } from "./store.ts";
import { askWho } from "./who.ts";

/** Asks who codes, then shows the page and obeys its keys. */
export function codingPage(data: PageData): void {
  const coder: Coder = { data, name: "", state: keptState(data, ""), current: 0, before: [] };
  const changed = (message = "") => {
    const isKept = keepState(data.sheet, coder.name, coder.state);
    coder.current = Math.max(0, Math.min(coder.current, codingOf(coder).acts.length - 1));
    showPanel(coder, work);
    place("message").textContent = isKept ? message : "This browser keeps nothing: save often.";
  };
  const work = { ...actWork(coder, changed), ...itemWork(coder, changed) };
  const ask = () =>
    askWho(data, (name) => {
      Object.assign(coder, { name, state: keptState(data, name), current: 0 });
      coder.before.length = 0;
      showTranscript(coder);
      changed(coder.state.at > 0 ? "Going on where you stopped." : "");
    });
  (place("bar") as HTMLProgressElement).max = data.items.length;
  place("change").addEventListener("click", ask);
  place("save").addEventListener("click", work.save);
  place("keys").addEventListener("click", toggleHelp);
  place("close-help").addEventListener("click", toggleHelp);
  keepTyping(coder, changed);
  listenToCoding(coder, work);
  ask();
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
