/**
 * The words that labels rest on, and where they stand in the transcript. It runs in the browser, as text.
 *
 * @module
 */
import { quotePlace } from "../../marked_text.ts";
import type { ReaderData, ReaderSample } from "./data.ts";

/** A quote of an act, or the words that a score rests on. */
export interface PlacedQuote {
  /** From 1, over all labels of the sample, found or not: permalinks name it. */
  readonly number: number;
  readonly label: number;
  /** Of the label's acts; -1: evidence of a score. */
  readonly act: number;
  /** The score that evidence is for, or the act's name. */
  readonly name: string;
  readonly words: string;
  /** Number of the part that it stands in; -1: nowhere. */
  readonly part: number;
  readonly start: number;
  readonly end: number;
  /** Whether it stands in what the model wrote. */
  readonly isOfModel: boolean;
}

/** Every quote of a sample. One that the model wrote and others too is taken for the model's. */
export function quotesOf({ texts }: Pick<ReaderData, "texts">, { labels, parts }: ReaderSample): PlacedQuote[] {
  const isOfModel = (part: number) => ["assistant", "reasoning", "calls"].includes(parts[part]?.kind);
  const order = parts.map((_, at) => at).sort((a, b) => Number(isOfModel(b)) - Number(isOfModel(a)) || a - b);
  const found = labels.flatMap(({ acts = [], evidence = [] }, label) => [
    ...acts.flatMap(({ name, quote }, act) => {
      if (quote === undefined) return [];
      for (const part of order) {
        const stretch = quotePlace(texts[parts[part].text], quote);
        if (stretch !== undefined) return [{ label, act, name, words: quote, part, ...stretch }];
      }
      return [{ label, act, name, words: quote, part: -1, start: 0, end: 0 }];
    }),
    ...evidence.map(({ score, message, part: where, start, end }) => {
      const part = parts.findIndex((one) =>
        one.message === message && one.kind !== "calls" && (one.kind === "reasoning") === (where === "reasoning")
      );
      const words = part === -1 ? "" : texts[parts[part].text].slice(start, end);
      return { label, act: -1, name: score, words, part: words === "" ? -1 : part, start, end };
    }),
  ]);
  return found.map((one, index) => ({ number: index + 1, ...one, isOfModel: isOfModel(one.part) }));
}
