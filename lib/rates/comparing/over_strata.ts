/**
 * Strata, such as models, put together over the prompts that they share.
 *
 * @module
 */
import { MIN_CLUSTERS } from "../../stats/clusters/pooled.ts";
import { PROMPT } from "../counting/clusters.ts";
import { createClusterTally } from "../counting/clusters.ts";
import type { ClusterCount, Count } from "../counting/count.ts";
import { nounOf, overSamples } from "../counting/over.ts";
import { type Arm, type Difference, differenceOf, keyed } from "./differences.ts";
import { balanced, comparePairs } from "./paired_contrast.ts";

/** The two arms of one stratum. */
export interface ArmPair {
  readonly first: Arm;
  readonly second: Arm;
}

/**
 * Compares two levels over all strata by prompt: the same prompt in several strata is one cluster. Undefined where the
 * strata together have fewer than 10 prompts in either arm, or prompts are not recorded.
 *
 * Prompts that stand in both arms are paired within their stratum first, so that neither the strata's own rates nor how
 * many samples each has are mixed into the difference. Unpaired, arms are compared only if each stratum has the same
 * share of both.
 */
export function differenceOverStrata(strata: readonly ArmPair[], level: number, seed: number): Difference | undefined {
  const usable = strata.filter(({ first, second }) => first.count.scored > 0 && second.count.scored > 0);
  const counts = usable.flatMap(({ first, second }) => [first.count, second.count]);
  if (usable.length === 0 || counts.some(({ clustered }) => clustered === undefined)) return undefined;
  const noun = nounOf(counts[0].clustered?.field ?? PROMPT);
  const paired = pairedWithin(usable);
  if (paired.first.length >= MIN_CLUSTERS) {
    const { pairs, difference, interval, test } = comparePairs(paired.first, paired.second, seed, level);
    return { difference, interval, test, over: `${noun}s`, pairs, unpaired: paired.unpaired };
  }
  const [first, second] = [summed(usable.map(({ first }) => first)), summed(usable.map(({ second }) => second))];
  const clusters = [first, second].map(({ count }) =>
    count.clustered!.counts.filter(({ scored }) => scored > 0).length
  );
  if (Math.min(...clusters) < MIN_CLUSTERS) return undefined;
  const share = usable[0].first.count.scored / usable[0].second.count.scored;
  const isAlike = usable.every(({ first, second }) =>
    Math.abs(first.count.scored / second.count.scored / share - 1) < 1e-9
  );
  if (isAlike) return differenceOf(first, second, { level, seed });
  const difference = first.count.count / first.count.scored - second.count.count / second.count.scored;
  const refusal =
    `no interval: the strata have unlike shares of the arms, and the ${noun}s of the arms are not the same`;
  return { difference, interval: { refusal }, test: null, over: overSamples(null, noun) };
}

/** Each prompt that stands in both arms of a stratum, with as many samples on both sides, summed over the strata. */
function pairedWithin(strata: readonly ArmPair[]) {
  const found = strata.flatMap(({ first, second }) => {
    const others = new Map(keyed(second).map((row) => [row.cluster, row]));
    return keyed(first).flatMap((one) => {
      const other = others.get(one.cluster);
      return other === undefined ? [] : [{ one, other }];
    });
  });
  const isEven = found.every(({ one, other }) => one.scored === other.scored);
  const sides = found.map(({ one, other }) => isEven ? { one, other } : evened(one, other));
  const all = strata.reduce((sum, { first, second }) => sum + keyed(first).length + keyed(second).length, 0);
  return {
    first: byCluster(sides.map(({ one }) => one)),
    second: byCluster(sides.map(({ other }) => other)),
    unpaired: all - 2 * found.length,
  };
}

function evened(one: ClusterCount, other: ClusterCount): { one: ClusterCount; other: ClusterCount } {
  const { first, second } = balanced({
    first: { successes: one.count, trials: one.scored },
    second: { successes: other.count, trials: other.scored },
  });
  return {
    one: { ...one, count: first.successes, scored: first.trials },
    other: { ...other, count: second.successes, scored: second.trials },
  };
}

function byCluster(rows: readonly ClusterCount[]): readonly ClusterCount[] {
  const tally = createClusterTally(PROMPT);
  for (const row of rows) tally.add(row, row.cluster);
  return tally.clustered()!.counts;
}

/** Arms of one level as one. */
function summed(arms: readonly Arm[]): Arm {
  const tally = createClusterTally(arms[0].count.clustered!.field);
  const sum = (of: (count: Count) => number) => arms.reduce((total, { count }) => total + of(count), 0);
  for (const { count } of arms) tally.addAll(count);
  const [count, scored, missing] = [sum((one) => one.count), sum((one) => one.scored), sum((one) => one.missing)];
  return { ...arms[0], count: { ...arms[0].count, count, scored, missing, clustered: tally.clustered() } };
}
