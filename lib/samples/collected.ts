/**
 * When samples were made: a plan must be older than the first of them.
 *
 * @module
 */
import type { Sample } from "./sample.ts";

/** When the samples of a data set were made, as far as it is recorded. */
export interface Collected {
  /** The first of them, in UTC; null where none has a date. */
  readonly first: string | null;
  /** The last of them, in UTC; null where none has a date. */
  readonly last: string | null;
  /** How many samples have no date that can be read. */
  readonly undated: number;
  /** Hashes of the plans that samples name; empty text where some name none. */
  readonly plans: readonly string[];
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Returns the first instant that a date can mean, in milliseconds, or the last: a day alone is all of its hours. Without
 * an offset it is UTC. Undefined for what is no date: `Date.parse` would take `1` for the year 2001, and the start of
 * 1970 is what software writes that knows none.
 *
 * @example
 * ```ts
 * import { momentOf } from "$lib/samples/collected.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(momentOf("2026-03-01"), Date.UTC(2026, 2, 1));
 * assert.equal(momentOf("2026-03-01", "last"), Date.UTC(2026, 2, 2) - 1);
 * assert.equal(momentOf("2026-03-01T12:00:00+02:00"), Date.UTC(2026, 2, 1, 10));
 * assert.equal(momentOf("soon"), undefined);
 * ```
 */
export function momentOf(date: string, end: "first" | "last" = "first"): number | undefined {
  const [, day, time, offset = "Z"] = DATE.exec(date) ?? [];
  if (day === undefined) return undefined;
  const start = Date.parse(`${day}T${time ?? "00:00"}${offset}`);
  if (Number.isNaN(start) || start === 0) return undefined;
  return time === undefined && end === "last" ? start + MS_PER_DAY - 1 : start;
}

const MS_PER_DAY = 86_400_000;

/** The date that is recorded of a sample: its own, or that of the log it stands in. */
export function dateOf({ run, generation }: Pick<Sample, "run" | "generation">): string | undefined {
  return generation?.date ?? run?.created;
}

/** Adds up dates; many samples in a row have one. */
export function createCollected(): {
  add: (date: string | undefined, plan?: string, samples?: number) => void;
  collected: () => Collected;
} {
  let [first, last, undated] = [Infinity, -Infinity, 0];
  const plans = new Set<string>();
  let known: { readonly date?: string; readonly moment?: number } = {};
  const text = (moment: number) => Number.isFinite(moment) ? new Date(moment).toISOString() : null;
  return {
    add: (date, plan = "", samples = 1) => {
      plans.add(plan);
      if (date !== known.date) known = { date, moment: date === undefined ? undefined : momentOf(date) };
      const { moment } = known;
      if (moment === undefined) {
        undated += samples;
        return;
      }
      first = Math.min(first, moment);
      last = Math.max(last, moment);
    },
    collected: () => ({ first: text(first), last: text(last), undated, plans: [...plans].sort() }),
  };
}
