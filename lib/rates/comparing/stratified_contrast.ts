/**
 * Two levels of a factor compared within strata, such as models, and put together: a comparison that does not mix the
 * strata's own rates into it.
 *
 * @module
 */
import { breslowDay } from "../../stats/strata/breslow_day.ts";
import { cochranMantelHaenszel } from "../../stats/strata/cochran_mantel_haenszel.ts";
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { mantelHaenszelDifference } from "../../stats/strata/mantel_haenszel_difference.ts";
import { mantelHaenszelOddsRatio } from "../../stats/strata/mantel_haenszel_odds_ratio.ts";
import type { StratifiedInterval, StratifiedTest, Stratum } from "../../stats/strata/stratum.ts";
import type { Contrast } from "./contrasts.ts";

/** What strata say together. Each part is null where the strata do not allow it, and `reasons` says why. */
export interface StratifiedContrast {
  /** How many strata were compared, those with an empty arm among them. */
  readonly strata: number;
  /** Mantel–Haenszel's common difference. */
  readonly difference: StratifiedInterval | null;
  /** Mantel–Haenszel's common odds ratio. */
  readonly oddsRatio: StratifiedInterval | null;
  /** Cochran–Mantel–Haenszel: is there any common difference? */
  readonly test: StratifiedTest | null;
  /** Breslow–Day: do the strata share one odds ratio? A large p-value does not show that they do. */
  readonly homogeneity: StratifiedTest | null;
  /** One for each part that is null. */
  readonly reasons: readonly string[];
}

/**
 * Puts contrasts of one factor together, one stratum each.
 *
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
export function stratifiedContrast(contrasts: readonly Contrast[], level: number = DEFAULT_LEVEL): StratifiedContrast {
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
  const reasons: string[] = [];
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
    strata: strata.length,
    difference: tried(() => mantelHaenszelDifference(strata, level)),
    oddsRatio: tried(() => mantelHaenszelOddsRatio(strata, level)),
    test: tried(() => cochranMantelHaenszel(strata)),
    homogeneity: tried(() => breslowDay(strata)),
    reasons,
  };
}
