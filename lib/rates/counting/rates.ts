/**
 * From counts to rates with an interval and the bounds that the missing ones leave open.
 *
 * @module
 */
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { missingBounds } from "../../stats/one_rate/missing_bounds.ts";
import { wilson } from "../../stats/one_rate/wilson.ts";
import type { Count } from "./count.ts";

/** A count with its rate; `rate`, `lower` and `upper` are null where nothing was scored, for no data is not zero. */
export interface Rate extends Count {
  /** `count` of `scored`, in [0, 1]. */
  readonly rate: number | null;
  /** Lower end of the interval. */
  readonly lower: number | null;
  /** Upper end of the interval. */
  readonly upper: number | null;
  /** Confidence level of the interval. */
  readonly level: number;
  /** Name of the interval's method. */
  readonly method: string;
  /** The rate if every missing one were not, and if every one were, what is counted. */
  readonly bounds: readonly [number, number];
}

/**
 * Gives each count its rate with a Wilson interval. Counts every sample as one independent trial; samples that share a
 * prompt are not, and an interval here does not carry the variation between prompts.
 *
 * @example
 * ```ts
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const [none] = rates([{ group: {}, outcome: "subvert", count: 0, scored: 0, missing: 5 }]);
 * assert.equal(none.rate, null);
 * assert.deepEqual(none.bounds, [0, 1]);
 * ```
 */
export function rates(counts: readonly Count[], level: number = DEFAULT_LEVEL): Rate[] {
  return counts.map((row) => {
    const { count, scored, missing } = row;
    const interval = scored === 0 ? undefined : wilson(count, scored, level);
    return {
      ...row,
      rate: interval?.estimate ?? null,
      lower: interval?.lower ?? null,
      upper: interval?.upper ?? null,
      level,
      method: "wilson",
      bounds: missingBounds(count, scored, missing),
    };
  });
}

/**
 * Returns the rows whose group has all the given levels; `outcome` selects rows of that outcome or label.
 *
 * @example
 * ```ts
 * import { rates, where } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([{ group: { threat: "none" }, outcome: "subvert", count: 0, scored: 9, missing: 1 }]);
 * assert.equal(where(rows, { threat: "none" }).length, 1);
 * assert.equal(where(rows, { threat: "replacement" }).length, 0);
 * ```
 */
export function where(rows: readonly Rate[], levels: Readonly<Record<string, string>>): Rate[] {
  return rows.filter(({ group, outcome }) =>
    Object.entries(levels).every(([factor, level]) => (factor === "outcome" ? outcome : group[factor]) === level)
  );
}

/** Returns the rows whose interval lies wholly above `share`; rows without a rate are not among them. */
export function above(rows: readonly Rate[], share: number): Rate[] {
  return rows.filter(({ lower }) => lower !== null && lower > share);
}

/** One row of a table: columns to values, null where there is no number. */
export type TableRow = Readonly<Record<string, string | number | null>>;

/** A rate as one row: its group, then its numbers, the bounds in two columns. */
export function rateRow({ group, bounds, ...row }: Rate): TableRow {
  return { ...group, ...row, bound_lower: bounds[0], bound_upper: bounds[1] };
}
