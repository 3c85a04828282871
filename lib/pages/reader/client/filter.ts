/**
 * Which samples are wanted, and in which order. It runs in the browser, as text.
 *
 * @module
 */
import type { ReaderData, ReaderSample } from "./data.ts";
import { answerOf, type Asked, isDisputed } from "./question.ts";

/** Numbers of the samples that are wanted, in order; `hits` says which texts hold the words that are searched for. */
export function wanted(data: ReaderData, asked: Asked, hits: Uint8Array | undefined): number[] {
  const found: number[] = [];
  for (let index = 0; index < data.samples.length; index++) {
    if (isWanted(data, asked, data.samples[index], hits)) found.push(index);
  }
  return sorted(data, asked, found);
}

/** Whether a sample is wanted. */
export function isWanted(data: ReaderData, asked: Asked, sample: ReaderSample, hits: Uint8Array | undefined): boolean {
  for (const [factor, level] of asked.levels) if (sample.levels[factor] !== level) return false;
  if (asked.answer !== "" || asked.least !== undefined || asked.most !== undefined) {
    const answer = answerOf(data, asked, sample);
    if (asked.answer !== "" && answer !== asked.answer) return false;
    const number = answer === "yes" ? 1 : answer === "no" ? 0 : Number(answer);
    if (asked.least !== undefined && !(number >= asked.least)) return false;
    if (asked.most !== undefined && !(number <= asked.most)) return false;
  }
  if (asked.isDisputed && !isDisputed(data, asked, sample)) return false;
  if (hits === undefined) return true;
  return sample.parts.some(({ text }) => hits[text] === 1) ||
    sample.id.toLowerCase().includes(asked.text.toLowerCase());
}

/** Sorts by text as people do (2 before 10), what is equal staying as it was read. */
export function sorted(data: ReaderData, asked: Asked, found: number[]): number[] {
  const turn = asked.isDown ? -1 : 1;
  if (asked.sort === "") return asked.isDown ? found.reverse() : found;
  const wordOf = (sample: ReaderSample): string => {
    if (asked.sort === "id") return sample.id;
    if (asked.sort === "answer") return answerOf(data, asked, sample);
    return data.factors[Number(asked.sort)].levels[sample.levels[Number(asked.sort)]] ?? "";
  };
  const words = new Map(found.map((index) => [index, wordOf(data.samples[index])]));
  const distinct = [...new Set(words.values())].sort(new Intl.Collator("en", { numeric: true }).compare);
  const rank = new Map(distinct.map((word, at) => [word, at]));
  return found.sort((a, b) => turn * (rank.get(words.get(a)!)! - rank.get(words.get(b)!)!) || a - b);
}

/** For each text 1 where it holds the words, in any case; `undefined` where there are no words. */
export function hitsOf(small: readonly string[], words: string): Uint8Array | undefined {
  if (words.trim() === "") return undefined;
  const wanted = words.trim().toLowerCase();
  return Uint8Array.from(small, (text) => text.includes(wanted) ? 1 : 0);
}
