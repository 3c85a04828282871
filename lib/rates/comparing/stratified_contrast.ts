/**
 * Two levels of a factor compared within strata, such as models, and put together: a comparison that does not mix the
 * strata's own rates into it.
 *
 * @module
 */
import { breslowDay } from "../../stats/strata/breslow_day.ts";
import { cochranMantelHaenszel } from "../../stats/strata/cochran_mantel_haenszel.ts";
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import { mantelHaenszelDifference } from "../../stats/strata/mantel_haenszel_difference.ts";
import { mantelHaenszelOddsRatio } from "../../stats/strata/mantel_haenszel_odds_ratio.ts";
import type { StratifiedInterval, StratifiedTest, Stratum } from "../../stats/strata/stratum.ts";
import type { Contrast } from "./contrasts.ts";
import { overSamplesOf } from "./differences.ts";
import { type ArmPair, differenceOverStrata } from "./over_strata.ts";

/** What strata say together. Each part is null where the strata do not allow it, and `reasons` says why. */
export interface StratifiedContrast {
  /** How many strata were given, those with an empty arm among them. */
  readonly strata: number;
  /** How many have an arm in which nothing is scored, so that they compare nothing. */
  readonly emptyArms: number;
  /** Over samples that of Mantel and Haenszel; over prompts by {@linkcode differenceOverStrata}. */
  readonly difference: Interval | null;
  /** What difference and test are over: as of a contrast, over the prompts of all strata. */
  readonly over: string;
  /** How many prompts were paired; absent where none were. */
  readonly pairs?: number;
  /** Null over prompts, as there is no interval for it. */
  readonly oddsRatio: StratifiedInterval | null;
  /** Is there any common difference? Cochran–Mantel–Haenszel, or over prompts a permutation test. */
  readonly test: TestResult | null;
  /** Breslow–Day: do the strata share one odds ratio? A large p-value does not show that they do. Null over prompts. */
  readonly homogeneity: StratifiedTest | null;
  /** One for each part that is null. */
  readonly reasons: readonly string[];
}

/**
 * Puts contrasts of one factor together, one stratum each: over prompts where there are 10 or more over all strata, else
 * over samples.
 *
 * @param seed of a permutation test, where it draws
 * @throws {RangeError} if there is no contrast, or they are of several factors or outcomes
 *
 * @example
 * ```ts
 * import { contrasts } from "$lib/rates/comparing/contrasts.ts";
 * import { stratifiedContrast } from "$lib/rates/comparing/stratified_contrast.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (model: string, threat: string, count: number) => (
 *   { group: { model, threat }, outcome: "subvert", count, scored: 10, missing: 0 }
 * );
 * const rows = rates([row("a", "on", 9), row("a", "off", 6), row("b", "on", 5), row("b", "off", 2)]);
 * const { difference } = stratifiedContrast(contrasts(rows, "threat", ["on", "off"]));
 * assert.equal(difference?.estimate.toFixed(2), "0.30");
 * ```
 */
export function stratifiedContrast(
  contrasts: readonly Contrast[],
  level: number = DEFAULT_LEVEL,
  seed: number = SEED,
): StratifiedContrast {
  const kinds = new Set(contrasts.map(({ factor, outcome }) => `${outcome} by ${factor}`));
  if (kinds.size !== 1) {
    throw new RangeError(
      `Cannot put contrasts together as they must be of one kind: kinds are ${[...kinds].join(", ") || "none"}`,
    );
  }
  const strata = contrasts.map(({ first, second }): Stratum => ({
    first: { successes: first?.count ?? 0, trials: first?.scored ?? 0 },
    second: { successes: second?.count ?? 0, trials: second?.scored ?? 0 },
  }));
  const empty = strata.filter(({ first, second }) => first.trials === 0 || second.trials === 0);
  const sizes = { strata: strata.length, emptyArms: empty.length };
  const reasons: string[] = [];
  const counted = contrasts.flatMap(({ first, second }) => [first, second]).filter((arm) => arm !== undefined);
  const overPrompts = differenceOverStrata(contrasts.flatMap(armsOf), level, seed);
  if (overPrompts !== undefined) {
    const { interval, test, over, pairs } = overPrompts;
    return {
      ...sizes,
      difference: "refusal" in interval ? null : interval,
      over,
      ...(pairs === undefined ? {} : { pairs }),
      oddsRatio: null,
      test,
      homogeneity: null,
      reasons: "refusal" in interval ? [interval.refusal] : [],
    };
  }
  const tried = <T>(compute: () => T): T | null => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      reasons.push(error.message);
      return null;
    }
  };
  return {
    ...sizes,
    over: overSamplesOf(counted.filter(({ scored }) => scored > 0)),
    difference: tried(() => mantelHaenszelDifference(strata, level)),
    oddsRatio: tried(() => mantelHaenszelOddsRatio(strata, level)),
    test: tried(() => cochranMantelHaenszel(strata)),
    homogeneity: tried(() => breslowDay(strata)),
    reasons,
  };
}

/** The seed of permutation tests where none is given. */
const SEED = 1;

function armsOf({ factor, first, second }: Contrast): ArmPair[] {
  if (first === undefined || second === undefined) return [];
  const arm = (count: typeof first) => ({ count, factor, level: count.group[factor] });
  return [{ first: arm(first), second: arm(second) }];
}
