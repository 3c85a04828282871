/**
 * Logistic regression with standard errors that allow for samples of one cluster being alike.
 *
 * @module
 */
import { type BinomialRow, poolRows } from "./binomial_rows.ts";
import { choleskyFactor, choleskyFactorOrNull, dot, forwardSolve, solve } from "../numbers/cholesky.ts";
import { checkEnoughClusters } from "../clusters/pooled.ts";
import { type Coefficients, logistic, type SeparatedData } from "./logistic.ts";
import { logisticModel, weightedInformation, weightedScore } from "./logistic_model.ts";

/** A row whose samples belong to one cluster; a cluster may have several rows, and may lie in several cells. */
export interface ClusteredRow extends BinomialRow {
  /** Whole number that is the same for all rows of a cluster. */
  readonly cluster: number;
}

/** A maximum likelihood fit with a cluster-robust covariance. */
export interface ClusterRobustFit extends Coefficients {
  readonly method: "cluster-robust maximum likelihood";
  readonly separation: "none";
  readonly clusters: number;
  /** clusters − 1. */
  readonly degrees: number;
}

/**
 * Fits as {@linkcode logistic} does, with the sandwich covariance A⁻¹ B A⁻¹, where B sums the outer product of each
 * cluster's score, times G / (G − 1) · (N − 1) / (N − k) for G clusters, N samples (not rows) and k columns: CR1, with t
 * on G − 1 degrees of freedom. It is that of statsmodels (cov_type="cluster") and of R's sandwich::vcovCL(type = "HC1")
 * fitted to single samples.
 *
 * Source: Liang & Zeger (1986), https://doi.org/10.1093/biomet/73.1.13; for the correction and t, Cameron & Miller
 * (2015), https://doi.org/10.3368/jhr.50.2.317. Deviation: clusters that do not vary in some direction of the design, as
 * where a cell holds one cluster or k >= G, are refused: the sandwich would call a combination of coefficients certain.
 *
 * @returns the fit, or what kind of separation forbids one
 * @throws {TypeError} if a cluster is not a whole number
 * @throws {TypeError | RangeError} as {@linkcode logistic} does, or if there are fewer than 10 clusters or they do not
 * vary
 *
 * @example
 * ```ts
 * import { clusterRobustLogistic } from "$lib/stats/regression/cluster_sandwich.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = [1, 4, 0, 3, 2, 5, 1, 4, 2, 6].map((successes, cluster) => (
 *   { successes, trials: 10, predictors: [1, cluster % 2], cluster }
 * ));
 * const fit = clusterRobustLogistic(rows);
 * assert(fit.separation === "none");
 * assert.equal(fit.degrees, 9);
 * ```
 */
export function clusterRobustLogistic(rows: readonly ClusteredRow[]): ClusterRobustFit | SeparatedData {
  const what = "a cluster-robust regression";
  const pooled = poolRows(what, rows);
  const members = membersOf(what, rows);
  const clusters = members.length;
  checkEnoughClusters(what, clusters);
  const fit = logistic(pooled);
  if (fit.separation !== "none") return fit;

  const { variances } = logisticModel(pooled, fit.coefficients);
  const bread = choleskyFactor(weightedInformation(pooled, pooled.map((row, i) => row.trials * variances[i])));
  const scores = members.map((own) => {
    const { probabilities } = logisticModel(own, fit.coefficients);
    return weightedScore(own, own.map((row, i) => row.successes - row.trials * probabilities[i]));
  });
  checkVariation(what, scores.map((score) => forwardSolve(bread, score)));

  const samples = pooled.reduce((sum, row) => sum + row.trials, 0);
  const correction = clusters / (clusters - 1) * (samples - 1) / (samples - fit.coefficients.length);
  const influences = scores.map((score) => solve(bread, score));
  return {
    method: "cluster-robust maximum likelihood",
    separation: "none",
    coefficients: fit.coefficients,
    covariance: crossProducts(influences).map((row) => row.map((value) => correction * value)),
    clusters,
    degrees: clusters - 1,
  };
}

function membersOf(what: string, rows: readonly ClusteredRow[]): ClusteredRow[][] {
  const members = new Map<number, ClusteredRow[]>();
  for (const row of rows) {
    if (!Number.isInteger(row.cluster)) {
      throw new TypeError(`Cannot compute ${what} as cluster must be a whole number: current value is ${row.cluster}`);
    }
    const own = members.get(row.cluster);
    if (own) own.push(row);
    else members.set(row.cluster, [row]);
  }
  return [...members.values()];
}

/** Throws if the clusters' scores, scaled by the information, leave out a direction of the design. */
function checkVariation(what: string, scores: readonly (readonly number[])[]): void {
  const meat = crossProducts(scores);
  const largest = Math.max(...meat.map((row, j) => row[j]));
  // Less what rounding can make: a direction without variation has no more, and no factor then.
  const varied = choleskyFactorOrNull(
    meat.map((row, j) => row.map((value, k) => j === k ? value - 1e-10 * largest : value)),
  );
  if (varied) return;
  throw new RangeError(
    `Cannot compute ${what} as clusters must vary in every direction of the design: ` +
      `current value is no variation in one, as where a cell holds one cluster`,
  );
}

/** Σ v vᵀ. */
function crossProducts(vectors: readonly (readonly number[])[]): number[][] {
  return vectors[0].map((_, j) => vectors[0].map((_, k) => dot(vectors.map((v) => v[j]), vectors.map((v) => v[k]))));
}
