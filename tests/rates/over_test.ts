/** What rates and contrasts are over, and how often the default claims a difference where there is none. */
import assert from "node:assert/strict";
import { clusteredRates } from "$lib/rates/comparing/clustered_rates.ts";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { factorial } from "$lib/rates/comparing/factorial.ts";
import { stratifiedContrast } from "$lib/rates/comparing/stratified_contrast.ts";
import type { ClusterCount, Count } from "$lib/rates/counting/count.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { INTERVAL_NAMES } from "$lib/rates/counting/intervals.ts";
import { newPromptRate } from "$lib/rates/counting/new_prompt.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { loadData } from "$lib/reading/load.ts";
import { createStudies } from "$lib/stats/coverage/simulated_clusters.ts";
import { createRandom, type Random } from "$lib/stats/numbers/random.ts";
import { modifiedWilson } from "$lib/stats/one_rate/modified_wilson.ts";
import { modifiedNewcombe } from "$lib/stats/two_rates/modified_newcombe.ts";
import { sayContrast, sayRate } from "$lib/words/say.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

/** A count of clusters, each successes of trials. */
function of(group: Record<string, string>, clusters: Record<string, readonly [number, number]>): Count {
  const counts = Object.entries(clusters).map(([cluster, [count, scored]]) => ({ cluster, count, scored, missing: 0 }));
  return { group, outcome: "x", ...sumOf(counts), clustered: { field: "cluster", counts } };
}

function sumOf(counts: readonly ClusterCount[]) {
  const sum = (field: "count" | "scored" | "missing") => counts.reduce((total, one) => total + one[field], 0);
  return { count: sum("count"), scored: sum("scored"), missing: sum("missing") };
}

const named = (prefix: string, successes: readonly number[], trials: number) =>
  Object.fromEntries(successes.map((k, i) => [`${prefix}${String(i).padStart(3, "0")}`, [k, trials] as const]));

Deno.test("ten prompts of 50 identical epochs are ten prompts: 17–69 % and p = 0.63", () => {
  const rows = rates([
    of({ arm: "a" }, named("a", [50, 50, 50, 50, 0, 0, 0, 0, 0, 0], 50)),
    of({ arm: "b" }, named("b", [50, 50, 0, 0, 0, 0, 0, 0, 0, 0], 50)),
  ]);
  assert.equal(plain(sayRate(rows[0])), "200/500 (40 %, 95 % CI 17–69 % over 10 prompts)");
  const [gap] = contrasts(rows, "arm", ["a", "b"]);
  assert.equal(gap.test?.pValue.toFixed(2), "0.63"); // Fisher's exact test of 4 of 10 against 2 of 10
  assert.equal(gap.over, "prompts");
  assert(gap.lower! < 0 && gap.upper! > 0.2);
  assert.match(plain(sayContrast(gap)), /^\+20 points \(guaranteed 95 % CI −\d+ to \+\d+ over 10 and 10 prompts\)$/);
});

Deno.test("one prompt, four prompts and prompts that nobody recorded say so, in words and in rows", () => {
  const [one, four, unknown, none] = rates([
    of({}, { a: [86, 100] }),
    of({}, { a: [86, 100], b: [0, 10], c: [1, 10], d: [0, 10] }),
    { group: {}, outcome: "x", count: 86, scored: 100, missing: 0 },
    { group: {}, outcome: "x", count: 0, scored: 0, missing: 3 },
  ]);
  assert.equal(plain(sayRate(one)), "86/100 (86 %, 95 % CI 78–91 % for this one prompt)");
  assert.match(plain(sayRate(four)), /% for these 4 prompts\)$/);
  assert.match(plain(sayRate(unknown)), /%, prompts not recorded\)$/);
  assert.deepEqual(
    [one, four, unknown, none].map(({ clusters, over }) => [clusters, over]),
    [[1, "samples of this prompt"], [4, "samples of these 4 prompts"], [null, "prompts not recorded"], [0, "nothing"]],
  );
  const { lower, upper, method } = modifiedWilson(86, 100);
  assert.deepEqual([one.lower, one.upper, one.method], [lower, upper, method]);
});

Deno.test("a cluster with nothing scored is no prompt of the rate; one sample a prompt is plain", () => {
  const nine = of({}, named("p", [1, 0, 1, 1, 0, 0, 0, 1, 0], 4));
  const lost = [...nine.clustered!.counts, { cluster: "z", count: 0, scored: 0, missing: 4 }];
  const [row] = rates([{ ...nine, missing: 4, clustered: { field: "cluster", counts: lost } }]);
  assert.deepEqual([row.clusters, row.over], [9, "samples of these 9 prompts"]);
  const [single] = rates([of({}, named("p", Array.from({ length: 40 }, (_, i) => i % 5 ? 0 : 1), 1))]);
  const { lower, upper } = modifiedWilson(8, 40);
  assert.deepEqual([single.over, single.lower, single.upper], ["prompts", lower, upper]);
});

Deno.test("clusters too unequal for an interval have none, and it is said why", () => {
  const [row] = rates([of({}, { ...named("p", Array(10).fill(1), 2), big: [300, 600] })]);
  assert.deepEqual([row.lower, row.upper, row.method], [null, null, "none"]);
  assert.match(row.refusal!, /^no interval: 11 clusters of unequal size are worth 1 equal ones/);
  assert.match(plain(sayRate(row)), /^310\/620 \(50 %, no interval: 11 clusters/);
});

Deno.test("every interval has its name, and those that take samples as independent are over samples", () => {
  const row = of({}, named("p", [5, 1, 0, 2, 3, 0, 0, 4, 1, 0, 2, 2], 5));
  const found = Object.fromEntries(INTERVAL_NAMES.map((name) => [name, rates([row], 0.95, name)[0]]));
  for (const name of ["default", "recommended", "guaranteed", "korn-graubard"]) {
    assert.equal(found[name].over, "prompts");
  }
  for (const name of ["wilson", "modified-wilson", "exact", "jeffreys", "agresti-coull"]) {
    assert.equal(found[name].over, "samples of these 12 prompts");
    assert(found[name].upper! - found[name].lower! < found.recommended.upper! - found.recommended.lower!);
  }
  const few = rates([of({}, named("p", [1, 0, 2], 5))], 0.95, "korn-graubard")[0];
  assert.match(few.refusal!, /^no interval: clusters must be >= 10: current value is 3/);
  const [unknown] = rates([{ group: {}, outcome: "x", count: 1, scored: 5, missing: 0 }], 0.95, "recommended");
  assert.equal(unknown.refusal, "no interval: prompts not recorded");
});

Deno.test("the same prompts in both arms are paired, whether their cluster holds the factor's level or not", () => {
  const arm = (level: string, suffix: string, shift: number) =>
    of(
      { threat: level },
      Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`s${i}${suffix} x=1`, [Math.min(5, i % 4 + shift), 5]])),
    );
  const bare = contrasts(rates([arm("on", "", 2), arm("off", "", 0)]), "threat", ["on", "off"])[0];
  const held = contrasts(rates([arm("on", " threat=on", 2), arm("off", " threat=off", 0)]), "threat", ["on", "off"])[0];
  for (const gap of [bare, held]) {
    assert.deepEqual([gap.pairs, gap.over, gap.unpaired], [14, "prompts", 0]);
    assert.equal(gap.test?.pValue, 2 / 2 ** 14);
    assert.equal(gap.ratio, null);
  }
  assert.deepEqual([bare.difference, bare.lower, bare.upper], [held.difference, held.lower, held.upper]);
  const others = contrasts(rates([arm("on", " threat=onward", 2), arm("off", "", 0)]), "threat", ["on", "off"])[0];
  assert.equal(others.pairs, undefined); // a level that only begins alike is another
});

Deno.test("where no method knows the clusters there is no interval and no test, and it is said why", () => {
  const many = of({ arm: "a" }, named("p", [3, 1, 0, 2, 0, 0, 1, 0, 0, 4, 2, 1], 5));
  const gapOf = (other: Count, options = {}) => contrasts(rates([many, other]), "arm", ["a", "b"], options)[0];
  const one = gapOf(of({ arm: "b" }, { z: [9, 60] }));
  assert.deepEqual([one.lower, one.test], [null, null]);
  assert.equal(one.refusal, "no interval: an arm has 1 prompt, at least 10 are needed in both");
  const half = of({ arm: "b" }, { ...named("p", [0, 0, 1, 0, 0], 5), ...named("q", [0, 0, 1, 0, 0, 2, 1], 5) });
  assert.match(gapOf(half).refusal!, /5 prompts stand in both arms, too few to pair and too many not to/);
  const paired = gapOf(half, { isPaired: true });
  assert.deepEqual([paired.pairs, paired.unpaired, paired.over], [5, 14, "samples of these 5 prompts"]);
  assert.throws(() => gapOf(of({ arm: "b" }, { z: [9, 60] }), { isPaired: true }), /no prompt is in both/);
});

Deno.test("over samples of few prompts a difference is modified Newcombe's with Fisher's test, and says so", () => {
  const rows = rates([of({ arm: "a" }, { p: [9, 10] }), of({ arm: "b" }, { q: [3, 10] })]);
  const [gap] = contrasts(rows, "arm", ["a", "b"]);
  const { lower, upper } = modifiedNewcombe({ successes: 9, trials: 10 }, { successes: 3, trials: 10 });
  assert.deepEqual([gap.lower, gap.upper, gap.over], [lower, upper, "samples of these 2 prompts"]);
  assert.equal(gap.test?.method, "fisher exact");
  const same = contrasts(rates([of({ arm: "a" }, { p: [9, 10] }), of({ arm: "b" }, { p: [3, 10] })]), "arm", [
    "a",
    "b",
  ]);
  assert.equal(same[0].over, "samples of this prompt");
  const [wilsons] = contrasts(rows, "arm", ["a", "b"], { interval: "wilson" });
  assert.equal(wilsons.lower?.toFixed(4), "0.1705"); // Newcombe (1998), method 10
});

Deno.test("several models together: the prompt is the cluster, and it is paired within each model", () => {
  const arm = (model: string, level: string, shift: number) =>
    of({ model, arm: level }, named("p", Array.from({ length: 12 }, (_, i) => Math.min(4, i % 3 + shift)), 4));
  const rows = rates([arm("m", "a", 1), arm("m", "b", 0), arm("n", "a", 2), arm("n", "b", 1)]);
  const all = stratifiedContrast(contrasts(rows, "arm", ["a", "b"]));
  assert.deepEqual([all.over, all.pairs, all.oddsRatio, all.homogeneity], ["prompts", 12, null, null]);
  assert.equal(all.test?.pValue, 2 / 2 ** 12); // 12 prompts to one side, and not 24
  assert.equal(all.difference?.estimate, 0.25);
  const few = rates([of({ model: "m", arm: "a" }, { p: [9, 10] }), of({ model: "m", arm: "b" }, { q: [3, 10] })]);
  const together = stratifiedContrast(contrasts(few, "arm", ["a", "b"]));
  assert.deepEqual([together.over, together.pairs], ["samples of these 2 prompts", undefined]);
  assert.notEqual(together.homogeneity, undefined);
});

Deno.test("a published count of one prompt is of this prompt; what was observed of its samples makes no other", async () => {
  const question = [{ label: "harmful" }];
  const [all] = rates(counts([await loadData("lynch2025-realism")], [], question));
  assert.deepEqual([all.clusters, all.over], [1, "samples of this prompt"]);
  const [unknown] = rates(counts([await loadData("xstest-judge")], ["model"], [{ label: "full_refusal" }]));
  assert.deepEqual([unknown.clusters, unknown.over], [null, "prompts not recorded"]);
  const lynch = rates(
    counts([await loadData("lynch2025")], ["model", "scenario", "goal_conflict", "threat"], question),
  );
  assert(lynch.every(({ over }) => /^samples of th/.test(over)));
});

Deno.test("by another field the clusters are those of the field, and have its name", async () => {
  const odcv = await loadData("odcv-judges");
  const question = [{ label: "final_median", atLeast: 3 }];
  const [byModel] = rates(counts([odcv], [], question, undefined, "model"));
  assert.deepEqual([byModel.clusters, byModel.over], [12, "models"]);
  const [folded] = clusteredRates(counts([odcv], ["model"], question), "model");
  assert.deepEqual([byModel.lower, byModel.upper], [folded.lower, folded.upper]);
  assert.throws(
    () => counts([odcv], [], question, undefined, "nowhere"),
    /tell clusters apart by nowhere .* factors are/,
  );
});

Deno.test("a published count over several prompts does not tell them apart: it is of samples of these prompts", async () => {
  const cell = (scored: number, prompts: number): Count => ({
    ...{ group: {}, outcome: "x", count: 1, scored, missing: 0 },
    clustered: { field: "cluster", counts: [{ cluster: "s", count: 1, scored, missing: 0, prompts }] },
  });
  const [several, few] = rates([cell(100, 20), cell(3, 20)]);
  assert.deepEqual([several.clusters, several.over], [20, "samples of these 20 prompts"]);
  assert.deepEqual([few.clusters, few.over], [3, "samples of these 3 prompts"]); // 3 samples are of 3 prompts at most
  const frontier = await loadData("frontier-awareness");
  const [row] = rates(counts([frontier], ["scenario"], [{ label: "aware" }]));
  assert(row.clusters! >= 9 && row.over.startsWith("samples of these"));
  const [gap] = contrasts(
    rates([{ ...cell(100, 20), group: { arm: "a" } }, { ...cell(90, 20), group: { arm: "b" } }]),
    "arm",
    [
      "a",
      "b",
    ],
  );
  assert.deepEqual([gap.over, gap.method], ["samples of these 20 prompts", "modified newcombe"]);
});

Deno.test("another prompt: nothing is said from one, and from alike ones it lies where they do", () => {
  assert.match(
    (newPromptRate(of({}, { a: [86, 100] })) as { refusal: string }).refusal,
    /of another prompt: 1 prompt$/,
  );
  const next = newPromptRate(of({}, named("p", Array(12).fill(50), 100)));
  assert("lower" in next && next.lower > 0.35 && next.upper < 0.65);
});

/** Two arms without a difference: prompts of their own, or the same prompts with one rate in both. */
function studyOf(draw: () => { successes: number; trials: number }[], isPaired: boolean, random: Random): Count[] {
  const name = (i: number) => String(i).padStart(3, "0");
  const armOf = (arm: string, drawn: readonly { successes: number; trials: number }[]) =>
    of(
      { arm },
      Object.fromEntries(drawn.map((one, i) => [isPaired ? name(i) : arm + name(i), [one.successes, one.trials]])),
    );
  if (!isPaired) return ["a", "b"].map((arm) => armOf(arm, draw()));
  const halves = draw().map(({ successes, trials }) => {
    let [first, left] = [0, successes];
    for (let i = 0; i < trials / 2; i++) {
      if (random.uniform() * (trials - i) >= left) continue;
      first++;
      left--;
    }
    return [first, left].map((successes) => ({ successes, trials: trials / 2 }));
  });
  return ["a", "b"].map((arm, side) => armOf(arm, halves.map((half) => half[side])));
}

Deno.test("where there is no difference the default claims one in at most 6 % of studies, by test or by interval", () => {
  const STUDIES = 60;
  const random = createRandom(8);
  for (const isPaired of [false, true]) {
    for (const [clusters, trials] of [[10, 50], [10, 100], [40, 10], [100, 5]]) {
      let [byTest, byInterval, studies] = [0, 0, 0];
      for (const rate of [0.03, 0.1, 0.4]) {
        for (const correlation of [0.1, 0.5]) {
          const sizes = Array<number>(clusters).fill(isPaired ? 2 * trials : trials);
          const draw = createStudies({ sizes, correlation, rate }, random);
          for (let study = 0; study < STUDIES; study++, studies++) {
            const [{ test, lower, upper }] = contrasts(rates(studyOf(draw, isPaired, random)), "arm", ["a", "b"]);
            if (test !== null && test.pValue <= 0.05) byTest++;
            if (lower !== null && upper !== null && (lower > 0 || upper < 0)) byInterval++;
          }
        }
      }
      const design = `${clusters} × ${trials}${isPaired ? ", paired" : ""}`;
      assert(byTest <= 0.06 * studies, `${design}: ${byTest} of ${studies} by the test`);
      assert(byInterval <= 0.06 * studies, `${design}: ${byInterval} of ${studies} by the interval`);
    }
  }
});

Deno.test("four cells of one prompt each are of samples of these 4 prompts, and so are those of twelve", () => {
  const levels = (factor: string) => ({ factor, absent: "no", present: "yes" });
  const cells = (prompts: number) =>
    ["no", "yes"].flatMap((a) =>
      ["no", "yes"].map((b) =>
        of(
          { a, b },
          Object.fromEntries(Array.from({ length: prompts }, (_, i) => [`${i} a=${a} b=${b}`, [a === b ? 3 : 1, 10]])),
        )
      )
    );
  assert.equal(factorial(cells(1), levels("a"), levels("b"), 0.05).over, "samples of these 4 prompts");
  assert.equal(factorial(cells(12), levels("a"), levels("b"), 0.05).over, "samples of these 48 prompts");
});
