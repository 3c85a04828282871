/**
 * Two conditions compared: how much higher the rate is in one than in the other.
 *
 * @module
 */
import { fisherExact } from "../../stats/two_rates/fisher_exact.ts";
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { type Bounds, missingContrastBounds } from "../../stats/two_rates/missing_contrast_bounds.ts";
import { newcombe } from "../../stats/two_rates/newcombe.ts";
import { oddsRatio } from "../../stats/two_rates/odds_ratio.ts";
import { riskRatio } from "../../stats/two_rates/risk_ratio.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import type { Rate } from "../counting/rates.ts";

/** The difference `first − second`; its numbers are null where an arm is absent or has nothing scored. */
export interface Contrast {
  /** What both arms share. */
  readonly group: Readonly<Record<string, string>>;
  /** What is compared. */
  readonly factor: string;
  /** What is counted. */
  readonly outcome: string;
  /** The rate at the first level; undefined where the arm is absent. */
  readonly first: Rate | undefined;
  /** The rate at the second level; undefined where the arm is absent. */
  readonly second: Rate | undefined;
  /** The first rate minus the second, in [−1, 1]. */
  readonly difference: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
  /** Confidence level of every interval here. */
  readonly level: number;
  /** Name of the method of the difference's interval. */
  readonly method: string;
  /** The ratio `first / second`; its estimate is NaN where both rates are 0, and an end may be Infinity. */
  readonly ratio: Interval | null;
  /** The odds of the first rate over those of the second. */
  readonly oddsRatio: Interval | null;
  /** Fisher's exact test that both arms have one rate. */
  readonly test: TestResult | null;
  /** The difference at the extremes of what the missing verdicts could be. */
  readonly bounds: Bounds;
}

/**
 * Compares two levels of one factor within every combination of the other factors, with Newcombe's interval.
 *
 * @param rows rates grouped by `factor` and anything else
 * @param levels the two levels, first minus second
 * @throws {RangeError} if no row has one of the levels
 *
 * @example
 * ```ts
 * import { contrasts } from "$lib/rates/comparing/contrasts.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([
 *   { group: { threat: "replacement" }, outcome: "subvert", count: 9, scored: 10, missing: 0 },
 *   { group: { threat: "none" }, outcome: "subvert", count: 3, scored: 10, missing: 0 },
 * ]);
 * const [gap] = contrasts(rows, "threat", ["replacement", "none"]);
 * assert.equal(gap.difference?.toFixed(2), "0.60");
 * assert.equal(gap.lower?.toFixed(4), "0.1705");
 * ```
 */
export function contrasts(
  rows: readonly Rate[],
  factor: string,
  [first, second]: readonly [string, string],
  level: number = DEFAULT_LEVEL,
): Contrast[] {
  const pairs = new Map<string, { group: Record<string, string>; outcome: string; arms: Map<string, Rate> }>();
  for (const row of rows) {
    const { [factor]: arm, ...group } = row.group;
    if (arm !== first && arm !== second) continue;
    const key = JSON.stringify([group, row.outcome]);
    const pair = pairs.get(key) ?? { group, outcome: row.outcome, arms: new Map() };
    pairs.set(key, pair);
    pair.arms.set(arm, row);
  }
  for (const wanted of [first, second]) {
    if (![...pairs.values()].some(({ arms }) => arms.has(wanted))) {
      const levels = [...new Set(rows.map(({ group }) => group[factor]))].join(", ");
      throw new RangeError(`Cannot compare ${factor} as no row has the level ${wanted}: levels are ${levels}`);
    }
  }
  return [...pairs.values()].map(({ group, outcome, arms }) => {
    const pair = { first: arms.get(first), second: arms.get(second) };
    return { group, factor, outcome, ...pair, ...compared(pair.first, pair.second, level), level, method: "newcombe" };
  });
}

const NOTHING = { count: 0, scored: 0, missing: 0 };

function compared(
  first: Rate | undefined,
  second: Rate | undefined,
  level: number,
): Pick<Contrast, "difference" | "lower" | "upper" | "ratio" | "oddsRatio" | "test" | "bounds"> {
  const [one, other] = [first ?? NOTHING, second ?? NOTHING].map(({ count: successes, scored, missing }) => (
    { successes, scored, missing }
  ));
  const bounds = missingContrastBounds(one, other);
  if (one.scored === 0 || other.scored === 0) {
    return { difference: null, lower: null, upper: null, ratio: null, oddsRatio: null, test: null, bounds };
  }
  const arms = [
    { successes: one.successes, trials: one.scored },
    { successes: other.successes, trials: other.scored },
  ] as const;
  const { estimate: difference, lower, upper } = newcombe(...arms, level);
  return {
    difference,
    lower,
    upper,
    ratio: riskRatio(...arms, level),
    oddsRatio: oddsRatio(...arms, level),
    test: fisherExact(...arms),
    bounds,
  };
}
