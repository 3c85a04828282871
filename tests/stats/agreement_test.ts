import assert from "node:assert/strict";
import type { Agreement } from "$lib/stats/raters/agreement.ts";
import { bootstrapInterval } from "$lib/stats/clusters/bootstrap_interval.ts";
import { cohenKappa } from "$lib/stats/raters/cohen_kappa.ts";
import { confusion } from "$lib/stats/raters/confusion.ts";
import { fleissKappa } from "$lib/stats/raters/fleiss_kappa.ts";
import { gwetAc1 } from "$lib/stats/raters/gwet_ac1.ts";
import { krippendorffAlpha } from "$lib/stats/raters/krippendorff_alpha.ts";
import { percentAgreement } from "$lib/stats/raters/percent_agreement.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import type { Category, Ratings } from "$lib/stats/raters/ratings.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number | null, expected: number, what: string) =>
  assert(actual !== null && Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} is not ${expected}`);

type Measure = (ratings: Ratings, weights?: readonly number[]) => Agreement;

const CATEGORIES = [1, 2, 3, 4, 5];
const MEASURES: Record<string, Measure> = {
  percent: percentAgreement,
  cohen: cohenKappa,
  fleiss: fleissKappa,
  ac1: (ratings, weights) => gwetAc1(ratings, CATEGORIES, weights),
  nominal: (ratings, weights) => krippendorffAlpha(ratings, "nominal", weights),
  ordinal: (ratings, weights) => krippendorffAlpha(ratings, "ordinal", weights),
};

/** The sets of ratings in the fixture, by name. */
const SETS = new Map(
  [...Map.groupBy(readTable("fixtures/raters/agreement_ratings.csv"), (row) => row.set)].map(([name, rows]) => {
    const columns = [..."abcdef"].filter((column) => rows.some((row) => row[column] !== ""));
    return [name, rows.map((row) => columns.map((column) => row[column] === "" ? null : Number(row[column])))];
  }),
);

/** Each set with each measure that takes it. */
const CASES = [...SETS].flatMap(([set, ratings]) =>
  Object.entries(MEASURES)
    .filter(([name]) => name !== "cohen" || ratings[0].length === 2)
    .map(([name, measure]) => ({ what: `${name} of ${set}`, ratings, measure, name }))
);

Deno.test("agreement is that of irrCAC, krippendorff, statsmodels and scikit-learn", () => {
  const rows = readTable("fixtures/raters/agreement_python.csv");
  assert.equal(rows.length, 90);
  for (const { set, measure, software, value, labelers } of rows) {
    const ratings = SETS.get(set)!;
    assert.equal(ratings[0].length, Number(labelers));
    near(MEASURES[measure](ratings).estimate, Number(value), `${measure} of ${set} by ${software}`);
  }
});

Deno.test("agreement gives published values of Cohen, Fleiss, Krippendorff, and Feinstein & Cicchetti", () => {
  // Cohen (1960), table 1: three diagnoses, kappa .492.
  const pairs = [1, 2, 3].flatMap((a) => [1, 2, 3].map((b) => [a, b]));
  const cohen1960 = [88, 14, 18, 10, 40, 10, 2, 6, 12];
  assert.equal(cohenKappa(pairs, cohen1960).estimate?.toFixed(3), "0.492");
  assert.equal(fleissKappa(SETS.get("diagnoses")!).estimate?.toFixed(7), "0.4302445");
  const example = SETS.get("krippendorff")!;
  assert.equal(krippendorffAlpha(example, "nominal").estimate?.toFixed(3), "0.743");
  assert.equal(krippendorffAlpha(example, "ordinal").estimate?.toFixed(3), "0.815");
  // Feinstein & Cicchetti (1990): the same 85 % agreement, kappa .70 and .32.
  const yesNo = [["yes", "yes"], ["yes", "no"], ["no", "yes"], ["no", "no"]];
  assert.equal(cohenKappa(yesNo, [40, 9, 6, 45]).estimate?.toFixed(2), "0.70");
  assert.equal(cohenKappa(yesNo, [80, 10, 5, 5]).estimate?.toFixed(2), "0.32");
  assert.equal(gwetAc1(yesNo, ["yes", "no"], [80, 10, 5, 5]).estimate?.toFixed(2), "0.81");
});

Deno.test("agreement does not depend on the order of items or labelers, nor on the names of nominal categories", () => {
  for (const { what, ratings, measure, name } of CASES) {
    const { estimate } = measure(ratings);
    near(measure(ratings.toReversed()).estimate, estimate!, `${what}, items reversed`);
    near(measure(ratings.map((row) => row.toReversed())).estimate, estimate!, `${what}, labelers reversed`);
    const turned = ratings.map((row) => row.map((cell) => cell === null ? null : 6 - cell));
    near(measure(turned).estimate, estimate!, `${what}, categories in reverse`);
    if (name === "ordinal" || name === "ac1") continue;
    const named = ratings.map((row) => row.map((cell) => cell === null ? null : "dbeca"[cell - 1]));
    near(measure(named).estimate, estimate!, `${what}, categories named`);
  }
});

Deno.test("agreement counts a row of weight 3 as three items, and one of weight 0 or of no label not at all", () => {
  for (const { what, ratings, measure } of CASES) {
    const weights = ratings.map((_, item) => item % 4);
    const written = ratings.flatMap((row, item) => new Array(weights[item]).fill(row));
    if (written.length === 0) continue;
    const [weighted, plain] = [measure(ratings, weights), measure(written)];
    assert.equal(weighted.items, plain.items);
    if (plain.estimate === null) assert.equal(weighted.estimate, null);
    else near(weighted.estimate, plain.estimate, what);
    const empty = ratings[0].map(() => null);
    near(measure([...ratings, empty]).estimate, measure(ratings).estimate!, `${what}, an item without labels`);
  }
});

Deno.test("agreement is at most 1, and 1 exactly where all labels of each item are the same", () => {
  for (const { what, ratings, measure } of CASES) {
    const { estimate } = measure(ratings);
    const same = ratings.every((row) => new Set(row.filter((cell) => cell !== null)).size <= 1);
    assert(estimate! <= 1 && (estimate === 1) === same, `${what}: ${estimate}`);
  }
});

Deno.test("agreement measures are what averages over pairs of labels say, by brute force", () => {
  for (const [set, ratings] of SETS) {
    // Krippendorff's nominal alpha: disagreement within items over disagreement between any two labels.
    const labels = ratings.map((row) => row.filter((cell) => cell !== null)).filter((row) => row.length > 1);
    const all = labels.flat();
    let [within, between] = [0, 0];
    for (const row of labels) {
      for (const [i, a] of row.entries()) {
        for (const [j, b] of row.entries()) if (i !== j && a !== b) within += 1 / (row.length - 1);
      }
    }
    for (const a of all) for (const b of all) if (a !== b) between += 1;
    near(
      MEASURES.nominal(ratings).estimate,
      1 - within / all.length / (between / all.length / (all.length - 1)),
      `alpha of ${set}`,
    );
    const shares = labels.map((row) => {
      const pairs = row.flatMap((a, i) => row.filter((_, j) => j !== i).map((b) => Number(a === b)));
      return pairs.reduce((sum, agreed) => sum + agreed, 0) / pairs.length;
    });
    near(
      MEASURES.percent(ratings).estimate,
      shares.reduce((sum, share) => sum + share, 0) / shares.length,
      `percent of ${set}`,
    );
  }
});

Deno.test("agreement beyond chance is undefined with one category only: null with the reason, neither 0 nor 1", () => {
  const one = Array.from({ length: 20 }, () => [2, 2]);
  for (const name of ["cohen", "fleiss", "nominal", "ordinal"]) {
    const { estimate, reason, items } = MEASURES[name](one);
    assert.equal(estimate, null);
    assert.match(reason!, /one category/);
    assert.equal(items, 20);
    // An item that only one labelled adds nothing to see agreement by.
    assert.equal(MEASURES[name]([...one, [1, null]]).estimate, null);
  }
  assert.equal(percentAgreement(one).estimate, 1);
  assert.equal(gwetAc1(one, CATEGORIES).estimate, 1); // defined, as another category could have been chosen
});

Deno.test("agreement is undefined where no item has two labels, never perfect and never none", () => {
  const apart = [[1, null], [null, 2], [null, null]];
  for (const [name, measure] of Object.entries(MEASURES)) {
    const { estimate, reason, items } = measure(apart);
    assert.deepEqual([estimate, reason, items], [null, "no item has labels of two labelers", 0], name);
  }
});

Deno.test("confusion() counts every item once, and turns when the labelers swap", () => {
  const ratings = SETS.get("two_missing")!;
  const table = confusion(ratings);
  const inside = table.counts.flat().reduce((sum, count) => sum + count, 0);
  assert.equal(inside + table.onlyFirst + table.onlySecond + table.neither, ratings.length);
  const turned = confusion(ratings.map((row) => row.toReversed()));
  assert.deepEqual(turned.counts, table.counts.map((_, i) => table.counts.map((row) => row[i])));
  assert.deepEqual([turned.onlyFirst, turned.onlySecond], [table.onlySecond, table.onlyFirst]);
  for (const [i, a] of table.categories.entries()) {
    for (const [j, b] of table.categories.entries()) {
      assert.equal(table.counts[i][j], ratings.filter(([first, second]) => first === a && second === b).length);
    }
  }
  assert.deepEqual(confusion([["b", 2], [10, "a"]]).categories, [2, 10, "a", "b"]);
});

Deno.test("bootstrapInterval() comes to the ends of SciPy's BCa, up to the draws", () => {
  const rows = readTable("fixtures/raters/agreement_bootstrap.csv");
  assert.equal(rows.length, 3);
  for (const { set, measure, level, lower, upper } of rows) {
    const interval = bootstrapInterval(SETS.get(set)!, measure === "kappa" ? cohenKappa : percentAgreement, {
      seed: 3,
      replicates: 20_000,
      level: Number(level),
    });
    const width = Number(upper) - Number(lower);
    for (const [ours, theirs] of [[interval.lower, lower], [interval.upper, upper]]) {
      assert(Math.abs(Number(ours) - Number(theirs)) < 0.05 * width, `${measure} of ${set}: ${ours}, ${theirs}`);
    }
  }
});

Deno.test("bootstrapInterval() covers the true kappa of simulated labelers", () => {
  const random = createRandom(12);
  // Both see the truth (30 % of it "1") with probability 0.8, else guess with these shares: kappa is 0.8² = 0.64.
  const guess = () => Number(random.uniform() < 0.3);
  let [covered, given] = [0, 0];
  for (let study = 0; study < 400; study++) {
    const ratings = Array.from({ length: 80 }, () => {
      const truth = guess();
      return [0, 1].map(() => random.uniform() < 0.8 ? truth : guess());
    });
    const { lower, upper } = bootstrapInterval(ratings, cohenKappa, { seed: study, replicates: 400 });
    given += Number(lower !== null);
    covered += Number(lower! <= 0.64 && 0.64 <= upper!);
  }
  assert.equal(given, 400);
  assert(covered / 400 > 0.91 && covered / 400 < 0.98, `${covered / 400} of the intervals hold 0.64`);
});

Deno.test("bootstrapInterval() repeats a seed, holds the estimate and widens with the level", () => {
  for (const set of ["two", "four_missing", "three", "rare"]) {
    for (const [name, measure] of Object.entries(MEASURES)) {
      const ratings = SETS.get(set)!;
      if (name === "cohen" && ratings[0].length !== 2) continue;
      const at = (level: number) => bootstrapInterval(ratings, measure, { seed: 9, replicates: 500, level });
      const [narrow, wide] = [at(0.8), at(0.95)];
      assert.deepEqual(at(0.8), narrow);
      assert(wide.lower! <= narrow.lower! && narrow.lower! <= narrow.estimate!, `${name} of ${set}`);
      assert(
        narrow.estimate! <= narrow.upper! && narrow.upper! <= wide.upper! && wide.upper! <= 1,
        `${name} of ${set}`,
      );
    }
  }
});

Deno.test("bootstrapInterval() gives no interval where resampling cannot show one, and says why", () => {
  const reason = (ratings: Ratings, measure: Measure = cohenKappa) => {
    const interval = bootstrapInterval(ratings, measure, { seed: 1, replicates: 1000 });
    assert.deepEqual([interval.lower, interval.upper], [null, null]);
    return interval.reason;
  };
  const item = (row: Category[], times: number): Category[][] => Array.from({ length: times }, () => row);
  assert.equal(reason([...item([0, 0], 30), ...item([1, 1], 30)]), "the same in every replicate"); // perfect is not ±0
  assert.match(reason(item([0, 0], 60))!, /one category/);
  assert.equal(reason([...item([0, 0], 100), ...item([1, 1], 1)]), "undefined in too many replicates");
  assert.equal(reason(item([0, 1], 9), percentAgreement), "fewer than 10 items");
});

Deno.test("agreement refuses malformed ratings with what is wrong and the current value", () => {
  for (const [name, measure] of Object.entries(MEASURES)) {
    assert.throws(() => measure([]), {
      name: "RangeError",
      message: /number of items must be >= 1: current value is 0$/,
    });
    assert.throws(() => measure([[1], [2]]), RangeError, name);
    assert.throws(() => measure([[1, 2], [1]]), TypeError);
    assert.throws(() => measure([[1, NaN]]), TypeError);
    assert.throws(() => measure([[1, undefined as unknown as null]]), TypeError);
    assert.throws(() => measure(null as unknown as Ratings), TypeError);
    assert.throws(() => measure([[1, 2]], [1, 1]), TypeError);
    assert.throws(() => measure([[1, 2]], [0.5]), TypeError);
    assert.throws(() => measure([[1, 2]], [-1]), RangeError);
  }
  assert.throws(() => cohenKappa([[1, 2, 3]]), {
    name: "RangeError",
    message: "Cannot compute Cohen's kappa as the number of labelers must be 2: current value is 3",
  });
  assert.throws(() => krippendorffAlpha([["low", "high"]], "ordinal"), TypeError);
  assert.throws(() => krippendorffAlpha([[1, 2]], "interval" as "ordinal"), TypeError);
  assert.throws(() => gwetAc1([[1, 2]], [1]), RangeError);
  assert.throws(() => gwetAc1([[1, 9]], CATEGORIES), {
    name: "RangeError",
    message: "Cannot compute Gwet's AC1 as labels must be one of 1, 2, 3, 4, 5: current value is 9",
  });
  const two = SETS.get("two")!;
  assert.throws(() => bootstrapInterval(two, cohenKappa, { seed: -1 }), RangeError);
  assert.throws(() => bootstrapInterval(two, cohenKappa, { seed: 1, replicates: 0 }), RangeError);
  assert.throws(() => bootstrapInterval(two, cohenKappa, { seed: 1, level: 95 }), RangeError);
  assert.throws(() => bootstrapInterval([], cohenKappa, { seed: 1 }), RangeError);
});
