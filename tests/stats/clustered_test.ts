import assert from "node:assert/strict";
import { counts } from "$lib/rates/counting/counts.ts";
import { loadData } from "$lib/reading/load.ts";
import { betaBinomialCorrelation, tallyClusters } from "$lib/stats/clusters/beta_binomial.ts";
import { betaBinomialScore } from "$lib/stats/clusters/beta_binomial_score.ts";
import { clusterBootstrap, influences, resampledRates } from "$lib/stats/clusters/bootstrap.ts";
import { bca } from "$lib/stats/clusters/bca.ts";
import { clusterPermutation } from "$lib/stats/clusters/permutation.ts";
import { clusterRobust } from "$lib/stats/clusters/robust.ts";
import { clusterVariance } from "$lib/stats/clusters/variance.ts";
import { criticalValue } from "$lib/stats/numbers/critical_value.ts";
import { effectiveWilson } from "$lib/stats/clusters/effective_wilson.ts";
import { exactCoverage } from "$lib/stats/coverage/exact.ts";
import type { Interval } from "$lib/stats/numbers/interval.ts";
import { kornGraubard } from "$lib/stats/clusters/korn_graubard.ts";
import type { Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { pairedPermutation } from "$lib/stats/pairs/paired_permutation.ts";
import { recommendedDifference } from "$lib/stats/clusters/recommended_difference.ts";
import { recommendedInterval, type Refusal } from "$lib/stats/clusters/recommended_interval.ts";
import { createStudies, equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";
import { createRandom, type Random } from "$lib/stats/numbers/random.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { readTable } from "../support/read_table.ts";
import { REALDATA, realTest } from "../support/realdata.ts";

const near = (actual: number | null, expected: number, what: string, within = 1e-9) =>
  assert(actual !== null && Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

const parse = (text: string): Proportion[] =>
  text.split(" ").map((pair) => {
    const [successes, trials] = pair.split("/").map(Number);
    return { successes, trials };
  });

const CASES = new Map(readTable("fixtures/clusters/clustered_cases.csv").map((row) => [row.case, parse(row.clusters)]));

const offered = (result: Interval | Refusal): Interval => {
  assert("upper" in result, JSON.stringify(result));
  return result;
};

/** Studies of many kinds, drawn. */
const STUDIES = [[10, 10], [20, 10], [35, 10], [120, 12], [500, 10], [60, 30], [300, 50]].flatMap((
  [trials, clusters],
) =>
  [0, 0.2, 0.7].flatMap((correlation) =>
    [0.01, 0.1, 0.5, 0.95].flatMap((rate) => {
      const draw = createStudies({ sizes: equalSizes(trials, clusters), correlation, rate }, createRandom(4));
      return [draw(), draw(), draw()];
    })
  )
);

const INTERVALS: Record<string, (clusters: readonly Proportion[], level?: number) => Interval> = {
  betaBinomialScore,
  effectiveWilson,
  kornGraubard,
  recommendedInterval: (clusters, level) => offered(recommendedInterval(clusters, level)),
};

Deno.test("clusterVariance() and clusterRobust() agree with R's survey", () => {
  const rows = readTable("fixtures/clusters/clustered_survey.csv");
  assert.equal(rows.length, 45);
  for (const row of rows) {
    const clusters = CASES.get(row.case)!;
    const { rate, variance, designEffect } = clusterVariance(clusters);
    near(rate, Number(row.rate), `rate of ${row.case}`);
    near(Math.sqrt(variance), Number(row.se), `standard error of ${row.case}`);
    near(designEffect, Number(row.deff), `design effect of ${row.case}`, 1e-9 * (1 + Number(row.deff)));
    if (row.low === "NA") assert.throws(() => clusterRobust(clusters), RangeError);
    else {
      const { lower, upper } = clusterRobust(clusters, Number(row.level));
      near(lower, Math.max(0, Number(row.low)), `lower end of ${row.case} at ${row.level}`);
      near(upper, Math.min(1, Number(row.high)), `upper end of ${row.case} at ${row.level}`);
    }
  }
});

Deno.test("kornGraubard() agrees with R's svyciprop(method = 'beta'), its effective size cut at n", () => {
  for (const row of readTable("fixtures/clusters/clustered_survey.csv")) {
    if (row.kg_low === "NA") continue;
    const { lower, upper } = kornGraubard(CASES.get(row.case)!, Number(row.level));
    near(lower, Number(row.kg_low), `lower end of ${row.case} at ${row.level}`);
    near(upper, Number(row.kg_high), `upper end of ${row.case} at ${row.level}`);
  }
});

Deno.test("clusterVariance() agrees with statsmodels, and its correlation with the mean squares of the samples", () => {
  const rows = readTable("fixtures/clusters/clustered_statsmodels.csv");
  assert.equal(rows.length, 15);
  for (const row of rows) {
    const { rate, variance, correlation } = clusterVariance(CASES.get(row.case)!);
    near(rate, Number(row.rate), `rate of ${row.case}`);
    near(Math.sqrt(variance), Number(row.se), `standard error of ${row.case}`);
    near(Math.sqrt(variance), Number(row.se_glm), `standard error of ${row.case}, as a GLM`);
    if (row.icc === "") assert.equal(correlation, null);
    else near(correlation, Number(row.icc), `correlation of ${row.case}`);
  }
});

Deno.test("clusterVariance() says that 0/n and n/n know nothing of the correlation", () => {
  for (const name of ["none", "every"]) {
    const { variance, designEffect, effectiveTrials, correlation } = clusterVariance(CASES.get(name)!);
    assert.deepEqual([variance, designEffect, effectiveTrials, correlation], [0, null, null, null]);
  }
});

Deno.test("clusterVariance() of clusters of one trial is p(1 − p)/n times G/(G − 1)", () => {
  const { variance, designEffect } = clusterVariance(CASES.get("singles")!);
  near(variance, 0.15 * 0.85 / 19, "variance");
  near(designEffect, 20 / 19, "design effect");
});

Deno.test("betaBinomialCorrelation() and betaBinomialScore() agree with brute force over the likelihood in Python", () => {
  const rows = readTable("fixtures/clusters/beta_binomial.csv");
  assert.equal(rows.length, 85);
  for (const row of rows) {
    const clusters = CASES.get(row.case)!;
    if (row.rate !== "") {
      const found = betaBinomialCorrelation(tallyClusters(clusters), Number(row.rate));
      near(found, Number(row.correlation), `correlation of ${row.case} at ${row.rate}`, 1e-6);
    } else {
      const { lower, upper } = betaBinomialScore(clusters, Number(row.level));
      near(lower, Number(row.low), `lower end of ${row.case} at ${row.level}`, 1e-6);
      near(upper, Number(row.high), `upper end of ${row.case} at ${row.level}`, 1e-6);
    }
  }
});

Deno.test("betaBinomialScore() passes z nowhere inside its interval and is past it everywhere outside", () => {
  const z = 1.959963984540054;
  for (const clusters of STUDIES) {
    const [k, n] = [sum(clusters, "successes"), sum(clusters, "trials")];
    const few = [k, n - k, ...["successes", "failures"].map((kind) => affected(clusters, kind))];
    if (few.some((count) => count > 0 && count <= 3)) continue; // an end was moved out
    const { lower, upper } = betaBinomialScore(clusters);
    const tally = tallyClusters(clusters);
    const repeats = clusters.reduce((total, { trials }) => total + trials * (trials - 1), 0) / n;
    for (let rate = 0.0025; rate < 1; rate += 0.005) {
      const designEffect = 1 + repeats * betaBinomialCorrelation(tally, rate);
      const score = Math.abs(k / n - rate) / Math.sqrt(rate * (1 - rate) * designEffect / n);
      if (Math.abs(score - z) > 1e-6) {
        assert.equal(rate > lower && rate < upper, score < z, `${JSON.stringify(clusters)} at rate ${rate}`);
      }
    }
  }
});

Deno.test("betaBinomialScore() returns the outermost ends where the rates that are not rejected are in pieces", () => {
  const z = criticalValue(0.95);
  let pieces = 0;
  for (let hits = 4; hits <= 14; hits++) {
    const clusters = Array.from({ length: 30 }, (_, i) => ({ successes: i < hits ? 1 : 0, trials: 100 }));
    const { upper } = betaBinomialScore(clusters);
    const tally = tallyClusters(clusters);
    const kept = (rate: number) => {
      const designEffect = 1 + 99 * betaBinomialCorrelation(tally, rate);
      return Math.abs(hits / 3000 - rate) <= z * Math.sqrt(rate * (1 - rate) * designEffect / 3000);
    };
    const rates = Array.from({ length: 3000 }, (_, i) => hits / 3000 + i * 0.00005);
    const greatest = rates.findLast(kept)!;
    near(greatest, upper, `${hits} prompts with one event`, 0.00006);
    if (rates.some((rate) => rate < upper && !kept(rate))) pieces++;
  }
  assert(pieces > 0, "no set is in pieces");
});

Deno.test("with one trial a cluster the recommended interval is Wilson's, but for its ends at few events", () => {
  for (const trials of [1, 2, 10, 37, 500]) {
    for (let k = 0; k <= trials; k += Math.ceil(trials / 25)) {
      const clusters = singles(k, trials);
      const { lower, upper, method } = offered(recommendedInterval(clusters));
      const plain = wilson(k, trials);
      assert.equal(method, lower < plain.lower || upper > plain.upper ? "modified wilson" : "wilson");
      assert(lower <= plain.lower && upper >= plain.upper);
      if (k === 0 || k > 3) assert.equal(lower, plain.lower);
      if (k === trials || trials - k > 3) assert.equal(upper, plain.upper);
      if (trials < 10) continue;
      const score = betaBinomialScore(clusters);
      near(score.lower, lower, `${k}/${trials}`);
      near(score.upper, upper, `${k}/${trials}`);
    }
  }
});

Deno.test("at 0/n the clustered intervals count clusters, not samples", () => {
  for (const [clusters, size] of [[10, 50], [25, 4], [200, 100]]) {
    const never = Array.from({ length: clusters }, () => ({ successes: 0, trials: size }));
    near(betaBinomialScore(never).upper, wilson(0, clusters).upper, "score");
    near(effectiveWilson(never).upper, wilson(0, clusters).upper, "wilson");
    near(kornGraubard(never).upper, 1 - 0.025 ** (1 / clusters), "korn-graubard");
  }
});

Deno.test("every clustered interval mirrors, forgets the order, holds its estimate and widens with the level", () => {
  for (const [name, interval] of Object.entries(INTERVALS)) {
    for (const clusters of STUDIES) {
      const [narrow, wide] = [interval(clusters, 0.9), interval(clusters, 0.99)];
      const what = `${name} of ${JSON.stringify(clusters)}`;
      assert(0 <= wide.lower && wide.lower <= narrow.lower && narrow.lower <= narrow.estimate + 1e-15, what);
      assert(narrow.estimate <= narrow.upper + 1e-15 && narrow.upper <= wide.upper && wide.upper <= 1, what);
      const mirrored = interval(
        clusters.map(({ successes, trials }) => ({ successes: trials - successes, trials })),
        0.9,
      );
      near(mirrored.lower, 1 - narrow.upper, what);
      near(mirrored.upper, 1 - narrow.lower, what);
      const reversed = interval(clusters.toReversed(), 0.9);
      near(reversed.lower, narrow.lower, what);
      near(reversed.upper, narrow.upper, what);
    }
  }
});

Deno.test("events in one cluster widen the recommended interval, events in many narrow it, also below that of none", () => {
  const upper = (...successes: number[]) =>
    offered(recommendedInterval(Array.from({ length: 12 }, (_, i) => ({ successes: successes[i] ?? 0, trials: 20 }))))
      .upper;
  const none = upper();
  const [spread, two, one] = [upper(...new Array(8).fill(1)), upper(4, 4), upper(8)];
  assert(spread < two && two < one, `${[spread, two, one]}`);
  assert(spread < none && none < one, `${[spread, none, one]}`);
});

Deno.test("recommendedInterval() refuses few and unequal clusters with the reason", () => {
  const cluster = (trials: number) => ({ successes: 1, trials });
  assert.deepEqual(recommendedInterval(new Array(9).fill(cluster(20))), {
    refusal: "no interval: 9 clusters, at least 10 are needed",
  });
  assert.deepEqual(recommendedInterval([...new Array(9).fill(cluster(2)), cluster(100)]), {
    refusal: "no interval: 10 clusters of unequal size are worth 1.3 equal ones, at least 12 are needed",
  });
  offered(recommendedInterval([...new Array(9).fill(cluster(50)), cluster(41)])); // some samples lost
  offered(recommendedInterval([...new Array(24).fill(cluster(10)), ...new Array(6).fill(cluster(60))]));
});

Deno.test("recommendedDifference() turns its sign when the conditions swap, stays in [-1, 1] and passes refusals on", () => {
  for (const [i, first] of STUDIES.entries()) {
    const second = STUDIES[(i * 17 + 5) % STUDIES.length];
    const [gap, back] = [offered(recommendedDifference(first, second)), offered(recommendedDifference(second, first))];
    near(gap.lower, -back.upper, JSON.stringify([first, second]), 1e-12);
    assert(-1 <= gap.lower && gap.lower <= gap.estimate && gap.estimate <= gap.upper && gap.upper <= 1);
  }
  // Many successes and failures, each sample a cluster: Newcombe's own.
  const [one, other] = [singles(56, 70), singles(48, 80)];
  const gap = offered(recommendedDifference(one, other));
  assert.deepEqual([gap.lower.toFixed(4), gap.upper.toFixed(4), gap.method], [
    "0.0524",
    "0.3339",
    "newcombe on wilson",
  ]);
  assert.deepEqual(recommendedDifference(one, CASES.get("equal")!.slice(0, 4)), {
    refusal: "no interval: 4 clusters, at least 10 are needed (second condition)",
  });
});

/** The generator of the fixture's script. */
function lehmer(): Random {
  let state = 1;
  const uniform = () => {
    state = 16807 * state % 2147483647;
    return (state - 1) / 2147483646;
  };
  return { uniform, below: (size) => Math.floor(uniform() * size) };
}

Deno.test("the cluster bootstrap agrees with R's boot on the same draws", () => {
  const of = (successes: number[], trials: number[]) =>
    successes.map((count, i) => ({ successes: count, trials: trials[i] ?? trials[0] }));
  const samples: Record<string, Proportion[]> = {
    untied: of([3, 17, 0, 41, 8, 29, 5, 2, 66, 13, 1, 22], [31, 47, 23, 89, 61, 53, 17, 29, 97, 59, 13, 71]),
    equal: of([0, 0, 1, 0, 5, 2, 0, 0, 9, 3], [10]),
    rare: of([1, 0, 0, 0, 2, ...new Array(15).fill(0)], [20]),
    high: of([19, 20, 20, 17, 20, 20, 20, 11, 20, 20], [20]),
  };
  const rateOf = (clusters: Proportion[]) => sum(clusters, "successes") / sum(clusters, "trials");
  const rows = readTable("fixtures/clusters/cluster_bootstrap.csv");
  assert.equal(rows.length, 12);
  for (const row of rows) {
    const random = lehmer();
    const [first, second] = [samples[row.first], samples[row.second]];
    let estimate = rateOf(first);
    let replicates = resampledRates(first, 999, random);
    let influence = influences(first);
    if (second) {
      estimate -= rateOf(second);
      const others = resampledRates(second, 999, random);
      replicates = replicates.map((rate, i) => rate - others[i]);
      influence = [...influence, ...influences(second).map((value) => -value)];
    }
    const ends = bca(estimate, replicates, influence, Number(row.level))!;
    near(ends.lower, Number(row.low), `${row.first} ${row.second} at ${row.level}`);
    near(ends.upper, Number(row.high), `${row.first} ${row.second} at ${row.level}`);
  }
});

Deno.test("clusterBootstrap() repeats a seed, nears the t interval where clusters are many, and holds its estimate", () => {
  const draw = createStudies({ sizes: equalSizes(2000, 200), correlation: 0.2, rate: 0.4 }, createRandom(8));
  const clusters = draw();
  const one = clusterBootstrap(clusters, 1);
  assert.deepEqual(clusterBootstrap(clusters, 1), one);
  assert.notDeepEqual(clusterBootstrap(clusters, 2), one);
  const robust = clusterRobust(clusters);
  near(one.lower, robust.lower, "lower end", 0.004);
  near(one.upper, robust.upper, "upper end", 0.004);
  const [narrow, wide] = [clusterBootstrap(clusters, 1, 0.8), clusterBootstrap(clusters, 1, 0.99)];
  assert(wide.lower < one.lower && one.lower < narrow.lower && narrow.lower < one.estimate);
  assert(one.estimate < narrow.upper && narrow.upper < one.upper && one.upper < wide.upper);
});

Deno.test("the bootstrap says why it has no interval at 0/n, n/n and one rate for all", () => {
  assert.throws(() => clusterBootstrap(CASES.get("none")!, 1), {
    name: "RangeError",
    message: "Cannot compute a cluster bootstrap interval as clusters must differ in their rates, or every resample " +
      "repeats the data: current value is 0 in each of 10",
  });
  for (const name of ["every", "same rate"]) assert.throws(() => clusterBootstrap(CASES.get(name)!, 1), RangeError);
});

Deno.test("the permutation tests agree with brute force in exact fractions", () => {
  const rows = readTable("fixtures/clusters/permutation.csv");
  assert.equal(rows.length, 13);
  for (const row of rows) {
    const [first, second] = [parse(row.first), parse(row.second)];
    const test = clusterPermutation(first, second, 1);
    assert.equal(test.method, "cluster permutation, exact");
    near(test.pValue, Number(row.two_sample), `${row.first} against ${row.second}`, 1e-12);
    near(clusterPermutation(second, first, 1).pValue, test.pValue, "swapped", 1e-12);
    if (row.paired === "") continue;
    const pairs = first.map((one, i) => ({ first: one, second: second[i] }));
    near(pairedPermutation(pairs, 1).pValue, Number(row.paired), `${row.first} paired with ${row.second}`, 1e-12);
  }
});

Deno.test("drawn permutations repeat a seed and are never 0, and pairs that agree change nothing", () => {
  const of10 = (counts: number[]) => counts.map((successes) => ({ successes, trials: 10 }));
  const [ever, never] = [of10(new Array(40).fill(10)), of10(new Array(40).fill(0))];
  const drawn = clusterPermutation(ever, never, 1);
  assert.deepEqual(drawn, { statistic: 1, pValue: 1 / 10_000, method: "cluster permutation, 9999 draws" });
  const [more, other] = [of10([5, 3, 0, 8, 2, 1, 9, 4, 2, 6, 3, 3]), of10([1, 0, 2, 3, 0, 1, 5, 0, 2, 4, 4, 6])];
  assert.deepEqual(clusterPermutation(more, other, 1), clusterPermutation(more, other, 1));
  assert.notEqual(clusterPermutation(more, other, 1).pValue, clusterPermutation(more, other, 2).pValue);
  // Up to 17 pairs that differ are gone through.
  const pairs = Array.from({ length: 17 }, (_, i) => ({
    first: { successes: 4 + i % 7, trials: 11 },
    second: { successes: (i * 5 + 1) % 6, trials: 10 },
  }));
  const alike = { first: { successes: 3, trials: 10 }, second: { successes: 3, trials: 10 } };
  const all = pairedPermutation(pairs, 1);
  assert.equal(all.method, "paired permutation, exact");
  near(pairedPermutation([...pairs, alike, alike], 1).pValue, all.pValue, "with pairs that agree", 1e-12);
  const mirrored = { first: pairs[1].second, second: pairs[1].first };
  const some = pairedPermutation([...pairs, pairs[1], mirrored], 1);
  assert.equal(some.method, "paired permutation, 9999 draws");
  assert(some.pValue >= 1 / 10_000 && some.pValue < 0.01, `${some.pValue}`);
});

Deno.test("the drawn p-value is that of every arrangement, within its error", () => {
  // 20 clusters of which 10 succeed: the exact test is Fisher's, with C(20, 10) = 184,756 arrangements.
  const both = (hits: number, count: number, trials: number) =>
    Array.from({ length: count }, (_, i) => ({ successes: i < hits ? trials : 0, trials }));
  const exact = clusterPermutation(both(7, 10, 1), both(3, 10, 1), 1);
  assert.equal(exact.method, "cluster permutation, exact");
  near(exact.pValue, 0.178895407998, "Fisher's p of 7/10 against 3/10");
  // With 11 and 11 there are 705,432, and Fisher's p of 8/11 against 3/11 is 0.0861 (R).
  const drawn = clusterPermutation(both(8, 11, 1), both(3, 11, 1), 3);
  assert.equal(drawn.method, "cluster permutation, 9999 draws");
  near(drawn.pValue, 0.0861, "Fisher's p of 8/11 against 3/11", 0.01);
});

Deno.test("simulated clusters have the rate and the correlation they were asked for", () => {
  for (const [rate, correlation] of [[0.1, 0], [0.3, 0.2], [0.5, 0.5]]) {
    const draw = createStudies({ sizes: equalSizes(20_000 * 5, 20_000), correlation, rate }, createRandom(6));
    const found = clusterVariance(draw());
    near(found.rate, rate, "rate", 0.01);
    near(found.correlation, correlation, "correlation", 0.02);
  }
  const draw = createStudies({ sizes: [1000], correlation: 0.1, rate: 0.999 }, createRandom(6)); // no underflow
  const mean = Array.from({ length: 300 }, () => draw()[0].successes).reduce((a, b) => a + b) / 300;
  near(mean / 1000, 0.999, "rate near 1", 0.002);
});

Deno.test("exactCoverage() adds up the binomial, and Wilson's falls to 84 % near 0.18/n where the recommended keeps 91 %", () => {
  near(exactCoverage(2, 0.5, () => ({ lower: 0, upper: 1 })).coverage, 1, "everything");
  near(exactCoverage(2, 0.3, (k) => ({ lower: 0, upper: k === 1 ? 1 : 0 })).coverage, 0.42, "one of two");
  for (const trials of [10, 12, 20, 50, 100, 500]) {
    const table = Array.from({ length: trials + 1 }, (_, k) => offered(recommendedInterval(singles(k, trials))));
    // Coverage is lowest beside an end of some interval.
    const beside = table.flatMap(({ lower, upper }) => [lower, upper]).flatMap((end) => [end - 1e-9, end + 1e-9]);
    const rates = beside.filter((rate) => rate >= 0 && rate <= 1);
    const least = (method: (k: number, n: number) => { lower: number; upper: number }) =>
      Math.min(...rates.map((rate) => exactCoverage(trials, rate, method).coverage!));
    assert(least((k) => table[k]) > 0.912, `${trials} trials: ${least((k) => table[k])}`);
    const notch = wilson(1, trials).lower - 1e-9;
    assert(exactCoverage(trials, notch, wilson).coverage! < 0.845);
  }
});

Deno.test("bad clusters are refused with what is wrong and the current value", () => {
  const good = CASES.get("equal")!;
  const functions: Record<string, (clusters: readonly Proportion[]) => unknown> = {
    ...INTERVALS,
    recommendedInterval,
    clusterVariance,
    clusterRobust,
    clusterBootstrap: (clusters) => clusterBootstrap(clusters, 1),
    permutationFirst: (clusters) => clusterPermutation(clusters, good, 1),
    permutationSecond: (clusters) => clusterPermutation(good, clusters, 1),
  };
  const bad = (cluster: { successes: number; trials: number }) => [...good.slice(1), cluster];
  for (const [name, compute] of Object.entries(functions)) {
    assert.throws(() => compute([]), { name: "RangeError", message: /there must be at least one cluster/ }, name);
    assert.throws(() => compute("no" as unknown as Proportion[]), TypeError, name);
    assert.throws(
      () => compute(bad({ successes: 0, trials: 0 })),
      { message: /\(cluster 9\).*trials must be >= 1/ },
      name,
    );
    assert.throws(() => compute(bad({ successes: 3, trials: 2 })), RangeError, name);
    assert.throws(() => compute(bad({ successes: -1, trials: 2 })), RangeError, name);
    assert.throws(() => compute(bad({ successes: NaN, trials: 2 })), TypeError, name);
    assert.throws(() => compute(bad({ successes: 0.5, trials: 2 })), TypeError, name);
  }
  for (const level of [0, 1, 95, NaN]) {
    for (const interval of Object.values(INTERVALS)) assert.throws(() => interval(good, level), RangeError);
    assert.throws(() => clusterRobust(good, level), RangeError);
    assert.throws(() => clusterBootstrap(good, 1, level), RangeError);
  }
  for (const few of [good.slice(0, 9), good.slice(0, 1)]) {
    for (const compute of [betaBinomialScore, effectiveWilson, kornGraubard, clusterRobust]) {
      assert.throws(() => compute(few), /clusters must be >= (10|2): current value is (9|1)$/);
    }
    assert.throws(() => clusterBootstrap(few, 1), /clusters must be >= 10/);
    assert("refusal" in recommendedInterval(few));
  }
  assert.throws(() => clusterVariance(good.slice(0, 1)), /clusters must be >= 2: current value is 1/);
  for (const seed of [-1, 0.5, NaN]) {
    assert.throws(() => clusterBootstrap(good, seed), RangeError);
    assert.throws(() => clusterPermutation(good, good, seed), RangeError);
  }
  assert.throws(() => clusterBootstrap(good, 1, 0.95, 10), /replicates must be a whole number >= 100/);
  assert.throws(() => pairedPermutation([], 1), RangeError);
  assert.throws(() => createStudies({ sizes: [5], correlation: 1, rate: 0.5 }, createRandom(1)), RangeError);
  assert.throws(() => createStudies({ sizes: [5], correlation: 0.1, rate: 1.5 }, createRandom(1)), RangeError);
  assert.throws(() => createStudies({ sizes: [0], correlation: 0.1, rate: 0.5 }, createRandom(1)), RangeError);
  assert.throws(() => equalSizes(5, 6), RangeError);
});

function sum(clusters: readonly Proportion[], count: "successes" | "trials"): number {
  return clusters.reduce((total, cluster) => total + cluster[count], 0);
}

/** How many clusters have a success, or a failure. */
function affected(clusters: readonly Proportion[], kind: string): number {
  return clusters.filter(({ successes, trials }) => kind === "successes" ? successes > 0 : successes < trials).length;
}

/** So many trials, each a cluster of its own. */
function singles(successes: number, trials: number): Proportion[] {
  return Array.from({ length: trials }, (_, i) => ({ successes: i < successes ? 1 : 0, trials: 1 }));
}

realTest(
  "ODCV: the published bootstrap intervals and ours over the same 40 scenarios differ by at most 3.5 points",
  async () => {
    const folder = `${REALDATA}/McGill-DMaS__ODCV-Bench/existing_results/current/evaluations`;
    const lines = (await Deno.readTextFile(`${folder}/judge_all/bootstrap_ci.csv`)).trim().split("\n").slice(1);
    const odcv = await loadData("odcv-judges");
    const counted = counts([odcv], ["model", "variation", "scenario"], [{ label: "final_median", atLeast: 3 }]);
    const refused: string[] = [];
    for (const line of lines) {
      const [panel, model, rate, lower, upper] = line.split(",");
      const own = counted.filter(({ group }) =>
        group.model === model && (panel === "overall" || group.variation === panel)
      );
      const clusters = [...Map.groupBy(own, ({ group }) => group.scenario).values()].map((rows) => ({
        successes: rows.reduce((sum, { count }) => sum + count, 0),
        trials: rows.reduce((sum, { scored }) => sum + scored, 0),
      })).filter(({ trials }) => trials > 0);
      const pooled = clusters.reduce((sum, { successes }) => sum + successes, 0) /
        clusters.reduce((sum, { trials }) => sum + trials, 0);
      assert(Math.abs(100 * pooled - Number(rate)) < 0.006, `${panel} ${model}: ${pooled} is not ${rate}`);
      if (pooled === 0) {
        assert.throws(() => clusterBootstrap(clusters, 1), /must differ in their rates/);
        const interval = recommendedInterval(clusters);
        assert("upper" in interval && interval.upper > 0.08); // where the source prints 0 to 0
        refused.push(`${panel} ${model}`);
        continue;
      }
      const ours = clusterBootstrap(clusters, 1);
      assert(Math.abs(100 * ours.lower - Number(lower)) <= 3.5, `${panel} ${model}: ${ours.lower} is not ${lower}`);
      assert(Math.abs(100 * ours.upper - Number(upper)) <= 3.5, `${panel} ${model}: ${ours.upper} is not ${upper}`);
    }
    assert.equal(lines.length, 36);
    assert.deepEqual(refused, ["overall", "incentivized", "mandated"].map((panel) => `${panel} claude-opus-4.7`));
  },
);
