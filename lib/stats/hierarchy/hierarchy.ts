/**
 * How far a rate travels: the rates of prompts (or of models) as draws from one population, whose mean and spread the
 * counts tell of, and from which the rate of the next prompt will be drawn too.
 *
 * An interval for the mean over prompts narrows with more prompts to a point. The rate of another prompt does not: where
 * prompts differ, it stays as uncertain as they differ. Both are given here, by integration and without draws, so that
 * the same counts give the same digits.
 *
 * The model: the rate of a unit is Beta with mean m and variance m(1 − m)r; given it, samples are independent. r is the
 * correlation of two samples of a unit, and the share of the variance of single samples that lies between units. The
 * prior: m is Beta(½, ½) and r flat on (0, 1), independent, so that with no data half of the variance is expected between
 * units. With few units (below about 10) or one sample a unit, r is hardly told by the data and the prior shows: the
 * intervals are wide. Source of the model: Williams (1975), https://doi.org/10.2307/2529820; the prior is ours.
 *
 * @module
 */
import { mixtureCdf, mixtureMean, mixtureQuantile, unitMixture } from "./beta_mixture.ts";
import { integratePosterior, type Possibility, type Posterior } from "./posterior.ts";
import { checkLevel, DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { checkUnit } from "../numbers/check_number.ts";
import { poolClusters } from "../clusters/pooled.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** The order of the grid behind every number but the two marginals. */
export const ORDER = 6;
const METHOD = "beta-binomial hierarchy";

/** What counts of several units tell of all units like them. */
export interface Hierarchy {
  /** The counts it was fitted to. */
  readonly units: readonly Proportion[];
  /** Probability that each interval holds. */
  readonly level: number;
  /** The mean of the rates of all units like these, with its interval. */
  readonly mean: Interval;
  /** The share of the variance of single samples that lies between units; the rest lies within them. */
  readonly betweenShare: Interval;
  /** What mean and share can be, and how likely: for the functions beside this one. */
  readonly posterior: Posterior;
}

/**
 * Fits the hierarchy. All intervals are equal-tailed credible intervals and estimates are posterior means.
 *
 * @param units successes and trials of each prompt (or model), two or more
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range, or there are fewer than two units: one says nothing of
 * another
 *
 * @example
 * ```ts
 * import { fitHierarchy, newUnitRate } from "$lib/stats/hierarchy/hierarchy.ts";
 * import assert from "node:assert/strict";
 *
 * const prompts = [2, 9, 0, 5, 1, 10, 3, 7, 0, 4].map((successes) => ({ successes, trials: 10 }));
 * const fit = fitHierarchy(prompts);
 * const next = newUnitRate(fit);
 * assert.equal(fit.mean.estimate.toFixed(2), "0.42");
 * assert(next.lower < 0.02 && next.upper > 0.9); // another prompt can give nearly anything
 * ```
 */
export function fitHierarchy(units: readonly Proportion[], level: number = DEFAULT_LEVEL): Hierarchy {
  poolClusters("a rate for another unit", units);
  checkLevel(level);
  if (units.length < 2) {
    throw new RangeError(
      `Cannot compute a rate for another unit as units must be >= 2: current value is ${units.length}`,
    );
  }
  const posterior = integratePosterior(units);
  const possibilities = posterior.possibilities(ORDER);
  const interval = (value: (possibility: Possibility) => number, quantile: (p: number) => number): Interval => ({
    estimate: possibilities.reduce((sum, possibility) => sum + possibility.weight * value(possibility), 0),
    lower: quantile((1 - level) / 2),
    upper: quantile((1 + level) / 2),
    level,
    method: METHOD,
  });
  return {
    units,
    level,
    mean: interval(({ mean }) => mean, posterior.meanQuantile),
    betweenShare: interval(({ correlation }) => correlation, posterior.correlationQuantile),
    posterior,
  };
}

const NONE: Proportion = { successes: 0, trials: 0 };

/** Ends nearer to 0 or 1 than this stand for 0 and 1. */
const NEAR_THE_END = 1e-3;

/**
 * Returns the rate that another unit would have, with the interval in which it would lie: not the share seen in its
 * samples, which scatters around it.
 *
 * Where units differ much most of them lie next to 0, or to 1, and a quantile would leave out what no study can tell from
 * it: an end within 0.1 points of 0 or 1 is 0 or 1. The interval is the wider for it.
 */
export function newUnitRate({ posterior, level }: Hierarchy): Interval {
  const interval = mixtureInterval(posterior.possibilities(ORDER), NONE, level);
  return {
    ...interval,
    lower: interval.lower < NEAR_THE_END ? 0 : interval.lower,
    upper: interval.upper > 1 - NEAR_THE_END ? 1 : interval.upper,
  };
}

/**
 * Returns the probability that the rate of another unit lies above `line`.
 *
 * @throws {RangeError} if the line is not in [0, 1]
 */
export function chanceAbove({ posterior }: Hierarchy, line: number): number {
  checkUnit("a chance", "the line", line);
  return 1 - mixtureCdf(unitMixture(posterior.possibilities(ORDER), NONE), line);
}

/** Returns for each unit the probability that its own rate lies above `line`; their sum is how many units are expected
 *  to. Errors are those of {@linkcode chanceAbove}. */
export function unitChancesAbove({ posterior, units }: Hierarchy, line: number): number[] {
  checkUnit("a chance", "the line", line);
  const possibilities = posterior.possibilities(ORDER);
  return eachKind(units, (unit) => 1 - mixtureCdf(unitMixture(possibilities, unit), line));
}

/** Returns each unit's rate with its interval, drawn towards the mean of all the more, the fewer its samples and the
 *  more alike the units. */
export function unitRates({ posterior, units, level }: Hierarchy): Interval[] {
  const possibilities = posterior.possibilities(ORDER);
  return eachKind(units, (unit) => mixtureInterval(possibilities, unit, level));
}

function mixtureInterval(possibilities: readonly Possibility[], unit: Proportion, level: number): Interval {
  const mixture = unitMixture(possibilities, unit);
  return {
    estimate: mixtureMean(mixture),
    lower: mixtureQuantile(mixture, (1 - level) / 2),
    upper: mixtureQuantile(mixture, (1 + level) / 2),
    level,
    method: METHOD,
  };
}

/** Applies a function to each unit, once for units alike. */
function eachKind<Value>(units: readonly Proportion[], value: (unit: Proportion) => Value): Value[] {
  const seen = new Map<string, Value>();
  return units.map((unit) => {
    const key = `${unit.successes}/${unit.trials}`;
    if (!seen.has(key)) seen.set(key, value(unit));
    return seen.get(key)!;
  });
}
