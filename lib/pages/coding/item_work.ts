/**
 * What can be done besides coding: to another item, back, out as a file. It runs in the browser only, as text.
 *
 * @module
 */
import { element, place } from "../element.ts";
import { transcriptPart } from "../transcript.ts";
import { codingOf, isCoded, lacksNote, notCoded, undo } from "./codings.ts";
import type { Coder, ItemWork } from "./data.ts";
import { savedName, sheetCsv } from "./store.ts";

/** The work on items; `changed` keeps and shows what came of it. */
export function itemWork(coder: Coder, changed: (message?: string) => void): ItemWork {
  const { data } = coder;

  function goTo(at: number): void {
    if (at < 0 || at >= data.items.length) return changed(`This is the ${at < 0 ? "first" : "last"} item.`);
    coder.state.at = at;
    coder.current = 0;
    showTranscript(coder);
    changed();
  }

  return {
    step: (turn) => goTo(coder.state.at + turn),
    toOpen: () => {
      if (lacksNote(codingOf(coder))) return place("note").focus();
      const order = data.items.map((_, step) => (coder.state.at + 1 + step) % data.items.length);
      const open = order.find((at) => !isCoded(coder.state.codings[data.items[at].item]));
      if (open === undefined) changed("Every item is coded: save the sheet.");
      else goTo(open);
    },
    toModel: scrollToModel,
    undo: () => {
      const { at } = coder.state;
      if (!undo(coder)) return changed("There is nothing to undo.");
      if (coder.state.at !== at) showTranscript(coder);
      changed("Undone.");
    },
    save: () => {
      saveSheet(coder);
      const name = savedName(data.sheet, coder.name);
      changed(`Saved as ${name}; to import it: deno task label --labeler human --import ${name}${silenceIn(coder)}`);
    },
  };
}

/** How many acts lack a field that a policy can ask for; empty where none does. */
export function silenceIn({ data, state }: Coder): string {
  const acts = Object.values(state.codings).flatMap(({ acts }) => acts);
  const silent = acts.filter((act) => notCoded(data, act).length > 0).length;
  return silent === 0 ? "" : ` (${silent} of ${acts.length} acts lack ${data.asked.join(", ")} or one of these)`;
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
  place("people").replaceChildren(
    ...data.items[state.at].people.map(({ name, principal, who }) =>
      element("li", { text: `${name.replaceAll("_", " ")} (${principal.replaceAll("_", " ")}): ${who}` })
    ),
  );
  place("transcript").scrollTop = 0;
  place("transcript").focus();
}

/** Scrolls to the next words of the model, after the last to the first. */
export function scrollToModel(): void {
  const parts = [...place("transcript").querySelectorAll<HTMLElement>(".assistant, .reasoning, .calls")];
  const here = place("transcript").scrollTop;
  place("transcript").scrollTop = (parts.find(({ offsetTop }) => offsetTop > here + 1) ?? parts[0])?.offsetTop ?? 0;
}
