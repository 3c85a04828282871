/** The README: every command in it is run, and its numbers are those of the figures. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { FIGURES } from "$lib/commands/join_notebooks.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const README = await Deno.readTextFile(`${ROOT}README.md`);
const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) => text);
const commands = blocks("sh").flatMap((block) => block.trim().split("\n"));

/** Run by .ci/run, which this test runs under or which needs Jupyter; by outside_test; and what needs the network. */
const ELSEWHERE = [
  "deno run --allow-read script.ts",
  "npx -y deno@2.9.6 task figures",
  "npx -y deno@2.9.6 task test",
  "deno task ok",
  "deno task notebooks",
  "deno task fetch opus4-variants",
];

async function run(cwd: string, ...args: string[]) {
  const config = ["--config", `${ROOT}deno.json`];
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", ...config, ...args],
    cwd,
    env: { NO_COLOR: "1", INIT_CWD: cwd }, // what deno task sets, unless an outer task has set it already
  })
    .output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

async function folderWithExample(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/transcripts.jsonl`, blocks("json")[0]);
  await Deno.writeTextFile(`${folder}/answers.csv`, "case,model,refused\n1,m,yes\n2,m,no\n");
  return folder;
}

for (const command of commands.filter((line) => !ELSEWHERE.includes(line))) {
  Deno.test(`README: ${command}`, async () => {
    const cwd = /transcripts.jsonl|answers.csv|corpus.parquet/.test(command) || / --out( |$)/.test(command)
      ? await folderWithExample()
      : ROOT;
    if (command.includes("rates corpus.parquet")) await run(cwd, "load", "transcripts.jsonl", "--to", "corpus.parquet");
    if (command.includes("--labels")) await run(cwd, "label", "transcripts.jsonl", "--labeler", "rules");
    const { code, out, err } = await run(cwd, ...command.split(" ").slice(2));
    assert.equal(code, 0, err);
    assert(out.trim() !== "", "prints nothing");
  });
}

Deno.test("README: its example holds one subversion, one refusal and one missing", async () => {
  const { out } = await run(
    await folderWithExample(),
    "rates",
    "transcripts.jsonl",
    "--by",
    "",
    "--outcome",
    "subvert,refuse",
    "--json",
  );
  const rows = JSON.parse(out).rows.map(({ outcome, count, scored, missing }: Record<string, unknown>) => ({
    outcome,
    count,
    scored,
    missing,
  }));
  assert.deepEqual(rows, [
    { outcome: "subvert", count: 1, scored: 2, missing: 1 },
    { outcome: "refuse", count: 1, scored: 2, missing: 1 },
  ]);
});

Deno.test("README: the commands that run elsewhere are in .ci/run or outside_test, or are fetch, whose parts are tested", async () => {
  const ci = await Deno.readTextFile(`${ROOT}.ci/run`);
  for (const command of ELSEWHERE) assert(commands.includes(command), `${command} is not in the README`);
  for (const name of ["figures", "test"]) assert(ci.includes(`$deno_npm task ${name}`), name);
  assert(ci.includes("deno task notebooks") && ci.includes("deno fmt --check") && ci.includes("deno lint"));
});

Deno.test("README: leads with the headline of its figure, and the figure is there", async () => {
  const { figures } = JSON.parse(await Deno.readTextFile(`${FIGURES}/manifest.json`));
  const [figure] = figures.filter(({ name }: { name: string }) => name === "goal_conflict_blackmail");
  const [, sentence] = README.match(/^\*\*(.+?)\.\*\*/m)!;
  assert.equal(sentence, figure.title);
  for (const [, path] of README.matchAll(/\]\((notebooks\/[^)]+)\)/g)) await Deno.stat(ROOT + path);
});

Deno.test("README: every dependency has its line in the table, and no other", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const used = Object.keys(imports).filter((name) => name !== "$lib/").map((name) => name.replace(/\/$/, ""));
  const table = README.slice(README.indexOf("## Dependencies"), README.indexOf("## How to cite"));
  const told = table.split("\n").filter((line) => line.startsWith("| `")).flatMap((line) =>
    [...line.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  );
  assert.deepEqual(told.sort(), used.sort());
});
