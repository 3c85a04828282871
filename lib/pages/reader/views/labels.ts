/**
 * Beside a transcript: who said what of it, and on which words. It runs in the browser, as text.
 *
 * @module
 */
import type { Act } from "../../../acts/act.ts";
import { element } from "../../element.ts";
import type { ReaderData, ReaderLabel, ReaderSample } from "../client/data.ts";
import { linkTo } from "../client/links.ts";
import { type PlacedQuote, quotesOf } from "../client/quotes.ts";

/** Every label of a sample. */
export function labelsOf(data: ReaderData, sample: ReaderSample): HTMLElement[] {
  const quotes = quotesOf(data, sample);
  if (sample.labels.length === 0) return [element("p", { class: "none", text: "Nobody has labelled this sample." })];
  return sample.labels.map((label, at) =>
    labelView(data, sample.key, label, quotes.filter((quote) => quote.label === at))
  );
}

/** One label: its acts with their quotes, its scores with their evidence, its note. */
export function labelView(
  data: ReaderData,
  key: string,
  label: ReaderLabel,
  quotes: readonly PlacedQuote[],
): HTMLElement {
  const { labeler, kind, acts = [], scores = [], note } = label;
  const of = (number: number) => quotes.filter(({ act }) => act === number).map((quote) => quoteView(key, quote));
  const evidence = Map.groupBy(quotes.filter(({ act }) => act === -1), ({ name }) => name);
  return element("section", { class: "label" }, [
    element("h4", { text: `${labeler} (${kind})` }),
    element("ul", {}, [
      ...acts.map((act, at) => element("li", {}, [element("span", { text: sayAct(act) }), ...of(at)])),
      ...scores.map(([name, value]) =>
        element("li", {}, [
          element("span", { text: `${data.scores[name]}: ${sayValue(data.values[value])}` }),
          ...(evidence.get(data.scores[name]) ?? []).map((quote) => quoteView(key, quote)),
        ])
      ),
    ]),
    ...note === undefined ? [] : [element("p", { class: "note", text: note })],
    ...acts.length === 0 && scores.length === 0 ? [element("p", { class: "none", text: "no act and no score" })] : [],
  ]);
}

/** A value of a score; one that is missing says so. */
export function sayValue({ text, counts }: ReaderData["values"][number]): string {
  return counts === "missing" ? `${text}: missing` : text;
}

/** An act with all that was coded of it. */
export function sayAct({ name, against, to, benefits, motive, covert, attempted, where }: Act): string {
  const words = (list: readonly string[] | undefined) => list?.join(", ").replaceAll("_", " ");
  return [
    name.replaceAll("_", " "),
    ...against?.length ? [`against ${words(against)}`] : [],
    ...to?.length ? [`to ${words(to)}`] : [],
    ...benefits?.length ? [`for ${words(benefits)}`] : [],
    ...motive === undefined ? [] : [`motive ${words([motive])}`],
    ...covert === undefined ? [] : [covert ? "covert" : "open"],
    ...attempted === undefined ? [] : [attempted ? "attempted" : "carried out"],
    ...where === undefined ? [] : [where],
  ].join(" · ");
}

/** A quote, which leads to its place; one that has none says so. */
export function quoteView(key: string, { number, words, part, isOfModel }: PlacedQuote): HTMLElement {
  if (part === -1) {
    return element("p", { class: "unfound", text: `not in the transcript: “${words}”` });
  }
  return element("a", {
    class: isOfModel ? "to-quote" : "to-quote not-model",
    text: `“${words}”${isOfModel ? "" : " (not the model's words)"}`,
    with: { href: linkTo(key, `q${number}`), title: `go to quote ${number}` },
  });
}
