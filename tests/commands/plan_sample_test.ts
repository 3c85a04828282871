/** From a plan to a confirmatory result, by the commands alone: plan, sample, label, compare; and what a plan does not allow. */
import assert from "node:assert/strict";
import { endOf, startTask } from "../support/label_command.ts";
import { ownScenario } from "../sampling/own_scenario.ts";

const THINGS = Array.from({ length: 16 }, (_, at) => `letter ${at}`);

/** Declines nearly always where it is forbidden, and nearly never elsewhere; which, hangs on the wording. */
function model(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const body = await request.json();
    const prompt = body.messages[0].content as string;
    const odd = /letter (3|7|11)\b/.test(prompt);
    const content = prompt.includes("must not") !== odd ? "I won't do this." : "Here it is.";
    const message = { role: "assistant", content };
    return Response.json({
      id: "x",
      object: "chat.completion",
      created: 1,
      model: body.model,
      choices: [{ index: 0, finish_reason: "stop", message }],
      usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
    });
  });
}

Deno.test("a planned experiment is confirmatory from plan to contrast; a plan that was changed, or samples that are fewer, are not", async () => {
  const folder = await Deno.makeTempDir();
  await ownScenario(folder, THINGS);
  const server = model();
  const url = `http://127.0.0.1:${server.addr.port}/v1`;
  const run = async (task: string, ...args: string[]) => {
    const ended = await endOf(startTask(folder, url, args, undefined, {}, task));
    return { ...ended, out: ended.out.replaceAll("\u00a0", " ") };
  };
  try {
    const asked = ["--label", "refusal_phrase", "--contrast", "prohibition=dont,none", "--model", "m"];
    const [planned, stopping] = [
      await run("plan", "./mine", ...asked, "--epochs", "2", "--out", "plan.json"),
      await run("plan", "./mine", ...asked, "--until-width", "1.4", "--out", "width.json"),
    ];
    assert.equal(planned.code, 0, planned.err);
    assert.equal(stopping.code, 0, stopping.err);
    assert.match(planned.out, /2 conditions × 16 wordings × 1 models × 2 epochs: all of them 64 samples/);
    const again = await run("plan", "./mine", ...asked, "--out", "plan.json");
    assert.equal(again.code, 2);
    assert.match(again.err, /is there already, and a plan is not changed/);

    const sampled = await run("sample", "./mine", "--plan", "plan.json", "--out", "s.jsonl");
    assert.equal(sampled.code, 0, sampled.err);
    const lines = (await Deno.readTextFile(`${folder}/s.jsonl`)).trim().split("\n");
    assert.equal(lines.length, 64);
    const hash = JSON.parse(lines[0]).generation.plan.sha256;
    const labelled = await run("label", "s.jsonl", "--labeler", "rules", "--out", "labels.jsonl");
    assert.equal(labelled.code, 0, labelled.err);
    const compare = ["--factor", "prohibition", "--levels", "dont,none", "--by", "model", "--label", "refusal_phrase"];
    const joined = [...compare, "--labels", "labels.jsonl"];
    const { out, err } = await run("contrasts", "s.jsonl", ...joined, "--plan", "plan.json");
    assert.match(out, /26\/32 against 6\/32.*over 16 paired prompts/, out + err);
    assert.match(out, /\nConfirmatory: planned on .*: prohibition: dont minus none \(mine\)\.\n$/);

    const plan = JSON.parse(await Deno.readTextFile(`${folder}/plan.json`));
    await Deno.writeTextFile(`${folder}/edited.json`, JSON.stringify({ ...plan, level: 0.8 }));
    await Deno.writeTextFile(`${folder}/other.json`, JSON.stringify({ ...plan, level: 0.8, seal: undefined }));
    await Deno.writeTextFile(`${folder}/fewer.jsonl`, lines.slice(0, -1).join("\n"));
    await Deno.writeTextFile(
      `${folder}/unplanned.jsonl`,
      lines.map((line) => line.replace(/,"plan":\{[^}]*\}/, "")).join("\n"),
    );
    const said = async (file: string, by: string) =>
      (await run("contrasts", file, ...joined, "--plan", by)).out.trim().split("\n").at(-1)!;
    assert.match(await said("s.jsonl", "edited.json"), /^Exploratory: the plan was changed after it was written/);
    assert.match(await said("s.jsonl", "other.json"), /^Exploratory: samples of s\.jsonl name another plan/);
    assert.match(await said("fewer.jsonl", "plan.json"), /^Exploratory: the plan has 16 wordings, and 15 are complete/);
    assert.match(
      await said("unplanned.jsonl", "plan.json"),
      /^Exploratory: samples of unplanned\.jsonl do not name the plan/,
    );
    const refused = await run("sample", "./mine", "--plan", "edited.json", "--out", "t.jsonl");
    assert.equal(refused.code, 2);
    assert.match(refused.err, /changed after it was written/);
    assert.equal((await run("sample", "./mine", "--plan", "plan.json", "--epochs", "9", "--out", "t.jsonl")).code, 2);
    assert.equal(hash.length, 64);

    const stopped = await run("sample", "./mine", "--plan", "width.json", "--out", "w.jsonl");
    assert.equal(stopped.code, 0, stopped.err);
    assert.match(stopped.out, /stopped: every difference is known to the width of the plan/);
    const few = (await Deno.readTextFile(`${folder}/w.jsonl`)).trim().split("\n");
    assert(few.length % 2 === 0 && few.length < 32, `${few.length} samples`);
    assert.equal((await run("label", "w.jsonl", "--labeler", "rules", "--out", "w.labels.jsonl")).code, 0);
    const atAnyTime = await run(
      "contrasts",
      "w.jsonl",
      ...compare,
      "--labels",
      "w.labels.jsonl",
      "--plan",
      "width.json",
    );
    assert.match(atAnyTime.out, /paired prompts\)/);
    assert.match(atAnyTime.out, /\nConfirmatory: /, atAnyTime.out + atAnyTime.err);
    await Deno.writeTextFile(`${folder}/mine/ban.md`, "Never write it.\n");
    const changed = await run("sample", "./mine", "--plan", "plan.json", "--out", "u.jsonl");
    assert.equal(changed.code, 2);
    assert.match(changed.err, /a changed word is another scenario, and needs another plan/);
  } finally {
    await server.shutdown();
  }
});
