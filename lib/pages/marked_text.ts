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

/** The text as nodes: every letter of it, once, in order; emails in boxes. */
export function markedText(text: string, marks: readonly Mark[]): Node[] {
  const emails = emailsIn(text);
  const names = emails.flatMap((email) => email.names.map((name): Mark => ({ ...name, class: "header-name" })));
  const all = [...marks, ...names].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const edges = [...new Set([0, text.length, ...[...all, ...emails].flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= 0 && edge <= text.length).sort((a, b) => a - b);
  const nodes: Node[] = [];
  let here: Mark[] = [];
  let [next, email] = [0, 0];
  let box: HTMLElement | undefined;
  for (let at = 0; at + 1 < edges.length; at++) {
    const [start, end] = [edges[at], edges[at + 1]];
    here = here.filter((mark) => mark.end > start);
    while (next < all.length && all[next].start <= start) here.push(all[next++]);
    if (emails[email]?.end === start) {
      box = undefined;
      email++;
    }
    if (emails[email]?.start === start) nodes.push(box = element("div", { class: "email" }));
    const piece = markedPiece(text.slice(start, end), here, start);
    if (box === undefined) nodes.push(piece);
    else box.append(piece);
  }
  return nodes;
}

/** A piece of a text with the marks that cover it. */
export function markedPiece(text: string, here: readonly Mark[], start: number): Node {
  if (here.length === 0) return new Text(text);
  const first = here.find((mark) => mark.quote !== undefined && mark.start === start);
  const tag = here.every((mark) => mark.class === "header-name") ? "b" : "mark";
  const of = { class: here.map((mark) => mark.class).join(" "), with: { "data-quote": first?.quote?.toString() } };
  return element(tag, { ...of, text });
}

/** Where a quote stands in a text, white space counting as one space; `undefined` where it does not. */
export function quotePlace(text: string, quote: string): Stretch | undefined {
  const words = quote.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  if (words[0] === "") return undefined;
  const found = new RegExp(words.join("\\s+")).exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

/** The first places of some words in a text, in any case. */
export function wordPlaces(text: string, words: string): Stretch[] {
  if (words === "") return [];
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi");
  const most = 500; // more marks help nobody
  return text.matchAll(pattern).take(most).map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
    .toArray();
}
