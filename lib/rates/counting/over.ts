/**
 * What a rate speaks of: of prompts, or of samples of these prompts. It is never left unsaid.
 *
 * With 10 or more prompts the interval is over prompts: it says what the rate of all prompts like these could be. With
 * fewer it is over samples of these prompts, and says nothing of any other. Where prompts are not recorded, as behind
 * most published counts, that is said instead.
 *
 * @module
 */
import { MIN_CLUSTERS } from "../../stats/clusters/pooled.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import { PROMPT } from "./clusters.ts";
import type { ClusterCount, Clustered, Count } from "./count.ts";

/** What the interval of a count can be over. */
export interface Reach {
  /** How many prompts have something scored; null where that is not recorded. */
  readonly clusters: number | null;
  /** `prompts`, `samples of this prompt`, `samples of these 4 prompts`, or `prompts not recorded`; another field of
   *  clusters has its own name in place of prompt. */
  readonly over: string;
  /** True where the interval is over prompts: there are enough, and each is told apart. */
  readonly isOverClusters: boolean;
}

/**
 * Says what a count can speak of.
 *
 * @example
 * ```ts
 * import { reachOf } from "$lib/rates/counting/over.ts";
 * import assert from "node:assert/strict";
 *
 * const prompt = (cluster: string) => ({ cluster, count: 1, scored: 5, missing: 0 });
 * const of = (names: string) => ({
 *   ...{ group: {}, outcome: "subvert", count: 1, scored: 5, missing: 0 },
 *   clustered: { field: "cluster", counts: [...names].map(prompt) },
 * });
 * assert.equal(reachOf(of("a")).over, "samples of this prompt");
 * assert.equal(reachOf(of("abc")).over, "samples of these 3 prompts");
 * assert.equal(reachOf(of("abcdefghij")).over, "prompts");
 * ```
 */
export function reachOf({ clustered, scored }: Count): Reach {
  if (scored === 0) return { clusters: 0, over: "nothing", isOverClusters: false };
  const noun = nounOf(clustered?.field ?? PROMPT);
  if (clustered === undefined) return { clusters: null, over: `${noun}s not recorded`, isOverClusters: false };
  const own = clustered.counts.filter((one) => one.scored > 0);
  const clusters = own.reduce((sum, one) => sum + promptsIn(one), 0);
  const isOverClusters = clusters >= MIN_CLUSTERS && own.every(({ prompts = 1 }) => prompts === 1);
  return { clusters, over: isOverClusters ? `${noun}s` : overSamples(clusters, noun), isOverClusters };
}

/** What an interval is over that takes no account of how many prompts there are. */
export function overSamples(clusters: number | null, noun: string = nounOf(PROMPT)): string {
  if (clusters === null) return `${noun}s not recorded`;
  return clusters === 1 ? `samples of this ${noun}` : `samples of these ${clusters} ${noun}s`;
}

/** What clusters are called that a field tells apart. */
export function nounOf(field: string): string {
  return field === PROMPT ? "prompt" : field;
}

/** Each cluster's successes and trials, of those that have something scored. */
export function proportionsOf({ counts }: Clustered): Proportion[] {
  return counts.filter(({ scored }) => scored > 0).map(({ count, scored }) => ({ successes: count, trials: scored }));
}

/** How many prompts a cluster is of: several where a published count does not tell them apart. */
export function promptsIn({ prompts = 1, scored }: ClusterCount): number {
  return Math.min(prompts, scored);
}
