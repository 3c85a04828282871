/** Contrasts, families, strata, pairs, clusters, factorials, specifications and the plan, on counts by condition. */
import assert from "node:assert/strict";
import { clusteredRates } from "$lib/rates/comparing/clustered_rates.ts";
import type { Count } from "$lib/rates/counting/count.ts";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { factorial } from "$lib/rates/comparing/factorial.ts";
import { family } from "$lib/rates/comparing/family.ts";
import { pairedContrast } from "$lib/rates/comparing/paired_contrast.ts";
import { loadPlan, parsePlan } from "$lib/rates/planning/plan.ts";
import { rates, where } from "$lib/rates/counting/rates.ts";
import { specificationCurve } from "$lib/rates/comparing/specifications.ts";
import { stratifiedContrast } from "$lib/rates/comparing/stratified_contrast.ts";
import { loadData } from "$lib/reading/load.ts";
import { fisherExact } from "$lib/stats/two_rates/fisher_exact.ts";
import { mantelHaenszelDifference } from "$lib/stats/strata/mantel_haenszel_difference.ts";
import { recommendedInterval } from "$lib/stats/clusters/recommended_interval.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";

const row = (group: Record<string, string>, count: number, scored: number, missing = 0): Count => (
  { group, outcome: "subvert", count, scored, missing }
);

Deno.test("a contrast carries ratio, odds ratio and test, and the bounds that missing verdicts leave open", () => {
  const rows = rates([row({ threat: "on" }, 6, 8, 2), row({ threat: "off" }, 0, 10)]);
  const [{ difference, ratio, oddsRatio, test, bounds }] = contrasts(rows, "threat", ["on", "off"]);
  assert.equal(difference, 0.75);
  assert.deepEqual([ratio!.estimate, ratio!.upper, oddsRatio!.estimate], [Infinity, Infinity, Infinity]);
  assert(ratio!.lower > 1 && oddsRatio!.lower > 1);
  assert.deepEqual(test, fisherExact({ successes: 6, trials: 8 }, { successes: 0, trials: 10 }));
  assert.deepEqual(bounds, { lower: 0.6, upper: 0.8 });
});

Deno.test("an arm without data has no difference, ratio or test, and any rate is possible in it", () => {
  const rows = rates([row({ threat: "on" }, 6, 8), row({ threat: "off" }, 0, 0, 5)]);
  const [gap] = contrasts(rows, "threat", ["on", "off"]);
  assert.deepEqual([gap.difference, gap.ratio, gap.oddsRatio, gap.test], [null, null, null, null]);
  assert.deepEqual(gap.bounds, { lower: -0.25, upper: 0.75 });
});

Deno.test("a family keeps the declared contrast that could not be tested, and gives it no p-value", () => {
  const arms = (model: string, count: number, scored: number) => [
    row({ model, threat: "on" }, count, scored),
    row({ model, threat: "off" }, 0, 10),
  ];
  const gaps = contrasts(rates([...arms("a", 6, 10), ...arms("b", 0, 0), ...arms("c", 5, 10)]), "threat", [
    "on",
    "off",
  ]);
  const [a, b, c] = family(gaps);
  assert.deepEqual([b.pValue, b.holm, b.benjaminiHochberg], [null, null, null]);
  assert.equal(a.holm, 3 * a.pValue!); // three, though only two could be tested
  assert.equal(c.holm, 2 * c.pValue!);
});

Deno.test("Lynch et al. 2025: with Holm over 16 models the conflict raises blackmail in 12, without it in 13", async () => {
  const lynch = await loadData("lynch2025");
  const by = ["model", "scenario", "goal_conflict", "threat", "prohibition"];
  const levels = { scenario: "blackmail", threat: "replacement", prohibition: "none" };
  const rows = where(rates(counts([lynch], by, [{ label: "harmful" }])), levels);
  const members = family(contrasts(rows, "goal_conflict", ["conflict", "none"]));
  assert.equal(members.length, 16);
  assert.equal(members.filter(({ pValue }) => pValue! <= 0.05).length, 13);
  assert.equal(members.filter(({ holm }) => holm! <= 0.05).length, 12);
});

Deno.test("strata are put together as the estimators of stats/ do, and what they refuse is said and not thrown", () => {
  const rows = rates(["a", "b"].flatMap((model) => [
    row({ model, threat: "on" }, 0, 10),
    row({ model, threat: "off" }, 0, 10),
  ]));
  const none = stratifiedContrast(contrasts(rows, "threat", ["on", "off"]));
  assert.deepEqual([none.difference, none.oddsRatio, none.test, none.homogeneity], [null, null, null, null]);
  assert.equal(none.reasons.length, 4);
  assert.throws(() => stratifiedContrast([]), /one kind: kinds are none/);

  const some = rates([row({ threat: "on" }, 7, 10), row({ threat: "off" }, 2, 20)]);
  const { difference } = stratifiedContrast(contrasts(some, "threat", ["on", "off"]));
  const stratum = { first: { successes: 7, trials: 10 }, second: { successes: 2, trials: 20 } };
  assert.deepEqual(difference, mantelHaenszelDifference([stratum]));
});

Deno.test("clustered rates: too few clusters give no interval and say why; one sample a cluster is Wilson's", () => {
  const of = (clusters: number, trials: number) =>
    Array.from(
      { length: clusters },
      (_, i) => row({ model: "m", cluster: String(i) }, i % 3 === 0 ? trials : 0, trials),
    );
  const [few] = clusteredRates(of(9, 10));
  assert.deepEqual([few.lower, few.upper, few.method], [null, null, "none"]);
  assert.equal(few.refusal, "no interval: 9 clusters, at least 10 are needed");
  assert.equal(few.rate, 30 / 90);

  const [single] = clusteredRates(of(30, 1));
  const { lower, upper } = wilson(10, 30);
  assert.deepEqual([single.lower, single.upper, single.clusters], [lower, upper, 30]);

  const many = of(30, 10);
  const [clustered] = clusteredRates([...many].reverse());
  const interval = recommendedInterval(many.map(({ count, scored }) => ({ successes: count, trials: scored })));
  assert("lower" in interval);
  assert(Math.abs(clustered.lower! - interval.lower) < 1e-12 && Math.abs(clustered.upper! - interval.upper) < 1e-12);
  assert(clustered.designEffect! > 9 && clustered.correlation! === 1);
});

Deno.test("clustered rates: a cluster with nothing scored is no cluster, and its missing ones stay in the bounds", () => {
  const rows = [row({ cluster: "a" }, 1, 4), row({ cluster: "b" }, 0, 0, 4), row({ cluster: "c" }, 3, 4)];
  const [rate] = clusteredRates(rows);
  assert.deepEqual([rate.clusters, rate.scored, rate.missing], [2, 8, 4]);
  assert.deepEqual(rate.bounds, [4 / 12, 8 / 12]);
  const [nothing] = clusteredRates([row({ cluster: "a" }, 0, 0, 3)]);
  assert.deepEqual([nothing.rate, nothing.lower, nothing.refusal], [null, null, "no interval: nothing is scored"]);
  assert.throws(() => clusteredRates([row({ model: "m" }, 1, 2)]), /no cluster: fields are model/);
});

Deno.test("pairs: a prompt that lacks an arm is named, several samples a prompt are tested by permutation", () => {
  const rows = [
    row({ scenario: "a", threat: "on" }, 3, 3),
    row({ scenario: "a", threat: "off" }, 0, 3),
    row({ scenario: "b", threat: "on" }, 2, 3),
    row({ scenario: "b", threat: "off" }, 0, 3),
    row({ scenario: "c", threat: "on" }, 2, 3),
  ];
  const { pairs, unpaired, interval, test, difference } = pairedContrast(rows, "threat", ["on", "off"], "scenario", 1);
  assert.deepEqual([pairs, unpaired, interval.method], [2, ["c"], "betting on pairs"]);
  assert(interval.lower < 5 / 6 && interval.upper > 5 / 6);
  assert.equal(difference, 5 / 6);
  assert.deepEqual([test.method, test.pValue], ["paired permutation, exact", 0.5]);
  assert.throws(
    () => pairedContrast(rows, "threat", ["on", "none"], "scenario", 1),
    /no scenario has something scored in both/,
  );
  assert.throws(
    () => pairedContrast([...rows, rows[0]], "threat", ["on", "off"], "scenario", 1),
    /several rows are of one scenario/,
  );
});

Deno.test("Gemma 3 27B: leaking takes goal and threat of replacement together, the other scenarios show nothing", async () => {
  const gemma = await loadData("gemma3-27b-factorial");
  const all = counts([gemma], ["scenario", "goal_conflict", "threat"], [{ label: "harmful" }]);
  const conflict = { factor: "goal_conflict", absent: "none", present: "conflict" };
  const threat = { factor: "threat", absent: "none", present: "replacement" };
  const answers = ["blackmail", "leaking", "murder"].map((scenario) =>
    factorial(all.filter(({ group }) => group.scenario === scenario), conflict, threat, 0.05)
  );
  assert.deepEqual(answers.map(({ answer }) => answer.verdict), ["not shown", "both together", "not shown"]);
  assert.deepEqual(answers.map(({ separation }) => separation), Array(3).fill("quasi-complete"));
  const [, leaking] = answers;
  assert.deepEqual([leaking.cells.both.count, leaking.cells.both.scored, leaking.cells.neither.scored], [18, 30, 10]);
  // A cell on its own is (k + ½) / (n + 1) under Firth's penalty: the four coefficients of a saturated design follow.
  const odds = [[0, 10], [3, 30], [0, 10], [18, 30]].map(([k, n]) => Math.log((k + 0.5) / (n - k + 0.5)));
  const expected = [odds[0], odds[1] - odds[0], odds[2] - odds[0], odds[3] - odds[1] - odds[2] + odds[0]];
  leaking.coefficients.forEach(({ interval }, i) => assert(Math.abs(interval.estimate - expected[i]) < 1e-8));
  assert.throws(
    () => factorial(all, conflict, { ...threat, present: "flood" }, 0.05),
    /nothing scored: goal_conflict none, threat flood/,
  );
});

Deno.test("a specification curve runs every combination once, sorts, and keeps those without an estimate", async () => {
  const seen: string[] = [];
  const curve = await specificationCurve({ a: ["1", "2", "3"], b: ["x", "y"] }, ({ a, b }) => {
    seen.push(a + b);
    if (a === "3") return { estimate: null, lower: null, upper: null, count: 0, scored: 0, missing: 4 };
    return { ...wilson(b === "x" ? 4 - Number(a) : 4, 4), count: 0, scored: 4, missing: 0 };
  });
  assert.deepEqual(seen, ["1x", "1y", "2x", "2y", "3x", "3y"]);
  assert.deepEqual(curve.map(({ estimate }) => estimate), [0.5, 0.75, 1, 1, null, null]);
  assert.deepEqual(curve.filter(({ isHeadline }) => isHeadline).map(({ specification }) => specification), [
    { a: "1", b: "x" },
  ]);
  await assert.rejects(specificationCurve({ a: [] }, () => assert.fail()), /options are none/);
  await assert.rejects(specificationCurve({ a: ["1", "1"] }, () => assert.fail()), /must have options that differ/);
});

Deno.test("every data set that is shipped was known when the plan was written, by name and by its files", async () => {
  const plan = await loadPlan();
  const shipped: { name: string; sha256: string[] }[] = [];
  for await (const { name, isDirectory } of Deno.readDir("data")) {
    const card = isDirectory ? await Deno.readTextFile(`data/${name}/dataset.json`).catch(() => undefined) : undefined;
    if (card === undefined) continue;
    shipped.push({ name, sha256: JSON.parse(card).files.map(({ sha256 }: { sha256: string }) => sha256) });
  }
  assert.deepEqual(plan.known, shipped.sort((a, b) => a.name < b.name ? -1 : 1));
});

Deno.test("a plan with mistakes is refused with each field", () => {
  assert.throws(() => parsePlan("{", "mine.json"), /Cannot use plan mine.json: not valid JSON/);
  assert.throws(() => parsePlan('{"written": "soon", "level": 95}', "mine.json"), (error: Error) => {
    for (const field of ["written", "level", "families", "text"]) {
      assert.match(error.message, new RegExp(field));
    }
    return error instanceof SyntaxError;
  });
});

Deno.test("pairs: verdicts that are missing on one side cannot turn a difference round, and are counted", () => {
  const arm = (scenario: string, threat: string, count: number, scored: number) =>
    row({ scenario, threat }, count, scored, 10 - scored);
  const rows = Array.from({ length: 12 }, (_, i) => String(i)).flatMap((name, i) =>
    i < 6
      ? [arm(name, "on", 1, 1), arm(name, "off", 9, 10)] // each prompt is 10 points higher with the threat
      : [arm(name, "on", 1, 10), arm(name, "off", 0, 1)]
  );
  const { difference, missing, test } = pairedContrast(rows, "threat", ["on", "off"], "scenario", 1);
  assert(Math.abs(difference - 0.1) < 1e-12);
  assert.deepEqual(missing, { first: 54, second: 54 });
  assert.equal(test.pValue, 2 / 2 ** 12); // every pair to one side
});

Deno.test("a factorial says how many verdicts its cells lack", () => {
  const cell = (conflict: string, threat: string) => row({ conflict, threat }, 1, 10, 7);
  const two = (factor: string) => ({ factor, absent: "no", present: "yes" });
  const all = ["no", "yes"].flatMap((conflict) => ["no", "yes"].map((threat) => cell(conflict, threat)));
  assert.equal(factorial(all, two("conflict"), two("threat"), 0.05).missing, 28);
});
