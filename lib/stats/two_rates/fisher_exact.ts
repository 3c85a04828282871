/**
 * Fisher's exact test: whether two independent conditions differ, without any approximation.
 *
 * Given how many succeeded in all, chance alone deals the successes to the two conditions by the hypergeometric
 * distribution. Outcomes that are at most as likely as the one seen speak as much against equal rates, or more.
 *
 * @module
 */
import { checkProportion } from "../numbers/interval.ts";
import type { Proportion } from "./newcombe.ts";
import type { TestResult } from "../numbers/test_result.ts";

/** How far two probabilities may differ by rounding alone and still count as equal; R's value. */
const TIE = 1e-7;

/**
 * Returns Fisher's exact test that two independent proportions have the same rate, two-sided.
 *
 * The p-value adds every outcome at most as likely as the one seen, as R's `fisher.test` does; twice the smaller tail is
 * another convention. Its error rate is never above the level, and in small samples far below it: {@linkcode fisherMidP}
 * is nearer.
 *
 * Source: Agresti (1992), https://doi.org/10.1214/ss/1177011454. No deviation.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is out of range
 *
 * @example
 * ```ts
 * import { fisherExact } from "$lib/stats/two_rates/fisher_exact.ts";
 * import assert from "node:assert/strict";
 *
 * const { pValue } = fisherExact({ successes: 0, trials: 16 }, { successes: 15, trials: 72 });
 * assert.equal(pValue.toFixed(5), "0.06287");
 * ```
 */
export function fisherExact(first: Proportion, second: Proportion): TestResult {
  const { rarer, equal } = outcomes("Fisher's exact test", first, second);
  return { statistic: null, pValue: Math.min(1, rarer + equal), method: "fisher exact" };
}

/**
 * Returns the mid-p version of {@linkcode fisherExact}: of all outcomes that are exactly as likely as the one seen, half.
 *
 * Its error rate can pass the level a little, and on average over outcomes the p-value is ½ when the rates are equal, as
 * it should be. A table that could not have come out otherwise, such as 0 of 10 against 0 of 10, has 0.5: nothing was
 * learned. Some authors halve only the outcome seen; the two agree unless another outcome is exactly as likely.
 *
 * Source: Lancaster (1961), https://doi.org/10.1080/01621459.1961.10482105, applied to both sides by likelihood.
 *
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count is out of range
 *
 * @example
 * ```ts
 * import { fisherMidP } from "$lib/stats/two_rates/fisher_exact.ts";
 * import assert from "node:assert/strict";
 *
 * const { pValue } = fisherMidP({ successes: 0, trials: 16 }, { successes: 15, trials: 72 });
 * assert.equal(pValue.toFixed(5), "0.04466");
 * ```
 */
export function fisherMidP(first: Proportion, second: Proportion): TestResult {
  const { rarer, equal } = outcomes("Fisher's mid-p test", first, second);
  return { statistic: null, pValue: Math.min(1, rarer + equal / 2), method: "fisher mid-p" };
}

/** Probability of all outcomes with the same totals that are less likely than the one seen, and of those equally likely. */
function outcomes(what: string, first: Proportion, second: Proportion): { rarer: number; equal: number } {
  for (const { successes, trials } of [first, second]) checkProportion(what, successes, trials);
  const { least, weights } = hypergeometricWeights(first.trials, second.trials, first.successes + second.successes);
  const seen = weights[first.successes - least];
  let [rarer, equal, total] = [0, 0, 0];
  for (const weight of weights) {
    total += weight;
    if (weight < seen * (1 - TIE)) rarer += weight;
    else if (weight <= seen * (1 + TIE)) equal += weight;
  }
  return { rarer: rarer / total, equal: equal / total };
}

/**
 * Weights of every possible number of successes in the first condition, from `least` up: its probability as a multiple of
 * the largest. Ratios of neighbours keep all digits; stdlib's probability, from log-factorials, has nine at 40,000 trials.
 */
function hypergeometricWeights(n1: number, n2: number, successes: number): { least: number; weights: Float64Array } {
  const least = Math.max(0, successes - n2);
  const weights = new Float64Array(Math.min(n1, successes) - least + 1);
  const odds = (k: number) => ((successes - k + 1) * (n1 - k + 1)) / (k * (n2 - successes + k)); // of k against k − 1
  const mode = Math.floor((successes + 1) * (n1 + 1) / (n1 + n2 + 2)) - least;
  weights[mode] = 1;
  for (let i = mode + 1; i < weights.length; i++) weights[i] = weights[i - 1] * odds(least + i);
  for (let i = mode - 1; i >= 0; i--) weights[i] = weights[i + 1] / odds(least + i + 1);
  return { least, weights };
}
