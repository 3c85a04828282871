/**
 * The answer in words to "is it the first factor, the second, or only both?", by a rule stated beforehand.
 *
 * @module
 */
import type { FactorialEffects } from "./factorial_cells.ts";
import type { Interval } from "../numbers/interval.ts";

/** What an interval shows of an effect. */
export type Shown = "raises" | "lowers" | "negligible" | "not shown";

/** What the effects show together; see {@linkcode factorialVerdict} for the rule. */
export type FactorialVerdict =
  | "each"
  | "first"
  | "second"
  | "at least first"
  | "at least second"
  | "only both"
  | "both together"
  | "neither"
  | "not shown";

/** The verdict and what it rests on. */
export interface FactorialAnswer {
  /** What the effects show together. */
  readonly verdict: FactorialVerdict;
  /** What the interval of each effect shows. */
  readonly shown: FactorialEffects<Shown>;
  /** The margin that was called negligible. */
  readonly negligible: number;
}

/**
 * Returns what the intervals of the effects show.
 *
 * Of one effect: "negligible" if its interval lies within ± `negligible`; else "raises" if all of it lies above 0,
 * "lowers" if below; else "not shown". That a factor has no effect is said only of a negligible one, never for want of
 * evidence. The verdict is the first that holds:
 *
 * | verdict | rule |
 * |---|---|
 * | each | firstAlone and secondAlone raise |
 * | first | firstAlone raises, secondAlone is negligible; so with second |
 * | at least first | firstAlone raises, of secondAlone that is not shown; so with second |
 * | only both | interaction, firstAdded and secondAdded raise, firstAlone and secondAlone are negligible |
 * | both together | interaction, firstAdded and secondAdded raise; whether one alone does a little is not shown |
 * | neither | firstAlone, secondAlone and together are negligible |
 * | not shown | all else |
 *
 * A verdict joins claims that must all hold, which needs no correction: Berger (1982),
 * https://doi.org/10.1080/00401706.1982.10487790. That any of "raises" is claimed where no factor does anything has a chance of at most
 * 3 × (1 − level) / 2, since there are three ways to it: 7.5 % at a level of 0.95, for a family error of 5 % take 0.967.
 *
 * @param negligible the largest change of the rate, as a proportion, that would not matter; stated before the data
 * @throws {RangeError} if `negligible` is not strictly between 0 and 1
 *
 * @example
 * ```ts
 * import { factorialEffects } from "$lib/stats/regression/factorial_effects.ts";
 * import { factorialVerdict } from "$lib/stats/regression/factorial_verdict.ts";
 * import assert from "node:assert/strict";
 *
 * const of = (trials: number) => {
 *   const none = { successes: 0, trials };
 *   return factorialEffects({ neither: none, first: none, second: none, both: { successes: 0.7 * trials, trials } });
 * };
 * assert.equal(factorialVerdict(of(20), 0.05).verdict, "both together");
 * assert.equal(factorialVerdict(of(100), 0.05).verdict, "only both"); // enough controls to say "only"
 * ```
 */
export function factorialVerdict(effects: FactorialEffects<Interval>, negligible: number): FactorialAnswer {
  if (!(negligible > 0 && negligible < 1)) {
    throw new RangeError(
      `Cannot give a verdict as the negligible change must be strictly between 0 and 1: current value is ${negligible}`,
    );
  }
  const shown: FactorialEffects<Shown> = {
    firstAlone: shownBy(effects.firstAlone, negligible),
    secondAlone: shownBy(effects.secondAlone, negligible),
    firstAdded: shownBy(effects.firstAdded, negligible),
    secondAdded: shownBy(effects.secondAdded, negligible),
    together: shownBy(effects.together, negligible),
    firstMain: shownBy(effects.firstMain, negligible),
    secondMain: shownBy(effects.secondMain, negligible),
    interaction: shownBy(effects.interaction, negligible),
  };
  return { verdict: verdictOf(shown), shown, negligible };
}

function shownBy({ lower, upper }: Interval, negligible: number): Shown {
  if (-negligible <= lower && upper <= negligible) return "negligible";
  if (lower > 0) return "raises";
  return upper < 0 ? "lowers" : "not shown";
}

function verdictOf(shown: FactorialEffects<Shown>): FactorialVerdict {
  const { firstAlone, secondAlone, firstAdded, secondAdded, interaction, together } = shown;
  if (firstAlone === "raises" && secondAlone === "raises") return "each";
  if (firstAlone === "raises") return secondAlone === "negligible" ? "first" : "at least first";
  if (secondAlone === "raises") return firstAlone === "negligible" ? "second" : "at least second";
  const noneAlone = firstAlone === "negligible" && secondAlone === "negligible";
  if ([interaction, firstAdded, secondAdded].every((effect) => effect === "raises")) {
    return noneAlone ? "only both" : "both together";
  }
  return noneAlone && together === "negligible" ? "neither" : "not shown";
}
