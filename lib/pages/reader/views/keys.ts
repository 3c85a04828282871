/**
 * The reader's keys and buttons. It runs in the browser, as text.
 *
 * @module
 */
import { isOwnKey, place, toggleHelp } from "../../element.ts";
import { foldAll } from "../../transcript.ts";
import { cite, copyLink } from "./address.ts";
import { toPairOf } from "./pair.ts";
import { nextPlace } from "./sample.ts";
import type { Actions, Reader } from "../client/state.ts";

/** Listens to keys and to the buttons of the head. */
export function listenToKeys(reader: Reader, actions: Actions): void {
  /** To another sample of the list, or, side by side, to another pair. */
  function step(turn: number): void {
    if (reader.view === "pair") {
      reader.pair += turn;
      return actions.show("pair");
    }
    const at = reader.view === "counts" ? -1 : reader.list.indexOf(reader.sample);
    const next = at === -1 ? (turn > 0 ? 0 : reader.list.length - 1) : at + turn;
    if (next < 0 || next >= reader.list.length) {
      return actions.say(next < 0 ? "This is the first sample of the list." : "This is the last sample of the list.");
    }
    actions.say("");
    actions.open(reader.list[next]);
  }

  function jump(kind: "m" | "q", turn: 1 | -1): void {
    if (reader.view !== "sample") return;
    const at = nextPlace(kind, turn);
    if (at === undefined) actions.say(kind === "q" ? "No quote stands in this transcript." : "There is no transcript.");
    else actions.open(reader.sample, at);
  }

  function nextStandard(): void {
    reader.asked.score = -1;
    reader.asked.standard = (reader.asked.standard + 1) % reader.data.standards.length;
    reader.asked.answer = "";
    actions.ask();
    actions.say(`Standard: ${reader.data.standards[reader.asked.standard].name}`);
  }

  const toggle = (view: Reader["view"]) => () => {
    if (view === "pair" && reader.view === "sample") toPairOf(reader);
    actions.show(reader.view === view ? "sample" : view);
  };
  const keys: Readonly<Record<string, () => unknown>> = {
    "/": () => place("search").focus(),
    j: () => step(1),
    k: () => step(-1),
    m: () => jump("m", 1),
    M: () => jump("m", -1),
    n: () => jump("q", 1),
    N: () => jump("q", -1),
    f: () => foldAll(place("main")),
    t: nextStandard,
    o: toggle("counts"),
    v: toggle("pair"),
    c: () => cite(reader, actions),
    l: () => copyLink(reader, actions),
    "?": toggleHelp,
    Escape: () => place("main").focus(),
  };
  const ofList: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => actions.open(reader.list[0]),
    End: () => actions.open(reader.list[reader.list.length - 1]),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isOwnKey(event)) return;
    const isHelpOpen = (place("help") as HTMLDialogElement).open;
    if (isHelpOpen) return event.key === "?" || event.key === "Escape" ? toggleHelp() : undefined;
    const isInList = event.target === place("list") && reader.list.length > 0;
    const work = (isInList ? ofList[event.key] : undefined) ?? keys[event.key];
    if (work === undefined) return;
    event.preventDefault();
    work();
  });
  place("to-counts").addEventListener("click", toggle("counts"));
  place("to-pair").addEventListener("click", toggle("pair"));
  place("cite").addEventListener("click", () => cite(reader, actions));
  place("link").addEventListener("click", () => copyLink(reader, actions));
  place("keys").addEventListener("click", toggleHelp);
  place("close-help").addEventListener("click", toggleHelp);
}
