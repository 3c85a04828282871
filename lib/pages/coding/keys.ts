/**
 * The keys of the coding page. It runs in the browser only, as text.
 *
 * @module
 */
import { isOwnKey, place, toggleHelp } from "../element.ts";
import { wordsOf } from "./codings.ts";
import type { ActWork, Coder, ItemWork } from "./data.ts";

/** Listens to the keys of a page. */
export function listenToCoding(coder: Coder, work: ActWork & ItemWork): void {
  const { data } = coder;
  const keys: Readonly<Record<string, () => void>> = {
    s: work.cycleStates,
    t: () => work.cycle("attempted"),
    u: () => work.cycle("motive"),
    v: () => work.cycle("covert"),
    w: () => work.typeIn("where"),
    x: work.remove,
    y: work.takeQuote,
    z: () => work.typeIn("note"),
    "+": work.again,
    ",": () => work.choose(coder.current - 1),
    ".": () => work.choose(coder.current + 1),
    "0": work.toModel,
    "?": toggleHelp,
    S: work.save,
    Backspace: work.undo,
    ArrowLeft: () => work.step(-1),
    ArrowRight: () => work.step(1),
    Enter: work.toOpen,
    ...Object.fromEntries(data.acts.map(({ key, name }) => [key, () => work.addAct(name)])),
  };

  /** What the next digit says: whom it is against, or after `/` whom it tells. */
  let digits = "against";

  function workOf(event: KeyboardEvent): (() => void) | undefined {
    const isWith = event.ctrlKey || event.metaKey;
    if ((place("who") as HTMLDialogElement).open) return undefined;
    if ((place("help") as HTMLDialogElement).open) {
      return event.key === "?" || event.key === "Escape" ? toggleHelp : undefined;
    }
    if (isWith && event.key.toLowerCase() === "s") return work.save;
    if (event.target instanceof HTMLInputElement) {
      return event.key === "Escape" || event.key === "Enter" ? work.stopTyping : undefined;
    }
    if (isWith && event.key.toLowerCase() === "z") return work.undo;
    if (isWith || event.altKey || isOwnKey(event)) return undefined;
    const digit = Number(/^Digit([1-9])$/.exec(event.code)?.[1] ?? 0);
    if (event.key === "/") return () => digits = "to";
    const field = event.shiftKey ? "benefits" : digits;
    const isWord = digit > 0 && digit <= wordsOf(coder, data.fields.find(({ name }) => name === field)!).length;
    if (event.key !== "Shift") digits = "against";
    return isWord ? () => work.toggleWord(field, digit - 1) : keys[event.key];
  }

  document.addEventListener("keydown", (event) => {
    const found = workOf(event);
    if (found === undefined) return;
    event.preventDefault();
    found();
  });
}
