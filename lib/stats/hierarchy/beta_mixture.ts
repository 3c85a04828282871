/**
 * A rate of which several Beta distributions are possible, each with a probability.
 *
 * @module
 */
import { beta } from "../numbers/distributions.ts";
import type { Possibility } from "./posterior.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** A Beta distribution and its probability. */
export interface Component {
  readonly alpha: number;
  readonly beta: number;
  readonly weight: number;
}

/** Returns the distribution of the rate of a unit with these counts; of a new unit, if there are none. */
export function unitMixture(possibilities: readonly Possibility[], { successes, trials }: Proportion): Component[] {
  return possibilities.map(({ mean, correlation, weight }) => {
    const size = (1 - correlation) / correlation;
    return { alpha: mean * size + successes, beta: (1 - mean) * size + trials - successes, weight };
  });
}

/** Returns the mean of a mixture. */
export function mixtureMean(components: readonly Component[]): number {
  return components.reduce((sum, { alpha, beta, weight }) => sum + weight * alpha / (alpha + beta), 0);
}

/** Returns the probability that the rate is at most `rate`. */
export function mixtureCdf(components: readonly Component[], rate: number): number {
  if (rate >= 1) return 1;
  if (rate <= 0) return 0;
  return components.reduce((sum, { alpha, beta: other, weight }) => sum + weight * beta.cdf(rate, alpha, other), 0);
}

/** Returns the rate below which a share `p` lies, to 1e-9: false position, halving where it is slow. */
export function mixtureQuantile(components: readonly Component[], p: number): number {
  let [low, high] = [0, 1];
  let [below, above] = [-p, 1 - p];
  for (let step = 0, stayed = ""; step < 200 && high - low > 1e-9; step++) {
    const between = low - (high - low) * below / (above - below);
    const middle = step % 3 === 2 ? (low + high) / 2 : Math.min(Math.max(between, low + 4e-10), high - 4e-10);
    const height = mixtureCdf(components, middle) - p;
    if (height < 0) {
      if (stayed === "low") above /= 2;
      [low, below, stayed] = [middle, height, "low"];
    } else {
      if (stayed === "high") below /= 2;
      [high, above, stayed] = [middle, height, "high"];
    }
  }
  return (low + high) / 2;
}
