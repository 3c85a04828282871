import assert from "node:assert/strict";
import {
  chanceAbove,
  fitHierarchy,
  type Hierarchy,
  newUnitRate,
  unitChancesAbove,
  unitRates,
} from "$lib/stats/hierarchy/hierarchy.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { createStudies, equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";
import { criticalValue } from "$lib/stats/numbers/critical_value.ts";
import { expectedWidth } from "$lib/stats/hierarchy/expected_width.ts";
import { logRising } from "$lib/stats/hierarchy/log_rising.ts";
import type { Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { unitRanks } from "$lib/stats/hierarchy/unit_ranks.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, what: string, within = 1e-6) =>
  assert(Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

const parse = (text: string): Proportion[] =>
  text.split(" ").map((pair) => {
    const [successes, trials] = pair.split("/").map(Number);
    return { successes, trials };
  });

const SPREAD = parse("2/10 9/10 0/10 5/10 1/10 10/10 3/10");

Deno.test("the hierarchy agrees with an independent integration by SciPy to 1e-6", () => {
  const rows = readTable("fixtures/hierarchy/hierarchy_scipy.csv");
  assert.equal(rows.length, 8);
  for (const row of rows) {
    const fit = fitHierarchy(parse(row.units));
    const [next, first] = [newUnitRate(fit), unitRates({ ...fit, units: fit.units.slice(0, 1) })[0]];
    const found = {
      mean: fit.mean.estimate,
      mean_lower: fit.mean.lower,
      mean_upper: fit.mean.upper,
      between: fit.betweenShare.estimate,
      between_lower: fit.betweenShare.lower,
      between_upper: fit.betweenShare.upper,
      new_lower: next.lower,
      new_upper: next.upper,
      above: chanceAbove(fit, 0.05),
      first: first.estimate,
      first_lower: first.lower,
      first_upper: first.upper,
      standard_error: expectedWidth(fit, 30, 20) / (2 * criticalValue(0.95)),
    };
    const atTheEnd = (end: number) => end < 1e-3 ? 0 : end > 1 - 1e-3 ? 1 : end; // as newUnitRate() says
    for (const [name, value] of Object.entries(found)) {
      const expected = Number(row[name]);
      near(value, name.startsWith("new_") ? atTheEnd(expected) : expected, `${row.case}, ${name}`);
    }
    assert.equal(next.estimate.toFixed(9), fit.mean.estimate.toFixed(9));
  }
});

Deno.test("the hierarchy agrees with NumPyro's draws within their error, ranks too", () => {
  const rows = readTable("fixtures/hierarchy/hierarchy_numpyro.csv");
  assert(rows.length > 100);
  for (const name of new Set(rows.map((row) => row.case))) {
    const own = rows.filter((row) => row.case === name);
    const fit = fitHierarchy(parse(own[0].units));
    const [rates, ranks] = [unitRates(fit), unitRanks(fit)];
    for (const { quantity, unit, value } of own) {
      const what = `${name}, ${quantity} ${unit}`;
      const i = Number(unit);
      if (quantity === "mean") near(fit.mean.estimate, Number(value), what, 0.004);
      else if (quantity === "between") near(fit.betweenShare.estimate, Number(value), what, 0.006);
      else if (quantity === "rate") near(rates[i].estimate, Number(value), what, 0.004);
      else if (quantity === "rank") near(ranks[i].estimate, Number(value), what, 0.05);
      else {
        const most = Number(quantity.replace("rank_at_most_", ""));
        near(ranks[i].chances.slice(0, most).reduce((a, b) => a + b, 0), Number(value), what, 0.015);
      }
    }
  }
});

Deno.test("yes and no are treated alike, and the order of units does not matter", () => {
  const swap = ({ successes, trials }: Proportion) => ({ successes: trials - successes, trials });
  const [fit, mirror] = [fitHierarchy(SPREAD), fitHierarchy(SPREAD.map(swap))];
  const turned = fitHierarchy([...SPREAD].reverse());
  const ends = (one: Hierarchy) => [one.mean, newUnitRate(one), ...unitRates(one)];
  const mirrored = ends(mirror);
  for (const [i, { estimate, lower, upper }] of ends(fit).entries()) {
    const other = mirrored[i];
    near(1 - other.estimate, estimate, "estimate");
    near(1 - other.upper, lower, "lower");
    near(1 - other.lower, upper, "upper");
  }
  near(mirror.betweenShare.lower, fit.betweenShare.lower, "share");
  near(1 - chanceAbove(mirror, 0.9), chanceAbove(fit, 0.1), "chance");
  near(turned.mean.upper, fit.mean.upper, "turned mean", 1e-10);
  const [rates, ranks] = [unitRates(fit), unitRanks(fit)];
  for (const [i, { estimate }] of unitRates(turned).reverse().entries()) {
    near(estimate, rates[i].estimate, "turned", 1e-10);
  }
  for (const [i, { estimate }] of unitRanks(mirror).entries()) {
    near(SPREAD.length + 1 - estimate, ranks[i].estimate, "mirrored rank", 0.01);
  }
});

Deno.test("two units of one sample each come out as summed by hand", () => {
  // Yes and no: m(1 − m)(1 − r). The prior means of m(1 − m) and 1 − r are independent: m is Beta(3/2, 3/2), r Beta(1, 2).
  const parted = fitHierarchy(parse("1/1 0/1"));
  near(parted.mean.estimate, 1 / 2, "mean");
  near(parted.betweenShare.estimate, 1 / 2, "units of one sample say nothing of r");
  // No and no, of two samples in one unit and one in another: (1 − m)(1 − m(1 − r)) (1 − m), by hand for E[r].
  // E over Beta(1/2, 1/2): m⁰ 1, m 1/2, m² 3/8, m³ 5/16; so (1 − m)² has 3/8 and m(1 − m)² has 1/16.
  const never = fitHierarchy(parse("0/2 0/1"));
  near(never.betweenShare.estimate, (3 / 16 - 1 / 16 * (1 / 6)) / (3 / 8 - 1 / 16 * (1 / 2)), "share");
});

Deno.test("ranks of a tiny league add up, ties share a rank, and a clear order is clear", () => {
  const ranks = unitRanks(fitHierarchy(parse("90/100 50/100 50/100 2/100")));
  near(ranks.reduce((sum, { estimate }) => sum + estimate, 0), 10, "sum of ranks", 0.01);
  near(ranks[1].estimate, 2.5, "a tie", 0.01);
  assert.deepEqual(ranks.map(({ lower, upper }) => `${lower}-${upper}`), ["1-1", "2-3", "2-3", "4-4"]);
});

Deno.test("more prompts narrow the mean to a point, and the next prompt not beyond how far prompts differ", () => {
  const often = (times: number) => fitHierarchy(new Array(times).fill(SPREAD).flat());
  const [few, many] = [often(1), often(20)];
  assert(many.mean.upper - many.mean.lower < 0.35 * (few.mean.upper - few.mean.lower));
  const next = newUnitRate(many);
  assert(next.lower < 0.01 && next.upper > 0.98, `${next.lower} ${next.upper}`);
  assert(expectedWidth(few, 7, 1000) > 0.9 * expectedWidth(few, 7, 10));
});

Deno.test("the expected width is that of studies drawn, within a tenth", () => {
  // Counts of a large study leave mean 0.3 and correlation 0.2 nearly known.
  const draw = (units: number, samples: number, seed: number) =>
    createStudies({ sizes: equalSizes(units * samples, units), rate: 0.3, correlation: 0.2 }, createRandom(seed));
  const known = fitHierarchy(draw(400, 20, 1)());
  for (const [units, samples] of [[40, 5], [40, 20]]) {
    const study = draw(units, samples, 2);
    let width = 0;
    for (let i = 0; i < 20; i++) {
      const { mean } = fitHierarchy(study());
      width += (mean.upper - mean.lower) / 20;
    }
    near(expectedWidth(known, units, samples) / width, 1, `${units} of ${samples}`, 0.1);
  }
});

Deno.test("the interval of the next prompt holds its rate in 95 % of studies drawn from the prior", () => {
  // For studies from the prior itself the probability is exact.
  const random = createRandom(5);
  let [covered, studies, above] = [0, 200, 0];
  for (let study = 0; study < studies; study++) {
    const rate = Math.sin(random.uniform() * Math.PI / 2) ** 2;
    const correlation = 0.02 + 0.96 * random.uniform();
    // The next unit's rate, seen through very many samples.
    const counts = createStudies({ sizes: [...new Array(12).fill(8), 5000], rate, correlation }, random)();
    const { lower, upper } = newUnitRate(fitHierarchy(counts.slice(0, 12)));
    const next = counts[12].successes / 5000;
    if (lower - 1e-3 <= next && next <= upper + 1e-3) covered++;
    if (next > upper + 1e-3) above++;
  }
  assert(covered / studies > 0.9 && covered / studies < 0.995, `${covered / studies}`);
  assert(above < 0.06 * studies, `${above}`);
});

Deno.test("chances of units to lie above a line follow their counts", () => {
  const chances = unitChancesAbove(fitHierarchy(SPREAD), 0.25);
  assert(chances[5] > chances[1] && chances[1] > chances[3] && chances[3] > chances[0] && chances[0] > chances[2]);
  assert.equal(chanceAbove(fitHierarchy(SPREAD), 1), 0);
  assert.equal(chanceAbove(fitHierarchy(SPREAD), 0), 1);
});

Deno.test("what cannot be told of another unit is refused", () => {
  assert.throws(() => fitHierarchy([{ successes: 3, trials: 10 }]), {
    name: "RangeError",
    message: "Cannot compute a rate for another unit as units must be >= 2: current value is 1",
  });
  assert.throws(() => fitHierarchy(SPREAD, 1), RangeError);
  assert.throws(() => fitHierarchy([{ successes: 3, trials: 2 }, { successes: 0, trials: 1 }]), RangeError);
  assert.throws(() => chanceAbove(fitHierarchy(SPREAD), 5), {
    message: "Cannot compute a chance as the line must be between 0 and 1: current value is 5",
  });
  assert.throws(() => expectedWidth(fitHierarchy(SPREAD), 0, 10), RangeError);
});

Deno.test("rising factorials are right for small and large numbers", () => {
  for (const [from, factors] of [[0.3, 100], [1e-9, 50], [40, 33], [3, 1000]]) {
    let sum = 0;
    for (let j = 0; j < factors; j++) sum += Math.log(from + j);
    near(logRising(from, factors) / sum, 1, `${from}, ${factors}`, 1e-13);
  }
  near(logRising(1e12, 1000) - 1000 * Math.log(1e12), 1000 * 999 / 2e12, "a large one", 1e-10);
});
