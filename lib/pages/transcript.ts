/**
 * A transcript as every page shows it: roles, reasoning and calls that fold, emails as emails. It runs in the browser
 * only, as text.
 *
 * @module
 */
import type { ShownPart } from "../labelers/people/shown_parts.ts";
import { element } from "./element.ts";
import { type Mark, markedText } from "./marked_text.ts";

/** One part of a transcript, with what is marked in it; `link` is the address of its message. */
export function transcriptPart(part: ShownPart, marks: readonly Mark[], link?: string): HTMLElement {
  const { kind, heading, text, message } = part;
  const body = element("div", { class: "text" }, markedText(text, marks));
  const title = element("h3", { text: heading });
  const of = { class: `part ${kind}`, with: { "data-message": String(message + 1) } };
  const isFolding = kind === "reasoning" || kind === "calls";
  return element("article", of, [
    ...link === undefined ? [] : [
      element("a", { class: "link", text: "#", with: { href: link, "aria-label": `link to message ${message + 1}` } }),
    ],
    ...isFolding
      ? [element("details", { with: { open: "" } }, [element("summary", {}, [title]), body])]
      : [title, body],
  ]);
}

/** Folds every reasoning and call below an element, or, where all are folded, opens them. */
export function foldAll(below: HTMLElement): void {
  const all = [...below.querySelectorAll<HTMLDetailsElement>(".part details")];
  const isAnyOpen = all.some(({ open }) => open);
  for (const one of all) one.open = !isAnyOpen;
}
