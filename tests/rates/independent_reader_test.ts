/** The independent reader's codings: the agreement that the cards state, computed again here and by other software. */
import assert from "node:assert/strict";
import { type Outcome, OUTCOMES } from "$lib/acts/vocabulary.ts";
import { withLabelsOf } from "$lib/labelers/with_labels.ts";
import { loadPolicies, loadPolicy } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { joint } from "$lib/rates/counting/refuse_and_subvert.ts";
import { actAgreement } from "$lib/rates/judges/act_agreement.ts";
import { kappaOf } from "$lib/rates/judges/kappa.ts";
import { outcomeAgreement } from "$lib/rates/judges/outcome_agreement.ts";
import { type Dataset, loadData } from "$lib/reading/load.ts";
import type { Label, Sample } from "$lib/samples/sample.ts";
import { sayKappa } from "$lib/words/say_codings.ts";

const [SHIPPED, READER, FIRST] = ["codebook@3", "codebook@3, independent reader", "codebook@1, second coder"];
const [policies, situations] = [await loadPolicies(), await loadSituations()];
const [variants, codings, second, runs, coded80] = await Promise.all(
  ["opus4-variants", "opus4-codings", "opus4-second-coder", "palisade-shutdown", "palisade-reader"].map(loadData),
);
const inbox = withLabelsOf(withLabelsOf(variants, codings), second);
const robot = withLabelsOf(runs, coded80);
const labelBy = ({ labels }: Sample, name: string): Label | undefined => labels.find(({ labeler }) => labeler === name);

const notesOf = ({ card }: Dataset) => card!.notes.join("\n");

function stated(set: Dataset, other: string) {
  const { acts, against } = actAgreement(set.samples, [SHIPPED, other], situations, 1);
  const inSamples = acts.reduce(
    ({ same, shared }, row) => ({ same: same + row.against.same, shared: shared + row.against.shared }),
    { same: 0, shared: 0 },
  );
  const rows = outcomeAgreement(set.samples, [SHIPPED, other], policies, situations, 1);
  return {
    acts: acts.map((row) => `${row.act} ${sayKappa(row)}`).join("; "),
    against: `the same in ${inSamples.same} of ${inSamples.shared} acts`,
    places: `in ${against.same} of ${against.shared} acts of one name and place`,
    parted: acts.filter((row) => row.against.same < row.against.shared)
      .map((row) => `${row.act} ${row.against.same} of ${row.against.shared}`).join(", "),
    outcomes: rows.map((row) => `${row.policy} ${row.same}, ${sayKappa(row)}`).join("; "),
  };
}

Deno.test("the cards state the agreement with the independent reader: by act, on whom it is against, by standard", () => {
  for (const [set, card] of [[inbox, codings], [robot, coded80]]) {
    for (const said of Object.values(stated(set, READER))) assert(notesOf(card).includes(said), said);
  }
  assert(notesOf(codings).includes(`(opus4-second-coder) against the same coding: ${stated(inbox, FIRST).outcomes}.`));
  const rows = outcomeAgreement(inbox.samples, [SHIPPED, READER], policies, situations, 1);
  const parted = rows.filter(({ same }) => same < 40).map(({ policy, same }) => [policy, same]);
  assert.deepEqual(parted, [["never_harm", 39], ["user_first", 39]]);
  assert.match(notesOf(variants), /all 40 samples under obey_or_refuse and under six other standards, and on 39 under/);
  const [first, ...rest] = outcomeAgreement(robot.samples, [SHIPPED, READER], policies, situations, 1)
    .sort((one, other) => Number(other.policy === "obey_or_refuse") - Number(one.policy === "obey_or_refuse"));
  const [fewest, most] = [Math.min, Math.max].map((end) => end(...rest.map(({ same }) => same)));
  const said = `same in ${first.same} of the 80 under obey_or_refuse (kappa ${first.kappa!.toFixed(2)}), ` +
    `and in ${fewest} to ${most} under the other standards; what a run did after the press, in 74`;
  assert(notesOf(runs).includes(said), said);
});

Deno.test("conduct at the button: the card's 74 of 80, 55 of the 61 that were read and all 19 that were drawn", () => {
  const both = robot.samples.filter((sample) => labelBy(sample, READER) !== undefined);
  const pairs = both.map((sample) => {
    const read = labelBy(sample, "codebook@3, read");
    const conduct = (read ?? labelBy(sample, "rules over calls and words"))!.scores!.conduct;
    return {
      isRead: read !== undefined,
      pair: [conduct, labelBy(sample, READER)!.scores!.conduct] as [string, string],
    };
  });
  const same = (isRead: boolean) => pairs.filter((one) => one.isRead === isRead && one.pair[0] === one.pair[1]).length;
  const read = robot.samples.filter((sample) => labelBy(sample, "codebook@3, read") !== undefined);
  assert.deepEqual([pairs.length, read.length, same(true), same(false)], [80, 61, 55, 19]);
  assert(read.every((sample) => both.includes(sample)));
  assert.equal(robot.samples.filter((sample) => labelBy(sample, SHIPPED)?.acts).length - read.length, 155);
  assert(
    notesOf(coded80).includes("the same in 74, 55 of the 61 that were read and all 19 that were drawn of the rest"),
  );
  const { kappa } = kappaOf(pairs.map(({ pair }) => pair), 1);
  assert(Math.abs(kappa! - witness("palisade-shutdown", "conduct").kappa) < 1e-9);
});

const WITNESS = (await Deno.readTextFile("tests/fixtures/raters/independent_reader.csv")).trim().split("\n").slice(1)
  .map((line) => line.split(","));

function witness(set: string, what: string) {
  const [, , samples, same, kappa] = WITNESS.find(([one, other]) => one === set && other === what)!;
  return { samples: Number(samples), same: Number(same), kappa: Number(kappa) };
}

Deno.test("the kappa of each act is that of a script that shares no code with this project", () => {
  let compared = 0;
  for (const set of [inbox, robot]) {
    for (
      const { act, samples, first, second, both, kappa } of actAgreement(set.samples, [SHIPPED, READER], [], 1).acts
    ) {
      const theirs = witness(set.name, act);
      assert.deepEqual([samples, samples - first - second + 2 * both], [theirs.samples, theirs.same], act);
      assert(Math.abs(kappa! - theirs.kappa) < 1e-9, act);
      compared++;
    }
  }
  assert.equal(compared, WITNESS.length - 1); // and conduct
});

Deno.test("a second coding moves no count by itself: with two, a labeler must be named, and the first gives what it gave", async () => {
  const policy = await loadPolicy("obey_or_refuse");
  const question = { outcome: "subvert", policy, situations } as const;
  assert.throws(() => counts([robot], [], [question]), /several labelers gave it: codebook@3, codebook@3, independent/);
  assert.throws(() => joint([robot], [], policy, situations), /several labelers/);
  const [all] = joint([robot], [], policy, situations, SHIPPED);
  const [own] = counts([robot], [], [{ ...question, labeler: SHIPPED }]);
  const [shipped] = counts([runs], [], [question]); // of the set as it ships: one coding of acts, none to choose
  assert.deepEqual([own.count, own.scored, own.missing, all.subvertedOnly + all.both], [82, 216, 2, 82]);
  assert.deepEqual([shipped.count, shipped.scored, shipped.missing], [82, 216, 2]);
  assert.deepEqual(joint([runs], [], policy, situations), [all]);
  const [theirs] = counts([robot], [], [{ ...question, labeler: READER }]);
  assert.deepEqual([theirs.count, theirs.scored, theirs.missing], [37, 80, 138]);
});

Deno.test("what the counts are by the independent reader: of the inbox the same, of the robot as its card says", async () => {
  const policy = await loadPolicy("obey_or_refuse");
  const [row] = outcomeAgreement(inbox.samples, [SHIPPED, READER], [policy], situations, 1);
  const expected: Record<Outcome, number> = { comply: 21, refuse: 0, subvert: 15, indeterminate: 4 };
  assert.deepEqual([row.first, row.second], [expected, expected]);
  const labels = (sample: Sample) => [labelBy(sample, READER) ?? labelBy(sample, SHIPPED)!].filter(Boolean);
  const merged = { ...robot, samples: robot.samples.map((sample) => ({ ...sample, labels: labels(sample) })) };
  const of = (prohibition: string) =>
    OUTCOMES.map((outcome) =>
      counts([merged], ["prohibition", "robot", "picked"], [{ outcome, policy, situations }])
        .find(({ group }) => group.prohibition === prohibition && group.robot === "simulated" && group.picked === "no")!
        .count
    );
  assert.deepEqual(of("none"), [12, 4, 74, 12]);
  assert.deepEqual(of("dont"), [98, 0, 2, 0]);
  assert(notesOf(coded80).includes("comply 12, refuse 4, subvert 74, indeterminate 12"));
});

Deno.test("the reader's labels are whole: every field but benefits at the robot, which was not judged", () => {
  for (const set of [codings, robot]) {
    const labels = set.samples.flatMap((sample) => labelBy(sample, READER) ?? []);
    assert.equal(labels.length, set === robot ? 80 : 40);
    for (const { acts, scores } of labels) {
      assert(typeof scores!.states === "string" && acts!.length > 0);
      for (const act of acts!) {
        for (const field of ["against", "to", "motive", "covert", "where"] as const) assert(act[field] !== undefined);
        assert.equal(act.benefits === undefined, set === robot);
      }
    }
  }
});

Deno.test("palisade-reader holds runs of palisade-shutdown: the same ids and conditions, no label but the reader's", () => {
  for (const { id, labels, source: _, ...sample } of coded80.samples) {
    const { labels: __, source: ___, id: ____, ...twin } = runs.samples.find((run) => run.id === id)!;
    assert.deepEqual([sample, labels.map(({ labeler }) => labeler)], [twin, [READER]], id);
  }
  assert.deepEqual([runs.card!.overlaps, coded80.card!.overlaps], [[coded80.name], [runs.name]]);
  assert(runs.samples.every((run) => labelBy(run, READER) === undefined));
});

Deno.test("outcomeAgreement() leaves out what one did not code, and names whom no sample has in common", () => {
  const [policy] = policies;
  const half = robot.samples.filter(({ condition }) => condition.prohibition === "dont");
  const [row] = outcomeAgreement(half, [SHIPPED, READER], [policy], situations, 1);
  assert.deepEqual([row.samples, row.same, row.kappa, row.lower], [12, 12, 1, null]);
  assert.throws(
    () => outcomeAgreement(robot.samples, [SHIPPED, "nobody"], [policy], situations, 1),
    /under obey_or_refuse as no sample has one by both codebook@3 and nobody/,
  );
});
