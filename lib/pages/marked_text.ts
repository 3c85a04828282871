/**
 * A text with places in it marked: quotes, hits of a search, emails. It runs in the browser only, as text.
 *
 * @module
 */
import { element } from "./element.ts";
import { emailsIn, type Stretch } from "./emails.ts";

/** A place to mark: how it looks, and its number where it can be jumped to. */
export interface Mark extends Stretch {
  readonly class: string;
  readonly quote?: number;
}

/** The text as nodes: every letter of it, once, in order. */
export function markedText(text: string, marks: readonly Mark[]): Node[] {
  const emails = emailsIn(text);
  const names = emails.flatMap((email) => email.names.map((name): Mark => ({ ...name, class: "header-name" })));
  const all = [...marks, ...names].filter(({ start, end }) => end > start);
  const edges = [...new Set(all.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);

  /** What stands between two places, cut wherever a mark begins or ends. */
  function cut(from: number, to: number): Node[] {
    const cuts = [from, ...edges.filter((edge) => edge > from && edge < to), to];
    return cuts.slice(1).map((end, index) => {
      const start = cuts[index];
      const here = all.filter((mark) => mark.start <= start && mark.end >= end);
      const piece = new Text(text.slice(start, end));
      if (here.length === 0) return piece;
      const first = here.find((mark) => mark.quote !== undefined && mark.start === start);
      const tag = here.every((mark) => mark.class === "header-name") ? "b" : "mark";
      const of = { class: here.map((mark) => mark.class).join(" "), with: { "data-quote": first?.quote?.toString() } };
      return element(tag, of, [piece]);
    });
  }

  const nodes: Node[] = [];
  let at = 0;
  for (const { start, end } of emails) {
    nodes.push(...cut(at, start), element("div", { class: "email" }, cut(start, end)));
    at = end;
  }
  return [...nodes, ...cut(at, text.length)].filter(({ textContent }) => textContent !== "");
}

/** Where a quote stands in a text, white space counting as one space; `undefined` where it does not. */
export function quotePlace(text: string, quote: string): Stretch | undefined {
  const words = quote.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  if (words[0] === "") return undefined;
  const found = new RegExp(words.join("\\s+")).exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

/** Every place of some words in a text, in any case. */
export function wordPlaces(text: string, words: string): Stretch[] {
  if (words === "") return [];
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi");
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
