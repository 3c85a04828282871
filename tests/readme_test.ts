/** The three READMEs: every command in them is run, in their order, and their numbers are those of the figures. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { FIGURES } from "$lib/commands/join_notebooks.ts";
import { loadData } from "$lib/mod.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const documents = await Promise.all(
  ["README.md", "data/README.md", "lib/README.md"].map(async (path) => {
    const text = await Deno.readTextFile(ROOT + path);
    return { path, text, commands: blocks(text, "sh").flatMap((block) => block.trim().split("\n")) };
  }),
);
const [{ text: README }, { text: FIELDS }, { text: LIBRARY }] = documents;

/** Run by .ci/run, which this test runs under or which needs Jupyter; by outside_test; and what needs the network. */
const ELSEWHERE = [
  "deno run --allow-read script.ts",
  "npx -y deno@2.9.6 task figures",
  "npx -y deno@2.9.6 task test",
  "deno task ok",
  "deno task notebooks",
  "deno task fetch opus4-variants",
];

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, block]) => block);
}

/** What a command prints, run in a folder as a person types it there, a redirection to a file included. */
async function run(cwd: string, command: string) {
  const [words, file] = command.split(" > ");
  if (file) await Deno.writeTextFile(`${cwd}/${file}`, ""); // as a shell does, before the command starts
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", "--config", `${ROOT}deno.json`, ...words.split(" ").slice(2)],
    cwd,
    env: { NO_COLOR: "1", INIT_CWD: cwd }, // what deno task sets, unless an outer task has set it already
  })
    .output();
  const out = new TextDecoder().decode(stdout);
  if (file) await Deno.writeTextFile(`${cwd}/${file}`, out);
  return { code, out, err: new TextDecoder().decode(stderr) };
}

async function folderWithExamples(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/transcripts.jsonl`, blocks(FIELDS, "json")[0]);
  await Deno.writeTextFile(`${folder}/answers.csv`, blocks(README, "csv")[0]);
  const policy = JSON.parse(await Deno.readTextFile(`${ROOT}data/policies/never_harm.json`));
  await Deno.writeTextFile(`${folder}/mine.json`, JSON.stringify({ ...policy, name: "mine" }));
  await Deno.symlink(`${ROOT}data`, `${folder}/data`);
  return folder;
}

for (const { path, commands } of documents) {
  Deno.test(`${path}: every command runs, one after the other`, async (t) => {
    const own = await folderWithExamples();
    for (const command of commands.filter((line) => !ELSEWHERE.includes(line))) {
      await t.step(command, async () => {
        const cwd =
          /transcripts.jsonl|answers.csv|corpus.parquet|mine.json/.test(command) || / --out( |$)/.test(command)
            ? own
            : ROOT;
        const { code, out, err } = await run(cwd, command);
        assert.equal(code, 0, err);
        assert(out.trim() !== "", "prints nothing");
      });
    }
  });
}

Deno.test("data/README.md: its example holds one subversion, one refusal and one missing", async () => {
  const command = "deno task rates transcripts.jsonl --by scenario --outcome subvert,refuse --json";
  const { out } = await run(await folderWithExamples(), command);
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

Deno.test("READMEs: the commands that run elsewhere are in .ci/run or outside_test, or are fetch, whose parts are tested", async () => {
  const ci = await Deno.readTextFile(`${ROOT}.ci/run`);
  const told = documents.flatMap(({ commands }) => commands);
  for (const command of ELSEWHERE) assert(told.includes(command), `${command} is in no README`);
  for (const name of ["figures", "test"]) assert(ci.includes(`$deno_npm task ${name}`), name);
  assert(ci.includes("deno task notebooks") && ci.includes("deno fmt --check") && ci.includes("deno lint"));
});

Deno.test("README.md: leads with the headline of its figure, in at most 1,300 words", async () => {
  const { figures } = JSON.parse(await Deno.readTextFile(`${FIGURES}/manifest.json`));
  const [figure] = figures.filter(({ name }: { name: string }) => name === "goal_conflict_blackmail");
  const [, sentence] = README.match(/^\*\*(.+?)\.\*\*/m)!;
  assert.equal(sentence, figure.title);
  const { samples } = await loadData("opus4-variants");
  const coded = samples.filter(({ labels }) =>
    labels.some(({ acts }) => acts?.some((act) => act.name === "blackmails"))
  );
  assert(
    README.replace(/\s+/g, " ").includes(`the same model blackmails in ${coded.length} of ${samples.length} samples`),
  );
  const words = README.trim().split(/\s+/).length;
  assert(words <= 1300, `${words} words`);
});

Deno.test("READMEs: every link within the repository leads to a file, and to a heading where it names one", async () => {
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-")
    );
  for (const { path, text } of documents) {
    for (const [, link, anchor] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
      const target = fileURLToPath(new URL(link, `file://${ROOT}${path}`));
      await Deno.stat(target);
      if (anchor) assert(anchors(await Deno.readTextFile(target)).includes(anchor), `${path}: ${link}#${anchor}`);
    }
  }
});

Deno.test("lib/README.md: every dependency has its line in the table, and no other", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const used = Object.keys(imports).filter((name) => name !== "$lib/").map((name) => name.replace(/\/$/, ""));
  const table = LIBRARY.slice(LIBRARY.indexOf("## Dependencies"));
  const told = table.split("\n").filter((line) => line.startsWith("| `")).flatMap((line) =>
    [...line.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  );
  assert.deepEqual(told.sort(), used.sort());
});

Deno.test("lib/README.md: every task of deno.json is told of in a README", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const texts = documents.map(({ text }) => text).join("\n");
  const untold = Object.keys(tasks).filter((name) =>
    !new RegExp(`task ${name}\\b|^## .*\\b${name}\\b`, "m").test(texts)
  );
  assert.deepEqual(untold, []);
});
