/**
 * From counts to rates with an interval and the bounds that the missing ones leave open.
 *
 * @module
 */
import type { Refusal } from "../../stats/clusters/recommended_interval.ts";
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { missingBounds } from "../../stats/one_rate/missing_bounds.ts";
import type { Count } from "./count.ts";
import { type IntervalName, intervalOf } from "./intervals.ts";
import { refuseUnknown } from "./refuse_unknown.ts";

/** A count with its rate; `rate`, `lower` and `upper` are null where nothing was scored, for no data is not zero. The
 *  ends are null too where no method gives an interval. */
export interface Rate extends Count {
  /** `count` of `scored`, in [0, 1]. */
  readonly rate: number | null;
  /** Lower end of the interval. */
  readonly lower: number | null;
  /** Upper end of the interval. */
  readonly upper: number | null;
  /** Confidence level of the interval. */
  readonly level: number;
  /** Name of the interval's method; `none` where there is none. */
  readonly method: string;
  /** How many prompts have something scored; null where that is not recorded. */
  readonly clusters: number | null;
  /** What the interval is over: `prompts`, `samples of this prompt`, `samples of these 4 prompts`, or `prompts not
   *  recorded`; see {@linkcode reachOf}. */
  readonly over: string;
  /** Why there is a rate and no interval. */
  readonly refusal?: string;
  /** The rate if every missing one were not, and if every one were, what is counted. */
  readonly bounds: readonly [number, number];
}

/**
 * Gives each count its rate, its interval, and what that is over: by default over prompts where there are 10 or more, else
 * over samples of these prompts; {@linkcode intervalOf} says which interval that is.
 *
 * @example
 * ```ts
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const [none, one] = rates([
 *   { group: {}, outcome: "subvert", count: 0, scored: 0, missing: 5 },
 *   { group: {}, outcome: "subvert", count: 86, scored: 100, missing: 0 },
 * ]);
 * assert.equal(none.rate, null);
 * assert.deepEqual(none.bounds, [0, 1]);
 * assert.deepEqual([one.over, one.method], ["prompts not recorded", "modified wilson"]);
 * ```
 */
export function rates(
  counts: readonly Count[],
  level: number = DEFAULT_LEVEL,
  name: IntervalName = "default",
): Rate[] {
  const made = counts.map((row): Rate => {
    const { count, scored, missing } = row;
    const { interval, clusters, over } = intervalOf(row, level, name);
    return {
      ...row,
      rate: scored === 0 ? null : count / scored,
      ...endsOf(interval),
      level,
      method: "method" in interval ? interval.method : "none",
      clusters,
      over,
      bounds: missingBounds(count, scored, missing),
      ...("refusal" in interval && scored > 0 ? { refusal: interval.refusal } : {}),
    };
  });
  for (const rate of made) madeWith.set(rate, made);
  return made;
}

/** The list that each rate was made with: a level that stands there is known, also where some rows were chosen since. */
const madeWith = new WeakMap<Rate, readonly Rate[]>();

/** The ends of an interval, null where there is none. */
export function endsOf(interval: Interval | Refusal): { lower: number | null; upper: number | null } {
  return "refusal" in interval ? { lower: null, upper: null } : { lower: interval.lower, upper: interval.upper };
}

/**
 * Returns the rows whose group has all the given levels; `outcome` selects rows of that outcome or label. There may be no
 * such row; but each level must be one of the rates that these were made with, for a misspelt level is no empty list.
 *
 * @throws {RangeError} if no row is grouped by a factor, or a level is none of them
 *
 * @example
 * ```ts
 * import { rates, where } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([{ group: { threat: "none" }, outcome: "subvert", count: 0, scored: 9, missing: 1 }]);
 * assert.equal(where(rows, { threat: "none" }).length, 1);
 * assert.throws(() => where(rows, { threat: "non" }), /nearest is none; levels are none/);
 * ```
 */
export function where(rows: readonly Rate[], levels: Readonly<Record<string, string>>): Rate[] {
  const levelIn = ({ group, outcome }: Rate, factor: string) => factor === "outcome" ? outcome : group[factor];
  const all = [...new Set(rows.map((row) => madeWith.get(row) ?? [row]))].flat();
  for (const [factor, level] of rows.length === 0 ? [] : Object.entries(levels)) {
    if (factor !== "outcome") refuseUngrouped(`choose rows by ${factor}`, factor, rows);
    const known = [...new Set(all.map((row) => levelIn(row, factor)))];
    refuseUnknown(`choose ${factor}=${level} as no row has it`, "levels", level, known);
  }
  return rows.filter((row) => Object.entries(levels).every(([factor, level]) => levelIn(row, factor) === level));
}

/** @throws {RangeError} if rows are not grouped by a factor */
export function refuseUngrouped(action: string, factor: string, rows: readonly Rate[]): void {
  const factors = [...new Set(rows.flatMap(({ group }) => Object.keys(group)))];
  refuseUnknown(`${action} as no row is grouped by it`, "factors", factor, factors);
}

/** Returns the rows whose interval lies wholly above `share`; rows without a rate are not among them. */
export function above(rows: readonly Rate[], share: number): Rate[] {
  return rows.filter(({ lower }) => lower !== null && lower > share);
}

/** One row of a table: columns to values, null where there is no number. */
export type TableRow = Readonly<Record<string, string | number | null>>;

/** A rate as one row: its group, then its numbers, the bounds in two columns. */
export function rateRow({ group, bounds, clustered: _, ...row }: Rate): TableRow {
  return { ...group, ...row, bound_lower: bounds[0], bound_upper: bounds[1] };
}
