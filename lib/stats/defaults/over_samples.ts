/**
 * The intervals that are reported over samples where nobody chose others: of one prompt, of these prompts, or of samples
 * of which the prompts are not recorded.
 *
 * Chosen by exact enumeration so that no rate is covered in less than 90 % at a nominal 95 %: the modified Wilson interval
 * holds 90.9 % from 5 trials on, and the modified Newcombe interval 92.0 % from 5 in each arm on, where the plain ones fall
 * to 83–84 %. With fewer trials than 5 there is none that is short and holds, so the exact interval is used.
 *
 * @module
 */
import { DEFAULT_LEVEL, type Interval } from "../numbers/interval.ts";
import { clopperPearson } from "../one_rate/clopper_pearson.ts";
import { modifiedWilson } from "../one_rate/modified_wilson.ts";
import { modifiedNewcombe } from "../two_rates/modified_newcombe.ts";
import { hybrid, type Proportion } from "../two_rates/newcombe.ts";

/** From so many trials on the modified intervals hold. */
const ENOUGH = 5;

/**
 * Returns the rate with its interval: {@linkcode modifiedWilson} from 5 trials on, {@linkcode clopperPearson} below.
 *
 * @returns estimate and ends as proportions in [0, 1]
 * @throws {TypeError} if a count is not a whole number
 * @throws {RangeError} if a count or the level is out of range
 *
 * @example
 * ```ts
 * import { intervalOverSamples } from "$lib/stats/defaults/over_samples.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(intervalOverSamples(86, 100).method, "modified wilson");
 * assert.equal(intervalOverSamples(1, 4).method, "clopper-pearson");
 * ```
 */
export function intervalOverSamples(successes: number, trials: number, level: number = DEFAULT_LEVEL): Interval {
  return trials < ENOUGH ? clopperPearson(successes, trials, level) : modifiedWilson(successes, trials, level);
}

/** Returns the difference `first − second` of two rates: {@linkcode modifiedNewcombe}, or with fewer than 5 trials in an
 *  arm the same on {@linkcode intervalOverSamples}; its errors. */
export function differenceOverSamples(first: Proportion, second: Proportion, level: number = DEFAULT_LEVEL): Interval {
  if (first.trials >= ENOUGH && second.trials >= ENOUGH) return modifiedNewcombe(first, second, level);
  const [one, other] = [first, second].map(({ successes, trials }) => intervalOverSamples(successes, trials, level));
  const methods = [...new Set([one.method, other.method])];
  return hybrid(one, other, `newcombe on ${methods.join(" and ")}`);
}
