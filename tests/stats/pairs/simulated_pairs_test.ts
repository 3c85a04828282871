/** Experiments with a known effect: the truth that they are held to, and what they find where there is none. */
import assert from "node:assert/strict";
import { pairedPower } from "$lib/stats/coverage/paired_power.ts";
import { drawPairs, drawWordings, trueDifference } from "$lib/stats/coverage/simulated_pairs.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";

const TRUTH = { baseline: -1.5, spread: 1, effect: 1.5, effectSpread: 0.7 };

Deno.test("the true difference is the mean over very many wordings", () => {
  const drawn = drawWordings(TRUTH, 100_000, createRandom(3));
  const mean = drawn.reduce((sum, { first, second }) => sum + first - second, 0) / drawn.length;
  const error = Math.sqrt(drawn.reduce((sum, { first, second }) => sum + (first - second - mean) ** 2, 0)) /
    drawn.length;
  assert(Math.abs(mean - trueDifference(TRUTH)) < 4 * error, `${mean} is not ${trueDifference(TRUTH)}`);
  const pairs = drawPairs(TRUTH, { wordings: 20_000, epochs: 3 }, createRandom(4));
  const sampled = pairs.reduce((sum, { first, second }) => sum + (first.successes - second.successes) / 3, 0) /
    pairs.length;
  assert(Math.abs(sampled - trueDifference(TRUTH)) < 0.012);
});

Deno.test("without an effect an experiment finds one in about 5 %, and power rises with wordings more than with epochs", () => {
  const none = { ...TRUTH, baseline: 0, effect: 0, effectSpread: 1 };
  const misled = pairedPower(none, { wordings: 24, epochs: 5 }, 1500, 1);
  assert(misled > 0.035 && misled < 0.07, String(misled));
  const small = { ...TRUTH, effect: 0.7, effectSpread: 1 };
  const [few, deep, broad] = [[12, 5], [12, 20], [48, 5]].map(([wordings, epochs]) =>
    pairedPower(small, { wordings, epochs }, 500, 2)
  );
  assert(few < deep && deep < broad, `${few} ${deep} ${broad}`);
  assert.throws(() => pairedPower({ ...TRUTH, spread: -1 }, { wordings: 3, epochs: 1 }, 1, 1), /spread must be >= 0/);
});
