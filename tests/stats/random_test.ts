import assert from "node:assert/strict";
import { createRandom } from "$lib/stats/numbers/random.ts";

Deno.test("createRandom() repeats a seed and parts from its neighbour", () => {
  const draw = (seed: number) => Array.from({ length: 100 }, ((random) => () => random.uniform())(createRandom(seed)));
  assert.deepEqual(draw(7), draw(7));
  const [one, other] = [draw(7), draw(8)];
  assert.equal(one.filter((value) => other.includes(value)).length, 0);
});

Deno.test("createRandom() gives the numbers of before: figures rest on them", () => {
  const random = createRandom(2026);
  assert.deepEqual(Array.from({ length: 6 }, () => random.below(1000)), [240, 834, 228, 504, 684, 437]);
});

Deno.test("below() gives each number its share", () => {
  for (const seed of [0, 1, 2 ** 32 - 1]) {
    const random = createRandom(seed);
    const counts = new Array(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.below(7)] += 1;
    const chisquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    assert(chisquare < 22.5, `chi-squared ${chisquare} with 6 degrees of freedom, seed ${seed}`); // p = 0.001
  }
});

Deno.test("createRandom() refuses a seed that is no whole number below 2^32", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 32]) assert.throws(() => createRandom(seed), RangeError);
});
