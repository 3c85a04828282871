/**
 * What an experiment over wordings can see: power with more wordings, and with more samples of each.
 *
 * @module
 */
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { createRandom } from "../numbers/random.ts";
import { pairedStudent } from "../pairs/paired_student.ts";
import { drawPairs, type ExperimentSize, type PairedTruth } from "./simulated_pairs.ts";

/**
 * Returns how often an experiment finds the effect: the share of simulated ones whose {@linkcode pairedStudent} interval
 * leaves out 0. With ever more epochs it nears what the differences between wordings leave; more wordings go beyond.
 *
 * @param studies how many are simulated; the standard error of a share of 50 % is 0.5 / √studies
 * @param seed of the draws
 * @throws {RangeError} if there are fewer than 2 wordings, or the truth is out of range
 *
 * @example
 * ```ts
 * import { pairedPower } from "$lib/stats/coverage/paired_power.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = { baseline: -1.5, spread: 1, effect: 1, effectSpread: 1 };
 * const deep = pairedPower(truth, { wordings: 6, epochs: 40 }, 200, 1); // 240 samples in each condition
 * const broad = pairedPower(truth, { wordings: 48, epochs: 5 }, 200, 1); // as many
 * assert(deep < 0.6 && broad > 0.9);
 * ```
 */
export function pairedPower(
  truth: PairedTruth,
  size: ExperimentSize,
  studies: number,
  seed: number,
  level: number = DEFAULT_LEVEL,
): number {
  const random = createRandom(seed);
  let found = 0;
  for (let study = 0; study < studies; study++) {
    const { lower, upper } = pairedStudent(drawPairs(truth, size, random), level);
    if (lower > 0 || upper < 0) found++;
  }
  return found / studies;
}
