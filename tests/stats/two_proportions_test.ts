import assert from "node:assert/strict";
import { clopperPearson } from "$lib/stats/one_rate/clopper_pearson.ts";
import { equivalence } from "$lib/stats/one_rate/equivalence.ts";
import { fisherExact, fisherMidP } from "$lib/stats/two_rates/fisher_exact.ts";
import type { Interval } from "$lib/stats/numbers/interval.ts";
import { mcnemarExact, type PairedCounts } from "$lib/stats/pairs/mcnemar.ts";
import { miettinenNurminen } from "$lib/stats/two_rates/miettinen_nurminen.ts";
import type { Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { oddsRatio } from "$lib/stats/two_rates/odds_ratio.ts";
import { riskRatio } from "$lib/stats/two_rates/risk_ratio.ts";
import { tango } from "$lib/stats/pairs/tango.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { readTable } from "../support/read_table.ts";

/** Within 1e-9, of the number itself where it is above 1, and without limit where both are infinite. */
const near = (actual: number, expected: number, what: string) =>
  assert(
    actual === expected || Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual} is not ${expected}`,
  );

const of = (successes: number, trials: number): Proportion => ({ successes, trials });
const failuresOf = ({ successes, trials }: Proportion) => of(trials - successes, trials);
const pairsOf = (onlyFirst: number, onlySecond: number, pairs: number): PairedCounts => ({
  both: 0,
  onlyFirst,
  onlySecond,
  neither: pairs - onlyFirst - onlySecond,
});

/** Counts small enough to go through all pairs of them. */
const SMALL = [1, 2, 3, 7].flatMap((trials) =>
  Array.from({ length: trials + 1 }, (_, successes) => of(successes, trials))
);
const TABLES = SMALL.flatMap((first) =>
  SMALL.map((second) => ({ first, second, what: JSON.stringify([first, second]) }))
);

const RATIOS = { "difference": miettinenNurminen, "ratio": riskRatio, "odds ratio": oddsRatio };

Deno.test("score intervals agree with brute force in 34-digit decimals, empty cells included", () => {
  const rows = readTable("fixtures/rates/score_intervals.csv");
  assert.equal(rows.length, 434);
  for (const row of rows) {
    const [k1, n1, k2, n2, level] = [row.count1, row.trials1, row.count2, row.trials2, row.level].map(Number);
    const interval = row.measure === "paired difference"
      ? tango(pairsOf(k1, n1, k2), level)
      : RATIOS[row.measure as keyof typeof RATIOS](of(k1, n1), of(k2, n2), level);
    const what = Object.values(row).join(" ");
    near(interval.lower, Number(row.lower), what);
    near(interval.upper, row.upper === "inf" ? Infinity : Number(row.upper), what);
  }
});

Deno.test("score intervals agree with statsmodels where it finds both ends", () => {
  const rows = readTable("fixtures/rates/two_proportions_statsmodels.csv");
  const compared = { difference: 0, ratio: 0, odds: 0 };
  for (const row of rows) {
    const [k1, n1, k2, n2, level] = [row.successes1, row.trials1, row.successes2, row.trials2, row.level].map(Number);
    for (
      const [name, interval] of Object.entries({ difference: miettinenNurminen, ratio: riskRatio, odds: oddsRatio })
    ) {
      if (row[`${name}_lower`] === "") continue;
      compared[name as keyof typeof compared]++;
      const { lower, upper } = interval(of(k1, n1), of(k2, n2), level);
      near(lower, Number(row[`${name}_lower`]), `${name} ${Object.values(row)}`);
      near(upper, Number(row[`${name}_upper`]), `${name} ${Object.values(row)}`);
    }
    near(mcnemarExact(pairsOf(k1, k2, k1 + k2)).pValue, Number(row.mcnemar), `${k1} and ${k2} discordant pairs`);
  }
  assert(Object.values(compared).every((times) => times >= 60), JSON.stringify(compared));
});

Deno.test("miettinenNurminen() gives the published ends of method 6 in table II of Newcombe (1998)", () => {
  const { lower, upper } = miettinenNurminen(of(56, 70), of(48, 80));
  assert.equal(lower.toFixed(4), "0.0528");
  assert.equal(upper.toFixed(4), "0.3382");
});

Deno.test("the three measures exclude no effect together or not at all", () => {
  for (const { first, second, what } of TABLES) {
    for (const level of [0.5, 0.8, 0.95]) {
      const outside = ({ lower, upper }: Interval, none: number) => lower > none || upper < none;
      const verdict = outside(miettinenNurminen(first, second, level), 0);
      assert.equal(outside(riskRatio(first, second, level), 1), verdict, what);
      assert.equal(outside(oddsRatio(first, second, level), 1), verdict, what);
    }
  }
});

Deno.test("score intervals mirror when the conditions swap, and when successes and failures swap", () => {
  for (const { first, second, what } of TABLES) {
    const gap = miettinenNurminen(first, second);
    near(gap.lower, -miettinenNurminen(second, first).upper, what);
    near(gap.lower, -miettinenNurminen(failuresOf(first), failuresOf(second)).upper, what);
    near(1 / riskRatio(first, second).lower, riskRatio(second, first).upper, what);
    near(1 / oddsRatio(first, second).lower, oddsRatio(second, first).upper, what);
    near(1 / oddsRatio(first, second).lower, oddsRatio(failuresOf(first), failuresOf(second)).upper, what);
  }
});

Deno.test("score intervals stay in their space, hold their estimate and widen with the level", () => {
  const spaces = [[miettinenNurminen, -1, 1], [riskRatio, 0, Infinity], [oddsRatio, 0, Infinity]] as const;
  for (const { first, second, what } of TABLES) {
    for (const [interval, least, most] of spaces) {
      const [narrow, wide] = [interval(first, second, 0.8), interval(first, second, 0.99)];
      assert(
        least <= wide.lower && wide.lower <= narrow.lower && narrow.upper <= wide.upper && wide.upper <= most,
        what,
      );
      assert(narrow.lower < narrow.upper, what);
      if (Number.isNaN(narrow.estimate)) assert.deepEqual([narrow.lower, narrow.upper], [0, Infinity]);
      else assert(narrow.lower <= narrow.estimate && narrow.estimate <= narrow.upper, what);
    }
  }
});

Deno.test("a ratio against 0 of n is infinite with a finite lower end, and none against none is not a number", () => {
  for (const interval of [riskRatio, oddsRatio]) {
    const up = interval(of(20, 100), of(0, 100));
    assert.equal(up.estimate, Infinity);
    assert.equal(up.upper, Infinity);
    assert(up.lower > 4 && up.lower < 10);
    const down = interval(of(0, 100), of(20, 100));
    assert.deepEqual([down.estimate, down.lower], [0, 0]);
    const none = interval(of(0, 100), of(0, 50));
    assert(Number.isNaN(none.estimate));
    assert.deepEqual([none.lower, none.upper], [0, Infinity]);
  }
  const all = oddsRatio(of(9, 9), of(4, 4));
  assert(Number.isNaN(all.estimate));
  assert.deepEqual([all.lower, all.upper], [0, Infinity]);
  assert.equal(riskRatio(of(9, 9), of(4, 4)).estimate, 1);
});

Deno.test("Fisher's test and its mid-p version agree with R", () => {
  const rows = readTable("fixtures/rates/fisher_r.csv");
  assert.equal(rows.length, 144);
  for (const row of rows) {
    const [first, second] = [of(+row.successes1, +row.trials1), of(+row.successes2, +row.trials2)];
    near(fisherExact(first, second).pValue, Number(row.exact), Object.values(row).join(" "));
    near(fisherMidP(first, second).pValue, Number(row.mid), Object.values(row).join(" "));
  }
});

Deno.test("Fisher's test keeps the digits of a very small p-value", () => {
  const { pValue } = fisherExact(of(300, 500), of(100, 500));
  assert(Math.abs(pValue / 4.9787729799639221e-39 - 1) < 1e-9); // R 4.2.2: fisher.test(matrix(c(300,200,100,400), 2))
});

Deno.test("Fisher's test counts every way to deal the successes", () => {
  for (const [n1, n2] of [[1, 1], [3, 2], [4, 4], [5, 3]]) {
    for (let successes = 0; successes <= n1 + n2; successes++) {
      // Deals as bit masks: the first n1 samples are the first condition.
      const deals = new Map<number, number>();
      for (let mask = 0; mask < 2 ** (n1 + n2); mask++) {
        const bits = mask.toString(2).padStart(n1 + n2, "0");
        if ([...bits].filter((bit) => bit === "1").length !== successes) continue;
        const inFirst = [...bits.slice(0, n1)].filter((bit) => bit === "1").length;
        deals.set(inFirst, (deals.get(inFirst) ?? 0) + 1);
      }
      const all = [...deals.values()].reduce((sum, ways) => sum + ways, 0);
      for (const [x1, ways] of deals) {
        const [first, second] = [of(x1, n1), of(successes - x1, n2)];
        const asExtreme = [...deals.values()].filter((other) => other <= ways).reduce((sum, other) => sum + other, 0);
        near(fisherExact(first, second).pValue, asExtreme / all, `${x1} of ${n1}, ${successes - x1} of ${n2}`);
      }
    }
  }
});

Deno.test("McNemar's exact and mid-p tests agree with R", () => {
  for (const row of readTable("fixtures/rates/mcnemar_r.csv")) {
    const pairs = pairsOf(Number(row.only_first), Number(row.only_second), 200_000);
    near(mcnemarExact(pairs).pValue, Number(row.exact), Object.values(row).join(" "));
  }
});

Deno.test("McNemar's test counts every way the discordant pairs can lean", () => {
  for (let discordant = 0; discordant <= 10; discordant++) {
    const ways = Array.from({ length: discordant + 1 }, () => 0);
    for (let mask = 0; mask < 2 ** discordant; mask++) ways[mask.toString(2).replaceAll("0", "").length]++;
    ways.forEach((own, first) => {
      const pairs = pairsOf(first, discordant - first, discordant + 3);
      const asExtreme = ways.filter((other) => other <= own).reduce((sum, other) => sum + other, 0);
      near(mcnemarExact(pairs).pValue, asExtreme / 2 ** discordant, `${first} of ${discordant}`);
    });
  }
});

Deno.test("tango() without a discordant pair has the ends of Wilson's interval for 0 of n, to both sides", () => {
  for (const pairs of [1, 2, 10, 500]) {
    const { estimate, lower, upper } = tango(pairsOf(0, 0, pairs));
    assert.equal(estimate, 0);
    near(upper, wilson(0, pairs).upper, `${pairs} pairs`);
    near(lower, -wilson(0, pairs).upper, `${pairs} pairs`);
  }
});

Deno.test("tango() mirrors when the conditions swap, stays in [-1, 1], holds its estimate and widens with the level", () => {
  for (let pairs = 1; pairs <= 8; pairs++) {
    for (let first = 0; first <= pairs; first++) {
      for (let second = 0; second <= pairs - first; second++) {
        const [narrow, wide] = [0.8, 0.99].map((level) => tango(pairsOf(first, second, pairs), level));
        near(narrow.lower, -tango(pairsOf(second, first, pairs), 0.8).upper, `${first} ${second} ${pairs}`);
        assert(-1 <= wide.lower && wide.lower <= narrow.lower && narrow.lower <= narrow.estimate);
        assert(narrow.estimate <= narrow.upper && narrow.upper <= wide.upper && wide.upper <= 1);
      }
    }
  }
});

Deno.test("tango() excludes 0 exactly when McNemar's chi-square passes its critical value", () => {
  for (let first = 0; first <= 15; first++) {
    for (let second = 0; second <= 15; second++) {
      if (first + second === 0) continue;
      const { lower, upper } = tango(pairsOf(first, second, 40));
      const chiSquare = (first - second) ** 2 / (first + second);
      assert.equal(lower > 0 || upper < 0, chiSquare > 1.959963984540054 ** 2, `${first} and ${second}`);
    }
  }
});

Deno.test("equivalence() decides by the interval of level 1 - 2 alpha and never says more than it shows", () => {
  const zeros = (trials: number) => (level: number) => wilson(0, trials, level);
  const shown = equivalence(zeros(52), { below: 0.05 });
  assert.equal(shown.interval.level, 0.9);
  assert.equal(shown.shown, "below"); // 2.7055 / (52 + 2.7055) = 0.04946
  assert.equal(equivalence(zeros(51), { below: 0.05 }).shown, "not shown"); // 0.05038
  const exact = (trials: number) => equivalence((level) => clopperPearson(0, trials, level), { below: 0.05 }).shown;
  assert.deepEqual([exact(59), exact(58)], ["below", "not shown"]); // 0.95 ** 59 = 0.0485, 0.95 ** 58 = 0.0510
  assert.equal(equivalence(zeros(52), { below: 0.05 }, 0.025).shown, "not shown");
  assert.equal(equivalence(zeros(52), { above: 0.01 }).shown, "not shown");
  assert.equal(equivalence((level) => wilson(30, 40, level), { above: 0.5 }).shown, "above");
  const gap = (level: number) => miettinenNurminen(of(50, 1000), of(52, 1000), level);
  assert.equal(equivalence(gap, { above: -0.03, below: 0.03 }).shown, "within");
  assert.equal(equivalence(gap, { above: -0.01, below: 0.01 }).shown, "not shown");
  const { upper } = wilson(3, 90, 0.9);
  assert.equal(equivalence((level) => wilson(3, 90, level), { below: upper }).shown, "not shown"); // its end is not part
});

Deno.test("bad counts, levels and margins are refused with what is wrong and the current value", () => {
  for (const interval of [miettinenNurminen, riskRatio, oddsRatio]) {
    assert.throws(() => interval(of(0, 0), of(1, 2)), {
      name: "RangeError",
      message: /trials must be >= 1: current value is 0$/,
    });
    assert.throws(() => interval(of(1, 2), of(3, 2)), RangeError);
    assert.throws(() => interval(of(1, 2), of(-1, 2)), RangeError);
    assert.throws(() => interval(of(1.5, 2), of(1, 2)), TypeError);
    assert.throws(() => interval(of(1, NaN), of(1, 2)), TypeError);
    for (const level of [0, 1, 95, NaN]) assert.throws(() => interval(of(1, 2), of(1, 2), level), RangeError);
  }
  assert.throws(() => fisherExact(of(1, 2), of(0, 0)), {
    name: "RangeError",
    message: "Cannot compute Fisher's exact test as trials must be >= 1: current value is 0",
  });
  assert.throws(() => fisherMidP(of(1, 2), of(3, 2)), RangeError);
  assert.throws(() => tango(pairsOf(0, 0, 0)), {
    name: "RangeError",
    message: "Cannot compute Tango's interval as pairs must be >= 1: current value is 0",
  });
  assert.throws(() => tango(pairsOf(1, 1, 4), 2), RangeError);
  assert.throws(() => mcnemarExact(pairsOf(-1, 1, 4)), {
    name: "RangeError",
    message: "Cannot compute an exact McNemar test as onlyFirst must be >= 0: current value is -1",
  });
  assert.throws(() => mcnemarExact(pairsOf(0.5, 1, 4)), TypeError);
  const half = (level: number) => wilson(1, 2, level);
  for (const alpha of [0, 0.5, -1, NaN]) assert.throws(() => equivalence(half, { below: 0.5 }, alpha), RangeError);
  assert.throws(() => equivalence(half, {}), TypeError);
  assert.throws(() => equivalence(half, { below: NaN }), TypeError);
  assert.throws(() => equivalence(half, { above: 0.5, below: 0.5 }), RangeError);
  assert.throws(() => equivalence(() => wilson(1, 2), { below: 0.5 }), {
    name: "RangeError",
    message: "Cannot test equivalence as the interval's level must be 1 - 2 alpha (0.9): current value is 0.95",
  });
});
