import assert from "node:assert/strict";
import { bettingEnds, guaranteedInterval } from "$lib/stats/clusters/guaranteed_interval.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { createStudies, equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";
import { readTable } from "../../support/read_table.ts";

const near = (actual: number, expected: number, what: string, within = 1e-9) =>
  assert(Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

function ordersOf(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, i) =>
    ordersOf([...values.slice(0, i), ...values.slice(i + 1)]).map((rest) => [value, ...rest])
  );
}

Deno.test("the betting interval is that of an implementation in Python, over one order and over all of a few", () => {
  const rows = readTable("fixtures/clusters/betting.csv");
  assert.equal(rows.length, 14);
  for (const row of rows) {
    const values = row.values.split(" ").map(Number);
    const ends = bettingEnds(values.length <= 6 ? ordersOf(values) : [values], Number(row.level));
    near(ends.lower, Number(row.lower), `${row.case}, lower`);
    near(ends.upper, Number(row.upper), `${row.case}, upper`);
  }
});

Deno.test("averaged over 200 orders the guaranteed interval comes near the average over all", () => {
  const clusters = [0, 9, 1, 5, 10, 2].map((successes) => ({ successes, trials: 10 }));
  const { lower, upper } = guaranteedInterval(clusters);
  const all = bettingEnds(ordersOf([0, 0.9, 0.1, 0.5, 1, 0.2]), 0.95);
  near(lower, all.lower, "lower", 0.005);
  near(upper, all.upper, "upper", 0.005);
});

Deno.test("the guaranteed interval treats yes and no alike, holds its estimate and has no order of clusters", () => {
  const draw = createStudies({ sizes: equalSizes(400, 20), rate: 0.1, correlation: 0.4 }, createRandom(2));
  for (let study = 0; study < 20; study++) {
    const clusters = draw();
    const one = guaranteedInterval(clusters);
    assert(0 <= one.lower && one.lower <= one.estimate && one.estimate <= one.upper && one.upper <= 1);
    assert.deepEqual(guaranteedInterval([...clusters].reverse()), one);
    const other = guaranteedInterval(
      clusters.map(({ successes, trials }) => ({ successes: trials - successes, trials })),
    );
    near(1 - other.upper, one.lower, "mirrored", 0.01); // other orders are drawn
    const wide = guaranteedInterval(clusters, 0.99);
    assert(wide.lower <= one.lower && one.upper <= wide.upper);
  }
});

Deno.test("without an event 30 prompts reach to 15 % and 100 to 5 %, however many samples each has", () => {
  const never = (count: number, trials: number) =>
    guaranteedInterval(Array.from({ length: count }, () => ({ successes: 0, trials }))).upper;
  near(never(30, 100), 0.1485, "30 prompts", 5e-5);
  near(never(100, 5), 0.0479, "100 prompts", 5e-5);
  assert.equal(never(30, 1), never(30, 100));
});

Deno.test("counts and levels out of range are refused", () => {
  assert.throws(() => guaranteedInterval([]), RangeError);
  assert.throws(() => guaranteedInterval([{ successes: 3, trials: 2 }]), RangeError);
  assert.throws(() => guaranteedInterval([{ successes: 1, trials: 2 }], 0), RangeError);
});
