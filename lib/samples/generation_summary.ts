/**
 * What is known of how samples came to be, added up: who answered, what has no answer, and under which plan.
 *
 * @module
 */
import type { Generation } from "./sample.ts";

/** How samples came to be. */
export interface GenerationSummary {
  /** How many samples say how they came to be. */
  readonly samples: number;
  /** Of how many there is no answer, by reason. */
  readonly missing: Readonly<Record<string, number>>;
  /** How many answers were cut off at the length that was allowed. */
  readonly cutOff: number;
  /** The models that answered by their own name, where that is not the name asked for. */
  readonly answered: readonly AnsweredBy[];
  /** The hashes of the plans, and of how many samples; samples without a plan are under "none". */
  readonly plans: Readonly<Record<string, number>>;
  /** The first and the last date. */
  readonly dates: readonly [string, string];
}

/** A model that answered for another name. */
export interface AnsweredBy {
  /** The name that it was asked for with. */
  readonly asked: string;
  /** Its own. */
  readonly by: string;
  /** How many samples. */
  readonly samples: number;
}

/** Makes an account that samples are added to; without any there is none. */
export function createGenerationSummary(): {
  add: (generation: Generation) => void;
  summary: () => GenerationSummary | undefined;
} {
  let [samples, cutOff, first, last] = [0, 0, "", ""];
  const missing: Record<string, number> = {};
  const plans: Record<string, number> = {};
  const answered = new Map<string, { asked: string; by: string; samples: number }>();
  return {
    add: ({ asked, answered_by: by, missing: reason, finish, date, plan }) => {
      samples++;
      if (first === "" || date < first) first = date;
      if (date > last) last = date;
      if (reason !== undefined) missing[reason] = (missing[reason] ?? 0) + 1;
      else if (finish === "length") cutOff++;
      const hash = plan?.sha256 ?? "none";
      plans[hash] = (plans[hash] ?? 0) + 1;
      if (by === undefined || by === asked) return;
      const key = JSON.stringify([asked, by]);
      const one = answered.get(key) ?? { asked, by, samples: 0 };
      answered.set(key, one);
      one.samples++;
    },
    summary: () =>
      samples === 0
        ? undefined
        : { samples, missing, cutOff, answered: [...answered.values()], plans, dates: [first, last] },
  };
}
