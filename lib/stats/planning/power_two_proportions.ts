/**
 * How likely a planned study is to find a difference of two rates.
 *
 * The power is that of the decision the study will report, by default that Newcombe's interval excludes 0, and not that
 * of a test which it will not use. At the small samples and low rates of this field the two are far apart.
 *
 * @module
 */
import { binomial } from "../numbers/distributions.ts";
import { DEFAULT_LEVEL } from "../numbers/interval.ts";
import { checkArm, type PlannedArm } from "./arm.ts";
import { wilson } from "../one_rate/wilson.ts";

/** For a study with so many trials in either arm: whether it claims a difference at so many successes in each. */
export type Decision = (
  firstTrials: number,
  secondTrials: number,
) => (firstSuccesses: number, secondSuccesses: number) => boolean;

/** With more trials than this in an arm the power is not enumerated. */
export const EXACT_TRIALS = 10_000;

/**
 * Returns the exact probability that a study claims a difference, over all results of two independent binomial arms.
 *
 * It counts claims to either side; with equal rates it is the rate of false claims, which for Newcombe's 95 % interval
 * goes up to 8 % with 3 to 200 trials in each arm and to 13 % with 2. It does not always grow with the
 * trials: successes are whole numbers, so it climbs in saw teeth. Results left out as too unlikely have a probability
 * below 1e-12 together.
 *
 * For trials that share prompts pass the effective number of them: see design_effect.ts.
 *
 * @throws {TypeError} if the trials are not a whole number, or a rate not a number
 * @throws {RangeError} if a rate lies outside [0, 1], or the trials outside [1, 10000]: see approximate_power.ts
 *
 * @example
 * ```ts
 * import { powerTwoProportions } from "$lib/stats/planning/power_two_proportions.ts";
 * import assert from "node:assert/strict";
 *
 * const power = powerTwoProportions({ rate: 0.2, trials: 50 }, { rate: 0, trials: 50 });
 * assert.equal(power.toFixed(3), "0.982");
 * ```
 */
export function powerTwoProportions(first: PlannedArm, second: PlannedArm, decide: Decision = excludesZero()): number {
  for (const arm of [first, second]) {
    checkArm("an exact power", arm);
    if (arm.trials > EXACT_TRIALS) {
      throw new RangeError(
        `Cannot compute an exact power as trials must be <= ${EXACT_TRIALS}: current value is ${arm.trials}`,
      );
    }
  }
  const claims = decide(first.trials, second.trials);
  const [firsts, seconds] = [likelyResults(first), likelyResults(second)];
  let power = 0;
  for (const a of firsts) {
    let claimed = 0;
    for (const b of seconds) if (claims(a.successes, b.successes)) claimed += b.probability;
    power += a.probability * claimed;
  }
  return Math.min(1, power);
}

/**
 * Returns the decision that this project reports: a difference is claimed if Newcombe's interval excludes 0.
 *
 * The Wilson intervals that Newcombe's is made of are computed once for each arm, not once for each pair of results.
 *
 * @example
 * ```ts
 * import { excludesZero } from "$lib/stats/planning/power_two_proportions.ts";
 * import assert from "node:assert/strict";
 *
 * const claims = excludesZero(0.95)(10, 10);
 * assert(claims(9, 3));
 * assert(!claims(6, 4));
 * ```
 */
export function excludesZero(level: number = DEFAULT_LEVEL): Decision {
  return (firstTrials, secondTrials) => {
    const arms = [firstTrials, secondTrials].map((trials) =>
      Array.from({ length: trials + 1 }, (_, successes) => wilson(successes, trials, level))
    );
    return (firstSuccesses, secondSuccesses) => {
      const [a, b] = [arms[0][firstSuccesses], arms[1][secondSuccesses]];
      const [high, low] = a.estimate > b.estimate ? [a, b] : [b, a];
      return high.estimate - low.estimate > Math.hypot(high.estimate - high.lower, low.upper - low.estimate);
    };
  };
}

interface Result {
  readonly successes: number;
  readonly probability: number;
}

/** The results of an arm with a probability above 1e-12 / (4 × 10,000), from the likeliest outwards. */
function likelyResults({ rate, trials }: PlannedArm): Result[] {
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const results: Result[] = [];
  let probability = binomial.pmf(mode, trials, rate);
  for (let k = mode; k >= 0 && probability > NEGLIGIBLE; k--) {
    results.push({ successes: k, probability });
    probability *= k / (trials - k + 1) * ((1 - rate) / rate);
  }
  probability = binomial.pmf(mode, trials, rate);
  for (let k = mode; k < trials; k++) {
    probability *= (trials - k) / (k + 1) * (rate / (1 - rate));
    if (!(probability > NEGLIGIBLE)) break;
    results.push({ successes: k + 1, probability });
  }
  return results;
}

const NEGLIGIBLE = 1e-12 / (4 * EXACT_TRIALS);
