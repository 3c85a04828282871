import assert from "node:assert/strict";
import { breslowDay } from "$lib/stats/strata/breslow_day.ts";
import { cochranMantelHaenszel } from "$lib/stats/strata/cochran_mantel_haenszel.ts";
import { leastOddsRatio } from "$lib/stats/strata/least_odds_ratio.ts";
import { mantelHaenszelDifference } from "$lib/stats/strata/mantel_haenszel_difference.ts";
import { mantelHaenszelOddsRatio } from "$lib/stats/strata/mantel_haenszel_odds_ratio.ts";
import type { Stratum } from "$lib/stats/strata/stratum.ts";
import { readTable } from "../support/read_table.ts";

/** Within 1e-9, of the number itself where it is above 1. */
const near = (actual: number, expected: number, what: string) =>
  assert(
    actual === expected || Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual} is not ${expected}`,
  );

/** Strata from "x1/n1-x2/n2 …". */
const strataOf = (text: string): Stratum[] =>
  text.split(" ").map((stratum) => {
    const [x1, n1, x2, n2] = stratum.split(/[/-]/).map(Number);
    return { first: { successes: x1, trials: n1 }, second: { successes: x2, trials: n2 } };
  });

const swapped = (strata: readonly Stratum[]) => strata.map(({ first, second }) => ({ first: second, second: first }));
const failures = (strata: readonly Stratum[]) =>
  strata.map(({ first, second }) => ({
    first: { ...first, successes: first.trials - first.successes },
    second: { ...second, successes: second.trials - second.successes },
  }));

const EMPTY = "0/0-3/9";
const SETS = [...new Set(readTable("fixtures/strata/stratified_r.csv").map((row) => row.strata))];

Deno.test("the stratified test and estimates agree with R's mantelhaen.test and metafor", () => {
  const rows = readTable("fixtures/strata/stratified_r.csv");
  assert.equal(rows.length, 39);
  for (const row of rows) {
    const [strata, level, what] = [strataOf(row.strata), Number(row.level), `${row.strata} at ${row.level}`];
    const [plain, corrected] = [cochranMantelHaenszel(strata), cochranMantelHaenszel(strata, "continuity")];
    near(plain.statistic!, Number(row.statistic), what);
    near(plain.pValue, Number(row.p), what);
    near(corrected.statistic!, Number(row.corrected), what);
    near(corrected.pValue, Number(row.corrected_p), what);
    const odds = mantelHaenszelOddsRatio(strata, level);
    near(odds.estimate, Number(row.odds), what);
    for (const software of ["", "_metafor"]) {
      near(odds.lower, Number(row[`odds_lower${software}`]), what);
      near(odds.upper, Number(row[`odds_upper${software}`]), what);
    }
    const gap = mantelHaenszelDifference(strata, level);
    near(gap.estimate, Number(row.difference), what);
    near(gap.lower, Math.max(-1, Number(row.difference_lower)), what);
    near(gap.upper, Math.min(1, Number(row.difference_upper)), what);
  }
});

Deno.test("breslowDay() agrees with metafor and statsmodels, to the last of small p-values", () => {
  let compared = 0;
  for (const row of readTable("fixtures/strata/stratified_r.csv")) {
    if (Number(row.tarone_strata) < 2) continue;
    const { statistic, degrees, pValue } = breslowDay(strataOf(row.strata));
    near(statistic!, Number(row.tarone), row.strata);
    near(pValue, Number(row.tarone_p), row.strata);
    if (pValue > 0) assert(Math.abs(pValue / Number(row.tarone_p) - 1) < 1e-9, row.strata);
    assert.equal(degrees, Number(row.tarone_strata) - 1);
    compared++;
  }
  assert.equal(compared, 36);
  for (const row of readTable("fixtures/strata/stratified_statsmodels.csv")) {
    if (!(Number(row.tarone_p) > 0)) continue; // it gives no number where the odds ratio is 1, and 0 below 1e-16
    near(breslowDay(strataOf(row.strata)).statistic!, Number(row.tarone), row.strata);
    near(breslowDay(strataOf(row.strata)).pValue, Number(row.tarone_p), row.strata);
  }
});

Deno.test("the stratified odds ratio and its test agree with statsmodels", () => {
  for (const row of readTable("fixtures/strata/stratified_statsmodels.csv")) {
    const { estimate, lower, upper } = mantelHaenszelOddsRatio(strataOf(row.strata));
    near(estimate, Number(row.odds), row.strata);
    near(lower, Number(row.odds_lower), row.strata);
    near(upper, Number(row.odds_upper), row.strata);
    near(cochranMantelHaenszel(strataOf(row.strata)).pValue, Number(row.p), row.strata);
  }
});

Deno.test("stratified results do not depend on the order, and mirror when conditions or outcomes swap", () => {
  for (const set of SETS) {
    const strata = strataOf(set);
    const [odds, gap] = [mantelHaenszelOddsRatio(strata), mantelHaenszelDifference(strata)];
    near(cochranMantelHaenszel([...strata].reverse()).pValue, cochranMantelHaenszel(strata).pValue, set);
    near(mantelHaenszelOddsRatio([...strata].reverse()).upper, odds.upper, set);
    for (const mirrored of [swapped(strata), failures(strata)]) {
      near(cochranMantelHaenszel(mirrored).pValue, cochranMantelHaenszel(strata).pValue, set);
      near(1 / mantelHaenszelOddsRatio(mirrored).lower, odds.upper, set);
      near(mantelHaenszelDifference(mirrored).lower, -gap.upper, set);
      if (strata.length > 1 && set !== "45/100-30/100") {
        near(breslowDay(mirrored).pValue, breslowDay(strata).pValue, set);
      }
    }
  }
});

Deno.test("an empty arm changes nothing anywhere; no variation changes nothing but the difference; both are named", () => {
  for (const set of SETS.filter((set) => !/ 0\/\d+-0\//.test(set) && set.includes(" "))) {
    const strata = strataOf(set);
    const more = strataOf(`${set} ${EMPTY} 0/8-0/9 4/4-5/5`);
    const [k, named] = [strata.length, [0, 1, 2]];
    const all = named.map((i) => ({ stratum: k + i, reason: i === 0 ? "empty arm" : "no variation" }));
    for (const method of [cochranMantelHaenszel, mantelHaenszelOddsRatio, breslowDay]) {
      const { setAside, ...rest } = method(more);
      const { setAside: before, ...same } = method(strata);
      assert.deepEqual(rest, same, set);
      assert.deepEqual(setAside, [...before, ...all], set);
    }
    const gap = mantelHaenszelDifference(more);
    assert.deepEqual(gap.setAside, [{ stratum: k, reason: "empty arm" }]);
    assert(Math.abs(gap.estimate) <= Math.abs(mantelHaenszelDifference(strata).estimate), set);
  }
});

Deno.test("stratified intervals hold their estimate, stay in their space and widen with the level", () => {
  for (const set of SETS) {
    for (
      const [method, least, most] of [[mantelHaenszelOddsRatio, 0, Infinity], [
        mantelHaenszelDifference,
        -1,
        1,
      ]] as const
    ) {
      const [narrow, wide] = [method(strataOf(set), 0.8), method(strataOf(set), 0.99)];
      assert(least <= wide.lower && wide.lower <= narrow.lower && narrow.lower <= narrow.estimate, set);
      assert(narrow.estimate <= narrow.upper && narrow.upper <= wide.upper && wide.upper <= most, set);
    }
  }
});

/** Every outcome of two strata with 3 and 2, and 2 and 4 samples, with its probability. */
function* outcomes(rates: readonly { first: number; second: number }[]) {
  const binomial = (k: number, n: number, p: number) => {
    let ways = 1;
    for (let i = 0; i < k; i++) ways = ways * (n - i) / (i + 1);
    return ways * p ** k * (1 - p) ** (n - k);
  };
  const [[n1, n2], [n3, n4]] = [[3, 2], [2, 4]];
  for (let a = 0; a <= n1; a++) {
    for (let b = 0; b <= n2; b++) {
      for (let c = 0; c <= n3; c++) {
        for (let d = 0; d <= n4; d++) {
          const probability = binomial(a, n1, rates[0].first) * binomial(b, n2, rates[0].second) *
            binomial(c, n3, rates[1].first) * binomial(d, n4, rates[1].second);
          yield { counts: [[a, n1, b, n2], [c, n3, d, n4]], probability };
        }
      }
    }
  }
}

Deno.test("the variance behind Sato's interval is right on average over every outcome, for any common difference", () => {
  for (const difference of [-0.3, 0, 0.2, 0.5]) {
    const rates = [0.1, 0.4].map((low) =>
      difference < 0 ? { first: low, second: low - difference } : { first: low + difference, second: low }
    );
    let [squares, estimated] = [0, 0];
    for (const { counts, probability } of outcomes(rates)) {
      let [gap, variance] = [0, 0];
      for (const [x1, n1, x2, n2] of counts) {
        const n = n1 + n2;
        gap += (x1 * n2 - x2 * n1) / n - difference * n1 * n2 / n;
        variance += difference * (n1 ** 2 * x2 - n2 ** 2 * x1 + n1 * n2 * (n2 - n1) / 2) / n ** 2 +
          (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n);
      }
      squares += probability * gap ** 2;
      estimated += probability * variance;
    }
    near(estimated, squares, `difference ${difference}`);
  }
});

Deno.test("the variance behind the odds ratio's interval is right on average over every outcome, for any common ratio", () => {
  for (const ratio of [0.2, 1, 3, 25]) {
    const rates = [0.1, 0.4].map((second) => ({ first: ratio * second / (1 - second + ratio * second), second }));
    let [squares, estimated] = [0, 0];
    for (const { counts, probability } of outcomes(rates)) {
      let [gap, variance] = [0, 0];
      for (const [x1, n1, x2, n2] of counts) {
        const [r, s, p] = [x1 * (n2 - x2) / (n1 + n2), (n1 - x1) * x2 / (n1 + n2), (x1 + n2 - x2) / (n1 + n2)];
        gap += r - ratio * s;
        variance += (p + ratio * (1 - p)) * (r + ratio * s) / 2;
      }
      squares += probability * gap ** 2;
      estimated += probability * variance;
    }
    near(estimated, squares, `odds ratio ${ratio}`);
  }
});

Deno.test("the odds ratio of separated strata is infinite, with the lower end of R's exact conditional interval", () => {
  const rows = readTable("fixtures/regression/separated_r.csv");
  assert.equal(rows.length, 27);
  for (const row of rows) {
    const [strata, level] = [strataOf(row.strata), Number(row.level)];
    const { estimate, lower, upper, method } = mantelHaenszelOddsRatio(strata, level);
    assert.deepEqual([estimate, upper, method], [Infinity, Infinity, "exact conditional"]);
    near(lower, Number(row.refined), row.strata);
    assert(Math.abs(lower / Number(row.searched) - 1) < 0.02, row.strata); // as near as R's own search comes
    const down = mantelHaenszelOddsRatio(swapped(strata), level);
    assert.deepEqual([down.estimate, down.lower], [0, 0]);
    near(down.upper, 1 / lower, row.strata);
  }
  assert.throws(() => leastOddsRatio(strataOf("3/4-1/4 3/3-0/3")), {
    name: "RangeError",
    message: /must be 0: current value is 1$/,
  });
});

Deno.test("breslowDay() of strata that are all separated the same way is 0 with p = 1, as its limit", () => {
  const { statistic, degrees, pValue } = breslowDay(strataOf("8/20-0/20 6/20-0/20 20/20-3/20"));
  assert.deepEqual([statistic, degrees, pValue], [0, 2, 1]);
  const almost = breslowDay(strataOf("80000/200000-1/200000 60000/200000-1/200000"));
  assert(almost.statistic! < 0.1, `${almost.statistic}`);
});

Deno.test("strata of which nothing can be computed are refused with what is wrong and the current value", () => {
  assert.throws(() => cochranMantelHaenszel([]), {
    name: "RangeError",
    message:
      "Cannot compute a Cochran–Mantel–Haenszel test as at least 1 stratum must have both conditions and both outcomes: current value is 0",
  });
  for (const method of [cochranMantelHaenszel, mantelHaenszelOddsRatio, breslowDay]) {
    assert.throws(() => method(strataOf(`0/9-0/9 4/4-4/4 ${EMPTY}`)), RangeError);
  }
  assert.throws(() => breslowDay(strataOf("4/9-3/9 0/9-0/9")), {
    name: "RangeError",
    message:
      "Cannot compute a Breslow–Day test as at least 2 strata must have both conditions and both outcomes: current value is 1",
  });
  assert.throws(() => mantelHaenszelDifference(strataOf(EMPTY)), RangeError);
  for (const certain of ["0/9-0/9 0/5-0/7", "9/9-0/9", "9/9-0/3 4/4-0/7", "9/9-8/8 3/3-3/3"]) {
    assert.throws(() => mantelHaenszelDifference(strataOf(certain)), {
      name: "RangeError",
      message: "Cannot compute a Mantel–Haenszel difference as its variance must be > 0: current value is 0",
    });
  }
  for (const method of [cochranMantelHaenszel, mantelHaenszelOddsRatio, mantelHaenszelDifference, breslowDay]) {
    assert.throws(() => method(strataOf("3/2-1/2 1/2-1/2")), RangeError);
    assert.throws(() => method(strataOf("1/0-1/2 1/2-1/2")), RangeError);
    assert.throws(() => method(strataOf("1.5/2-1/2 1/2-1/2")), TypeError);
    assert.throws(() => method(strataOf("x/2-1/2 1/2-1/2")), TypeError);
    assert.throws(() => method({} as unknown as Stratum[]), TypeError);
  }
  for (const level of [0, 1, 95, NaN]) {
    assert.throws(() => mantelHaenszelOddsRatio(strataOf("1/2-1/2"), level), RangeError);
    assert.throws(() => mantelHaenszelDifference(strataOf("1/2-1/2"), level), RangeError);
  }
});
