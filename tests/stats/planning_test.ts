import assert from "node:assert/strict";
import { approximatePower } from "$lib/stats/planning/approximate_power.ts";
import { clustersForTrials, designEffect, effectiveTrials } from "$lib/stats/clusters/design_effect.ts";
import { detectableRates } from "$lib/stats/planning/detectable_rates.ts";
import { fisherExact } from "$lib/stats/two_rates/fisher_exact.ts";
import { miettinenNurminen } from "$lib/stats/two_rates/miettinen_nurminen.ts";
import { newcombe } from "$lib/stats/two_rates/newcombe.ts";
import { type Decision, excludesZero, powerTwoProportions } from "$lib/stats/planning/power_two_proportions.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { samplesForPower } from "$lib/stats/planning/samples_for_power.ts";
import { samplesForWidth } from "$lib/stats/planning/samples_for_width.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { zerosToRuleOut } from "$lib/stats/planning/zeros_to_rule_out.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, what: string) =>
  assert(Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} is not ${expected}`);

/** Rows of a fixture as numbers. */
const numbers = (path: string) =>
  readTable(`fixtures/planning/${path}`).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === "" ? NaN : Number(cell)]))
  );

/** Fisher's two-sided test as a decision. */
const fisherRejects = (significance: number): Decision => (firstTrials, secondTrials) => (a, b) =>
  fisherExact({ successes: a, trials: firstTrials }, { successes: b, trials: secondTrials }).pValue <= significance;

/** Miettinen and Nurminen's score interval without 0 as a decision. */
const scoreExcludesZero = (level: number): Decision => (firstTrials, secondTrials) => (a, b) => {
  const { lower, upper } = miettinenNurminen(
    { successes: a, trials: firstTrials },
    { successes: b, trials: secondTrials },
    level,
  );
  return lower > 0 || upper < 0;
};

Deno.test("powerTwoProportions() is SciPy's and statsmodels' by enumeration, for Newcombe, Fisher and score", () => {
  const rows = readTable("fixtures/planning/exact_power.csv");
  assert.equal(rows.length, 72);
  const decisions = { newcombe: excludesZero, score: scoreExcludesZero };
  for (const row of rows) {
    const [n1, p1, n2, p2, level] = [row.trials1, row.rate1, row.trials2, row.rate2, row.level].map(Number);
    const decide = row.decision === "fisher"
      ? fisherRejects(1 - level)
      : decisions[row.decision as keyof typeof decisions](level);
    const power = powerTwoProportions({ rate: p1, trials: n1 }, { rate: p2, trials: n2 }, decide);
    near(power, Number(row.power), JSON.stringify(row));
  }
});

Deno.test("excludesZero() is newcombe() without 0, at every table of up to 12 trials", () => {
  for (const level of [0.8, 0.95]) {
    for (let n1 = 1; n1 <= 12; n1++) {
      for (let n2 = 1; n2 <= 12; n2++) {
        const claims = excludesZero(level)(n1, n2);
        for (let k1 = 0; k1 <= n1; k1++) {
          for (let k2 = 0; k2 <= n2; k2++) {
            const { lower, upper } = newcombe({ successes: k1, trials: n1 }, { successes: k2, trials: n2 }, level);
            assert.equal(claims(k1, k2), lower > 0 || upper < 0, `${k1}/${n1} - ${k2}/${n2}`);
          }
        }
      }
    }
  }
});

Deno.test("powerTwoProportions() is the share of simulated studies that claim a difference", () => {
  const random = createRandom(6);
  const [first, second] = [{ rate: 0.25, trials: 40 }, { rate: 0.06, trials: 30 }];
  const draw = ({ rate, trials }: typeof first) => {
    let successes = 0;
    for (let i = 0; i < trials; i++) if (random.uniform() < rate) successes += 1;
    return successes;
  };
  const claims = excludesZero()(40, 30);
  let claimed = 0;
  for (let i = 0; i < 20_000; i++) if (claims(draw(first), draw(second))) claimed += 1;
  const power = powerTwoProportions(first, second);
  assert(Math.abs(claimed / 20_000 - power) < 3.3 * Math.sqrt(power * (1 - power) / 20_000), `${claimed}, ${power}`);
});

Deno.test("powerTwoProportions() is the same with the arms swapped or successes and failures swapped", () => {
  for (const [p1, n1, p2, n2] of [[0.1, 20, 0.4, 30], [0, 15, 0.3, 15], [0.5, 9, 0.5, 4], [1, 8, 0.7, 12]]) {
    const power = powerTwoProportions({ rate: p1, trials: n1 }, { rate: p2, trials: n2 });
    near(powerTwoProportions({ rate: p2, trials: n2 }, { rate: p1, trials: n1 }), power, "arms");
    near(powerTwoProportions({ rate: 1 - p1, trials: n1 }, { rate: 1 - p2, trials: n2 }), power, "outcomes");
    assert(power >= 0 && power <= 1);
  }
});

Deno.test("powerTwoProportions() shows how often Newcombe's interval claims a difference of equal rates", () => {
  const worst = (trials: number) =>
    Math.max(...Array.from({ length: 50 }, (_, i) => {
      const arm = { rate: (i + 1) / 100, trials };
      return powerTwoProportions(arm, arm);
    }));
  assert.equal(worst(2).toFixed(3), "0.125");
  for (const trials of [3, 5, 8, 13, 19, 50, 100, 200]) assert(worst(trials) < 0.08, `${trials}`);
});

Deno.test("powerTwoProportions() loses less than 1e-12 of the results", () => {
  for (const trials of [1, 10, 400, 10_000]) {
    for (const rate of [0, 1e-9, 0.05, 0.5, 0.999, 1]) {
      const all = powerTwoProportions({ rate, trials }, { rate: 0.3, trials: 3 }, () => () => true);
      assert(Math.abs(1 - all) < 1e-10, `${all} at ${rate}, ${trials}`); // the rest is the binomial's own rounding
    }
  }
});

Deno.test("approximatePower() agrees with R's power.prop.test(strict = TRUE)", () => {
  const rows = numbers("approximate_power_r.csv");
  assert.equal(rows.length, 348);
  for (const { first, second, n, level, power } of rows) {
    const approximate = approximatePower({ rate: first, trials: n }, { rate: second, trials: n }, level);
    near(approximate, power, `${first}, ${second}, ${n} at ${level}`);
  }
});

Deno.test("approximatePower() comes near the exact power in large samples, and not in small ones at low rates", () => {
  const gap = (p1: number, p2: number, trials: number) => {
    const [first, second] = [{ rate: p1, trials }, { rate: p2, trials }];
    return Math.abs(approximatePower(first, second) - powerTwoProportions(first, second));
  };
  assert(gap(0.5, 0.45, 1500) < 0.003);
  assert(gap(0.2, 0.18, 6000) < 0.003);
  assert(gap(0.2, 0, 20) > 0.05);
});

Deno.test("approximatePower() is certain where the results are", () => {
  assert.equal(approximatePower({ rate: 0, trials: 9 }, { rate: 0, trials: 9 }), 0);
  assert.equal(approximatePower({ rate: 0, trials: 9 }, { rate: 1, trials: 9 }), 1);
  assert.equal(approximatePower({ rate: 0, trials: 1 }, { rate: 1, trials: 1 }), 0); // 1/1 against 0/1 is z = 1.41
});

Deno.test("samplesForPower() agrees with trying every number in Python", () => {
  const rows = numbers("exact_samples.csv");
  assert.equal(rows.length, 7);
  for (const { rate1, rate2, wanted, trials, power } of rows) {
    const found = samplesForPower(rate1, rate2, wanted);
    assert.equal(found.trials, trials, `${rate1}, ${rate2}, ${wanted}`);
    assert.equal(found.method, "exact");
    near(found.power, power, `${rate1}, ${rate2}, ${wanted}`);
  }
});

Deno.test("samplesForPower() says when it approximates, and that a decision never made needs too many", () => {
  const { trials, power, method } = samplesForPower(0.3, 0.29, 0.8);
  assert.equal(method, "normal approximation");
  assert(power >= 0.8 && approximatePower({ rate: 0.3, trials: trials - 1 }, { rate: 0.29, trials: trials - 1 }) < 0.8);
  assert.throws(() => samplesForPower(0, 1, 0.8, () => () => false), RangeError);
});

Deno.test("detectableRates() agree with SciPy's root of the enumerated power", () => {
  const rows = numbers("detectable_rates.csv");
  assert.equal(rows.length, 5);
  for (const { trials1, rate1, trials2, wanted, below, above } of rows) {
    const found = detectableRates({ rate: rate1, trials: trials1 }, trials2, wanted);
    for (const [side, expected] of [["below", below], ["above", above]] as const) {
      if (Number.isNaN(expected)) assert.equal(found[side], null);
      else near(found[side]!, expected, `${side} ${rate1} with ${trials1} and ${trials2}`);
    }
  }
});

Deno.test("samplesForWidth() agrees with trying every number in statsmodels", () => {
  const rows = numbers("samples_for_width.csv");
  assert.equal(rows.length, 72);
  for (const { rate, width, level, trials } of rows) {
    assert.equal(samplesForWidth(rate, width, level), trials, `${rate}, ${width} at ${level}`);
  }
});

Deno.test("samplesForWidth() gives an interval that is narrow enough, and one trial less does not", () => {
  for (const width of [0.03, 0.1, 0.25]) {
    const trials = samplesForWidth(0, width);
    assert(wilson(0, trials).upper <= width && wilson(0, trials - 1).upper > width);
    const half = samplesForWidth(0.5, width);
    const even = half + half % 2;
    assert(wilson(even / 2, even).upper - wilson(even / 2, even).lower <= width);
    assert(wilson(even / 2 - 1, even - 2).upper - wilson(even / 2 - 1, even - 2).lower > width);
  }
});

Deno.test("zerosToRuleOut() agrees with R's one-sided binom.test() and prop.test(), one number after another", () => {
  const rows = numbers("zeros_r.csv");
  assert.equal(rows.length, 35);
  for (const { rate, level, exact, wilson } of rows) {
    assert.deepEqual(zerosToRuleOut(rate, level), { exact, wilson }, `${rate} at ${level}`);
  }
  for (const trials of [1, 2, 3, 7]) assert.equal(zerosToRuleOut(0.1, 1 - 0.9 ** trials).exact, trials);
  assert.deepEqual(zerosToRuleOut(0.05, 0.01), { exact: 1, wilson: 1 }); // never without a sample
});

Deno.test("effectiveTrials() agrees with R from the written-out covariance matrix and qt()", () => {
  const rows = numbers("effective_trials_r.csv");
  assert.equal(rows.length, 72);
  for (const { clusters, per_cluster, correlation, level, trials } of rows) {
    near(effectiveTrials({ clusters, perCluster: per_cluster, correlation }, level), trials, `${clusters} clusters`);
  }
});

Deno.test("designEffect() is 1 for single or unlike samples and the cluster's size for samples all alike", () => {
  assert.deepEqual([designEffect(1, 0.7), designEffect(9, 0), designEffect(9, 1)], [1, 1, 9]);
});

Deno.test("clustersForTrials() finds enough clusters, one less is not enough, and never plans fewer than 10", () => {
  for (const trials of [1, 9, 10, 11, 71, 640]) {
    for (const [perCluster, correlation] of [[1, 0], [1, 0.5], [5, 0], [5, 0.1], [40, 0.3], [40, 1]]) {
      const clusters = clustersForTrials(trials, perCluster, correlation);
      assert(effectiveTrials({ clusters, perCluster, correlation }) >= trials && clusters >= 10);
      if (clusters > 10) assert(effectiveTrials({ clusters: clusters - 1, perCluster, correlation }) < trials);
    }
  }
  assert.equal(clustersForTrials(64, 1, 0), 64);
});

Deno.test("plans refuse what cannot be planned, with what is wrong and the current value", () => {
  const arm = { rate: 0.1, trials: 10 };
  for (const power of [approximatePower, powerTwoProportions]) {
    assert.throws(() => power(arm, { ...arm, trials: 0 }), RangeError);
    assert.throws(() => power({ ...arm, trials: 1.5 }, arm), TypeError);
    assert.throws(() => power({ ...arm, rate: 1.1 }, arm), RangeError);
    assert.throws(() => power({ ...arm, rate: NaN }, arm), TypeError);
  }
  assert.throws(() => powerTwoProportions({ ...arm, trials: 10_001 }, arm), {
    name: "RangeError",
    message: "Cannot compute an exact power as trials must be <= 10000: current value is 10001",
  });
  assert.throws(() => samplesForPower(0.1, 0.1, 0.8), {
    name: "RangeError",
    message: "Cannot compute the samples for a power as the rates must differ: current value is 0.1 for both",
  });
  for (const power of [0, 1, 80, NaN]) {
    assert.throws(() => samplesForPower(0.1, 0.2, power));
    assert.throws(() => detectableRates(arm, 10, power));
  }
  assert.throws(() => samplesForPower(0.1, 20, 0.8), RangeError);
  assert.throws(() => detectableRates(arm, 0, 0.8), RangeError);
  for (const width of [0, 1, -0.1, NaN]) assert.throws(() => samplesForWidth(0.1, width));
  assert.throws(() => samplesForWidth(0.1, 0.1, 95), RangeError);
  for (const rate of [0, 1, 5, NaN]) assert.throws(() => zerosToRuleOut(rate));
  assert.throws(() => zerosToRuleOut(0.05, 1), RangeError);
  assert.throws(() => designEffect(0, 0.1), RangeError);
  assert.throws(() => designEffect(2, -0.1), RangeError);
  assert.throws(() => effectiveTrials({ clusters: 9, perCluster: 10, correlation: 0.1 }), {
    name: "RangeError",
    message: "Cannot compute effective trials as clusters must be >= 10: current value is 9",
  });
  assert.throws(() => clustersForTrials(0, 1, 0), RangeError);
});
