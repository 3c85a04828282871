/**
 * The specification curve: one estimate under every combination of choices that could have been made otherwise.
 *
 * A result that stands under one labeler, one policy and one interval may fall under another; showing all of them says
 * how much hangs on the choice. Source: Simonsohn, Simmons & Nelson (2020), https://doi.org/10.1038/s41562-020-0912-z.
 * Deviation: the joint test over specifications is not made, for these share their data and are few.
 *
 * @module
 */

/** Named choices, each with its options by name; the first option of each is the headline's. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** One option of each choice. */
export type Specification = Readonly<Record<string, string>>;

/** What an estimate under one specification gives; null where it gives none. */
export interface SpecifiedEstimate {
  /** What was estimated. */
  readonly estimate: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
  /** Numbers behind it, for the table. */
  readonly count: number;
  /** Samples with a usable verdict. */
  readonly scored: number;
  /** Samples without one. */
  readonly missing: number;
}

/** An estimate with its specification. */
export interface SpecificationRow extends SpecifiedEstimate {
  /** What was chosen. */
  readonly specification: Specification;
  /** Whether every choice is the first of its options. */
  readonly isHeadline: boolean;
}

/** The most combinations that are run: beyond, nobody can read the figure. */
const MOST = 10_000;

/**
 * Runs an estimate under every combination of choices, in the order in which they are written, and sorts by estimate;
 * those without one come last.
 *
 * @throws {RangeError} if a choice has no option or an option twice, or there are more than 10,000 combinations
 *
 * @example
 * ```ts
 * import { specificationCurve } from "$lib/rates/comparing/specifications.ts";
 * import { wilson } from "$lib/stats/one_rate/wilson.ts";
 * import assert from "node:assert/strict";
 *
 * const counts: Record<string, number> = { strict: 2, lenient: 6 };
 * const curve = await specificationCurve({ policy: ["strict", "lenient"] }, ({ policy }) => (
 *   { ...wilson(counts[policy], 10), count: counts[policy], scored: 10, missing: 0 }
 * ));
 * assert.deepEqual(curve.map(({ estimate, isHeadline }) => [estimate, isHeadline]), [[0.2, true], [0.6, false]]);
 * ```
 */
export async function specificationCurve(
  choices: Choices,
  estimate: (specification: Specification) => SpecifiedEstimate | Promise<SpecifiedEstimate>,
): Promise<SpecificationRow[]> {
  const specifications = combinations(choices);
  const rows: SpecificationRow[] = [];
  for (const [index, specification] of specifications.entries()) {
    const { estimate: value, lower, upper, count, scored, missing } = await estimate(specification);
    rows.push({ specification, isHeadline: index === 0, estimate: value, lower, upper, count, scored, missing });
  }
  return rows.sort((a, b) => (a.estimate ?? Infinity) - (b.estimate ?? Infinity));
}

/** Every combination of options, the headline first. */
function combinations(choices: Choices): Specification[] {
  let all: Specification[] = [{}];
  for (const [choice, options] of Object.entries(choices)) {
    if (options.length === 0 || new Set(options).size < options.length) {
      throw new RangeError(
        `Cannot vary ${choice} as it must have options that differ: options are ${options.join(", ") || "none"}`,
      );
    }
    all = all.flatMap((specification) => options.map((option) => ({ ...specification, [choice]: option })));
    if (all.length > MOST) {
      throw new RangeError(`Cannot run every specification as there must be at most ${MOST}: there are more`);
    }
  }
  return all;
}
