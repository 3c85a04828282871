/**
 * The interval of a count, by name: the one place where it is said which interval is reported where nobody chose another.
 *
 * | what the count is over | by default |
 * |---|---|
 * | 10 or more prompts | {@linkcode intervalOverClusters}: recommended, or guaranteed where events lie in too few prompts |
 * | the same, one sample of each | {@linkcode intervalOverSamples} |
 * | samples of 1 to 9 prompts, or of prompts that are not recorded | {@linkcode intervalOverSamples}: modified Wilson |
 *
 * @module
 */
import { kornGraubard } from "../../stats/clusters/korn_graubard.ts";
import { recommendedInterval, type Refusal } from "../../stats/clusters/recommended_interval.ts";
import { guaranteedOverClusters, intervalOverClusters } from "../../stats/defaults/over_clusters.ts";
import { intervalOverSamples } from "../../stats/defaults/over_samples.ts";
import type { Interval } from "../../stats/numbers/interval.ts";
import { agrestiCoull } from "../../stats/one_rate/agresti_coull.ts";
import { clopperPearson } from "../../stats/one_rate/clopper_pearson.ts";
import { jeffreys } from "../../stats/one_rate/jeffreys.ts";
import { modifiedWilson } from "../../stats/one_rate/modified_wilson.ts";
import { wilson } from "../../stats/one_rate/wilson.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import type { Count } from "./count.ts";
import { nounOf, overSamples, proportionsOf, reachOf } from "./over.ts";

/** Intervals that take every sample as independent: they are over samples of these prompts, however many. */
export const OVER_SAMPLES = {
  "wilson": wilson,
  "modified-wilson": modifiedWilson,
  "exact": clopperPearson,
  "jeffreys": jeffreys,
  "agresti-coull": agrestiCoull,
} as const;

/** Intervals over clusters, such as prompts. */
export const OVER_CLUSTERS = {
  "recommended": recommendedInterval,
  "guaranteed": guaranteedOverClusters,
  "korn-graubard": kornGraubard,
} as const;

/** The name of an interval; `default` is chosen by what the count is over. */
export type IntervalName =
  | "default"
  | "recommended"
  | "guaranteed"
  | "korn-graubard"
  | "wilson"
  | "modified-wilson"
  | "exact"
  | "jeffreys"
  | "agresti-coull";

/** All names, the default first. */
export const INTERVAL_NAMES = [
  "default",
  ...Object.keys(OVER_CLUSTERS),
  ...Object.keys(OVER_SAMPLES),
] as readonly IntervalName[];

/** The interval of a count, or why there is none, and what it is over. */
export interface IntervalOver {
  readonly interval: Interval | Refusal;
  readonly clusters: number | null;
  readonly over: string;
}

/**
 * Returns the interval of a count and what it is over.
 *
 * @throws {RangeError} if the level is out of range
 *
 * @example
 * ```ts
 * import { intervalOf } from "$lib/rates/counting/intervals.ts";
 * import assert from "node:assert/strict";
 *
 * const counts = Array.from({ length: 10 }, (_, i) => ({ cluster: `${i}`, count: i < 4 ? 50 : 0, scored: 50, missing: 0 }));
 * const row = { group: {}, outcome: "subvert", count: 200, scored: 500, missing: 0 };
 * const { over, interval } = intervalOf({ ...row, clustered: { field: "cluster", counts } }, 0.95);
 * assert.equal(over, "prompts");
 * assert("lower" in interval && interval.lower.toFixed(2) === "0.17"); // of 10 prompts
 * const plain = intervalOf({ ...row, clustered: { field: "cluster", counts } }, 0.95, "wilson");
 * assert.equal(plain.over, "samples of these 10 prompts");
 * assert("lower" in plain.interval && plain.interval.lower.toFixed(2) === "0.36"); // of 500 samples
 * ```
 */
export function intervalOf(row: Count, level: number, name: IntervalName = "default"): IntervalOver {
  const { count, scored, clustered } = row;
  const { clusters, over, isOverClusters } = reachOf(row);
  if (scored === 0) return { interval: { refusal: "no interval: nothing is scored" }, clusters, over };
  const noun = nounOf(clustered?.field ?? "cluster");
  if (Object.hasOwn(OVER_SAMPLES, name)) {
    const interval = OVER_SAMPLES[name as keyof typeof OVER_SAMPLES](count, scored, level);
    return { interval, clusters, over: overSamples(clusters, noun) };
  }
  if (Object.hasOwn(OVER_CLUSTERS, name)) {
    const of = OVER_CLUSTERS[name as keyof typeof OVER_CLUSTERS];
    if (clustered === undefined) return { interval: { refusal: `no interval: ${over}` }, clusters, over };
    return { interval: refusing(of, proportionsOf(clustered), level), clusters, over: `${noun}s` };
  }
  const interval = isOverClusters && clusters !== scored
    ? intervalOverClusters(proportionsOf(clustered!), level)
    : intervalOverSamples(count, scored, level);
  return { interval, clusters, over };
}

/** The interval, or why there is none: where there are too few clusters for it, say. */
export function refusing(
  of: (clusters: readonly Proportion[], level: number) => Interval | Refusal,
  clusters: readonly Proportion[],
  level: number,
): Interval | Refusal {
  try {
    return of(clusters, level);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { refusal: error.message.replace(/^Cannot compute .*? as /, "no interval: ") };
  }
}
