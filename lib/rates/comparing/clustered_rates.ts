/**
 * Rates of samples that share prompts: whole clusters are what varies, and not single samples.
 *
 * @module
 */
import { clusterVariance } from "../../stats/clusters/variance.ts";
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { missingBounds } from "../../stats/one_rate/missing_bounds.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import { recommendedInterval } from "../../stats/clusters/recommended_interval.ts";
import type { Count } from "../counting/count.ts";
import type { Rate } from "../counting/rates.ts";

/** A rate with an interval that allows for clusters; without one where there are too few of them, and then it says so. */
export interface ClusteredRate extends Rate {
  /** Clusters with at least one scored sample. */
  readonly clusters: number;
  /** How many times the variance of as many independent samples; null where that is not known. */
  readonly designEffect: number | null;
  /** Correlation of two samples of a cluster; null where that is not known. */
  readonly correlation: number | null;
  /** Why there is no interval. */
  readonly refusal?: string;
}

/**
 * Adds the clusters of each group up and gives each group its rate, with the interval of {@linkcode recommendedInterval}.
 *
 * @param counts one row a group and cluster: counted by the groups' fields and by `field`
 * @param field what tells clusters apart: `cluster`, or a factor such as `scenario`
 * @throws {RangeError} if a row has no such field
 *
 * @example
 * ```ts
 * import { clusteredRates } from "$lib/rates/comparing/clustered_rates.ts";
 * import assert from "node:assert/strict";
 *
 * const counts = Array.from({ length: 20 }, (_, i) => (
 *   { group: { model: "m", cluster: `prompt ${i}` }, outcome: "subvert", count: 0, scored: 50, missing: 0 }
 * ));
 * const [rate] = clusteredRates(counts);
 * assert.equal(`${rate.count}/${rate.scored} in ${rate.clusters}`, "0/1000 in 20");
 * assert.equal(rate.upper!.toFixed(2), "0.16"); // of 20 prompts, not of 1000 samples: that would be 0.004
 * ```
 */
export function clusteredRates(
  counts: readonly Count[],
  field = "cluster",
  level: number = DEFAULT_LEVEL,
): ClusteredRate[] {
  const groups = new Map<string, Count[]>();
  for (const count of counts) {
    const { [field]: cluster, ...group } = count.group;
    if (cluster === undefined) {
      throw new RangeError(
        `Cannot tell clusters apart as a row has no ${field}: fields are ${Object.keys(group).join(", ")}`,
      );
    }
    const key = JSON.stringify([group, count.outcome]);
    groups.get(key)?.push(count) ?? groups.set(key, [count]);
  }
  return [...groups.values()].map((rows) => clusteredRate(rows, field, level));
}

function clusteredRate(rows: readonly Count[], field: string, level: number): ClusteredRate {
  const { [field]: _, ...group } = rows[0].group;
  const sum = (of: (row: Count) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [count, scored, missing] = [sum((row) => row.count), sum((row) => row.scored), sum((row) => row.missing)];
  const clusters = rows.filter((row) => row.scored > 0).map((row): Proportion => (
    { successes: row.count, trials: row.scored }
  ));
  const interval = scored === 0 ? { refusal: "no interval: nothing is scored" } : recommendedInterval(clusters, level);
  const { designEffect = null, correlation = null } = clusters.length < 2 ? {} : clusterVariance(clusters);
  return {
    group,
    outcome: rows[0].outcome,
    count,
    scored,
    missing,
    rate: scored === 0 ? null : count / scored,
    lower: "lower" in interval ? interval.lower : null,
    upper: "upper" in interval ? interval.upper : null,
    level,
    method: "method" in interval ? interval.method : "none",
    bounds: missingBounds(count, scored, missing),
    clusters: clusters.length,
    designEffect,
    correlation,
    ...("refusal" in interval ? { refusal: interval.refusal } : {}),
  };
}
