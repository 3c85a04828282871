/**
 * Which conclusions hang on the judge: every pair of conditions compared by a judge and by a reference.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import { answersOf, overlapOf, type Rater } from "./agreement.ts";
import { contrasts } from "../comparing/contrasts.ts";
import { counts } from "../counting/counts.ts";
import { rates } from "../counting/rates.ts";

/** How many comparisons a judge and a reference see differently. A difference is claimed if its test finds it at 5 %. */
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
  /** Present where the two answered for different samples: then a flip need not be the judge's doing. */
  readonly warning?: string;
}

/**
 * Compares every two levels of a factor by the judge and by the reference, each claimed or not by the test that
 * {@linkcode contrasts} chooses: over 10 or more prompts one that knows them.
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
  const { shared: _, ...doubt } = overlapOf(answersOf(dataset, [judge, reference]), [judge.name, reference.name]);
  return {
    judge: judge.name,
    comparisons: own.length,
    notCompared: own.length - both.length,
    lost: both.filter(({ sign, other }) => sign === 0 && other !== 0).length,
    gained: both.filter(({ sign, other }) => sign !== 0 && other === 0).length,
    reversed: both.filter(({ sign, other }) => sign * other < 0).length,
    ...doubt,
  };
}

/** For every pair of levels: 1 if the first is claimed to be higher, −1 if the second is, else 0; null without data. */
function directions(dataset: Dataset, factor: string, { question }: Rater): (number | null)[] {
  const rows = rates(counts([dataset], [factor], [question]));
  const levels = [...new Set(rows.map(({ group }) => group[factor]))].sort();
  return levels.flatMap((first, index) =>
    levels.slice(index + 1).map((second) => {
      const [{ difference, test, level }] = contrasts(rows, factor, [first, second]);
      return difference === null || test === null ? null : test.pValue <= 1 - level ? Math.sign(difference) : 0;
    })
  );
}
