import assert from "node:assert/strict";
import type { Interval } from "$lib/stats/numbers/interval.ts";
import { missingContrastBounds, type PartlyScored } from "$lib/stats/two_rates/missing_contrast_bounds.ts";
import { newcombe, type Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { tippingLine } from "$lib/stats/two_rates/tipping_line.ts";
import { tippingPoint } from "$lib/stats/two_rates/tipping_point.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";

const side = ({ lower, upper }: Interval, reference: number) =>
  lower > reference ? "above" : upper < reference ? "below" : "undecided";

/** Every way to fill in the missing: 0, 1, … of them successes. */
const fillings = ({ successes, scored, missing }: PartlyScored): Proportion[] =>
  Array.from({ length: missing + 1 }, (_, yes) => ({ successes: successes + yes, trials: scored + missing }));

/** Arms of all shapes, drawn with a seed. */
const ARMS = ((random) =>
  Array.from({ length: 120 }, (): PartlyScored => {
    const scored = 1 + random.below(40);
    return { successes: random.below(scored + 1), scored, missing: random.below(12) };
  }))(createRandom(42));

Deno.test("missingContrastBounds() are the extremes over every way to fill in both arms", () => {
  for (let i = 1; i < ARMS.length; i++) {
    const differences = fillings(ARMS[i]).flatMap((a) =>
      fillings(ARMS[i - 1]).map((b) => a.successes / a.trials - b.successes / b.trials)
    );
    const bounds = missingContrastBounds(ARMS[i], ARMS[i - 1]);
    assert.deepEqual(bounds, { lower: Math.min(...differences), upper: Math.max(...differences) });
    const back = missingContrastBounds(ARMS[i - 1], ARMS[i]);
    assert.deepEqual([back.lower, back.upper], [0 - bounds.upper, 0 - bounds.lower]);
  }
});

Deno.test("missingContrastBounds() are the difference with nothing missing, and anything with nothing known", () => {
  const [some, none] = [{ successes: 3, scored: 4, missing: 0 }, { successes: 0, scored: 0, missing: 0 }];
  assert.deepEqual(missingContrastBounds(some, { ...some, successes: 1 }), { lower: 0.5, upper: 0.5 });
  assert.deepEqual(missingContrastBounds(none, none), { lower: -1, upper: 1 });
  assert.deepEqual(missingContrastBounds(some, { ...none, missing: 7 }), { lower: -0.25, upper: 0.75 });
});

Deno.test("tippingPoint() holds exactly the fillings with the conclusion of the scored, by trying all", () => {
  const seen = new Set<string>();
  for (const arm of ARMS) {
    for (const reference of [0, 0.05, 0.3, 0.5, 1]) {
      const { conclusion, holds, robust } = tippingPoint(arm, reference);
      assert.equal(conclusion, side(wilson(arm.successes, arm.scored), reference));
      const kept = fillings(arm).flatMap(({ successes, trials }, yes) =>
        side(wilson(successes, trials), reference) === conclusion ? [yes] : []
      );
      const expected = kept.length === 0 ? null : { from: kept[0], to: kept[kept.length - 1] };
      assert.deepEqual(holds, expected);
      assert.equal(kept.length, holds ? holds.to - holds.from + 1 : 0, "no gap within the run");
      assert.equal(robust, kept.length === arm.missing + 1);
      seen.add(`${conclusion} ${robust} ${holds === null}`);
    }
  }
  // Each conclusion, robust and not.
  assert(seen.size >= 6, [...seen].join(", "));
});

Deno.test("tippingPoint() says when no number of missing verdicts would change the conclusion", () => {
  const { conclusion, robust } = tippingPoint({ successes: 0, scored: 400, missing: 8 }, 0.05);
  assert.deepEqual([conclusion, robust], ["below", true]);
  assert.equal(tippingPoint({ successes: 5, scored: 20, missing: 0 }, 0.05).robust, true);
});

Deno.test("tippingLine() holds exactly the fillings with the conclusion of the scored, by the whole grid", () => {
  const seen = new Set<string>();
  for (let i = 1; i < ARMS.length; i++) {
    for (const [first, second] of [[ARMS[i], ARMS[i - 1]], [ARMS[i - 1], ARMS[i]]]) {
      for (const reference of [0, -0.2, 0.1]) {
        const { conclusion, line, robust } = tippingLine(first, second, reference);
        const scored = [first, second].map(({ successes, scored }) => ({ successes, trials: scored }));
        assert.equal(conclusion, side(newcombe(scored[0], scored[1]), reference));
        const expected = fillings(first).map((a) => {
          const kept = fillings(second).flatMap((b, yes) =>
            side(newcombe(a, b), reference) === conclusion ? [yes] : []
          );
          kept.forEach((yes, j) => assert.equal(yes, kept[0] + j, "no gap within a run"));
          return kept.length === 0 ? null : { from: kept[0], to: kept[kept.length - 1] };
        });
        assert.deepEqual(line, expected);
        assert.equal(robust, expected.every((run) => run?.from === 0 && run.to === second.missing));
        seen.add(`${conclusion} ${robust} ${line.includes(null)}`);
      }
    }
  }
  assert.equal(seen.size, 9, [...seen].join(", ")); // each conclusion: robust, falling, and with no filling at some x
});

Deno.test("tippingLine() of the arms swapped tells of the same fillings", () => {
  for (let i = 1; i < ARMS.length; i++) {
    const there = tippingLine(ARMS[i], ARMS[i - 1]);
    const back = tippingLine(ARMS[i - 1], ARMS[i]);
    assert.equal(there.robust, back.robust);
    for (let x = 0; x <= ARMS[i].missing; x++) {
      for (let y = 0; y <= ARMS[i - 1].missing; y++) {
        const [a, b] = [there.line[x], back.line[y]];
        assert.equal(!!a && a.from <= y && y <= a.to, !!b && b.from <= x && x <= b.to);
      }
    }
  }
});

Deno.test("tippingLine() asks for the sum of the missing, not for their product", () => {
  let asked = 0;
  const counted = (a: Proportion, b: Proportion) => (asked++, newcombe(a, b));
  tippingLine(
    { successes: 300, scored: 700, missing: 300 },
    { successes: 200, scored: 700, missing: 300 },
    0,
    counted,
  );
  assert(asked <= 3 * (301 + 301), `${asked} intervals for 301 × 301 fillings`);
});

Deno.test("tipping points and bounds refuse bad counts, an arm with nothing scored, and a reference of NaN", () => {
  const arm = { successes: 1, scored: 2, missing: 1 };
  for (const bad of [{ successes: 3 }, { successes: -1 }, { missing: -1 }, { missing: 0.5 }, { scored: NaN }]) {
    assert.throws(() => missingContrastBounds(arm, { ...arm, ...bad }), RangeError);
    assert.throws(() => tippingLine(arm, { ...arm, ...bad }), RangeError);
    assert.throws(() => tippingPoint({ ...arm, ...bad }, 0.05), RangeError);
  }
  assert.throws(() => tippingPoint({ successes: 0, scored: 0, missing: 5 }, 0.05), {
    name: "RangeError",
    message: "Cannot compute a Wilson interval as trials must be >= 1: current value is 0",
  });
  assert.throws(() => tippingLine(arm, { successes: 0, scored: 0, missing: 5 }), RangeError);
  assert.throws(() => tippingPoint(arm, NaN), {
    name: "TypeError",
    message: "Cannot look for a tipping point as the reference must be a finite number: current value is NaN",
  });
  assert.throws(() => tippingLine(arm, arm, Infinity), TypeError);
});
