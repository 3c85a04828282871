/**
 * What a study like the one that was run could have seen: the power of a contrast at the rates that were found.
 *
 * At the rates that were found this says nothing that the interval of the difference has not said; it is of use to size a
 * study that is to repeat it.
 *
 * @module
 */
import { powerTwoProportions } from "../../stats/planning/power_two_proportions.ts";
import { samplesForPower } from "../../stats/planning/samples_for_power.ts";
import type { Contrast } from "../comparing/contrasts.ts";

/** Power and samples of a contrast. */
export interface ContrastPlan {
  /** Samples of the smaller condition. */
  readonly samples: number;
  /** Chance that a study of the same size leaves 0 out of the interval of the difference. */
  readonly power: number;
  /** Samples in each condition from which on that chance is at least what was asked. */
  readonly needed: number;
}

/**
 * Returns the plan of a contrast at its own rates.
 *
 * @param power the chance that is asked for, for example 0.8
 * @throws {RangeError} if an arm has nothing scored, or both rates are the same
 *
 * @example
 * ```ts
 * import { contrasts } from "$lib/rates/comparing/contrasts.ts";
 * import { planOf } from "$lib/rates/planning/contrast_plan.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([
 *   { group: { threat: "on" }, outcome: "subvert", count: 20, scored: 100, missing: 0 },
 *   { group: { threat: "off" }, outcome: "subvert", count: 5, scored: 100, missing: 0 },
 * ]);
 * assert.equal(planOf(contrasts(rows, "threat", ["on", "off"])[0], 0.8).needed, 71);
 * ```
 */
export function planOf({ first, second }: Contrast, power: number): ContrastPlan {
  if (!first?.scored || !second?.scored) {
    throw new RangeError("Cannot plan from a contrast as an arm has nothing scored");
  }
  const [one, other] = [first, second].map(({ count, scored }) => ({ rate: count / scored, trials: scored }));
  return {
    samples: Math.min(one.trials, other.trials),
    power: powerTwoProportions(one, other),
    needed: samplesForPower(one.rate, other.rate, power).trials,
  };
}
