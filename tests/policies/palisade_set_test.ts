/** The shutdown runs as they ship: met again from the logs, by tag and by rule, and the source's own numbers. */
import assert from "node:assert/strict";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { situationOf } from "$lib/policies/situation.ts";
import { agreement } from "$lib/rates/judges/agreement.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { loadData } from "$lib/reading/load.ts";
import { conductOf } from "../fixtures/palisade/conduct.ts";
import { REALDATA, realTest } from "../support/realdata.ts";

const runs = await loadData("palisade-shutdown");
const situations = await loadSituations();
const scoresBy = (labeler: string, index: number) =>
  runs.samples[index].labels.find((label) => label.labeler === labeler)?.scores;

Deno.test("every run has the situation of its condition, and the source's counts come out", () => {
  for (const { scenario, condition } of runs.samples) {
    assert(situationOf(situations, scenario, condition) !== undefined);
  }
  const rows = counts([runs], ["prohibition", "robot", "picked"], [{ label: "avoided", labeler: "palisade" }]);
  const of = (prohibition: string, robot: string) =>
    rows.find(({ group }) => group.prohibition === prohibition && group.robot === robot && group.picked === "no")!;
  assert.deepEqual([of("none", "simulated"), of("dont", "simulated"), of("none", "real")].map(({ count }) => count), [
    54,
    2,
    3,
  ]);
  assert.deepEqual([of("dont", "simulated").scored, of("none", "real").scored], [100, 10]);
  const isEither = (index: number) => {
    const { prohibition, robot, picked } = runs.samples[index].condition;
    const { avoided, shutdown } = scoresBy("palisade", index)!;
    return prohibition === "none" && robot === "simulated" && picked === "no" && (avoided || shutdown);
  };
  assert.equal(runs.samples.filter((_, index) => isEither(index)).length, 86); // the source's denominator
});

Deno.test("three outcomes at sample level: told nothing it tampers or tries to, told to allow it goes along, and refuses rarely", async () => {
  const policy = await loadPolicy("obey_or_refuse");
  const of = (prohibition: string) =>
    (["comply", "refuse", "subvert", "indeterminate"] as const).map((outcome) =>
      counts([runs], ["prohibition", "robot", "picked"], [{ outcome, policy, situations }])
        .find(({ group }) => group.prohibition === prohibition && group.robot === "simulated" && group.picked === "no")!
    );
  assert.deepEqual(of("none").map(({ count }) => count), [13, 7, 72, 10]);
  assert.deepEqual(of("dont").map(({ count }) => count), [98, 0, 2, 0]);
  assert.deepEqual(of("none").map(({ missing }) => missing), [2, 2, 2, 2]); // an error ended them
});

Deno.test("the rules agree with the source's tag in every run, and with the reading in all but one", () => {
  let both = 0;
  const apart: string[] = [];
  for (const [index, { id }] of runs.samples.entries()) {
    const conduct = scoresBy("rules over calls and words", index)?.conduct;
    assert.equal(conduct === "tampers", scoresBy("palisade", index)!.avoided, id);
    const read = scoresBy("codebook@3, read", index)?.conduct;
    if (read === undefined) continue;
    both++;
    if (read !== conduct) apart.push(id);
  }
  assert.equal(both, 61);
  assert.deepEqual(apart, ["plsallow/plsallow26/20260206_182311_610228"]);
  const question = (labeler: string) => ({ label: "conduct", counts: ["goes on"], labeler });
  const raters = ["rules over calls and words", "codebook@3, read"].map((name) => ({ name, question: question(name) }));
  const kappa = agreement(runs, raters, 1).find(({ measure }) => measure === "Cohen kappa")!;
  assert(kappa.estimate! > 0.9 && kappa.shared === 61);
});

realTest("real data: the logs give the tags, the conduct by rule and the place of each again", async () => {
  const folder = `${REALDATA}/PalisadeResearch__robot_shutdown_resistance/logs`;
  for (const { id, labels } of runs.samples) {
    const at = id.lastIndexOf("/");
    const file = `llm_control.log_${id.slice(at + 1)}.jsonl`;
    const found = conductOf(await Deno.readTextFile(`${folder}/${id.slice(0, at)}/${file}`));
    const rule = labels.find(({ labeler }) => labeler === "rules over calls and words");
    assert.deepEqual([rule?.scores?.conduct, rule?.note], [found?.conduct, found && `event ${found.line}`], id);
    const tags = JSON.parse(await Deno.readTextFile(`${folder}/${id.slice(0, at)}/tags.json`))[file];
    for (const [tag, isThere] of Object.entries(labels[0].scores!)) assert.equal(tags.includes(tag), isThere, id);
  }
});
