/**
 * Is it the goal conflict, the threat, or only both? The question put to counts by condition.
 *
 * @module
 */
import type { BinomialRow } from "../../stats/regression/binomial_rows.ts";
import { type FactorialCells, type FactorialEffects, mapCells } from "../../stats/regression/factorial_cells.ts";
import { factorialEffects } from "../../stats/regression/factorial_effects.ts";
import { type FactorialAnswer, factorialVerdict } from "../../stats/regression/factorial_verdict.ts";
import { firthIntervals, firthTests } from "../../stats/regression/firth_profile.ts";
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { logistic } from "../../stats/regression/logistic.ts";
import type { Proportion } from "../../stats/two_rates/newcombe.ts";
import type { TestResult } from "../../stats/numbers/test_result.ts";
import type { Count } from "../counting/count.ts";

/** A factor by the levels that stand for absent and present. */
export interface TwoLevels {
  /** The name of the factor. */
  readonly factor: string;
  /** Its level that stands for absent. */
  readonly absent: string;
  /** Its level that stands for present. */
  readonly present: string;
}

/** A coefficient of the regression on the log-odds scale, by Firth's penalised likelihood. */
export interface FactorialCoefficient {
  /** `neither` for the intercept, a factor, or `first × second`. */
  readonly name: string;
  /** Log-odds with a profile-likelihood interval. */
  readonly interval: Interval;
  /** That it is 0. */
  readonly test: TestResult;
}

/** What four cells say. */
export interface Factorial {
  /** k of n in each cell. */
  readonly cells: FactorialCells<Count>;
  /** Samples of the four cells without a usable verdict: they are in no effect, and could change each of them. */
  readonly missing: number;
  /** Each effect as a difference of rates with its interval. */
  readonly effects: FactorialEffects<Interval>;
  /** Which of the two factors it is, as far as the intervals show. */
  readonly answer: FactorialAnswer;
  /** Whether ordinary logistic regression has estimates: not where a cell has no success or no failure. */
  readonly separation: "none" | "quasi-complete" | "complete";
  /** Those of the regression. */
  readonly coefficients: readonly FactorialCoefficient[];
}

/**
 * Answers the question for counts of one outcome: effects on the probability scale, the verdict by a stated rule, and the
 * regression with interaction.
 *
 * @param counts rows of one outcome; the levels of both factors make four cells, rows of other levels are not used, and
 *   several rows of a cell are added up
 * @param negligible the largest change of the rate that would not matter, as a proportion; stated before the data
 * @throws {RangeError} if a cell has nothing scored
 *
 * @example
 * ```ts
 * import { factorial } from "$lib/rates/comparing/factorial.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (conflict: string, threat: string, count: number) => (
 *   { group: { conflict, threat }, outcome: "subvert", count, scored: 100, missing: 0 }
 * );
 * const counts = [row("no", "no", 0), row("yes", "no", 0), row("no", "yes", 0), row("yes", "yes", 70)];
 * const { answer, separation } = factorial(
 *   counts,
 *   { factor: "conflict", absent: "no", present: "yes" },
 *   { factor: "threat", absent: "no", present: "yes" },
 *   0.05,
 * );
 * assert.equal(answer.verdict, "only both");
 * assert.equal(separation, "quasi-complete"); // ordinary logistic regression has no answer here
 * ```
 */
export function factorial(
  counts: readonly Count[],
  first: TwoLevels,
  second: TwoLevels,
  negligible: number,
  level: number = DEFAULT_LEVEL,
): Factorial {
  const cellOf = (one: string, other: string) => sumOf(counts, { [first.factor]: one, [second.factor]: other });
  const cells = {
    neither: cellOf(first.absent, second.absent),
    first: cellOf(first.present, second.absent),
    second: cellOf(first.absent, second.present),
    both: cellOf(first.present, second.present),
  };
  const proportions = mapCells(cells, ({ count, scored }): Proportion => ({ successes: count, trials: scored }));
  const effects = factorialEffects(proportions, level);
  const rows: BinomialRow[] = [
    { ...proportions.neither, predictors: [1, 0, 0, 0] },
    { ...proportions.first, predictors: [1, 1, 0, 0] },
    { ...proportions.second, predictors: [1, 0, 1, 0] },
    { ...proportions.both, predictors: [1, 1, 1, 1] },
  ];
  const names = ["neither", first.factor, second.factor, `${first.factor} × ${second.factor}`];
  const [intervals, tests] = [firthIntervals(rows, level), firthTests(rows)];
  return {
    cells,
    missing: cells.neither.missing + cells.first.missing + cells.second.missing + cells.both.missing,
    effects,
    answer: factorialVerdict(effects, negligible),
    separation: logistic(rows).separation,
    coefficients: names.map((name, index) => ({ name, interval: intervals[index], test: tests[index] })),
  };
}

function sumOf(counts: readonly Count[], group: Readonly<Record<string, string>>): Count {
  const own = counts.filter((row) => Object.entries(group).every(([factor, level]) => row.group[factor] === level));
  const sum = (of: (row: Count) => number) => own.reduce((total, row) => total + of(row), 0);
  const cell = {
    group,
    count: sum((row) => row.count),
    scored: sum((row) => row.scored),
    missing: sum((row) => row.missing),
  };
  if (cell.scored === 0) {
    const levels = Object.entries(group).map(([factor, level]) => `${factor} ${level}`).join(", ");
    throw new RangeError(`Cannot tell the factors apart as a cell has nothing scored: ${levels}`);
  }
  return { ...cell, outcome: own[0].outcome };
}
