import assert from "node:assert/strict";
import type { BinomialRow } from "$lib/stats/regression/binomial_rows.ts";
import { choleskyFactor, inverse, logDeterminant, solve } from "$lib/stats/numbers/cholesky.ts";
import { firth } from "$lib/stats/regression/firth.ts";
import { firthIntervals, firthTests } from "$lib/stats/regression/firth_profile.ts";
import { type Coefficients, logistic } from "$lib/stats/regression/logistic.ts";
import { penalisedCurvature, penalisedModel } from "$lib/stats/regression/penalised_model.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { detectSeparation } from "$lib/stats/regression/separation.ts";
import { maximise } from "$lib/stats/numbers/simplex.ts";
import { factorialData } from "../support/factorial_data.ts";
import { readTable } from "../support/read_table.ts";

const DATA = factorialData();

/** Near in units of the larger of 1 and what is expected. */
const near = (actual: number, expected: number, within: number, what: string) =>
  assert(Math.abs(actual - expected) <= within * Math.max(1, Math.abs(expected)), `${what}: ${actual} not ${expected}`);

const fitted = (name: string, method: string): Coefficients => {
  const rows = DATA.get(name)!;
  const fit = method === "firth" ? firth(rows) : logistic(rows);
  assert("coefficients" in fit, `${name} has no ${method} fit`);
  return fit;
};

for (const software of ["r", "statsmodels"]) {
  Deno.test(`logistic() and firth() agree with ${software === "r" ? "R" : "statsmodels"}`, () => {
    const rows = readTable(`fixtures/regression/logistic_${software}.csv`);
    assert(rows.length >= 41);
    for (const { name, method, column, estimate, error, log_likelihood } of rows) {
      const fit = fitted(name, method);
      const [j, what] = [Number(column), `${name} ${method} ${column}`];
      const se = Math.sqrt(fit.covariance[j][j]);
      // brglm2 stops at 1e-11 of its own criterion, in standard errors.
      near(fit.coefficients[j] / se, Number(estimate) / se, 1e-8, what);
      near(se / Number(error), 1, 1e-8, `${what}, standard error`);
      if (log_likelihood) near((fit as { logLikelihood?: number }).logLikelihood!, Number(log_likelihood), 1e-9, what);
    }
  });
}

Deno.test("firthIntervals() and firthTests() agree with firthmodels and with a search without derivatives", () => {
  const rows = readTable("fixtures/regression/firth_python.csv");
  assert(rows.length >= 90);
  for (const name of new Set(rows.map((row) => row.name))) {
    const [fit, intervals, tests] = [firth, firthIntervals, firthTests].map((compute) => compute(DATA.get(name)!)) as [
      ReturnType<typeof firth>,
      ReturnType<typeof firthIntervals>,
      ReturnType<typeof firthTests>,
    ];
    for (const row of rows.filter((row) => row.name === name)) {
      const [j, what] = [Number(row.column), `${name} ${row.witness} ${row.column}`];
      near(fit.penalisedLogLikelihood, Number(row.penalised_log_likelihood), 1e-10, what);
      near(intervals[j].estimate, Number(row.estimate), 1e-7, `${what}, estimate`); // the search sees no smaller step
      near(intervals[j].lower, Number(row.lower), 1e-8, `${what}, lower`);
      near(intervals[j].upper, Number(row.upper), 1e-8, `${what}, upper`);
      if (row.statistic) near(tests[j].statistic!, Number(row.statistic), 1e-8, `${what}, statistic`);
    }
  }
});

Deno.test("detectSeparation() agrees with one linear program a row by SciPy, for every small table too", () => {
  const rows = readTable("fixtures/regression/separation_python.csv");
  assert(rows.length >= 49);
  for (const { name, separation, unbounded } of rows) {
    const found = detectSeparation(DATA.get(name)!);
    assert.deepEqual([found.separation, found.unbounded.join(" ")], [separation, unbounded], name);
    assert.equal(logistic(DATA.get(name)!).separation, separation, name);
  }
});

Deno.test("logistic() of a saturated design gives the cells' log odds", () => {
  const fit = fitted("plain", "ml");
  const logit = (k: number) => Math.log(k / (20 - k));
  const expected = [logit(3), logit(8) - logit(3), logit(5) - logit(3), logit(16) - logit(8) - logit(5) + logit(3)];
  for (const [j, value] of expected.entries()) near(fit.coefficients[j], value, 1e-12, `column ${j}`);
});

Deno.test("firth() of a saturated design gives the log odds of counts with 1/2 added", () => {
  for (const name of ["controls_zero", "perfect", "all_zero", "one_each", "huge"]) {
    const rows = DATA.get(name)!;
    const logits = rows.map(({ successes, trials }) => Math.log((successes + 0.5) / (trials - successes + 0.5)));
    for (const [i, { predictors }] of rows.entries()) {
      const odds = firth(rows).coefficients.reduce((sum, value, j) => sum + value * predictors[j], 0);
      near(odds, logits[i], 1e-9, `${name} cell ${i}`);
    }
  }
});

Deno.test("fits do not depend on the order of rows, or on how samples are split over rows", () => {
  for (const name of ["strata", "control_zero", "crossed", "continuous"]) {
    const rows = DATA.get(name)!;
    const shuffled = [...rows].reverse().flatMap(({ successes, trials, ...row }) => [
      ...Array.from({ length: successes }, () => ({ ...row, successes: 1, trials: 1 })),
      ...Array.from({ length: trials - successes }, () => ({ ...row, successes: 0, trials: 1 })),
    ]);
    for (
      const method of name === "crossed" ? ["ml", "firth"] : name === "control_zero" ? ["firth"] : ["ml"]
    ) {
      const one = fitted(name, method);
      const other: Coefficients = method === "firth" ? firth(shuffled) : logistic(shuffled) as Coefficients;
      for (const [j, row] of one.covariance.entries()) {
        near(other.coefficients[j], one.coefficients[j], 1e-9, `${name} ${method}`);
        for (const [k, value] of row.entries()) near(other.covariance[j][k], value, 1e-8, `${name} ${method}`);
      }
    }
  }
});

Deno.test("coefficients turn their sign when successes and failures swap", () => {
  for (const name of ["plain", "strata", "control_zero", "ordered"]) {
    const rows = DATA.get(name)!;
    const swapped = rows.map((row) => ({ ...row, successes: row.trials - row.successes }));
    const [one, other] = [firthIntervals(rows), firthIntervals(swapped)];
    for (const [j, { estimate, lower, upper }] of one.entries()) {
      near(other[j].estimate, -estimate, 1e-8, name);
      near(other[j].lower, -upper, 1e-8, name);
      near(other[j].upper, -lower, 1e-8, name);
    }
    assert.deepEqual(detectSeparation(swapped), detectSeparation(rows));
  }
});

Deno.test("firth intervals hold their estimate, widen with the level, and leave out 0 when the test rejects it", () => {
  for (const name of ["plain", "controls_zero", "perfect", "one_each", "additive_zero", "touching"]) {
    const rows = DATA.get(name)!;
    const tests = firthTests(rows);
    const narrow = firthIntervals(rows, 0.9);
    for (const [j, wide] of firthIntervals(rows, 0.99).entries()) {
      assert(wide.lower < narrow[j].lower && narrow[j].lower < narrow[j].estimate);
      assert(narrow[j].estimate < narrow[j].upper && narrow[j].upper < wide.upper);
      assert.equal(narrow[j].lower > 0 || narrow[j].upper < 0, tests[j].pValue < 0.1, `${name} ${j}`);
    }
  }
});

Deno.test("firth() finds a fit where maximum likelihood has none, whatever the table", () => {
  const random = createRandom(4);
  for (let i = 0; i < 300; i++) {
    const rows: BinomialRow[] = Array.from({ length: 5 + random.below(8) }, (_, row) => {
      const trials = 1 + random.below(random.below(2) ? 3 : 50);
      const successes = random.below(3) ? random.below(2) * trials : random.below(trials + 1);
      return { successes, trials, predictors: [1, row % 2, (row >> 1) % 2, row, random.uniform()] };
    });
    const fit = firth(rows);
    // The derivative of the penalised likelihood, by differences.
    for (const [j, value] of fit.coefficients.entries()) {
      const se = Math.sqrt(fit.covariance[j][j]);
      const held = firth(rows, { column: j, start: fit.coefficients.with(j, value + 0.01 * se) });
      assert(held.penalisedLogLikelihood < fit.penalisedLogLikelihood, `table ${i}`);
    }
    const { separation } = logistic(rows);
    assert.equal(separation, detectSeparation([...rows].reverse()).separation);
  }
});

Deno.test("penalisedModel() and penalisedCurvature() are the derivatives of what they say, by differences", () => {
  for (const name of ["plain", "control_zero", "strata_low", "touching"]) {
    const rows = DATA.get(name)!;
    const at = rows[0].predictors.map((_, j) => 0.3 * (j % 3) - 0.2);
    const model = penalisedModel(rows, at)!;
    const curvature = penalisedCurvature(rows, model);
    for (const [j, value] of at.entries()) {
      const [up, down] = [1e-5, -1e-5].map((change) => penalisedModel(rows, at.with(j, value + change))!);
      const slope = (up.penalisedLogLikelihood - down.penalisedLogLikelihood) / 2e-5;
      near(model.score[j], slope, 1e-6, `${name}, score ${j}`);
      for (const k of at.keys()) {
        near(curvature[j][k], (down.score[k] - up.score[k]) / 2e-5, 1e-6, `${name}, curvature ${j} ${k}`);
      }
    }
  }
});

Deno.test("bad rows are refused with what is wrong and the current value", () => {
  const good = { successes: 1, trials: 2, predictors: [1, 0] };
  const message = (rows: BinomialRow[], error: { name: string; message: string }) => {
    for (const fit of [logistic, firth, detectSeparation]) {
      assert.throws(() => fit(rows), { name: error.name });
    }
    assert.throws(() => logistic(rows), error);
  };
  const say = (name: string, rest: string) => ({ name, message: `Cannot compute a logistic regression as ${rest}` });
  message([], say("RangeError", "rows must be >= 1: current value is 0"));
  message([{ ...good, trials: 0, successes: 0 }], say("RangeError", "trials must be >= 1: current value is 0"));
  message(
    [{ ...good, successes: 3 }],
    say("RangeError", "successes must be between 0 and trials (2): current value is 3"),
  );
  message([{ ...good, successes: NaN }], say("TypeError", "successes must be a whole number: current value is NaN"));
  message(
    [{ ...good, predictors: [1, NaN] }],
    say("RangeError", "predictors must be finite numbers: current value is NaN"),
  );
  message(
    [good, { ...good, predictors: [1] }],
    say("TypeError", "each row must have the same number of predictors, >= 1: current value is [1]"),
  );
  // Rank: a column of 0; two that add up to a third; fewer rows than columns.
  const rank = (column: number) =>
    say(
      "RangeError",
      "each column of the design must not be a linear combination of those before it: " +
        `current value is column ${column}, counted from 0`,
    );
  message([good, good], rank(1));
  message([[1, 0, 1], [1, 1, 0], [1, 1, 0]].map((predictors) => ({ ...good, predictors })), rank(2));
  message([{ ...good, predictors: [1, 5] }], rank(1));
  assert.throws(() => firthIntervals([good, { ...good, predictors: [1, 1] }], 1), RangeError);
});

Deno.test("choleskyFactor() solves, inverts and measures random systems, and refuses those it cannot", () => {
  const random = createRandom(7);
  for (let size = 1; size <= 8; size++) {
    const roots = Array.from({ length: size + 2 }, () => Array.from({ length: size }, () => random.uniform() - 0.5));
    const matrix = Array.from(
      { length: size },
      (_, i) => Array.from({ length: size }, (_, j) => roots.reduce((sum, root) => sum + root[i] * root[j], 0)),
    );
    const factor = choleskyFactor(matrix);
    const product = (row: readonly number[], vector: readonly number[]) =>
      row.reduce((sum, value, j) => sum + value * vector[j], 0);
    const vector = matrix.map((_, i) => i + 1);
    const solution = solve(factor, vector);
    for (const [i, row] of matrix.entries()) {
      near(product(row, solution), vector[i], 1e-9, `size ${size}`);
      for (const [j, column] of inverse(factor).entries()) {
        near(product(row, column), Number(i === j), 1e-8, `size ${size}`);
      }
    }
    if (size === 2) {
      near(logDeterminant(factor), Math.log(matrix[0][0] * matrix[1][1] - matrix[0][1] ** 2), 1e-12, "det");
    }
  }
  assert.throws(() => choleskyFactor([[1, 1], [1, 1]]), RangeError);
  assert.throws(() => choleskyFactor([[0]]), RangeError);
  assert.throws(() => choleskyFactor([[NaN]]), RangeError);
});

Deno.test("maximise() finds the best corner of random programs, and says when there is none", () => {
  const random = createRandom(11);
  for (let i = 0; i < 200; i++) {
    const objective = [random.uniform() - 0.3, random.uniform() - 0.3];
    const constraints = Array.from({ length: 4 }, () => [random.uniform(), random.uniform()]);
    const bounds = constraints.map(() => random.below(4)); // 0 too: corners where many meet
    // Every point where two borders cross, the axes among them.
    const borders = [...constraints, [-1, 0], [0, -1]].map(([a, b], j) => ({ a, b, c: [...bounds, 0, 0][j] }));
    const corners = borders.flatMap((p) => borders.map((q) => ({ p, q, det: p.a * q.b - q.a * p.b })))
      .filter(({ det }) => Math.abs(det) > 1e-12)
      .map(({ p, q, det }) => [(p.c * q.b - q.c * p.b) / det, (p.a * q.c - q.a * p.c) / det])
      .filter(([x, y]) => borders.every(({ a, b, c }) => a * x + b * y <= c + 1e-9));
    const value = ([x, y]: number[]) => objective[0] * x + objective[1] * y;
    near(value(maximise(objective, constraints, bounds)), Math.max(...corners.map(value)), 1e-7, `program ${i}`);
  }
  assert.throws(() => maximise([1], [[-1]], [1]), RangeError);
});
