/**
 * What a comparison by stated belief could be if those who stated nothing had belonged to one of the groups.
 *
 * @module
 */
import type { Bounds, PartlyScored } from "../../stats/two_rates/missing_contrast_bounds.ts";

/** The range of the rate of each group and of their difference; no sampling error is in it. */
export interface AbstainerBounds {
  /** Of the rate of the first group. */
  readonly first: Bounds;
  /** Of the rate of the second group. */
  readonly second: Bounds;
  /** Of `first − second`: no abstainer belongs to both groups, so it is narrower than the two ranges together allow. */
  readonly difference: Bounds;
}

/**
 * Returns the extremes over every way in which any of the abstainers, or none, belong to one group or the other. Where no
 * verdict is known of an abstainer, it may be either. The reasoning is that of Horowitz & Manski (2000),
 * https://doi.org/10.1080/01621459.2000.10473902, with the group and not only the verdict unknown.
 *
 * @throws {RangeError} if a group has nothing scored, or a count is negative, not whole, or `successes` > `scored`
 *
 * @example
 * ```ts
 * import { abstainerBounds } from "$lib/rates/comparing/unstated_bounds.ts";
 * import assert from "node:assert/strict";
 *
 * const [real, test] = [{ successes: 6, scored: 8, missing: 0 }, { successes: 1, scored: 10, missing: 0 }];
 * const { first, difference } = abstainerBounds(real, test, { successes: 0, scored: 0, missing: 2 });
 * assert.deepEqual(first, { lower: 0.6, upper: 0.8 });
 * assert.equal(difference.lower.toFixed(3), (6 / 9 - 2 / 11).toFixed(3)); // one to each group is the worst
 * ```
 */
export function abstainerBounds(first: PartlyScored, second: PartlyScored, abstained: PartlyScored): AbstainerBounds {
  for (const group of [first, second, abstained]) check(group);
  if (first.scored === 0 || second.scored === 0) {
    throw new RangeError("Cannot bound a comparison by stated belief as a group has nothing scored");
  }
  const yes = abstained.successes;
  const no = abstained.scored - abstained.successes;
  const unknown = abstained.missing;
  const splits = Array.from({ length: unknown + 1 }, (_, taken) => taken);
  return {
    first: { lower: lowest(first, no + unknown), upper: highest(first, yes + unknown) },
    second: { lower: lowest(second, no + unknown), upper: highest(second, yes + unknown) },
    difference: {
      lower: Math.min(...splits.map((to) => lowest(first, no + to) - highest(second, yes + unknown - to))),
      upper: Math.max(...splits.map((to) => highest(first, yes + to) - lowest(second, no + unknown - to))),
    },
  };
}

/** The rate of a group that `joining` more belong to, none of them a success. */
function lowest({ successes, scored, missing }: PartlyScored, joining: number): number {
  return successes / (scored + missing + joining);
}

/** The rate of a group that `joining` more belong to, all of them successes. */
function highest({ successes, scored, missing }: PartlyScored, joining: number): number {
  return (successes + missing + joining) / (scored + missing + joining);
}

function check({ successes, scored, missing }: PartlyScored): void {
  for (const [name, value] of Object.entries({ successes, scored, missing })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(
        `Cannot bound a comparison by stated belief as ${name} must be a whole number >= 0: current value is ${value}`,
      );
    }
  }
  if (successes > scored) {
    throw new RangeError(
      `Cannot bound a comparison by stated belief as successes must be <= scored (${scored}): current value is ${successes}`,
    );
  }
}
