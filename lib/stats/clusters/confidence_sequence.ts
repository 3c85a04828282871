/**
 * Intervals that may be looked at after every cluster: whoever stops when he has seen enough errs no more often than who
 * fixed the number before.
 *
 * Every other interval here is for a number of clusters that was fixed. Looked at again and again until it is narrow, or
 * until it leaves out 0, it errs more often with every look. The price is width: about
 * that of the guaranteed interval, which assumes as little.
 *
 * @module
 */
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { crossing } from "../numbers/crossing.ts";
import { plugInBets, STAKE } from "./bets.ts";
import { poolClusters } from "./pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** What is known after so many values. */
export interface Look {
  /** The mean of the values so far. */
  readonly estimate: number;
  /** The highest lower end so far. */
  readonly lower: number;
  /** The lowest upper end so far. */
  readonly upper: number;
  /** Chance, had the mean been what is doubted, of ever being as far from it: 1 where nothing is doubted. */
  readonly pValue: number;
}

/**
 * Returns the mean of the clusters' rates with its confidence sequence: one interval after each cluster, in the order
 * given, which must not have been chosen by what was seen. With the chance of the level **all** of them hold the true mean,
 * so that one may stop at any, by any rule. Assumes that clusters are independent draws with one mean, and nothing else;
 * each counts once, whatever its trials.
 *
 * Source: the hedged capital with predictable plug-in bets of Waudby-Smith & Ramdas (2024),
 * https://doi.org/10.1093/jrsssb/qkad009, with the truncation c = 3/4. Deviations: each end is of
 * its own at half the error, as in {@linkcode guaranteedInterval}; and an end never goes back, for all intervals hold
 * together. Where two ends of different looks would pass each other, which is as rare as an error, the last interval stays.
 *
 * @returns one interval a cluster, as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { confidenceSequence } from "$lib/stats/clusters/confidence_sequence.ts";
 * import assert from "node:assert/strict";
 *
 * const looks = confidenceSequence(Array.from({ length: 60 }, () => ({ successes: 0, trials: 10 })));
 * assert.deepEqual([10, 30, 60].map((seen) => looks[seen - 1].upper.toFixed(2)), ["0.37", "0.15", "0.08"]);
 * ```
 */
export function confidenceSequence(clusters: readonly Proportion[], level: number = DEFAULT_LEVEL): Interval[] {
  poolClusters("a confidence sequence", clusters);
  return bettingLooks(clusters.map(({ successes, trials }) => successes / trials), level).map((
    { estimate, lower, upper },
  ) => ({ estimate, lower, upper, level, method: "betting, at any time" }));
}

/**
 * Returns the confidence sequence of values in [0, 1]: see {@linkcode confidenceSequence}.
 *
 * @param doubted a mean whose p-value is asked for, in (0, 1)
 * @throws {RangeError} if the level is not strictly between 0 and 1
 */
export function bettingLooks(values: readonly number[], level: number, doubted?: number): Look[] {
  checkLevel(level);
  const horizon = (bet: number) => bet * Math.log(1 + bet);
  const mirrored = values.map((value) => 1 - value);
  const [above, below] = [values, mirrored].map((side) => ({ side, bets: plugInBets(side, level, horizon) }));
  const capitals = doubted === undefined ? undefined : [
    { ...above, mean: doubted },
    { ...below, mean: 1 - doubted },
  ];
  const looks: Look[] = [];
  const goal = Math.log(2 / (1 - level));
  let [lower, upper, sum, highest] = [0, 1, 0, 0];
  for (let seen = 1; seen <= values.length; seen++) {
    sum += values[seen - 1];
    const risen = [above, below].map(({ side, bets }, at) => {
      const end = at === 0 ? lower : 1 - upper;
      return crossing((mean) => capital(side, bets, seen, mean), goal, end, 1);
    });
    if (risen[0] <= 1 - risen[1]) [lower, upper] = [risen[0], 1 - risen[1]];
    const most = (capitals ?? []).map(({ side, bets, mean }) => capital(side, bets, seen, mean));
    highest = Math.max(highest, ...most);
    looks.push({ estimate: sum / seen, lower, upper, pValue: Math.min(1, 2 * Math.exp(-highest)) });
  }
  return looks;
}

/** The logarithm of what the gambler has after so many bets against a mean; it falls in the mean. */
function capital(side: readonly number[], bets: Float64Array, seen: number, mean: number): number {
  const most = STAKE / mean;
  let log = 0;
  for (let i = 0; i < seen; i++) log += Math.log1p(Math.min(bets[i], most) * (side[i] - mean));
  return log;
}
