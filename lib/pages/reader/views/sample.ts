/**
 * One sample: its transcript, with the words that labels rest on marked in place. It runs in the browser, as text.
 *
 * @module
 */
import { element, place } from "../../element.ts";
import { type Mark, wordPlaces } from "../../marked_text.ts";
import { transcriptPart } from "../../transcript.ts";
import type { ReaderData, ReaderSample } from "../client/data.ts";
import { linkTo } from "../client/links.ts";
import { type PlacedQuote, quotesOf } from "../client/quotes.ts";
import type { Reader } from "../client/state.ts";

/** The transcript's parts as elements; `skip` leaves out the parts before this one. */
export function transcriptOf(
  data: ReaderData,
  sample: ReaderSample,
  quotes: readonly PlacedQuote[],
  words: string,
  skip = 0,
): HTMLElement[] {
  const shown = sample.parts.map((part, at) => {
    const text = data.texts[part.text];
    const marks: Mark[] = [
      ...quotes.filter((quote) => quote.part === at).map(({ start, end, number, isOfModel }) => ({
        start,
        end,
        quote: number,
        class: isOfModel ? "quote" : "quote not-model",
      })),
      ...wordPlaces(text, words.trim()).map((stretch) => ({ ...stretch, class: "hit" })),
    ];
    return at < skip ? undefined : transcriptPart({ ...part, text }, marks, linkTo(sample.key, `m${part.message + 1}`));
  }).filter((part) => part !== undefined);
  return sample.parts.length > 0 ? shown : [
    element("p", {
      class: "none",
      text:
        "There is no transcript of this sample: only its coding was published, or the transcripts are not on disk " +
        "(deno task fetch brings those of a shipped data set).",
    }),
  ];
}

/** Shows a sample. */
export function showSample({ data, sample, asked }: Reader): void {
  const one = data.samples[sample];
  place("main").replaceChildren(
    element("h2", { class: "title", text: one.id }),
    element("p", { class: "levels", text: sayLevels(data, one) }),
    ...transcriptOf(data, one, quotesOf(data, one), asked.text),
  );
  place("main").scrollTop = 0;
}

/** The levels of a sample, those of its condition and then those of its run. */
export function sayLevels(data: ReaderData, { levels }: ReaderSample): string {
  const recorded = data.factors.flatMap(({ name, levels: all, isCondition }, at) =>
    levels[at] === -1 || name === "cluster" ? [] : [{ text: `${name}: ${all[levels[at]]}`, isCondition }]
  );
  return recorded.sort((a, b) => Number(b.isCondition) - Number(a.isCondition)).map(({ text }) => text).join(" · ");
}

/** Scrolls to a message `m3` or a quote `q2`, opening what it is folded in; returns whether it is there. */
export function scrollToPlace(at: string): boolean {
  const number = at.slice(1);
  const found = at.startsWith("m")
    ? place("main").querySelector<HTMLElement>(`[data-message="${number}"]`)
    : place("main").querySelector<HTMLElement>(`[data-quote="${number}"]`);
  if (found === null) return false;
  const folded = found.closest("details") ?? found.querySelector<HTMLDetailsElement>(":scope > details");
  if (folded !== null) folded.open = true;
  for (const one of place("main").querySelectorAll(".here")) one.classList.remove("here");
  found.classList.add("here");
  found.scrollIntoView({ block: at.startsWith("m") ? "start" : "center" });
  return true;
}

/** Goes to the next or previous of some places, from where the reader looks; returns its number. */
export function nextPlace(kind: "m" | "q", turn: 1 | -1): string | undefined {
  const name = kind === "m" ? "message" : "quote";
  const all = [...place("main").querySelectorAll<HTMLElement>(`[data-${name}]`)];
  const numbers = [...new Set(all.map(({ dataset }) => dataset[name]!))];
  const here = place("main").querySelector(".here")?.closest<HTMLElement>(`[data-${name}]`)?.dataset[name];
  const at = here === undefined ? (turn === 1 ? 0 : numbers.length - 1) : numbers.indexOf(here) + turn;
  const next = numbers[Math.max(0, Math.min(numbers.length - 1, at))];
  return next === undefined ? undefined : `${kind}${next}`;
}
