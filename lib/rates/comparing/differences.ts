/**
 * The difference of two arms, by what they are over: the one place where it is said which interval and which test are
 * reported where nobody chose others.
 *
 * | what the arms are over | interval | test |
 * |---|---|---|
 * | 10 or more prompts each, 10 or more of them in both | {@linkcode comparePairs}: Tango, Student's, or guaranteed | McNemar, or paired permutation |
 * | 10 or more prompts each, none in both | {@linkcode differenceOverClusters} | cluster permutation |
 * | the same, one sample of each | {@linkcode differenceOverSamples} | Fisher's exact |
 * | samples of 1 to 9 prompts each, or of prompts that are not recorded | {@linkcode differenceOverSamples}: modified Newcombe | Fisher's exact |
 * | anything else | none, and why | none |
 *
 * @module
 */
import { clusterPermutation } from "../../stats/clusters/permutation.ts";
import { MIN_CLUSTERS } from "../../stats/clusters/pooled.ts";
import { recommendedDifference } from "../../stats/clusters/recommended_difference.ts";
import type { Refusal } from "../../stats/clusters/recommended_interval.ts";
import { differenceOverClusters } from "../../stats/defaults/over_clusters.ts";
import { differenceOverSamples } from "../../stats/defaults/over_samples.ts";
import type { Interval } from "../../stats/numbers/interval.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import { fisherExact } from "../../stats/two_rates/fisher_exact.ts";
import { hybrid, newcombe, type Proportion } from "../../stats/two_rates/newcombe.ts";
import { PROMPT } from "../counting/clusters.ts";
import type { ClusterCount, Count } from "../counting/count.ts";
import { type IntervalName, OVER_CLUSTERS, OVER_SAMPLES, refusing } from "../counting/intervals.ts";
import { nounOf, overSamples, promptsIn, proportionsOf, reachOf } from "../counting/over.ts";
import { comparePairs } from "./paired_contrast.ts";

/** One side of a comparison: a count, with the level of the factor that makes it one. */
export interface Arm {
  readonly count: Count;
  readonly factor: string;
  readonly level: string;
}

/** How arms are compared; what is left out is chosen by what they are over. */
export interface Choice {
  readonly level: number;
  /** Of permutations, where they are drawn. */
  readonly seed: number;
  readonly interval?: IntervalName;
  /** Compare only prompts that stand in both arms, however few. */
  readonly isPaired?: boolean;
}

/** A difference with all that was chosen for it. */
export interface Difference {
  readonly difference: number;
  readonly interval: Interval | Refusal;
  readonly test: TestResult | null;
  /** What interval and test are over, as {@linkcode reachOf} says it; of both arms. */
  readonly over: string;
  /** How many prompts stand in both arms; absent where they were not paired. */
  readonly pairs?: number;
  /** Prompts that stand in one arm only, and are not compared. */
  readonly unpaired?: number;
}

/**
 * Compares two arms that have something scored.
 *
 * @throws {RangeError} if they are to be paired and no prompt stands in both
 */
export function differenceOf(first: Arm, second: Arm, choice: Choice): Difference {
  const [one, other] = [first.count, second.count];
  const { interval: name = "default", level, seed } = choice;
  const arms = [proportionOf(one), proportionOf(other)] as const;
  const difference = one.count / one.scored - other.count / other.scored;
  const reach = [reachOf(one), reachOf(other)];
  const noun = nounOf(one.clustered?.field ?? PROMPT);
  const overThese = overSamplesOf([one, other]);
  const none = (why: string, over: string): Difference => (
    { difference, interval: { refusal: `no interval: ${why}` }, test: null, over }
  );
  if (Object.hasOwn(OVER_SAMPLES, name)) {
    const of = OVER_SAMPLES[name as keyof typeof OVER_SAMPLES];
    const [a, b] = arms.map(({ successes, trials }) => of(successes, trials, level));
    const interval = name === "wilson" ? newcombe(...arms, level) : hybrid(a, b, `newcombe on ${a.method}`);
    return { difference, interval, test: fisherExact(...arms), over: overThese };
  }
  if (one.clustered === undefined || other.clustered === undefined) {
    if (choice.isPaired || name !== "default") return none(overThese, overThese);
    return { difference, interval: differenceOverSamples(...arms, level), test: fisherExact(...arms), over: overThese };
  }
  const clusters = [proportionsOf(one.clustered), proportionsOf(other.clustered)] as const;
  if (Object.hasOwn(OVER_CLUSTERS, name)) {
    const of = OVER_CLUSTERS[name as keyof typeof OVER_CLUSTERS];
    const interval = recommendedDifference(...clusters, level, (own, at) => refusing(of, own, at));
    return { difference, interval, test: clusterPermutation(...clusters, seed), over: `${noun}s` };
  }
  const sides = [keyed(first), keyed(second)] as const;
  const inFirst = new Set(sides[0].map(({ cluster }) => cluster));
  const shared = sides[1].filter(({ cluster }) => inFirst.has(cluster)).length;
  const isOver = reach.filter(({ isOverClusters }) => isOverClusters).length;
  if (choice.isPaired || isOver === 2 && shared >= MIN_CLUSTERS) {
    if (shared === 0) throw new RangeError(`Cannot pair ${first.level} with ${second.level} as no ${noun} is in both`);
    const { pairs, unpaired, difference, interval, test } = comparePairs(...sides, seed, level);
    const over = pairs >= MIN_CLUSTERS ? `${noun}s` : overSamples(pairs, noun);
    return { difference, interval, test, over, pairs, unpaired: unpaired.length };
  }
  if (isOver === 0) {
    return { difference, interval: differenceOverSamples(...arms, level), test: fisherExact(...arms), over: overThese };
  }
  if (isOver === 1) {
    const few = Math.min(...reach.map(({ clusters }) => clusters ?? 0));
    return none(
      `an arm has ${few} ${noun}${few === 1 ? "" : "s"}, at least ${MIN_CLUSTERS} are needed in both`,
      overThese,
    );
  }
  if (shared > 0) return none(`${shared} ${noun}s stand in both arms, too few to pair and too many not to`, overThese);
  const isOneEach = arms.every(({ trials }, at) => reach[at].clusters === trials);
  if (isOneEach) {
    return {
      difference,
      interval: differenceOverSamples(...arms, level),
      test: fisherExact(...arms),
      over: `${noun}s`,
    };
  }
  const interval = differenceOverClusters(...clusters, level);
  return { difference, interval, test: clusterPermutation(...clusters, seed), over: `${noun}s` };
}

/**
 * The clusters of an arm that have something scored, by names that do not hold the level which makes the arm: where a
 * prompt is its scenario with its condition, the same scenario with the other level is its counterpart.
 */
export function keyed({ count: { clustered }, factor, level }: Arm): ClusterCount[] {
  const own = ` ${factor}=${level}`;
  return clustered!.counts.filter(({ scored }) => scored > 0).map((row) => {
    const [before, after] = [row.cluster.indexOf(own), row.cluster.indexOf(own) + own.length];
    const isOwn = before >= 0 && (after === row.cluster.length || row.cluster[after] === " ");
    return isOwn ? { ...row, cluster: row.cluster.slice(0, before) + row.cluster.slice(after) } : row;
  });
}

/** What an interval over the samples of counts is over; a prompt that stands in several of them counts once. */
export function overSamplesOf(counts: readonly Count[]): string {
  const noun = nounOf(counts[0]?.clustered?.field ?? PROMPT);
  if (counts.some(({ clustered }) => clustered === undefined)) return overSamples(null, noun);
  const own = counts.flatMap(({ clustered }) => clustered!.counts.filter(({ scored }) => scored > 0));
  const prompts = new Map(own.map((one) => [one.cluster, promptsIn(one)]));
  return overSamples([...prompts.values()].reduce((sum, prompts) => sum + prompts, 0), noun);
}

function proportionOf({ count, scored }: Count): Proportion {
  return { successes: count, trials: scored };
}
