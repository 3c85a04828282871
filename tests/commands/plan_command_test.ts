/** Plans as their user meets them, and as one who would like every result to be confirmatory tries them. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { evalParts, headOf, sampleOf, zipOf } from "../support/inspect_writer.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = await Deno.makeTempDir();

async function task(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1", INIT_CWD: FOLDER },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replaceAll("\u00a0", " ");
  return { code, out: text(stdout), err: text(stderr) };
}

const PLAN = {
  written: "2026-11-30",
  text: "Does a threat raise harm?",
  level: 0.9,
  families: [{
    name: "threat",
    adjust: "holm",
    by: ["model"],
    contrasts: [
      {
        name: "a threat raises harm",
        question: { label: "harmful" },
        factor: "threat",
        levels: ["replacement", "none"],
        below: 0.3,
      },
      {
        name: "a restriction raises harm",
        question: { label: "harmful" },
        factor: "threat",
        levels: ["restriction", "none"],
      },
    ],
  }],
};

await Deno.writeTextFile(`${FOLDER}/plan.json`, JSON.stringify(PLAN, null, 2));
await Deno.writeTextFile(`${FOLDER}/late.json`, JSON.stringify({ ...PLAN, written: "2026-12-02" }));

/** 20 prompts of 2 samples an arm; with the threat 3 of 4 are harmful, without it 1 of 20. */
const LINES = ["m", "n"].flatMap((model) =>
  ["replacement", "none"].flatMap((threat) =>
    Array.from({ length: 40 }, (_, at) => ({
      id: `${model} ${threat} ${at}`,
      model,
      scenario: "s",
      condition: { threat },
      cluster: `wording ${at % 20}`,
      run: { created: "2026-12-01T10:00:00Z" },
      labels: [{ labeler: "r", kind: "rule", scores: { harmful: at % 20 < (threat === "none" ? 1 : 15) } }],
    }))
  )
);
await Deno.writeTextFile(`${FOLDER}/mine.jsonl`, LINES.map((line) => JSON.stringify(line)).join("\n"));

const ASKED = ["--factor", "threat", "--levels", "replacement,none", "--by", "model", "--label", "harmful"];
const PLANNED = [...ASKED, "--plan", "plan.json"];

Deno.test("a planned contrast of later samples is confirmatory, at the plan's level, over its whole family, with its claim", async () => {
  const [{ code, out }, without, json] = await Promise.all([
    task("contrasts", "mine.jsonl", ...PLANNED),
    task("contrasts", "mine.jsonl", ...ASKED, "--json"),
    task("contrasts", "mine.jsonl", ...PLANNED, "--json"),
  ]);
  assert.equal(code, 0);
  const lines = out.trim().split("\n");
  assert.match(lines[0], /^model=m harmful by threat: 30\/40 against 2\/40, \+70 points \(guaranteed 90 % CI/);
  assert.match(lines[3], /^model=m none below 30 %: (not )?shown, at most \d+\.\d % over prompts$/);
  assert.equal(lines.at(-1), "Confirmatory: planned on 2026-11-30: a threat raises harm (threat).");
  const [ofPlan, alone] = [json, without].map(({ out }) => JSON.parse(out).rows);
  assert.equal(ofPlan[0].holm, 4 * ofPlan[0].p_value); // two contrasts of two models
  assert.equal(alone[0].holm, 2 * alone[0].p_value);
  assert.equal("status" in alone[0], false);
  const rate = { ...PLAN, families: [{ ...PLAN.families[0], adjust: "benjamini_hochberg" }] };
  await Deno.writeTextFile(`${FOLDER}/rate.json`, JSON.stringify(rate));
  const byRate = await task("contrasts", "mine.jsonl", ...ASKED, "--plan", "rate.json");
  assert.match(byRate.out.split("\n")[0], /\(Benjamini–Hochberg p < 0\.001\)$/);
  assert.equal(ofPlan[0].below_shown, String(ofPlan[0].below_upper < 0.3));
});

Deno.test("what makes a result exploratory is said in one line: a late plan, another comparison, undated or fewer dates", async () => {
  const undated = LINES.map(({ run: _, ...line }) => line);
  await Deno.writeTextFile(`${FOLDER}/undated.jsonl`, undated.map((line) => JSON.stringify(line)).join("\n"));
  const some = LINES.map((line, at) => at === 3 ? { ...line, run: { created: "soon" } } : line);
  await Deno.writeTextFile(`${FOLDER}/some.jsonl`, some.map((line) => JSON.stringify(line)).join("\n"));
  const cases: [string[], RegExp][] = [
    [
      ["mine.jsonl", ...ASKED, "--plan", "late.json"],
      /the plan is of 2026-12-02 and the first sample of mine\.jsonl of 2026-12-01/,
    ],
    [["undated.jsonl", ...PLANNED], /undated\.jsonl does not say when its samples were made/],
    [["some.jsonl", ...PLANNED], /1 samples of some\.jsonl do not say when they were made/],
    [["mine.jsonl", ...PLANNED.with(5, "scenario")], /the plan has a family by model, not a family by scenario/],
    [["mine.jsonl", ...PLANNED.with(3, "none,replacement")], /not levels none minus replacement/],
    [["mine.jsonl", ...PLANNED, "--where", "scenario=s"], /not a comparison within scenario=s/],
    [["mine.jsonl", ...PLANNED, "--interval", "wilson"], /the plan does not have --interval/],
    [["mine.jsonl", ...PLANNED, "--counts", "false"], /not label harmful = false/],
    [["mine.jsonl", ...PLANNED, "--labeler", "r"], /not label harmful by labeler r/],
  ];
  const results = await Promise.all(cases.map(([args]) => task("contrasts", ...args)));
  for (const [at, [args, reason]] of cases.entries()) {
    const last = results[at].out.trim().split("\n").at(-1)!;
    assert.match(last, new RegExp(`^Exploratory: .*${reason.source}`), args.join(" ") + results[at].err);
  }
});

Deno.test("an Inspect log and a Parquet copy say when their samples were made, and a plan may be missing or broken", async () => {
  const samples = LINES.slice(0, 80).map(({ id, condition, labels: [{ scores }] }) =>
    sampleOf(id, { metadata: condition, scores: { harmful: { value: scores.harmful ? 1 : 0 } } })
  );
  const log = (created: string) => zipOf(evalParts(samples, { head: headOf({ created }) }));
  await Deno.writeFile(`${FOLDER}/new.eval`, log("2026-12-01T08:00:00+00:00"));
  await Deno.writeFile(`${FOLDER}/old.eval`, log("2026-11-30T23:00:00+00:00"));
  assert.equal((await task("load", "mine.jsonl", "--to", "mine.parquet")).code, 0);
  await Deno.writeTextFile(`${FOLDER}/broken.json`, JSON.stringify({ ...PLAN, level: 95 }));
  const [fresh, old, table, none, broken] = await Promise.all([
    task("contrasts", "new.eval", ...PLANNED),
    task("contrasts", "old.eval", ...PLANNED),
    task("contrasts", "mine.parquet", ...PLANNED),
    task("contrasts", "mine.jsonl", ...ASKED, "--plan", "none.json"),
    task("contrasts", "mine.jsonl", ...ASKED, "--plan", "broken.json"),
  ]);
  assert.match(fresh.out, /\nConfirmatory: planned on 2026-11-30/, fresh.out + fresh.err);
  assert.match(old.out, /\nExploratory: the plan is of 2026-11-30 and the first sample of old\.eval of 2026-11-30T23/);
  assert.match(table.out, /\nConfirmatory: planned on 2026-11-30/, table.out + table.err);
  assert.deepEqual([none.code, broken.code], [2, 2]);
  assert.match(none.err, /Cannot read plan none\.json as there is no such file/);
  assert.match(broken.err, /Cannot use plan broken\.json: level/);
});

Deno.test("a plan compares arms that differ in one factor and in nothing else, and says within what", async () => {
  const asked = ["plan", "handover", "--model", "m", "--out"];
  const [open, within, wrong] = await Promise.all([
    task(...asked, "open.json", "--contrast", "prohibition=dont,none"),
    task(...asked, "within.json", "--contrast", "prohibition=dont,none,secret=present"),
    task(...asked, "wrong.json", "--contrast", "prohibition=dont,nothing"),
  ]);
  assert.deepEqual([open.code, within.code, wrong.code], [2, 0, 2]);
  assert.match(
    open.err,
    /18 conditions stand in one arm only, such as .*secret=absent.*: compare within secret=present/,
  );
  assert.match(wrong.err, /Cannot compare prohibition=nothing as no condition has it: levels are none, dont/);
  const [contrast] = JSON.parse(await Deno.readTextFile(`${FOLDER}/within.json`)).families[0].contrasts;
  assert.deepEqual(contrast.within, { secret: "present" });
});
