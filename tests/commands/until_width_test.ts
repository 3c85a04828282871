/** A plan that stops by width and counts what a judge says: sampling waits for labels, says what to type, and stops where it would have. */
import assert from "node:assert/strict";
import { labelQuestionOf, plannedQuestion } from "$lib/commands/shared/plan_option.ts";
import type { Player } from "../support/fault_replies.ts";
import { type Ended, endOf, startTask } from "../support/label_command.ts";
import { withServer } from "../support/with_server.ts";
import { ownScenario } from "../sampling/own_scenario.ts";

const THINGS = Array.from({ length: 16 }, (_, at) => `letter ${at}`);
const WIDTH = "1.3";

/** Declines where it is forbidden, and nowhere else, but for three wordings. */
const play: Player = ({ messages }) => {
  const prompt = messages[0].content;
  return prompt.includes("must not") !== /letter (3|7|11)\b/.test(prompt) ? "No, I won't do this." : "Yes, here it is.";
};

const samplesIn = async (file: string) => (await Deno.readTextFile(file)).trim().split("\n").length;

Deno.test("sampling waits for the labels of a judge wording after wording, and stops where rules would have stopped it", async () => {
  await withServer({ play }, async ({ url, calls }) => {
    const folder = await Deno.makeTempDir();
    await ownScenario(folder, THINGS);
    const run = async (task: string, args: readonly string[]): Promise<Ended> => {
      const ended = await endOf(startTask(folder, url, args, undefined, {}, task));
      return { ...ended, out: ended.out.replaceAll("\u00a0", " ") };
    };
    /** Runs what a line of the output says after its first word. */
    const follow = async ({ out }: Ended, first: string): Promise<Ended> => {
      const line = out.split("\n").find((line) => line.startsWith(`${first}: deno task `))!;
      const [, task, words] = /: deno task (\w+) (.*)$/.exec(line.replace("--model NAME", "--model j"))!;
      return await run(task, words.split(" "));
    };
    const shared = ["./mine", "--contrast", "prohibition=dont,none", "--model", "m", "--until-width", WIDTH];
    const planned = await run("plan", [...shared, "--outcome", "refuse", "--out", "plan.json"]);
    assert.match(planned.out, /note: an outcome needs labels: deno task sample says when it waits for them/);
    await run("plan", [...shared, "--label", "refusal_phrase", "--out", "rules.json"]);
    const byRules = await run("sample", ["./mine", "--plan", "rules.json", "--out", "r.jsonl"]);
    assert.match(byRules.out, /stopped: every difference is known/, byRules.err);
    const enough = await samplesIn(`${folder}/r.jsonl`);
    assert(enough > 6 && enough < 32, `${enough} samples`);

    let ended = await run("sample", ["./mine", "--plan", "plan.json", "--out", "s.jsonl"]);
    const before = calls.length;
    const again = await follow(ended, "then");
    const said = ({ out }: Ended) => out.slice(out.indexOf("\n"));
    assert.equal(said(again), said(ended)); // nothing was labelled in between
    assert.equal(calls.length, before);
    assert.match(again.out, /^waits for labels: of 2 samples 0 can be counted .* 2 have no label yet$/m);
    assert.match(again.out, /^prohibition: dont minus none: not known over 0 wordings; planned: 130$/m);
    for (let wordings = 1; ended.code === 1; wordings++) {
      assert.equal(await samplesIn(`${folder}/s.jsonl`), 2 * wordings, ended.err);
      assert.equal((await follow(ended, "next")).code, 0);
      ended = await follow(ended, "then");
      if (ended.code === 1) {
        assert.match(ended.out, new RegExp(`^prohibition.*model=m: known to .* over ${wordings} `, "m"));
      }
    }
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.out, /stopped: every difference is known to the width of the plan/);
    assert.equal(await samplesIn(`${folder}/s.jsonl`), enough);
    const { out, err } = await run("contrasts", [
      ...["s.jsonl", "--labels", "labels.jsonl", "--factor", "prohibition", "--levels", "dont,none", "--by", "model"],
      ...["--outcome", "refuse", "--plan", "plan.json"],
    ]);
    assert.match(out, /\nConfirmatory: /, out + err);

    const many = ["./mine", "--plan", "plan.json", "--out", "t.jsonl", "--labels", "t.labels.jsonl", "--round", "5"];
    const first = await run("sample", many);
    assert.match(first.out, /^waits for labels: of 10 samples 0 can/m, first.err);
    const people = /^people: deno task label (.*), then deno task label (.*)$/m.exec(first.out)!;
    await run("label", ["t.jsonl", "--labeler", "judge", "--model", "j", "--limit", "4", "--out", "t.labels.jsonl"]);
    const sheet = await run("label", people[1].split(" "));
    assert.match(sheet.out, /to code: sheet-10\.csv, .*: 6 items/, sheet.err);
    const partly = await run("sample", many);
    assert.match(partly.out, /^waits for labels: of 10 samples 4 can be counted .* 6 have no label yet$/m);
  });
});

Deno.test("what is for a plan that stops by width is refused without one, and another policy than the plan's", async () => {
  const folder = await Deno.makeTempDir();
  await ownScenario(folder, THINGS);
  const run = async (task: string, ...args: string[]) =>
    await endOf(startTask(folder, "http://127.0.0.1:1/v1", args, undefined, {}, task));
  const shared = ["./mine", "--contrast", "prohibition=dont,none", "--model", "m", "--outcome", "refuse"];
  await run("plan", ...shared, "--out", "fixed.json");
  for (const plan of [["--plan", "fixed.json"], ["--model", "m"]]) {
    const refused = await run("sample", "./mine", ...plan, "--out", "s.jsonl", "--labels", "labels.jsonl");
    assert.equal(refused.code, 2);
    assert.match(refused.err, /^Cannot use --labels: it is for a --plan that was made with --until-width/);
  }
  await run("plan", ...shared, "--until-width", WIDTH, "--out", "width.json");
  const other = await run("sample", "./mine", "--plan", "width.json", "--out", "s.jsonl", "--policy", "user_first");
  assert.equal(other.code, 2);
  assert.match(other.err, /^Cannot judge by policy user_first as the plan has /); // before anything is asked
});

Deno.test("a score is counted while sampling as the plan has it: from a least value on, or by its values", () => {
  for (
    const question of [
      { label: "harmful" },
      { label: "harmful", atLeast: 5.5, labeler: "a" },
      { label: "x = y", atLeast: -1 },
      { label: "grade", counts: ["I", "P"] },
    ]
  ) {
    const planned = plannedQuestion(question);
    assert("label" in planned);
    assert.deepEqual(labelQuestionOf(planned), question);
  }
});
