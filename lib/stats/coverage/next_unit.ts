/**
 * How often the interval for another prompt holds the rate of another prompt, by simulation.
 *
 * @module
 */
import { fitHierarchy, newUnitRate } from "../hierarchy/hierarchy.ts";
import { beta } from "../numbers/distributions.ts";
import { createRandom } from "../numbers/random.ts";
import { holds } from "./simulate.ts";
import { createStudies, type Design } from "./simulated_clusters.ts";

/**
 * Runs `studies` simulated studies of a design; after each, one more prompt is drawn, and its own rate is to lie in the
 * interval of {@linkcode newUnitRate}.
 *
 * @param design correlation and rate strictly between 0 and 1
 * @param seed whole number in [0, 2³²): the same seed gives the same numbers
 * @returns in how many of the studies it did, and the mean width of the interval
 * @throws {RangeError} if the design or the seed is out of range
 *
 * @example
 * ```ts
 * import { simulateNextUnit } from "$lib/stats/coverage/next_unit.ts";
 * import assert from "node:assert/strict";
 *
 * const { held } = simulateNextUnit({ sizes: new Array(10).fill(10), correlation: 0.3, rate: 0.3 }, 5, 1);
 * assert(held >= 3);
 * ```
 */
export function simulateNextUnit(design: Design, studies: number, seed: number): { held: number; width: number } {
  const { rate, correlation } = design;
  const random = createRandom(seed);
  const draw = createStudies(design, random);
  const size = (1 - correlation) / correlation; // of the beta distribution of the prompts' rates
  let [held, width] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const interval = newUnitRate(fitHierarchy(draw()));
    const next = beta.quantile(random.uniform(), rate * size, (1 - rate) * size);
    if (holds(interval, next)) held++;
    width += (interval.upper - interval.lower) / studies;
  }
  return { held, width };
}
