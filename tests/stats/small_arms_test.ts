import assert from "node:assert/strict";
import { binomial } from "$lib/stats/numbers/distributions.ts";
import { leastCoverage } from "$lib/stats/coverage/exact.ts";
import { modifiedNewcombe } from "$lib/stats/two_rates/modified_newcombe.ts";
import { modifiedWilson } from "$lib/stats/one_rate/modified_wilson.ts";
import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, what: string, within: number) =>
  assert(Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

Deno.test("the modified Wilson interval covers every rate in 90 % or more from 5 trials on, by SciPy's enumeration too", () => {
  const rows = readTable("fixtures/rates/modified_wilson.csv");
  assert.equal(rows.length, 96);
  for (const row of rows) {
    const trials = Number(row.trials);
    const least = leastCoverage(trials, modifiedWilson).coverage;
    assert(least >= 0.9, `${trials} trials: ${least}`);
    near(least, Number(row.modified_least), `${trials} trials`, 1e-7);
    near(leastCoverage(trials, wilson).coverage, Number(row.wilson_least), `${trials} trials, wilson`, 1e-7);
    const width = (method: typeof wilson) => {
      let sum = 0;
      for (let k = 0; k <= trials; k++) sum += method(k, trials).upper - method(k, trials).lower;
      return sum / (trials + 1);
    };
    near(width(modifiedWilson), Number(row.modified_width), `${trials} trials, width`, 1e-7);
  }
  for (const trials of [150, 300, 500]) assert(leastCoverage(trials, modifiedWilson).coverage > 0.925);
  assert(rows.every((row) => Number(row.wilson_least) < 0.84));
});

/** Least coverage of a difference over a grid of both rates, all results enumerated. */
function leastOfGap(method: typeof newcombe, m: number, n: number, rates: readonly number[]): number {
  const table = Array.from(
    { length: m + 1 },
    (_, i) => Array.from({ length: n + 1 }, (_, j) => method({ successes: i, trials: m }, { successes: j, trials: n })),
  );
  let least = 1;
  for (const p of rates) {
    for (const q of rates) {
      let coverage = 0;
      for (const [i, row] of table.entries()) {
        const first = binomial.pmf(i, m, p);
        if (first < 1e-14) continue;
        for (const [j, { lower, upper }] of row.entries()) {
          if (lower <= p - q + 1e-12 && p - q - 1e-12 <= upper) coverage += first * binomial.pmf(j, n, q);
        }
      }
      least = Math.min(least, coverage);
    }
  }
  return least;
}

Deno.test("the difference of two small arms is covered in 90 % or more, where Newcombe's falls below 85 %", () => {
  const inside = Array.from({ length: 31 }, (_, i) => i / 30);
  const edges = [0.001, 0.005, 0.01, 0.018, 0.983, 0.99, 0.995, 0.999];
  for (const [m, n] of [[5, 5], [10, 10], [10, 40]]) {
    const rates = [...inside, ...edges];
    const least = leastOfGap(modifiedNewcombe, m, n, rates);
    assert(least >= 0.9, `${m} and ${n}: ${least}`);
    assert(leastOfGap(newcombe, m, n, rates) < 0.85, `${m} and ${n}`);
  }
});

Deno.test("the modified intervals hold the plain ones and are them where events are many", () => {
  for (const [k, n] of [[0, 5], [1, 7], [5, 7], [3, 50], [48, 50]]) {
    const [plain, moved] = [wilson(k, n), modifiedWilson(k, n)];
    assert(moved.lower <= plain.lower && plain.upper <= moved.upper && moved.method === "modified wilson");
    near(1 - modifiedWilson(n - k, n).upper, moved.lower, "mirrored", 1e-12);
  }
  const [a, b] = [{ successes: 20, trials: 50 }, { successes: 30, trials: 50 }];
  assert.equal(modifiedNewcombe(a, b).upper, newcombe(a, b).upper);
  assert.throws(() => modifiedWilson(3, 2), RangeError);
});
