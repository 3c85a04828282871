/**
 * Two conditions compared: how much higher the rate is in one than in the other.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { type Bounds, missingContrastBounds } from "../../stats/two_rates/missing_contrast_bounds.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import { oddsRatio } from "../../stats/two_rates/odds_ratio.ts";
import { riskRatio } from "../../stats/two_rates/risk_ratio.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import type { IntervalName } from "../counting/intervals.ts";
import { refuseUnknown } from "../counting/refuse_unknown.ts";
import { endsOf, type Rate, refuseUngrouped } from "../counting/rates.ts";
import { differenceOf } from "./differences.ts";

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
  /** Name of the method of the interval; `none` where there is none. */
  readonly method: string;
  /** What interval and test are over: `prompts`, `samples of this prompt`, `samples of these 4 prompts` (of both arms
   *  together), or `prompts not recorded`. */
  readonly over: string;
  /** How many prompts stand in both arms; absent where they were not paired. */
  readonly pairs?: number;
  /** How many prompts stand in one arm only, and were not compared. */
  readonly unpaired?: number;
  /** Why there is a difference and no interval. */
  readonly refusal?: string;
  /** The ratio `first / second`; its estimate is NaN where both rates are 0, and an end may be Infinity. Null over
   *  prompts, as there is no interval for it. */
  readonly ratio: Interval | null;
  /** The odds of the first rate over those of the second. */
  readonly oddsRatio: Interval | null;
  /** The test that both arms have one rate: Fisher's, or over prompts a permutation test or McNemar's. */
  readonly test: TestResult | null;
  /** The difference at the extremes of what the missing verdicts could be. */
  readonly bounds: Bounds;
}

/** How contrasts are made where they are not made by default. */
export interface ContrastOptions {
  /** Confidence level of the intervals. */
  readonly level?: number;
  /** Of permutation tests, where they draw. */
  readonly seed?: number;
  /** The interval of each arm that the difference is built from. */
  readonly interval?: IntervalName;
  /** Compare only prompts that stand in both arms, however few. */
  readonly isPaired?: boolean;
}

/** The seed of permutation tests where none is given. */
const SEED = 1;

/**
 * Compares two levels of one factor within every combination of the other factors: over prompts where there are 10 or
 * more in each arm, paired where they stand in both; else over samples. {@linkcode differenceOf} says by which methods.
 *
 * @param rows rates grouped by `factor` and anything else
 * @param levels the two levels, first minus second
 * @throws {RangeError} if no row is grouped by the factor, or none has one of the levels
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
 * assert.deepEqual([gap.method, gap.over], ["modified newcombe", "prompts not recorded"]);
 * ```
 */
export function contrasts(
  rows: readonly Rate[],
  factor: string,
  [first, second]: readonly [string, string],
  { level = DEFAULT_LEVEL, seed = SEED, ...chosen }: ContrastOptions = {},
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
  if (rows.length > 0) refuseUngrouped(`compare ${factor}`, factor, rows);
  const known = [...new Set(rows.flatMap(({ group }) => group[factor] ?? []))];
  for (const level of [first, second]) {
    refuseUnknown(`compare ${factor} as no row has the level ${level}`, "levels", level, known);
  }
  return [...pairs.values()].map(({ group, outcome, arms }) => {
    const pair = { first: arms.get(first), second: arms.get(second) };
    const shared = { group, factor, outcome, ...pair, level };
    const bounds = boundsOf(pair.first, pair.second);
    if (!isScored(pair.first) || !isScored(pair.second)) {
      const nothing = { difference: null, lower: null, upper: null, ratio: null, oddsRatio: null, test: null };
      return { ...shared, ...nothing, bounds, method: "none", over: "nothing" };
    }
    const [one, other] = [{ count: pair.first, factor, level: first }, { count: pair.second, factor, level: second }];
    const { interval, ...found } = differenceOf(one, other, { level, seed, ...chosen });
    const proportions = [proportionOf(pair.first), proportionOf(pair.second)] as const;
    const isOverSamples = found.test?.method.startsWith("fisher") ?? false;
    return {
      ...shared,
      ...found,
      ...endsOf(interval),
      ...("refusal" in interval ? { method: "none", refusal: interval.refusal } : { method: interval.method }),
      ratio: isOverSamples ? riskRatio(...proportions, level) : null,
      oddsRatio: isOverSamples ? oddsRatio(...proportions, level) : null,
      bounds: { lower: Math.min(bounds.lower, found.difference), upper: Math.max(bounds.upper, found.difference) },
    };
  });
}

function isScored(arm: Rate | undefined): arm is Rate {
  return arm !== undefined && arm.scored > 0;
}

function boundsOf(first: Rate | undefined, second: Rate | undefined): Bounds {
  const [one, other] = [first, second].map((arm) => (
    { successes: arm?.count ?? 0, scored: arm?.scored ?? 0, missing: arm?.missing ?? 0 }
  ));
  return missingContrastBounds(one, other);
}

function proportionOf({ count, scored }: Rate): Proportion {
  return { successes: count, trials: scored };
}
