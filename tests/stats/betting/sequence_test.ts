/** Confidence sequences: another implementation, what must hold of any, and coverage over the whole path. */
import assert from "node:assert/strict";
import { bettingLooks, confidenceSequence } from "$lib/stats/clusters/confidence_sequence.ts";
import { effectiveWilson } from "$lib/stats/clusters/effective_wilson.ts";
import { createStudies, rateOf } from "$lib/stats/coverage/simulated_clusters.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { pairedSequence } from "$lib/stats/pairs/paired_sequence.ts";
import { readTable } from "../../support/read_table.ts";

const near = (actual: number, expected: number, what: string) =>
  assert(Math.abs(actual - expected) <= 1e-9, `${what}: ${actual} is not ${expected}`);

Deno.test("the confidence sequence is that of an implementation in Python, after any number of values", () => {
  const rows = readTable("fixtures/clusters/sequence.csv");
  assert.equal(rows.length, 82);
  for (const { case: name, values, level, seen, lower, upper, p_half } of rows) {
    const look = bettingLooks(values.split(" ").map(Number), Number(level), 1 / 2).at(-1)!;
    const what = `${name}, ${level}, after ${seen}`;
    near(look.lower, Number(lower), `${what}, lower`);
    near(look.upper, Number(upper), `${what}, upper`);
    near(look.pValue, Number(p_half), `${what}, p`);
  }
});

Deno.test("a later look is never wider, does not change an earlier one and mirrors", () => {
  const draw = createStudies({ sizes: Array(40).fill(10), rate: 0.2, correlation: 0.3 }, createRandom(5));
  for (let study = 0; study < 10; study++) {
    const clusters = draw();
    const looks = confidenceSequence(clusters);
    const half = confidenceSequence(clusters.slice(0, 20));
    assert.deepEqual(looks.slice(0, 20), half);
    for (let at = 1; at < looks.length; at++) {
      assert(looks[at].lower >= looks[at - 1].lower && looks[at].upper <= looks[at - 1].upper);
    }
    const other = confidenceSequence(
      clusters.map(({ successes, trials }) => ({ successes: trials - successes, trials })),
    );
    near(1 - other[39].upper, looks[39].lower, "mirrored");
  }
});

/** Prompts of which a few fire and the rest hardly do, prompts that are alike, and anything between. */
const DESIGNS = [
  { sizes: Array(60).fill(10), rate: 0.1, correlation: 0.3 },
  { sizes: Array(60).fill(5), rate: 0.5, correlation: 0.1 },
  { sizes: Array(60).fill(20), kinds: [{ share: 0.05, rate: 0.9 }, { share: 0.95, rate: 0.003 }] },
];

Deno.test("looked at after every prompt the sequence holds the true rate in 95 % of studies; an interval for a fixed number does not", () => {
  for (const [at, design] of DESIGNS.entries()) {
    const draw = createStudies(design, createRandom(100 + at));
    const truth = rateOf(design);
    const studies = 400;
    let [held, fixedHeld] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const clusters = draw();
      const { lower, upper } = confidenceSequence(clusters).at(-1)!; // an end never goes back: all looks at once
      if (lower <= truth && truth <= upper) held++;
      const isHeld = clusters.every((_, last) => {
        if (last < 9) return true;
        const { lower, upper } = effectiveWilson(clusters.slice(0, last + 1));
        return lower <= truth && truth <= upper;
      });
      if (isHeld) fixedHeld++;
    }
    assert(held / studies >= 0.95, `design ${at}: ${held} of ${studies}`);
    assert(fixedHeld / studies < 0.9, `design ${at}: fixed ${fixedHeld} of ${studies}`);
  }
});

Deno.test("without a difference, looking after each pair finds one in at most 5 % of studies, and its p-value says the same", () => {
  const draw = createStudies({ sizes: Array(60).fill(6), rate: 0.3, correlation: 0.1 }, createRandom(9));
  let found = 0;
  for (let study = 0; study < 600; study++) {
    const [first, second] = [draw(), draw()];
    const looks = pairedSequence(first.map((one, at) => ({ first: one, second: second[at] })));
    const { lower, upper, pValue } = looks.at(-1)!;
    const isFound = lower > 0 || upper < 0;
    assert.equal(isFound, pValue < 0.05, `${lower} ${upper} ${pValue}`);
    if (isFound) found++;
  }
  assert(found <= 30, `${found} of 600`);
});

Deno.test("no pairs, a level out of range and counts that are none are refused", () => {
  const one = { successes: 1, trials: 2 };
  assert.throws(() => pairedSequence([]), RangeError);
  assert.throws(() => confidenceSequence([one], 1), RangeError);
  assert.throws(() => confidenceSequence([{ successes: 3, trials: 2 }]), RangeError);
});
