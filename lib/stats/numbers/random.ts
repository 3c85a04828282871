/**
 * Random numbers that a seed repeats: every draw of this project comes from here, so that a figure made from draws comes
 * out the same byte for byte on any machine.
 *
 * The generator is xoroshiro128+ of pure-rand; source: Blackman & Vigna (2021), https://doi.org/10.1145/3460772.
 *
 * @module
 */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers; each call moves it on. */
export interface Random {
  /** A number in [0, 1), one of 2³² equally likely. */
  readonly uniform: () => number;
  /** A whole number in [0, `size`); `size` at most 2³². Bias is below `size` / 2³². */
  readonly below: (size: number) => number;
}

/**
 * Makes the stream of a seed: the same seed gives the same numbers.
 *
 * @param seed whole number in [0, 2³²)
 * @throws {RangeError} if the seed is not such a number
 *
 * @example
 * ```ts
 * import { createRandom } from "$lib/stats/numbers/random.ts";
 * import assert from "node:assert/strict";
 *
 * const [one, same] = [createRandom(1), createRandom(1)];
 * assert.equal(one.uniform(), same.uniform());
 * assert([0, 1, 2].includes(one.below(3)));
 * ```
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`Cannot draw as the seed must be a whole number in [0, 2^32): current value is ${seed}`);
  }
  const generator = xoroshiro128plus(seed);
  // The first numbers of neighbouring seeds resemble each other.
  for (let i = 0; i < 32; i++) generator.next();
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  return { uniform, below: (size) => Math.floor(uniform() * size) };
}
