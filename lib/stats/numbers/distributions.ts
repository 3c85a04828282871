/**
 * The distributions behind every interval and test, from stdlib: one bundle without types, typed here as far as used.
 *
 * stdlib answers a parameter that is out of range with NaN; the estimators check their arguments before they call.
 *
 * @module
 */
import stdlib from "@stdlib/dist-stats-base-dists-flat";

/** A distribution with `Parameters`, each function of which takes its value first. */
interface Continuous<Parameters extends readonly number[]> {
  /** P(X ≤ x). */
  cdf(x: number, ...parameters: Parameters): number;
  /** The value below which a share `p` lies. */
  quantile(p: number, ...parameters: Parameters): number;
}

/** A distribution on whole numbers. */
interface Discrete<Parameters extends readonly number[]> {
  /** P(X ≤ x). */
  cdf(x: number, ...parameters: Parameters): number;
  /** P(X = x). */
  pmf(x: number, ...parameters: Parameters): number;
}

interface Distributions {
  readonly normal: Continuous<[mean: number, sd: number]>;
  readonly beta: Continuous<[alpha: number, beta: number]>;
  readonly t: Continuous<[degrees: number]>;
  readonly f: Continuous<[numerator: number, denominator: number]>;
  readonly chisquare: Continuous<[degrees: number]>;
  readonly invgamma: Continuous<[shape: number, scale: number]>;
  readonly binomial: Discrete<[trials: number, probability: number]>;
  readonly hypergeometric: Discrete<[population: number, marked: number, draws: number]>;
}

/** The distributions by name, for example `normal.quantile(0.975, 0, 1)`. */
export const { normal, beta, t, f, chisquare, invgamma, binomial, hypergeometric } =
  (stdlib as { base: { dists: Distributions } }).base.dists;
