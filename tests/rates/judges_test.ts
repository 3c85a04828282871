/** Agreement of labelers, what hangs on the judge, and corrected rates, from samples to numbers. */
import assert from "node:assert/strict";
import type { Act } from "$lib/acts/act.ts";
import { actAgreement } from "$lib/rates/judges/act_agreement.ts";
import { loadPolicies } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { agreement, answersOf, confusionOf, ordinalAgreement, pairsOf } from "$lib/rates/judges/agreement.ts";
import { correctedRates, randomIds } from "$lib/rates/judges/corrected_rates.ts";
import type { Count } from "$lib/rates/counting/count.ts";
import { judgeFlips } from "$lib/rates/judges/judge_flips.ts";
import { marginBounds } from "$lib/rates/judges/margin_bounds.ts";
import { type Dataset, loadData } from "$lib/reading/load.ts";
import { sayAgreement } from "$lib/words/say.ts";
import { withLabelsOf } from "$lib/labelers/with_labels.ts";
import { cohenKappa } from "$lib/stats/raters/cohen_kappa.ts";
import { roganGladen } from "$lib/stats/correction/rogan_gladen.ts";

const odcv = await loadData("odcv-judges");
const rater = (name: string) => ({ name, question: { label: name, atLeast: 3 } });
const judges = ["claude47", "gemini", "gpt55", "grok"].map(rater);

Deno.test("answers are yes, no or nothing; a score that is missing takes no part", () => {
  const answers = answersOf(odcv, judges);
  assert.equal(answers.length, 960);
  assert.equal(answers.filter((row) => row.every((answer) => answer === null)).length, 10);
  assert.equal(answers.filter((row) => row.some((answer) => answer === null)).length, 10);
});

Deno.test("agreement of two is Cohen's kappa over the same answers, of more Fleiss'; the seed repeats the interval", () => {
  const pair = [judges[0], judges[3]];
  const [kappa] = agreement(odcv, pair, 1).filter(({ measure }) => measure === "Cohen kappa");
  assert.equal(kappa.estimate, cohenKappa(answersOf(odcv, pair)).estimate);
  assert(kappa.lower! < kappa.estimate! && kappa.estimate! < kappa.upper!);
  assert.deepEqual(agreement(odcv, pair, 1).at(-1), kappa);
  assert.deepEqual(agreement(odcv, judges, 1).map(({ measure }) => measure), [
    "percent",
    "Krippendorff alpha",
    "Gwet AC1",
    "Fleiss kappa",
  ]);
  assert.equal(pairsOf(judges).length, 6);
  assert(ordinalAgreement(odcv, judges.map(({ name }) => name), 1).estimate! > 0.7);
});

Deno.test("confusion and the list of disagreements are of one account", () => {
  for (const pair of pairsOf(judges)) {
    const { counts: [[neither, second], [first, both]], disagreements } = confusionOf(odcv, pair);
    assert.equal(neither + second + first + both, 950);
    assert.equal(disagreements.length, first + second);
    assert.equal(disagreements.filter((one) => one.first).length, first);
  }
});

Deno.test("a judge that is the reference flips nothing; grok turns two comparisons of models round, over prompts", () => {
  const median = rater("final_median");
  const { lost, gained, reversed, comparisons } = judgeFlips(odcv, "model", median, median);
  assert.deepEqual([lost, gained, reversed, comparisons], [0, 0, 0, 66]);
  assert.equal(judgeFlips(odcv, "model", judges[3], median).reversed, 2);
  const one = judgeFlips(odcv, "model", judges[3], median);
  const other = judgeFlips(odcv, "model", median, judges[3]);
  assert.deepEqual([one.lost, one.gained], [other.gained, other.lost]);
});

Deno.test("corrected rates use each sample once: the coded part with its reference, the rest with the judge alone", () => {
  const coded = randomIds(odcv, 200, 3);
  assert.equal(coded.size, 200);
  const [judge, only, rogan] = correctedRates(odcv, judges[2], rater("final_median"), coded, "at random");
  const answers = answersOf(odcv, [judges[2], rater("final_median")]);
  const cell = (said: number, truth: number | null) =>
    answers.filter(([one, other], i) => one === said && (coded.has(odcv.samples[i].id) ? other : null) === truth)
      .length;
  const subset = {
    truePositives: cell(1, 1),
    falsePositives: cell(1, 0),
    falseNegatives: cell(0, 1),
    trueNegatives: cell(0, 0),
  };
  const others = { successes: cell(1, null), trials: cell(1, null) + cell(0, null) };
  assert.equal(others.trials + Object.values(subset).reduce((sum, count) => sum + count, 0), 950);
  assert.equal(judge.estimate, answers.filter(([one]) => one === 1).length / 950);
  assert.equal(rogan.estimate, roganGladen(subset, others).estimate);
  assert.equal(only.estimate, (subset.truePositives + subset.falseNegatives) / (950 - others.trials));
});

Deno.test("corrected rates warn of a part that was not drawn at random, and refuse one that is empty or everything", () => {
  const median = rater("final_median");
  const few = correctedRates(odcv, judges[0], median, randomIds(odcv, 30, 1), "otherwise");
  assert(few.slice(1).every(({ warnings }) => warnings.includes("the coded samples were not drawn at random")));
  assert.throws(() => correctedRates(odcv, judges[0], median, new Set(), "at random"), /no coded sample has both/);
  const all = new Set(odcv.samples.map(({ id }) => id));
  assert.throws(() => correctedRates(odcv, judges[0], median, all, "at random"), /every sample is coded/);
  assert.throws(() => randomIds(odcv, 961, 1), RangeError);
});

Deno.test("over 40 random parts of ODCV the corrected interval holds the reference far more often than the judge's own", () => {
  const median = rater("final_median");
  const truth = answersOf(odcv, [median]).filter(([answer]) => answer === 1).length / 950;
  const held = new Map<string, number>();
  for (let seed = 1; seed <= 40; seed++) {
    for (const row of correctedRates(odcv, judges[2], median, randomIds(odcv, 150, seed), "at random")) {
      const holds = row.lower! <= truth && truth <= row.upper!;
      held.set(row.estimator, (held.get(row.estimator) ?? 0) + (holds ? 1 : 0));
    }
  }
  assert.equal(held.get("judge"), 0);
  for (const name of ["coded only", "Rogan–Gladen", "PPI", "PPI++"]) {
    assert(held.get(name)! >= 35, `${name}: ${held.get(name)}`);
  }
});

Deno.test("labels of another data set are put to the same samples, and a sample that is not there is an error", async () => {
  const [first, second] = await Promise.all(["opus4-variants", "opus4-second-coder"].map(loadData));
  const both = withLabelsOf(first, second);
  assert(both.samples.every(({ labels }) => labels.filter(({ acts }) => acts !== undefined).length === 2));
  const lost = { ...second, samples: [{ ...second.samples[0], id: "x" }] } as Dataset;
  assert.throws(() => withLabelsOf(first, lost), /has no sample x/);
});

Deno.test("judges of different samples are warned of wherever they are compared; those of the same samples are not", () => {
  const raters = [rater("one"), rater("other")];
  const samples = odcv.samples.slice(0, 60).map((sample, index) => ({
    ...sample,
    labels: [{ labeler: "j", kind: "judge" as const, scores: { [index % 2 ? "one" : "other"]: index % 3 ? 5 : 0 } }],
  }));
  const half = { scored: 30, missing: 30 };
  const disjoint = { ...odcv, samples, labels: { one: half, other: half } };
  for (const row of [...agreement(disjoint, raters, 1), ordinalAgreement(disjoint, ["one", "other"], 1)]) {
    assert.deepEqual([row.estimate, row.shared], [null, 0]);
    assert.match(row.warning!, /^one and other answered for different samples/);
    assert.match(sayAgreement(row), /no sample of both \(30 and 30\)/);
  }
  assert.match(confusionOf(disjoint, [raters[0], raters[1]]).warning!, /different samples/);
  assert.match(judgeFlips(disjoint, "model", raters[0], raters[1]).warning!, /no sample of both/);
  const few = {
    ...disjoint,
    samples: samples.map((sample, index) => index < 3 ? { ...sample, labels: odcvLabels(1, 1) } : sample),
  };
  assert.match(agreement(few, raters, 1)[0].warning!, /only 3 samples of both/);
  const [row] = agreement(odcv, [judges[0], judges[1]], 1);
  assert.deepEqual([row.shared, row.warning], [950, undefined]);
  assert.equal("warning" in judgeFlips(odcv, "model", judges[0], judges[1]), false);
});

function odcvLabels(one: number, other: number) {
  return [{ labeler: "j", kind: "judge" as const, scores: { one, other } }];
}

Deno.test("withLabelsOf() counts the labels of both, and refuses another transcript and a contradiction by name", async () => {
  const [first, second] = await Promise.all(["opus4-variants", "opus4-second-coder"].map(loadData));
  const { acts, blackmail, states } = withLabelsOf(first, second).labels;
  assert.deepEqual([acts, blackmail].map(({ scored, missing }) => [scored, missing]), [[40, 0], [40, 0]]);
  assert.equal(states.other?.samples, 40);
  const said = (content: string, harmful: boolean): Dataset => ({
    ...first,
    samples: [{
      ...first.samples[0],
      messages: [{ role: "assistant", content }],
      labels: [{ labeler: "j", kind: "judge", scores: { harmful } }],
    }],
  });
  assert.throws(() => withLabelsOf(said("a", true), said("b", true)), /has another transcript/);
  assert.throws(() => withLabelsOf(said("a", true), said("a", false)), /contradicting labels of j \(score harmful\)/);
  assert.equal(withLabelsOf(said("a", true), said("a", true)).samples[0].labels.length, 1);
});

Deno.test("marginBounds() are the extremes over all ways in which two sets of answers can lie over each other", () => {
  const row = (count: number, scored: number, missing = 0): Count[] => [
    { group: { model: "m" }, outcome: "refusal", count, scored, missing },
  ];
  const SIZE = 7;
  for (let judge = 0; judge <= SIZE; judge++) {
    for (let reference = 1; reference <= SIZE; reference++) {
      const shares: number[] = [];
      for (let mask = 0; mask < 2 ** SIZE; mask++) {
        const called = Array.from({ length: SIZE }, (_, i) => (mask >> i) & 1);
        if (called.reduce((sum, one) => sum + one, 0) !== judge) continue;
        shares.push(called.slice(0, reference).reduce((sum, one) => sum + one, 0) / reference);
      }
      const bounds = { lower: Math.min(...shares), upper: Math.max(...shares) };
      assert.deepEqual(marginBounds(row(judge, SIZE), row(reference, SIZE)), bounds);
    }
  }
  assert.deepEqual(
    marginBounds(row(2, 8, 2), row(5, 10)),
    { lower: 0, upper: 4 / 5 },
    "without an answer it may be either",
  );
  assert.throws(() => marginBounds(row(2, 8), row(5, 10)), /Cannot bound group .* 8 and 10 samples/);
  assert.throws(() => marginBounds(row(2, 8), row(0, 8)), /the reference calls no sample so/);
});

Deno.test("acts are compared by sample, people by their principal, and a silent field is no disagreement", async () => {
  const [samples] = [(await loadData("opus4-variants")).samples.slice(0, 4)];
  const situations = await loadSituations();
  const coded = (labeler: string, acts: Act[]) => ({ labeler, kind: "human" as const, acts });
  const told = (name: Act["name"], more: Partial<Act> = {}): Act => ({ name, where: "email 1", ...more });
  const pairs: [Act[], Act[]][] = [
    [[told("warns", { against: ["technical_director"], to: [] })], [told("warns", { against: ["user"] })]],
    [[told("warns", { against: [] })], [told("warns", { against: ["owner"] })]],
    [[told("leaks")], [told("stalls")]],
    [[told("stalls")], [told("stalls", { where: "email 2", against: [] })]],
  ];
  const all = samples.map((sample, index) => ({
    ...sample,
    labels: [coded("a", pairs[index][0]), coded("b", pairs[index][1])],
  }));
  const { acts, against, to } = actAgreement(all, ["a", "b"], situations, 1);
  const row = (name: string) => acts.find(({ act }) => act === name)!;
  assert.deepEqual([row("warns").first, row("warns").second, row("warns").both, row("warns").kappa], [2, 2, 2, 1]);
  assert.deepEqual([row("leaks").first, row("leaks").both, row("leaks").kappa], [1, 0, 0]);
  assert.deepEqual([row("stalls").first, row("stalls").second, row("stalls").kappa], [1, 2, 0.5]);
  assert.deepEqual([against, to], [{ shared: 2, same: 1 }, { shared: 0, same: 0 }]);
  assert.deepEqual(row("warns").against, { shared: 2, same: 1 });
  assert.deepEqual(row("stalls").against, { shared: 0, same: 0 }, "one of them says nothing of whom it is against");
  assert.throws(() => actAgreement(all, ["a", "c"], situations, 1), /no sample was coded by both a and c/);
});

Deno.test("the 40 samples: the card's agreement by act, by principal and under each standard", async () => {
  const both = withLabelsOf(await loadData("opus4-variants"), await loadData("opus4-second-coder"));
  const names = ["codebook@3", "codebook@1, second coder"] as const;
  const situations = await loadSituations();
  const { acts, against } = actAgreement(both.samples, names, situations, 1);
  const kappas = Object.fromEntries(acts.map(({ act, kappa }) => [act, kappa!.toFixed(2)]));
  assert.deepEqual(
    ["accepts", "warns", "stalls", "deceives", "blackmails", "leaks", "discloses"].map((name) => kappas[name]),
    ["1.00", "0.69", "1.00", "0.82", "0.79", "0.00", "0.84"],
  );
  assert.deepEqual(against, { shared: 63, same: 43 });
  const agreed = (await loadPolicies()).map((policy) => {
    const raters = names.map((name) => ({
      name,
      question: { outcome: "subvert" as const, policy, situations, labeler: name },
    }));
    const [percent] = agreement(both, raters, 1);
    return [policy.name, Math.round(percent.estimate! * percent.shared)];
  });
  assert.deepEqual(Object.fromEntries(agreed), {
    obey_or_refuse: 38,
    binary_harmful: 38,
    lesser_evil: 38,
    never_harm: 37,
    no_self_preservation: 40,
    operator_first: 39,
    owner_first: 40,
    trainer_first: 39,
    user_first: 35,
  });
});
