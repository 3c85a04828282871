import assert from "node:assert/strict";
import { binomial } from "$lib/stats/numbers/distributions.ts";
import { type FactorialEffects, mapCells } from "$lib/stats/regression/factorial_cells.ts";
import { factorialEffects } from "$lib/stats/regression/factorial_effects.ts";
import { type FactorialVerdict, factorialVerdict } from "$lib/stats/regression/factorial_verdict.ts";
import type { Interval } from "$lib/stats/numbers/interval.ts";
import { moverWilson } from "$lib/stats/two_rates/mover_wilson.ts";
import { newcombe, type Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";
import { readTable } from "../support/read_table.ts";

const near = (actual: number, expected: number, within: number, what: string) =>
  assert(Math.abs(actual - expected) <= within, `${what}: ${actual} is not ${expected}`);

const table = (neither: number, first: number, second: number, both: number, trials: number) =>
  mapCells({ neither, first, second, both }, (successes): Proportion => ({ successes, trials }));

Deno.test("factorialEffects() agree with the same made from R's prop.test", () => {
  const rows = readTable("fixtures/regression/mover_r.csv");
  assert.equal(rows.length, 216);
  for (const { effect, level, estimate, lower, upper, ...counts } of rows) {
    const [k0, n0, k1, n1, k2, n2, k3, n3] = ["k0", "n0", "k1", "n1", "k2", "n2", "k3", "n3"].map((at) =>
      Number(counts[at])
    );
    const cells = {
      neither: { successes: k0, trials: n0 },
      first: { successes: k1, trials: n1 },
      second: { successes: k2, trials: n2 },
      both: { successes: k3, trials: n3 },
    };
    const found = factorialEffects(cells, Number(level))[effect as keyof FactorialEffects<Interval>];
    const what = `${effect} of ${JSON.stringify(cells)}`;
    near(found.estimate, Number(estimate), 1e-12, what);
    near(found.lower, Number(lower), 1e-9, what);
    near(found.upper, Number(upper), 1e-9, what);
  }
});

Deno.test("moverWilson() is wilson() for one rate and newcombe() for a difference", () => {
  for (const [k1, k2] of [[0, 0], [0, 5], [3, 10], [10, 10], [10, 0]]) {
    const [a, b] = [{ successes: k1, trials: 10 }, { successes: k2, trials: 14 }];
    const [one, gap] = [moverWilson([{ ...a, weight: 1 }]), moverWilson([{ ...a, weight: 1 }, { ...b, weight: -1 }])];
    for (const end of ["estimate", "lower", "upper"] as const) {
      near(one[end], wilson(k1, 10)[end], 1e-15, `${k1}/10`);
      near(gap[end], newcombe(a, b)[end], 1e-15, `${k1}/10 - ${k2}/14`);
    }
  }
});

Deno.test("effects mirror when factors or outcomes swap, and stay where they are possible", () => {
  for (let code = 0; code < 4 ** 4; code++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => Math.floor(code / 4 ** i) % 4);
    const [one, swapped] = [factorialEffects(table(a, b, c, d, 3)), factorialEffects(table(a, c, b, d, 3))];
    const failures = factorialEffects(table(3 - a, 3 - b, 3 - c, 3 - d, 3));
    for (
      const [first, second] of [["firstAlone", "secondAlone"], ["firstMain", "secondMain"], [
        "interaction",
        "interaction",
      ]]
    ) {
      const [x, y] = [one[first as keyof typeof one], swapped[second as keyof typeof one]];
      near(x.lower, y.lower, 1e-12, `${code} ${first}`);
      near(x.lower, -failures[first as keyof typeof one].upper, 1e-12, `${code} ${first}`);
    }
    for (const [name, { estimate, lower, upper }] of Object.entries(one)) {
      const end = name === "interaction" ? 2 : 1;
      assert(
        -end - 1e-12 <= lower && lower <= estimate && estimate <= upper && upper <= end + 1e-12,
        `${code} ${name}`,
      );
    }
  }
});

Deno.test("the interaction of factorialEffects() covers at 10 samples a cell what its comment says", () => {
  const intervals = Array.from({ length: 11 ** 4 }, (_, code) => {
    const counts = [0, 1, 2, 3].map((i) => Math.floor(code / 11 ** i) % 11);
    const [a, b, c, d] = counts;
    return { counts, ...factorialEffects(table(a, b, c, d, 10)).interaction };
  });
  const coverage = (rates: number[]) => {
    const truth = rates[3] - rates[1] - rates[2] + rates[0];
    const chances = rates.map((rate) => Array.from({ length: 11 }, (_, k) => binomial.pmf(k, 10, rate)));
    return intervals.filter(({ lower, upper }) => lower <= truth + 1e-12 && truth <= upper + 1e-12)
      .reduce((sum, { counts }) => sum + counts.reduce((product, k, i) => product * chances[i][k], 1), 0);
  };
  // The field's case: controls near 0.
  for (const rates of [[0, 0, 0, 0.5], [0, 0, 0, 0.05], [0.02, 0.02, 0.02, 0.5], [0, 0.3, 0, 0.8]]) {
    assert(coverage(rates) >= 0.97, `${rates}: ${coverage(rates)}`);
  }
  for (const rates of [[0.5, 0.5, 0.5, 0.5], [0.9, 0.27, 0.09, 0.98], [0.2, 0.4, 0.6, 0.9], [0.05, 0.5, 0.05, 0.9]]) {
    assert(coverage(rates) >= 0.91, `${rates}: ${coverage(rates)}`);
  }
});

Deno.test("factorialVerdict() says what the counts show, and no more", () => {
  const cases: [FactorialVerdict, number[], number][] = [
    ["not shown", [0, 0, 0, 0], 5],
    ["not shown", [0, 1, 1, 3], 10],
    ["neither", [0, 0, 0, 0], 200],
    ["both together", [0, 0, 0, 14], 20],
    ["only both", [0, 0, 0, 140], 200],
    ["first", [0, 100, 0, 110], 200],
    ["second", [0, 0, 100, 110], 200],
    ["at least first", [0, 10, 0, 12], 20],
    ["at least second", [0, 2, 10, 12], 20],
    ["each", [0, 100, 100, 180], 200],
    ["not shown", [200, 100, 100, 0], 200], // both lower it
    ["not shown", [100, 100, 100, 120], 200],
  ];
  for (const [verdict, [a, b, c, d], trials] of cases) {
    const answer = factorialVerdict(factorialEffects(table(a, b, c, d, trials)), 0.05);
    assert.equal(answer.verdict, verdict, `${[a, b, c, d]} of ${trials}: ${JSON.stringify(answer.shown)}`);
  }
  const lowered = factorialVerdict(factorialEffects(table(200, 100, 100, 0, 200)), 0.05);
  assert.equal(lowered.shown.firstAlone, "lowers");
});

Deno.test("factorialVerdict() claims a cause where there is none no more often than its comment says", () => {
  const trials = 8;
  const verdicts = new Map<number, boolean>();
  for (const rate of [0.05, 0.1, 0.3, 0.5]) {
    const chances = Array.from({ length: trials + 1 }, (_, k) => binomial.pmf(k, trials, rate));
    let claimed = 0;
    for (let code = 0; code < (trials + 1) ** 4; code++) {
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => Math.floor(code / (trials + 1) ** i) % (trials + 1));
      if (!verdicts.has(code)) {
        const { verdict } = factorialVerdict(factorialEffects(table(a, b, c, d, trials)), 0.05);
        verdicts.set(code, verdict !== "not shown" && verdict !== "neither");
      }
      if (verdicts.get(code)) claimed += chances[a] * chances[b] * chances[c] * chances[d];
    }
    assert(claimed <= 0.075, `${rate}: ${claimed}`);
  }
});

Deno.test("bad cells and margins are refused with what is wrong and the current value", () => {
  assert.throws(() => factorialEffects({ ...table(1, 1, 1, 1, 2), both: { successes: 0, trials: 0 } }), RangeError);
  assert.throws(() => factorialEffects(table(3, 1, 1, 1, 2)), RangeError);
  assert.throws(() => factorialEffects(table(0.5, 1, 1, 1, 2)), TypeError);
  assert.throws(() => factorialEffects(table(1, 1, 1, 1, 2), 1), RangeError);
  assert.throws(() => moverWilson([]), {
    name: "RangeError",
    message: "Cannot compute a weighted sum of rates as terms must be >= 1: current value is 0",
  });
  assert.throws(() => moverWilson([{ successes: 1, trials: 2, weight: NaN }]), RangeError);
  for (const margin of [0, 1, -0.1, NaN]) {
    assert.throws(() => factorialVerdict(factorialEffects(table(1, 1, 1, 1, 2)), margin), RangeError);
  }
});
