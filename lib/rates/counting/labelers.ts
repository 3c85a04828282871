/**
 * Who answered a question: where several labelers did, each for samples of its own, a difference may be one of judges.
 *
 * @module
 */
import type { Counter } from "./counts.ts";
import { nameOf, type Question } from "./verdicts.ts";
import { PROVIDER } from "../../samples/provider_refusal.ts";

/** For how many samples each labeler gave the answer that counts. */
export type Answered = ReadonlyMap<string, number>;

/** Who answered each question, over several counters of the same questions. */
export function addedUp(questions: readonly Question[], counters: readonly Counter[]): Answered[] {
  return questions.map((_, index) => {
    const sum = new Map<string, number>();
    for (const counter of counters) {
      for (const [name, samples] of counter.labelers()[index]) sum.set(name, (sum.get(name) ?? 0) + samples);
    }
    return sum;
  });
}

/** Warns of each question that several labelers answered, each for other samples; a sample has one answer here. */
export function labelerWarnings(questions: readonly Question[], answered: readonly Answered[]): string[] {
  return questions.flatMap((question, index) => {
    const all = [...answered[index]].filter(([name]) => name !== PROVIDER);
    if (all.length < 2) return [];
    const shown = all.slice(0, MOST_SHOWN).map(([name, samples]) => `${name} (${samples})`);
    const names = [...shown, ...all.length > MOST_SHOWN ? [`${all.length - MOST_SHOWN} more`] : []].join(", ");
    return [
      `${nameOf(question)} was judged by ${all.length} labelers, each for samples of its own: ${names}; ` +
      "what differs may be the labelers: --labeler NAME counts one",
    ];
  });
}

const MOST_SHOWN = 5;
