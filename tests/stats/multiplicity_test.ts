import assert from "node:assert/strict";
import { benjaminiHochberg } from "$lib/stats/families/benjamini_hochberg.ts";
import { holm } from "$lib/stats/families/holm.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, what: string) =>
  assert(Math.abs(actual - expected) <= 1e-9 * Math.min(1, expected), `${what}: ${actual} is not ${expected}`);

const CORRECTIONS = [["holm", holm], ["bh", benjaminiHochberg]] as const;

/** Families of p-values on a coarse grid, so that ties occur. */
const FAMILIES =
  ((random) =>
    Array.from({ length: 200 }, () => Array.from({ length: 1 + random.below(7) }, () => random.below(21) / 20)))(
      createRandom(4),
    );

for (const [name, adjust] of CORRECTIONS) {
  Deno.test(`${adjust.name}() agrees with R's p.adjust(), order kept`, () => {
    const families = Map.groupBy(readTable("fixtures/families/multiplicity_r.csv"), (row) => row.family);
    assert.equal(families.size, 10);
    for (const [family, rows] of families) {
      const adjusted = adjust(rows.map((row) => Number(row.p)));
      rows.forEach((row, i) => near(adjusted[i], Number(row[name]), `${family}, member ${i}`));
    }
  });

  Deno.test(`${adjust.name}() follows its members when they change places`, () => {
    for (const family of FAMILIES) {
      const order = [...family.keys()].sort((a, b) => (a * 7) % 5 - (b * 7) % 5);
      const moved = adjust(order.map((i) => family[i]));
      assert.deepEqual(moved, order.map((i) => adjust(family)[i]));
    }
  });

  Deno.test(`${adjust.name}() never makes a p-value smaller, keeps their ranks and stays in [0, 1]`, () => {
    for (const family of FAMILIES) {
      const adjusted = adjust(family);
      family.forEach((p, i) => {
        assert(adjusted[i] >= p && adjusted[i] <= 1);
        family.forEach((q, j) => assert(p > q || adjusted[i] <= adjusted[j]));
      });
    }
  });

  Deno.test(`${adjust.name}() changes nothing in a family of one`, () => assert.deepEqual(adjust([0.03]), [0.03]));

  Deno.test(`${adjust.name}() refuses a member without a p-value by its index`, () => {
    for (const bad of [NaN, null, undefined, "0.01"]) {
      assert.throws(() => adjust([0.01, bad as number]), {
        name: "TypeError",
        message: new RegExp(`as the p-value at index 1 must be a number: current value is ${bad}$`),
      });
    }
    // deno-lint-ignore no-sparse-arrays
    assert.throws(() => adjust([0.01, , 0.02] as number[]), /index 1/);
    for (const bad of [-0.01, 1.01, Infinity]) assert.throws(() => adjust([0.01, bad]), RangeError);
    assert.throws(() => adjust([]), {
      name: "RangeError",
      message: /^Cannot compute .* as the number of p-values must be >= 1: current value is 0$/,
    });
    assert.throws(() => adjust(null as unknown as number[]), TypeError);
  });
}

Deno.test("holm() rejects what its step-down rule rejects, and benjaminiHochberg() what its step-up rule does", () => {
  for (const family of FAMILIES) {
    const sorted = family.toSorted((a, b) => a - b);
    for (const level of [0.012, 0.06, 0.11, 0.31, 0.62]) {
      const firstKept = sorted.findIndex((p, i) => p > level / (family.length - i));
      const stepDown = firstKept === -1 ? family.length : firstKept;
      assert.equal(holm(family).filter((p) => p <= level).length, stepDown);
      const stepUp = 1 + sorted.findLastIndex((p, i) => p <= level * (i + 1) / family.length);
      assert.equal(benjaminiHochberg(family).filter((p) => p <= level).length, stepUp);
    }
  }
});
