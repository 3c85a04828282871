/**
 * Two conditions compared on the same prompts: what a prompt brings with it cancels out.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { differenceOverPairs } from "../../stats/defaults/over_pairs.ts";
import { guaranteedDifference } from "../../stats/pairs/guaranteed_difference.ts";
import { mcnemarExact, type PairedCounts } from "../../stats/pairs/mcnemar.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import { pairedPermutation } from "../../stats/pairs/paired_permutation.ts";
import { tango } from "../../stats/pairs/tango.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import type { ClusterCount, Count } from "../counting/count.ts";

/** What pairs say together. */
export interface PairedContrast {
  /** Prompts with something scored in both conditions. */
  readonly pairs: number;
  /** Prompts with nothing scored in one of the conditions: they are in no pair. */
  readonly unpaired: readonly string[];
  /** Samples of the pairs without a usable verdict: a pair is compared by those that have one. */
  readonly missing: { readonly first: number; readonly second: number };
  /** Mean over prompts of the rate in the first condition minus that in the second. Where a prompt has as many scored
   *  samples in both, each prompt counts by them; else by the product of the two, so that what is missing on one side
   *  cannot turn a difference round. */
  readonly difference: number;
  /** Tango's interval, or where a prompt has several samples in a condition {@linkcode differenceOverPairs}. */
  readonly interval: Interval;
  /** McNemar's exact test, or with several samples a prompt the paired permutation test. */
  readonly test: TestResult;
  /** Present where each prompt has one sample a condition. */
  readonly counts?: PairedCounts;
}

/**
 * Compares two levels of a factor over prompts that were run in both.
 *
 * @param counts rows of one outcome, counted by `factor` and `pair` and nothing else
 * @param pair the field that is the same for both samples of a pair, for example `scenario`
 * @param seed of the permutation test, where draws are needed
 * @throws {RangeError} if a row lacks one of the fields, or no prompt has something scored in both conditions
 *
 * @example
 * ```ts
 * import { pairedContrast } from "$lib/rates/comparing/paired_contrast.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (scenario: string, threat: string, count: number) => (
 *   { group: { scenario, threat }, outcome: "subvert", count, scored: 1, missing: 0 }
 * );
 * const rows = ["a", "b", "c", "d", "e", "f"].flatMap((name) => [row(name, "on", 1), row(name, "off", 0)]);
 * const { counts, test } = pairedContrast(rows, "threat", ["on", "off"], "scenario", 1);
 * assert.equal(counts?.onlyFirst, 6);
 * assert.equal(test.pValue, 2 / 64);
 * ```
 */
export function pairedContrast(
  counts: readonly Count[],
  factor: string,
  [first, second]: readonly [string, string],
  pair: string,
  seed: number,
  level: number = DEFAULT_LEVEL,
): PairedContrast {
  const arms = [first, second].map((wanted) => armOf(counts, factor, wanted, pair));
  if (arms.every((arm) => !arm.some(({ cluster, scored }) => scored > 0 && isIn(arms, cluster)))) {
    throw new RangeError(`Cannot pair ${first} with ${second} as no ${pair} has something scored in both`);
  }
  return comparePairs(arms[0], arms[1], seed, level);
}

function isIn(arms: readonly (readonly ClusterCount[])[], wanted: string): boolean {
  return arms.every((arm) => arm.some(({ cluster, scored }) => cluster === wanted && scored > 0));
}

/**
 * Compares two arms over the clusters that have something scored in both; there must be one. Errors are those of
 * {@linkcode pairedContrast}.
 */
export function comparePairs(
  first: readonly ClusterCount[],
  second: readonly ClusterCount[],
  seed: number,
  level: number = DEFAULT_LEVEL,
): PairedContrast {
  const arms = [first, second].map((arm) =>
    new Map(arm.filter(({ scored }) => scored > 0).map((row) => [row.cluster, row]))
  );
  const names = [...new Set(arms.flatMap((arm) => [...arm.keys()]))];
  const paired = names.filter((name) => arms.every((arm) => arm.has(name)));
  const pairs = paired.map((name): Pair => ({
    first: proportionOf(arms[0].get(name)!),
    second: proportionOf(arms[1].get(name)!),
  }));
  const weighed = pairs.every(({ first, second }) => first.trials === second.trials) ? pairs : pairs.map(balanced);
  const rateOf = (side: "first" | "second") => sumOf(weighed, side, "successes") / sumOf(weighed, side, "trials");
  const inPairs = new Set(paired);
  const missingIn = (arm: readonly ClusterCount[]) =>
    arm.filter(({ cluster }) => inPairs.has(cluster)).reduce((sum, { missing }) => sum + missing, 0);
  const shared = {
    pairs: pairs.length,
    unpaired: names.filter((name) => !inPairs.has(name)),
    missing: { first: missingIn(first), second: missingIn(second) },
    difference: rateOf("first") - rateOf("second"),
  };
  if (pairs.some(({ first, second }) => first.trials > 1 || second.trials > 1)) {
    // Of pairs with unequal sides, made equal, trials would count that are none.
    const { lower, upper, method } = weighed === pairs
      ? differenceOverPairs(pairs, level)
      : guaranteedDifference(pairs, level);
    const { difference: estimate } = shared; // where prompts count by their samples, the ends are moved out to it
    const interval = { estimate, lower: Math.min(lower, estimate), upper: Math.max(upper, estimate), level, method };
    return { ...shared, interval, test: pairedPermutation(weighed, seed) };
  }
  const cell = (one: number, other: number) =>
    pairs.filter(({ first, second }) => first.successes === one && second.successes === other).length;
  const table = { both: cell(1, 1), onlyFirst: cell(1, 0), onlySecond: cell(0, 1), neither: cell(0, 0) };
  return { ...shared, interval: tango(table, level), test: mcnemarExact(table), counts: table };
}

function proportionOf({ count, scored }: ClusterCount): Proportion {
  return { successes: count, trials: scored };
}

/** Both sides of a pair with as many trials, at their own rates. */
export function balanced({ first, second }: Pair): Pair {
  const trials = first.trials * second.trials;
  return {
    first: { successes: first.successes * second.trials, trials },
    second: { successes: second.successes * first.trials, trials },
  };
}

interface Pair {
  readonly first: Proportion;
  readonly second: Proportion;
}

function armOf(counts: readonly Count[], factor: string, wanted: string, pair: string): ClusterCount[] {
  const lacking = counts.find(({ group }) => group[factor] === undefined || group[pair] === undefined);
  if (lacking !== undefined) {
    throw new RangeError(
      `Cannot pair as a row has no ${pair} or ${factor}: fields are ${Object.keys(lacking.group).join(", ")}`,
    );
  }
  const own = counts.filter(({ group }) => group[factor] === wanted);
  if (new Set(own.map(({ group }) => group[pair])).size < own.length) {
    throw new RangeError(`Cannot pair as several rows are of one ${pair} and ${factor}: count by these two alone`);
  }
  return own.map(({ group, count, scored, missing }) => ({ cluster: group[pair], count, scored, missing }));
}

function sumOf(
  pairs: readonly Pair[],
  side: "first" | "second",
  of: keyof Proportion,
): number {
  return pairs.reduce((sum, pair) => sum + pair[side][of], 0);
}
