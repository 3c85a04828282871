/**
 * Clustered counts from a known rate and a known correlation, to try intervals on.
 *
 * @module
 */
import type { Proportion } from "../two_rates/newcombe.ts";
import type { Random } from "../numbers/random.ts";

/** A study that could be run again and again. */
export interface Design {
  /** Trials of each cluster. */
  readonly sizes: readonly number[];
  /** Correlation of two trials of a cluster, in [0, 1). */
  readonly correlation: number;
  /** The true rate. */
  readonly rate: number;
}

/** A study of clusters of a few kinds: each cluster is of one, by chance, and its trials are independent. */
export interface MixedDesign {
  /** Trials of each cluster. */
  readonly sizes: readonly number[];
  /** The share of each kind among clusters, which add up to 1, and the rate of its trials. */
  readonly kinds: readonly { readonly share: number; readonly rate: number }[];
}

/** Returns the true rate of a design: that of a trial of a cluster drawn anew. */
export function rateOf(design: Design | MixedDesign): number {
  return "rate" in design ? design.rate : design.kinds.reduce((sum, { share, rate }) => sum + share * rate, 0);
}

/**
 * Returns `clusters` sizes that add up to `trials` and differ by at most 1.
 *
 * @throws {RangeError} unless 1 <= clusters <= trials, both whole numbers
 *
 * @example
 * ```ts
 * import { equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(equalSizes(10, 4), [3, 3, 2, 2]);
 * ```
 */
export function equalSizes(trials: number, clusters: number): number[] {
  if (!Number.isInteger(trials) || !Number.isInteger(clusters) || clusters < 1 || trials < clusters) {
    throw new RangeError(
      `Cannot share out trials as clusters must be a whole number between 1 and the trials (${trials}): ` +
        `current value is ${clusters}`,
    );
  }
  const left = trials % clusters;
  return Array.from({ length: clusters }, (_, i) => Math.floor(trials / clusters) + (i < left ? 1 : 0));
}

/**
 * Returns a function that draws one study at each call: for each cluster a beta-binomial number of
 * successes, or a binomial one at the rate of its kind.
 *
 * @throws {RangeError} if a rate, the correlation or the shares are out of range, or a size is no whole number >= 1
 *
 * @example
 * ```ts
 * import { createRandom } from "$lib/stats/numbers/random.ts";
 * import { createStudies, equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";
 * import assert from "node:assert/strict";
 *
 * const draw = createStudies({ sizes: equalSizes(500, 10), correlation: 0.3, rate: 0.1 }, createRandom(1));
 * assert.equal(draw().length, 10);
 * ```
 */
export function createStudies(design: Design | MixedDesign, random: Random): () => Proportion[] {
  const { sizes } = design;
  const { correlation, kinds } = "kinds" in design
    ? { correlation: 0, kinds: design.kinds }
    : { correlation: design.correlation, kinds: [{ share: 1, rate: design.rate }] };
  for (const { rate } of kinds) {
    if (rate >= 0 && rate <= 1) continue;
    throw new RangeError(`Cannot simulate clusters as the rate must be in [0, 1]: current value is ${rate}`);
  }
  const shares = kinds.reduce((sum, { share }) => sum + share, 0);
  if (!(Math.abs(shares - 1) < 1e-9 && kinds.every(({ share }) => share >= 0))) {
    throw new RangeError(
      `Cannot simulate clusters as the shares of kinds must add up to 1: current value is ${shares}`,
    );
  }
  if (!(correlation >= 0 && correlation < 1)) {
    throw new RangeError(
      `Cannot simulate clusters as the correlation must be in [0, 1): current value is ${correlation}`,
    );
  }
  if (sizes.length === 0 || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new RangeError(`Cannot simulate clusters as sizes must be whole numbers >= 1: current value is [${sizes}]`);
  }
  const cumulative = new Map(sizes.map((size) => [size, mixedCdf(size, kinds, correlation)]));
  return () =>
    sizes.map((trials) => {
      const cdf = cumulative.get(trials)!;
      const drawn = random.uniform();
      let successes = 0;
      while (drawn >= cdf[successes]) successes++;
      return { successes, trials };
    });
}

/** P(K ≤ k) for k = 0…size, for a cluster whose kind is drawn as well. */
function mixedCdf(size: number, kinds: MixedDesign["kinds"], correlation: number): Float64Array {
  const mixed = new Float64Array(size + 1);
  for (const { share, rate } of kinds) {
    betaBinomialCdf(size, rate, correlation).forEach((value, k) => mixed[k] += share * value);
  }
  mixed[size] = 1; // Rounding alone can end below a number drawn near 1.
  return mixed;
}

/** P(K ≤ k) for k = 0…size, by the products of Prentice (1986), https://doi.org/10.1080/01621459.1986.10478275. */
function betaBinomialCdf(size: number, rate: number, correlation: number): Float64Array {
  const rises = (from: number) => {
    const logs = new Float64Array(size + 1);
    for (let j = 0; j < size; j++) logs[j + 1] = logs[j] + Math.log(from * (1 - correlation) + j * correlation);
    return logs;
  };
  const [up, down, all, factorial] = [rises(rate), rises(1 - rate), rises(1), new Float64Array(size + 1)];
  for (let j = 1; j <= size; j++) factorial[j] = factorial[j - 1] + Math.log(j);
  const cdf = new Float64Array(size + 1);
  for (let k = 0, sum = 0; k <= size; k++) {
    const ways = factorial[size] - factorial[k] - factorial[size - k];
    sum += Math.exp(ways + up[k] + down[size - k] - all[size]);
    cdf[k] = sum;
  }
  return cdf;
}
