import assert from "node:assert/strict";
import type { CodedSubset, CorrectedRate } from "$lib/stats/correction/coded_subset.ts";
import type { Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { predictionPowered, predictionPoweredTuned } from "$lib/stats/correction/prediction_powered.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { roganGladen } from "$lib/stats/correction/rogan_gladen.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number | null, expected: number, what: string) =>
  assert(actual !== null && Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} is not ${expected}`);

const clip = (value: number) => Math.min(1, Math.max(0, value));

const CORRECTIONS = [roganGladen, predictionPowered, predictionPoweredTuned];

const subsetOf = (tp: number, fn: number, fp: number, tn: number): CodedSubset => ({
  truePositives: tp,
  falseNegatives: fn,
  falsePositives: fp,
  trueNegatives: tn,
});

/** Every subset of up to 4 of each kind, with some judged samples. */
const SMALL = [0, 1, 2, 4].flatMap((tp) =>
  [0, 1, 2, 4].flatMap((fn) =>
    [0, 1, 2, 4].flatMap((fp) =>
      [0, 1, 2, 4].filter((tn) => tp + fn + fp + tn > 0).flatMap((tn) =>
        [[0, 1], [1, 1], [0, 30], [4, 30], [30, 30], [300, 1000]].map(([successes, trials]) => ({
          subset: subsetOf(tp, fn, fp, tn),
          judged: { successes, trials },
        }))
      )
    )
  )
);

/** Holds a corrected rate against one that may lie outside [0, 1]. */
function sameAs(found: CorrectedRate, estimate: number, lower: number, upper: number, what: string): void {
  near(found.estimate, clip(estimate), what);
  assert.equal(found.warnings.includes("clipped"), estimate < -1e-12 || estimate > 1 + 1e-12, what);
  if (found.reason === null) {
    near(found.lower, clip(lower), what);
    near(found.upper, clip(upper), what);
  } else {
    assert(upper <= 1e-9 || lower >= 1 - 1e-9 || upper - lower < 1e-7 || /agree/.test(found.reason), what);
  }
}

Deno.test("roganGladen() agrees with an independent computation in R, by complex-step derivatives", () => {
  const rows = readTable("fixtures/correction/rogan_gladen_r.csv");
  assert.equal(rows.length, 168);
  let given = 0;
  for (const row of rows) {
    const [tp, fn, fp, tn, successes, trials, level, estimate, lower, upper] = Object.values(row).map(Number);
    const found = roganGladen(subsetOf(tp, fn, fp, tn), { successes, trials }, level);
    sameAs(found, estimate, lower, upper, JSON.stringify(row));
    given += Number(found.reason === null);
  }
  assert.equal(given, 147); // the other intervals lie outside [0, 1]
});

Deno.test("roganGladen() gives the published intervals of the examples of Lang & Reiczigel (2014)", () => {
  const published: [number, number, number, number, number, number, string, string][] = [
    [4060, 11284, 178, 179, 358, 359, "0.349", "0.372"],
    [51, 2971, 32, 33, 20, 20, "0.000", "0.053"],
    [712, 11862, 8, 10, 12, 12, "0.000", "0.147"], // the paper has a rate of 6 %, not the count
    [259, 509, 84, 127, 96, 109, "0.58", "0.87"],
    [51, 509, 23, 41, 187, 195, "0.037", "0.195"],
  ];
  for (const [successes, trials, tp, positives, tn, negatives, low, high] of published) {
    const found = roganGladen(subsetOf(tp, positives - tp, negatives - tn, tn), { successes, trials });
    assert.equal(found.lower?.toFixed(low.length - 2), low);
    assert.equal(found.upper?.toFixed(high.length - 2), high);
  }
});

Deno.test("predictionPowered() and predictionPoweredTuned() agree with the authors' ppi-python", () => {
  const rows = readTable("fixtures/correction/prediction_powered.csv");
  assert.equal(rows.length, 264);
  let given = 0;
  for (const row of rows) {
    const [tp, fn, fp, tn, successes, trials] = Object.values(row).map(Number);
    const correct = row.method === "ppi" ? predictionPowered : predictionPoweredTuned;
    const found = correct(subsetOf(tp, fn, fp, tn), { successes, trials }, Number(row.level));
    assert.equal(found.method, row.method);
    if (row.estimate === "nan") {
      assert.equal(found.estimate, (tp + fn) / (tp + fn + fp + tn)); // a judge that always says the same: 0/0 there
      continue;
    }
    sameAs(found, Number(row.estimate), Number(row.lower), Number(row.upper), JSON.stringify(row));
    given += Number(found.reason === null);
  }
  assert(given > 180);
});

Deno.test("a corrected rate mirrors when positive and negative swap", () => {
  for (const { subset, judged } of SMALL) {
    const { truePositives, falseNegatives, falsePositives, trueNegatives } = subset;
    const swapped = subsetOf(trueNegatives, falsePositives, falseNegatives, truePositives);
    for (const correct of CORRECTIONS) {
      const one = correct(subset, judged);
      const other = correct(swapped, { successes: judged.trials - judged.successes, trials: judged.trials });
      const what = JSON.stringify([correct.name, subset, judged]);
      if (one.estimate === null) assert.equal(other.estimate, null, what);
      else near(other.estimate, 1 - one.estimate, what);
      assert.equal(one.lower === null, other.upper === null, what);
      if (one.lower !== null) near(other.upper, 1 - one.lower, what);
    }
  }
});

Deno.test("a corrected rate stays in [0, 1] in its interval, which widens with the level and is never ±0", () => {
  for (const { subset, judged } of SMALL) {
    for (const correct of CORRECTIONS) {
      const [narrow, wide] = [correct(subset, judged, 0.8), correct(subset, judged)];
      const what = JSON.stringify([correct.name, subset, judged]);
      assert.equal(wide.lower === null, wide.reason !== null, what);
      if (wide.lower === null) continue;
      assert(
        0 <= wide.lower && wide.lower <= wide.estimate! && wide.estimate! <= wide.upper! && wide.upper! <= 1,
        what,
      );
      assert(wide.upper! - wide.lower > 1e-6, what);
      if (narrow.lower === null || correct === roganGladen) continue; // the middle of Lang & Reiczigel's moves with it
      assert(wide.lower <= narrow.lower && narrow.upper! <= wide.upper!, what);
    }
  }
});

Deno.test("a perfect judge is believed, and a coin is not heard", () => {
  const judged = { successes: 300, trials: 1000 };
  near(roganGladen(subsetOf(20, 0, 0, 80), judged).estimate, 0.3, "rogan-gladen");
  near(predictionPowered(subsetOf(20, 0, 0, 80), judged).estimate, 0.3, "ppi: 20 % in the subset by both");
  const coin = subsetOf(10, 10, 40, 40);
  assert.equal(predictionPoweredTuned(coin, judged).estimate, 0.2);
  const { estimate, reason } = roganGladen(coin, judged);
  assert.deepEqual([estimate, reason], [null, "the judge does not tell positives from negatives"]);
});

Deno.test("a corrected rate says why there is none, and no interval poses as ±0", () => {
  const judged = { successes: 0, trials: 1000 };
  const reasons = (subset: CodedSubset, rest: Proportion = judged) =>
    CORRECTIONS.map((correct) => correct(subset, rest).reason);
  const agree = "judge and humans agree on all of the subset";
  // 0 of 100 by both, 0 of 1000 by the judge: the usual formula gives 0 ± 0.
  assert.deepEqual(reasons(subsetOf(0, 0, 0, 100)), [
    "no sample was coded positive, so the judge's sensitivity is unknown",
    agree,
    agree,
  ]);
  assert.equal(
    reasons(subsetOf(50, 0, 0, 0))[0],
    "no sample was coded negative, so the judge's specificity is unknown",
  );
  assert.equal(
    reasons(subsetOf(0, 0, 5, 95), { successes: 50, trials: 1000 })[2],
    "the humans coded all of the subset alike",
  );
  // The judge called 60 of 200 negatives positive in the subset, and none of 1000 outside: not a random subset.
  const misfit = "the judge's rate does not fit its errors in the subset";
  assert.deepEqual(reasons(subsetOf(50, 0, 60, 140)).slice(0, 2), [misfit, misfit]);
});

Deno.test("a corrected rate warns where the subset is too small, by counts and for what it says", () => {
  const judged = { successes: 200, trials: 1000 };
  const warnings = (subset: CodedSubset) => CORRECTIONS.map((correct) => correct(subset, judged).warnings);
  assert.deepEqual(warnings(subsetOf(16, 4, 6, 74)), [[], [], []]);
  assert.deepEqual(warnings(subsetOf(7, 2, 8, 74)), [["few_positives"], ["few_positives"], ["few_positives"]]);
  assert.deepEqual(warnings(subsetOf(7, 3, 6, 74)), [[], ["few_disagreements"], ["few_disagreements"]]);
  const swapped = { successes: 800, trials: 1000 };
  assert.deepEqual(roganGladen(subsetOf(74, 8, 2, 7), swapped).warnings, ["few_negatives"]);
  assert.deepEqual(roganGladen(subsetOf(74, 6, 14, 15), judged).warnings, ["clipped"]);
});

/** Draws a study: a random subset coded by humans, and the judge's labels of the rest. */
function study(random: { uniform: () => number }, coded: number, rest: number, rate: number, se: number, sp: number) {
  const counts = [0, 0, 0, 0]; // tp, fn, fp, tn
  const judgeSays = (positive: boolean) => random.uniform() < (positive ? se : 1 - sp);
  for (let i = 0; i < coded; i++) {
    const positive = random.uniform() < rate;
    counts[(positive ? 0 : 2) + Number(judgeSays(positive) !== true)] += 1;
  }
  let successes = 0;
  for (let i = 0; i < rest; i++) successes += Number(judgeSays(random.uniform() < rate));
  return { subset: subsetOf(counts[0], counts[1], counts[2], counts[3]), judged: { successes, trials: rest } };
}

Deno.test("corrected intervals cover the true rate in 92 to 98.5 % of simulated studies, the judge's do not", () => {
  const random = createRandom(2026);
  for (
    const [coded, rest, rate, se, sp] of [[200, 1000, 0.2, 0.9, 0.9], [400, 2000, 0.06, 0.8, 0.95], [
      150,
      600,
      0.5,
      0.7,
      0.85,
    ]]
  ) {
    const hits = { rogan: 0, ppi: 0, tuned: 0, human: 0, judge: 0 };
    const width = { ppi: 0, tuned: 0, human: 0 };
    const studies = 1500;
    for (let i = 0; i < studies; i++) {
      const { subset, judged } = study(random, coded, rest, rate, se, sp);
      const human = wilson(subset.truePositives + subset.falseNegatives, coded);
      const [rogan, ppi, tuned] = CORRECTIONS.map((correct) => correct(subset, judged));
      const judge = wilson(judged.successes, judged.trials);
      for (const [name, { lower, upper }] of Object.entries({ rogan, ppi, tuned, human, judge })) {
        hits[name as keyof typeof hits] += Number(lower !== null && lower <= rate && rate <= upper!);
      }
      for (const [name, { lower, upper }] of Object.entries({ ppi, tuned, human })) {
        width[name as keyof typeof width] += upper! - lower!;
      }
    }
    const what = JSON.stringify([coded, rest, rate, se, sp, hits]);
    for (const name of ["rogan", "ppi", "tuned", "human"] as const) {
      assert(hits[name] / studies > 0.92 && hits[name] / studies < 0.985, `${name} of ${what}`);
    }
    assert(hits.judge / studies < 0.8, what);
    assert(width.tuned < width.ppi && width.tuned < width.human, what);
  }
});

Deno.test("corrections refuse bad counts with what is wrong and the current value", () => {
  const judged = { successes: 1, trials: 10 };
  for (const correct of CORRECTIONS) {
    assert.throws(() => correct(subsetOf(0, 0, 0, 0), judged), {
      name: "RangeError",
      message: /as coded samples must be >= 1: current value is 0$/,
    });
    assert.throws(() => correct(subsetOf(1, -1, 1, 1), judged), RangeError);
    assert.throws(() => correct(subsetOf(1, 0.5, 1, 1), judged), TypeError);
    assert.throws(() => correct(subsetOf(NaN, 1, 1, 1), judged), TypeError);
    assert.throws(() => correct(subsetOf(1, 1, 1, 1), { successes: 0, trials: 0 }), RangeError);
    assert.throws(() => correct(subsetOf(1, 1, 1, 1), { successes: 3, trials: 2 }), RangeError);
    assert.throws(() => correct(subsetOf(1, 1, 1, 1), judged, 95), RangeError);
  }
});
