import assert from "node:assert/strict";
import { agrestiCoull } from "$lib/stats/one_rate/agresti_coull.ts";
import { clopperPearson } from "$lib/stats/one_rate/clopper_pearson.ts";
import { jeffreys } from "$lib/stats/one_rate/jeffreys.ts";
import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
import { upperBound } from "$lib/stats/one_rate/upper_bound.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { missingBounds } from "$lib/stats/one_rate/missing_bounds.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, what: string) =>
  assert(Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} is not ${expected}`);

/** Counts small enough to go through all of them. */
const SMALL = Array.from({ length: 12 }, (_, i) => i + 1).flatMap((trials) =>
  Array.from({ length: trials + 1 }, (_, successes) => ({ successes, trials }))
);

/** P(X ≤ successes) of a binomial, added up from Pascal's triangle. */
function atMost(successes: number, trials: number, rate: number): number {
  let [ways, sum] = [1, 0];
  for (let k = 0; k <= successes; k++) {
    sum += ways * rate ** k * (1 - rate) ** (trials - k);
    ways = ways * (trials - k) / (k + 1);
  }
  return sum;
}

for (const software of ["r", "statsmodels"]) {
  Deno.test(`wilson() agrees with ${software === "r" ? "R's prop.test(correct = FALSE)" : "statsmodels"}`, () => {
    const rows = readTable(`fixtures/rates/wilson_${software}.csv`);
    assert(rows.length >= 36);
    for (const row of rows) {
      const { lower, upper } = wilson(Number(row.successes), Number(row.trials), Number(row.level));
      near(lower, Number(row.lower), `${row.successes}/${row.trials} at ${row.level}`);
      near(upper, Number(row.upper), `${row.successes}/${row.trials} at ${row.level}`);
    }
  });
}

Deno.test("newcombe() agrees with statsmodels", () => {
  const rows = readTable("fixtures/rates/newcombe_statsmodels.csv");
  assert.equal(rows.length, 432);
  for (const row of rows) {
    const [k1, n1, k2, n2, level] = [row.successes1, row.trials1, row.successes2, row.trials2, row.level].map(Number);
    const { lower, upper } = newcombe({ successes: k1, trials: n1 }, { successes: k2, trials: n2 }, level);
    near(lower, Number(row.lower), `${k1}/${n1} - ${k2}/${n2} at ${level}`);
    near(upper, Number(row.upper), `${k1}/${n1} - ${k2}/${n2} at ${level}`);
  }
});

Deno.test("newcombe() gives the published ends of method 10 in table II of Newcombe (1998)", () => {
  const published: [number, number, number, number, number, number][] = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.8090],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ];
  for (const [k1, n1, k2, n2, low, high] of published) {
    const { lower, upper } = newcombe({ successes: k1, trials: n1 }, { successes: k2, trials: n2 });
    assert.equal(lower.toFixed(4), low.toFixed(4));
    assert.equal(upper.toFixed(4), high.toFixed(4));
  }
});

Deno.test("wilson() holds exactly the rates that the score test does not reject", () => {
  const z = 1.959963984540054;
  for (const { successes, trials } of SMALL) {
    const { lower, upper } = wilson(successes, trials);
    for (let rate = 0.0005; rate < 1; rate += 0.001) {
      const score = Math.abs(successes / trials - rate) / Math.sqrt(rate * (1 - rate) / trials);
      const inside = rate > lower && rate < upper;
      if (Math.abs(score - z) > 1e-6) assert.equal(inside, score < z, `${successes}/${trials} at rate ${rate}`);
    }
  }
});

Deno.test("wilson() mirrors when successes and failures swap", () => {
  for (const { successes, trials } of SMALL) {
    const [one, other] = [wilson(successes, trials), wilson(trials - successes, trials)];
    near(one.lower, 1 - other.upper, `${successes}/${trials}`);
  }
});

Deno.test("wilson() stays in [0, 1], holds its estimate and widens with the level", () => {
  for (const { successes, trials } of SMALL) {
    const [narrow, wide] = [wilson(successes, trials, 0.9), wilson(successes, trials, 0.99)];
    assert(0 <= wide.lower && wide.lower <= narrow.lower && narrow.lower <= narrow.estimate);
    assert(narrow.estimate <= narrow.upper && narrow.upper <= wide.upper && wide.upper <= 1);
  }
});

Deno.test("newcombe() turns its sign when the conditions swap, and stays in [-1, 1]", () => {
  for (const first of SMALL) {
    for (const second of SMALL) {
      const [gap, back] = [newcombe(first, second), newcombe(second, first)];
      near(gap.lower, -back.upper, `${JSON.stringify([first, second])}`);
      assert(-1 <= gap.lower && gap.lower <= gap.estimate && gap.estimate <= gap.upper && gap.upper <= 1);
    }
  }
});

Deno.test("clopperPearson(), jeffreys() and upperBound() agree with R", () => {
  const rows = readTable("fixtures/rates/one_proportion_r.csv");
  assert.equal(rows.length, 135);
  for (const row of rows) {
    const [k, n, level] = [row.successes, row.trials, row.level].map(Number);
    const [exact, middle] = [clopperPearson(k, n, level), jeffreys(k, n, level)];
    near(exact.lower, Number(row.exact_lower), `${k}/${n} at ${level}`);
    near(exact.upper, Number(row.exact_upper), `${k}/${n} at ${level}`);
    near(middle.lower, Number(row.jeffreys_lower), `${k}/${n} at ${level}`);
    near(middle.upper, Number(row.jeffreys_upper), `${k}/${n} at ${level}`);
    near(upperBound(k, n, level).upper, Number(row.bound), `${k}/${n} at ${level}`);
  }
});

Deno.test("clopperPearson(), jeffreys() and agrestiCoull() agree with statsmodels", () => {
  const rows = readTable("fixtures/rates/one_proportion_statsmodels.csv");
  assert.equal(rows.length, 36);
  for (const row of rows) {
    const [k, n, level] = [row.successes, row.trials, row.level].map(Number);
    for (const [name, interval] of Object.entries({ exact: clopperPearson, jeffreys, agresti_coull: agrestiCoull })) {
      const { lower, upper } = interval(k, n, level);
      if (row[`${name}_lower`] !== "") near(lower, Number(row[`${name}_lower`]), `${name} ${k}/${n} at ${level}`);
      if (row[`${name}_upper`] !== "") near(upper, Number(row[`${name}_upper`]), `${name} ${k}/${n} at ${level}`);
    }
  }
});

Deno.test("clopperPearson() and upperBound() leave exactly their share of binomial outcomes beyond them", () => {
  for (const { successes, trials } of SMALL) {
    const { lower, upper } = clopperPearson(successes, trials, 0.9);
    if (successes > 0) near(1 - atMost(successes - 1, trials, lower), 0.05, `${successes}/${trials}`);
    if (successes < trials) {
      near(atMost(successes, trials, upper), 0.05, `${successes}/${trials}`);
      const bound = upperBound(successes, trials, 0.95).upper;
      near(bound, upper, "a one-sided bound is the upper end of the two-sided interval with twice the error");
    }
  }
});

Deno.test("clopperPearson() covers at least its level at every rate", () => {
  for (let rate = 0.005; rate < 1; rate += 0.005) {
    let covered = 0;
    for (let successes = 0; successes <= 12; successes++) {
      const { lower, upper } = clopperPearson(successes, 12, 0.95);
      const probability = atMost(successes, 12, rate) - (successes > 0 ? atMost(successes - 1, 12, rate) : 0);
      if (lower <= rate && rate <= upper) covered += probability;
    }
    assert(covered >= 0.95, `covers ${covered} at ${rate}`);
  }
});

Deno.test("upperBound() of no success is 1 - alpha^(1/n), and keeps its digits when n is huge", () => {
  assert.equal(upperBound(0, 100).upper.toFixed(4), "0.0295");
  assert.equal(upperBound(0, 1).upper.toFixed(12), "0.950000000000");
  const { upper } = upperBound(0, 1e12);
  assert(Math.abs(upper / 2.995732273549e-12 - 1) < 1e-12); // -ln(0.05) / n
  assert.equal(upperBound(7, 7).upper, 1);
});

Deno.test("intervals of one rate mirror, stay in [0, 1], hold their estimate and widen with the level", () => {
  for (const interval of [clopperPearson, jeffreys, agrestiCoull]) {
    for (const { successes, trials } of SMALL) {
      const what = `${interval.name}: ${successes}/${trials}`;
      const [narrow, wide] = [interval(successes, trials, 0.8), interval(successes, trials, 0.99)];
      near(narrow.lower, 1 - interval(trials - successes, trials, 0.8).upper, what);
      assert(0 <= wide.lower && wide.lower <= narrow.lower && narrow.lower <= narrow.estimate, what);
      assert(narrow.estimate <= narrow.upper && narrow.upper <= wide.upper && wide.upper <= 1, what);
      if (successes === 0) assert.equal(narrow.lower, 0, what);
      if (successes === trials) assert.equal(narrow.upper, 1, what);
      assert(narrow.upper > narrow.lower, what); // never ±0
    }
  }
  for (const { successes, trials } of SMALL) {
    const [inner, outer] = [wilson(successes, trials), agrestiCoull(successes, trials)];
    assert(outer.lower <= inner.lower + 1e-12 && inner.upper <= outer.upper + 1e-12, `${successes}/${trials}`);
    assert(upperBound(successes, trials, 0.8).upper <= upperBound(successes, trials, 0.99).upper);
  }
});

Deno.test("missingBounds() are the extremes over every way to fill in the missing", () => {
  for (const { successes, trials } of SMALL) {
    for (const missing of [0, 1, 3]) {
      const filled = Array.from({ length: missing + 1 }, (_, yes) => (successes + yes) / (trials + missing));
      assert.deepEqual(missingBounds(successes, trials, missing), [Math.min(...filled), Math.max(...filled)]);
    }
  }
});

Deno.test("bad counts are refused with what is wrong and the current value", () => {
  assert.throws(() => wilson(0, 0), {
    name: "RangeError",
    message: "Cannot compute a Wilson interval as trials must be >= 1: current value is 0",
  });
  assert.throws(() => wilson(3, 2), RangeError);
  assert.throws(() => wilson(-1, 2), RangeError);
  assert.throws(() => wilson(0.5, 2), TypeError);
  assert.throws(() => wilson(1, NaN), TypeError);
  for (const level of [0, 1, -1, 95, NaN]) assert.throws(() => wilson(1, 2, level), RangeError);
  assert.throws(() => newcombe({ successes: 1, trials: 2 }, { successes: 1, trials: 0 }), RangeError);
  for (const estimator of [clopperPearson, jeffreys, agrestiCoull, upperBound]) {
    assert.throws(() => estimator(0, 0), { name: "RangeError", message: /trials must be >= 1: current value is 0$/ });
    assert.throws(() => estimator(3, 2), RangeError);
    assert.throws(() => estimator(-1, 2), RangeError);
    assert.throws(() => estimator(0.5, 2), TypeError);
    assert.throws(() => estimator(1, NaN), TypeError);
    for (const level of [0, 1, -1, 95, NaN]) assert.throws(() => estimator(1, 2, level), RangeError);
  }
  assert.throws(() => missingBounds(1, 1, -1), RangeError);
  assert.throws(() => missingBounds(2, 1, 0), RangeError);
});
