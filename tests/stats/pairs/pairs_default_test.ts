/** The default over pairs of prompts: Student's interval against other software, and coverage of what is chosen. */
import assert from "node:assert/strict";
import { differenceOverPairs } from "$lib/stats/defaults/over_pairs.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { pairedStudent } from "$lib/stats/pairs/paired_student.ts";
import type { ClusterPair } from "$lib/stats/pairs/paired_permutation.ts";
import { drawPairs, trueDifference } from "$lib/stats/coverage/simulated_pairs.ts";
import { readTable } from "../../support/read_table.ts";

const pairsOf = (trials: readonly number[], first: readonly number[], second: readonly number[]): ClusterPair[] =>
  trials.map((size, at) => ({
    first: { successes: first[at], trials: size },
    second: { successes: second[at], trials: size },
  }));

Deno.test("Student's interval of pairs is that of SciPy and of statsmodels with robust errors", () => {
  const rows = readTable("fixtures/clusters/paired_student.csv");
  assert.equal(rows.length, 8);
  for (const { case: name, trials, first, second, level, estimate, lower, upper } of rows) {
    const [sizes, one, other] = [trials, first, second].map((list) => list.split(" ").map(Number));
    const found = pairedStudent(pairsOf(sizes, one, other), Number(level));
    for (const [value, expected] of [[found.estimate, estimate], [found.lower, lower], [found.upper, upper]] as const) {
      assert(Math.abs(value - Number(expected)) < 1e-9, `${name}: ${value} is not ${expected}`);
    }
  }
});

Deno.test("pairs that hardly respond differently have the guaranteed interval, and no interval is a point", () => {
  const flat = (size: number, one: number, other: number) =>
    pairsOf(Array(size).fill(5), Array(size).fill(one), Array(size).fill(other));
  for (const pairs of [flat(12, 5, 0), flat(12, 0, 0), flat(40, 3, 3), flat(9, 4, 1)]) {
    const { lower, upper, method } = differenceOverPairs(pairs);
    assert.equal(method, "betting on pairs");
    assert(upper - lower > 0.1);
  }
  const one = pairsOf(
    Array(30).fill(50),
    [40, ...Array(29).fill(0)],
    Array.from({ length: 30 }, (_, at) => at % 3 ? 0 : 1),
  );
  assert.equal(differenceOverPairs(one).method, "betting on pairs"); // all events of an arm in one prompt
});

Deno.test("the default over pairs covers the true difference, also where few prompts respond and few fire", () => {
  const random = createRandom(77);
  const designs = [
    { baseline: -1, spread: 1, effect: 1.2, effectSpread: 0.5 },
    { baseline: -3, spread: 1.5, effect: 1, effectSpread: 0.5 },
    { baseline: -4, spread: 2, effect: 2, effectSpread: 1 },
    { baseline: 0, spread: 0.5, effect: 0.5, effectSpread: 0 },
    { baseline: -6, spread: 0.3, effect: 0, effectSpread: 2.5 }, // hardly any, and few that the factor sets off
  ];
  for (const truth of designs) {
    const difference = trueDifference(truth);
    for (const [wordings, epochs] of [[10, 5], [12, 10], [40, 2]]) {
      let held = 0;
      for (let study = 0; study < 300; study++) {
        const { lower, upper } = differenceOverPairs(drawPairs(truth, { wordings, epochs }, random));
        if (lower <= difference && difference <= upper) held++;
      }
      assert(held >= 0.92 * 300, `${JSON.stringify(truth)}, ${wordings} × ${epochs}: ${held} of 300`);
    }
  }
});
