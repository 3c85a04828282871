/**
 * Which unit has the highest rate, and how sure that is: ranks with intervals, which for most leagues of models are wide.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Interval } from "../numbers/interval.ts";
import type { Possibility } from "./posterior.ts";
import type { Proportion } from "../two_rates/newcombe.ts";
import { unitMixture } from "./beta_mixture.ts";

/** A rank, 1 for the highest rate, with how likely each rank is. */
export interface Rank extends Interval {
  /** At j: the probability that the rank is j + 1. */
  readonly chances: Float64Array;
}

/** A coarse grid: ranks are told to about 0.01. */
const ORDER = 2;
const UNLIKELY = 1e-5;
/** Cells of the range of rates, at most; two rates in the same are as likely in either order. */
const CELLS = 240;

/**
 * Returns each unit's rank among the units at hand, its mean and an equal-tailed interval of whole ranks, right to about
 * 0.01 rank. Given mean and share, rates of units are independent; how many lie above one is summed up exactly.
 *
 * Takes seconds for 20 units that all differ; the time grows with the cube of their number.
 *
 * @example
 * ```ts
 * import { fitHierarchy } from "$lib/stats/hierarchy/hierarchy.ts";
 * import { unitRanks } from "$lib/stats/hierarchy/unit_ranks.ts";
 * import assert from "node:assert/strict";
 *
 * const models = [{ successes: 86, trials: 100 }, { successes: 12, trials: 100 }, { successes: 10, trials: 100 }];
 * const ranks = unitRanks(fitHierarchy(models));
 * assert.deepEqual(ranks.map(({ lower, upper }) => [lower, upper]), [[1, 1], [2, 3], [2, 3]]);
 * ```
 */
export function unitRanks({ units, posterior, level }: Hierarchy): Rank[] {
  const keys = units.map(({ successes, trials }) => `${successes}/${trials}`);
  const kindOf = keys.map((key) => [...new Set(keys)].indexOf(key));
  const kinds = [...new Set(keys)].map((key) => units[keys.indexOf(key)]);
  const likely = posterior.possibilities(ORDER).filter(({ weight }) => weight > UNLIKELY);
  const whole = likely.reduce((sum, { weight }) => sum + weight, 0);
  const edges = placeEdges(kinds, likely, whole);
  const chances = kinds.map(() => new Float64Array(units.length));
  for (const possibility of likely) {
    const cdfs = kinds.map((kind) => {
      const [{ alpha, beta: other }] = unitMixture([possibility], kind);
      return edges.map((edge) => edge <= 0 ? 0 : edge >= 1 ? 1 : beta.cdf(edge, alpha, other));
    });
    for (let cell = 1; cell < edges.length; cell++) {
      const above = cdfs.map((cdf) => 1 - (cdf[cell - 1] + cdf[cell]) / 2);
      for (const [kind, cdf] of cdfs.entries()) {
        const mass = cdf[cell] - cdf[cell - 1];
        if (mass < 1e-7) continue;
        const others = kindOf.map((other) => above[other]);
        others.splice(kindOf.indexOf(kind), 1);
        const counts = countAbove(others);
        const share = possibility.weight / whole * mass;
        for (let j = 0; j < counts.length; j++) chances[kind][j] += share * counts[j];
      }
    }
  }
  return kindOf.map((kind) => rankOf(chances[kind], level));
}

/** How likely it is that 0, 1, … of independent events happen. */
function countAbove(probabilities: readonly number[]): Float64Array {
  const counts = new Float64Array(probabilities.length + 1);
  counts[0] = 1;
  for (const [seen, p] of probabilities.entries()) {
    for (let j = seen + 1; j > 0; j--) counts[j] = counts[j] * (1 - p) + counts[j - 1] * p;
    counts[0] *= 1 - p;
  }
  return counts;
}

/** Edges of cells, dense where rates of units are likely: by their means and standard deviations, and near 0 and 1. */
function placeEdges(kinds: readonly Proportion[], likely: readonly Possibility[], whole: number): number[] {
  const all = new Set<number>([0, 1]);
  for (let power = 1; power <= 12; power++) all.add(4 ** -power).add(1 - 4 ** -power);
  for (const kind of kinds) {
    let [sum, squares] = [0, 0];
    for (const { alpha, beta, weight } of unitMixture(likely, kind)) {
      const mean = alpha / (alpha + beta);
      sum += weight / whole * mean;
      squares += weight / whole * mean * (alpha + 1) / (alpha + beta + 1);
    }
    const sd = Math.sqrt(Math.max(0, squares - sum * sum));
    for (let step = -32; step <= 32; step++) {
      const edge = sum + sd * step / 8;
      if (edge > 0 && edge < 1) all.add(edge);
    }
  }
  const sorted = [...all].sort((a, b) => a - b);
  if (sorted.length <= CELLS) return sorted;
  return Array.from({ length: CELLS + 1 }, (_, i) => sorted[Math.round(i * (sorted.length - 1) / CELLS)]);
}

function rankOf(chances: Float64Array, level: number): Rank {
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  const scaled = chances.map((chance) => chance / total);
  const reach = (p: number) => {
    let [sum, rank] = [0, 0];
    while (rank < scaled.length && sum < p) sum += scaled[rank++];
    return Math.max(rank, 1);
  };
  return {
    estimate: scaled.reduce((sum, chance, j) => sum + chance * (j + 1), 0),
    lower: reach((1 - level) / 2),
    upper: reach((1 + level) / 2),
    level,
    method: "beta-binomial hierarchy",
    chances: scaled,
  };
}
