/**
 * Which conclusions hang on the judge: every pair of conditions compared by a judge and by a reference.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import type { Rater } from "./agreement.ts";
import { contrasts } from "../comparing/contrasts.ts";
import { counts } from "../counting/counts.ts";
import { rates } from "../counting/rates.ts";

/** How many comparisons a judge and a reference see differently. A difference is claimed if its interval leaves out 0. */
export interface JudgeFlips {
  /** The name of the judge. */
  readonly judge: string;
  /** All of them, those that cannot be made among them. */
  readonly comparisons: number;
  /** Comparisons that one of them cannot make, as a condition has nothing scored: they are in no other number. */
  readonly notCompared: number;
  /** Claimed by the reference and not by the judge. */
  readonly lost: number;
  /** Claimed by the judge and not by the reference. */
  readonly gained: number;
  /** Claimed by both, in opposite directions. */
  readonly reversed: number;
}

/**
 * Compares every two levels of a factor by the judge and by the reference. Counts every sample as independent.
 *
 * @throws {RangeError} if no sample has the factor
 *
 * @example
 * ```ts
 * import { judgeFlips } from "$lib/rates/judges/judge_flips.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const reference = { name: "median", question: { label: "final_median", atLeast: 3 } };
 * const { comparisons, lost, gained } = judgeFlips(await loadData("odcv-judges"), "model", reference, reference);
 * assert.deepEqual([comparisons, lost, gained], [66, 0, 0]);
 * ```
 */
export function judgeFlips(dataset: Dataset, factor: string, judge: Rater, reference: Rater): JudgeFlips {
  const [own, theirs] = [judge, reference].map((rater) => directions(dataset, factor, rater));
  const both = own.flatMap((sign, i) => {
    const other = theirs[i];
    return sign === null || other === null ? [] : [{ sign, other }];
  });
  return {
    judge: judge.name,
    comparisons: own.length,
    notCompared: own.length - both.length,
    lost: both.filter(({ sign, other }) => sign === 0 && other !== 0).length,
    gained: both.filter(({ sign, other }) => sign !== 0 && other === 0).length,
    reversed: both.filter(({ sign, other }) => sign * other < 0).length,
  };
}

/** For every pair of levels: 1 if the first is claimed to be higher, −1 if the second is, else 0; null without data. */
function directions(dataset: Dataset, factor: string, { question }: Rater): (number | null)[] {
  const rows = rates(counts([dataset], [factor], [question]));
  const levels = [...new Set(rows.map(({ group }) => group[factor]))].sort();
  return levels.flatMap((first, index) =>
    levels.slice(index + 1).map((second) => {
      const [{ lower, upper }] = contrasts(rows, factor, [first, second]);
      return lower === null || upper === null ? null : lower > 0 ? 1 : upper < 0 ? -1 : 0;
    })
  );
}
