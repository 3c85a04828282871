/** What others wrote into their files and servers acts on no terminal and forges no line, whichever command prints it. */
import assert from "node:assert/strict";
import { assertTame, HOSTILE } from "../support/hostile_text.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { folderWith, ROOT, runNamed, runTask } from "../support/label_command.ts";
import { folderOf } from "../support/temp_folder.ts";
import { withServer } from "../support/with_server.ts";

/** A file name may hold all of it but the NUL and the slashes. */
const FILE = HOSTILE.replaceAll(/[\0/]/g, "");

/** Runs a command; what it prints must show the marks and must not act. */
async function printed(task: string, args: readonly string[]) {
  const { out, err } = await runNamed(task, args);
  const what = `${task} ${args.map((arg) => JSON.stringify(arg)).join(" ")}\n${out}${err}`;
  assertTame(out + err, what);
  assert.match(out + err, /<U\+001B>|\\u001b/, what);
  return { out, err };
}

/** Samples whose names are all hostile, and lines that cannot be used for a hostile reason. */
async function hostileSamples(): Promise<string> {
  const labels = [{ labeler: HOSTILE, kind: "rule", scores: { harmful: true, [HOSTILE]: HOSTILE } }];
  const sample = { model: HOSTILE, scenario: HOSTILE, condition: { kind: HOSTILE, [HOSTILE]: "x" }, labels };
  const lines = [
    { id: HOSTILE, ...sample },
    { id: HOSTILE, ...sample },
    { id: "2", ...sample, [HOSTILE]: 1 },
    { id: "3", ...sample, labels: HOSTILE },
  ];
  const folder = await folderOf({
    [`${FILE}.txt`]: "x",
    [`${FILE}.jsonl`]: lines.map((one) => JSON.stringify(one)).join("\n"),
  });
  return folder;
}

Deno.test("names of models, scenarios, factors, labels, ids, keys and files act in no command and forge no line", async () => {
  const folder = await hostileSamples();
  const csv = `${HOSTILE.replaceAll(/[\r\n]/g, "")},"${HOSTILE}","${HOSTILE}"\n1,2,3\n`;
  const card = { name: "x", format: "records", title: HOSTILE };
  const broken = await folderOf({ "table.csv": csv, "dataset.json": { ...card, [HOSTILE]: 1 } });
  const calls: [string, string[]][] = [
    ["load", [folder]],
    ["load", ["--json", folder]],
    ["load", [broken]],
    ["load", [`${broken}/table.csv`]],
    ["load", ["--suggest", `${broken}/table.csv`]],
    ["load", ["--suggest", folder]],
    ["load", [`/no/${FILE}`]],
    ["rates", [folder, "--by", `model,scenario,kind,${FILE}`, "--label", "harmful"]],
    ["rates", [folder, "--by", "model,kind", "--label", "harmful"]],
    ["rates", [folder, "--by", "model,kind", "--label", "no such"]],
    ["rates", [folder, "--by", "model", "--label", "harmful", "--labeler", FILE]],
    ["rates", [folder, "--by", "model", "--label", "harmful", "--json"]],
    ["rates", [folder, "--by", "no such", "--label", "harmful"]],
    ["contrasts", [folder, "--factor", "kind", "--levels", `${FILE},none`, "--label", "harmful"]],
    ["contrasts", [folder, "--factor", "kind", "--levels", "a,b", "--by", "model", "--label", "harmful"]],
    ["policies", [FILE]],
    ["read", [folder, "--out", `${folder}/${FILE}.html`]],
    ["read", [folder, "--out", `${folder}/page.html`, "--where", "kind=none"]],
    ["label", [folder, "--labeler", "rules", "--out", `${folder}/labels-${FILE}`]],
    ["label", [folder, "--labeler", "rules", "--out", `/no/${FILE}`]],
    ["label", [folder, "--labeler", FILE]],
    ["fetch", [FILE]],
    ["png", [`/no/${FILE}.svg`]],
    ["pdf", [`/no/${FILE}.svg`]],
  ];
  for (const [task, args] of calls) await printed(task, args);
  const { out } = await runNamed("rates", [folder, "--by", "model", "--label", "harmful", "--json"]);
  assert.equal(JSON.parse(out).rows[0].group.model, HOSTILE);
  assert((await runNamed("rates", [folder, "--by", "model", "--label", "harmful", "--csv"])).out.includes(HOSTILE));
});

Deno.test("what a server says and what a coder wrote acts in no terminal and forges no line", async () => {
  const folder = await folderWith(samplesOf(2));
  const samples = `${folder}/samples.jsonl`;
  await withServer({ fault: ({ asked }) => asked === 0 ? "hostile model" : "none" }, async ({ url }) => {
    const { out, err } = await runTask(folder, url, ["samples.jsonl", "--labeler", "judge", "--model", "judge-1"]);
    assertTame(out + err, out + err);
    assert.match(out, /another model than judge-1 answered: gpt<U\+001B>/);
  });
  for (const fault of ["401 hostile", "500 hostile"] as const) {
    await withServer({ fault: ({ asked }) => asked === 0 ? fault : "none" }, async ({ url }) => {
      const to = ["--out", `${fault}.jsonl`];
      const { out, err } = await runTask(folder, url, ["samples.jsonl", "--labeler", "judge", "--model", "m", ...to]);
      assertTame(out + err, out + err);
      assert.match(out + err, /<U\+001B>/);
    });
  }
  await runNamed("label", [samples, "--labeler", "human", "--out", `${folder}/sheet.csv`]);
  const sheet = await Deno.readTextFile(`${folder}/sheet.csv`);
  const item = sheet.match(/^s[0-9a-f]{6}-\d+/m)![0];
  const head = sheet.replace("\ufeff", "").split("\n")[0].split(",");
  const row = head.map((name) => name === "item" ? item : name === "act" ? `"${HOSTILE}"` : "");
  await Deno.writeTextFile(`${folder}/filled.csv`, `${head.join(",")}\n${row.join(",")}\n`);
  await printed("label", [
    ...["--labeler", "human", "--import", `${folder}/filled.csv`, "--coder", "ab"],
    ...["--key", `${folder}/sheet.csv.key.json`, "--out", `${folder}/people.jsonl`],
  ]);
});

Deno.test("every command prints by the one function that marks what acts", async () => {
  for (const folder of ["", "label/", "shared/"]) {
    for await (const { name } of Deno.readDir(`${ROOT}lib/commands/${folder}`)) {
      if (!name.endsWith(".ts") || name === "print.ts") continue;
      const text = await Deno.readTextFile(`${ROOT}lib/commands/${folder}${name}`);
      assert.doesNotMatch(text, /\bconsole\.|\bDeno\.std(?:out|err)\.write|\bprocess\.std/, `${folder}${name}`);
    }
  }
});
