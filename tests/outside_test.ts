/** The library used from a folder of one's own beside the clone, by the lines that lib/README.md shows, and what of it is published. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { folderOf } from "./support/temp_folder.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LIBRARY = await Deno.readTextFile(`${ROOT}lib/README.md`);
const FIELDS = await Deno.readTextFile(`${ROOT}data/README.md`);

/** The blocks of a language that follow a sentence of a README. */
function blocksAfter(text: string, sentence: string, language: string): string[] {
  const at = text.indexOf(sentence);
  assert(at >= 0, `the README does not say: ${sentence}`);
  return [...text.slice(at).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) =>
    text
  );
}

const [config] = blocksAfter(LIBRARY, "In a folder of your own beside the clone", "json");
const [script] = blocksAfter(LIBRARY, "In a folder of your own beside the clone", "ts ignore");
const [command] = blocksAfter(LIBRARY, "In a folder of your own beside the clone", "sh");
const [transcripts] = blocksAfter(FIELDS, "Put one sample a line into a JSONL file", "json");

/** Copies a file or folder of the clone, but not what is left out. */
async function copy(name: string, to: string, leftOut: readonly string[]): Promise<void> {
  if (leftOut.includes(name)) return;
  if (!(await Deno.stat(`${ROOT}${name}`)).isDirectory) return await Deno.copyFile(`${ROOT}${name}`, `${to}/${name}`);
  await Deno.mkdir(`${to}/${name}`, { recursive: true });
  for await (const entry of Deno.readDir(`${ROOT}${name}`)) await copy(`${name}/${entry.name}`, to, leftOut);
}

/**
 * A folder `study` with the README's line and a script, beside a clone that holds only what is published. What the lock
 * pins for the clone is pinned for the folder too, so that no registry is asked.
 */
async function studyWith(script: string): Promise<string> {
  const read = async (name: string) => JSON.parse(await Deno.readTextFile(`${ROOT}${name}`));
  const { name, version, publish: { include, exclude } } = await read("deno.json");
  const { workspace, ...packages } = await read("deno.lock");
  const lock = JSON.stringify({ ...packages, workspace: { links: { [`jsr:${name}@${version}`]: workspace } } });
  const study = { "deno.json": config, "deno.lock": lock, "transcripts.jsonl": transcripts, "script.ts": script };
  const folder = await folderOf(
    Object.fromEntries(Object.entries(study).map(([name, text]) => [`study/${name}`, text])),
  );
  await Deno.mkdir(`${folder}/obey-or-refuse`);
  for (const name of include) await copy(name, `${folder}/obey-or-refuse`, exclude);
  return `${folder}/study`;
}

async function run(cwd: string, command: string): Promise<{ code: number; out: string; err: string }> {
  const [deno, ...args] = command.trim().split(" ");
  assert.equal(deno, "deno");
  const { code, stdout, stderr } = await new Deno.Command("deno", { args, cwd, env: { NO_COLOR: "1" } }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

Deno.test("a script in a folder beside the clone gets its rates by the README's lines", async () => {
  const { code, out, err } = await run(await studyWith(script), command);
  assert.equal(code, 0, err);
  assert.match(out, /^conflict 1\/1 .*\nnone .* as 1 of 2 are missing; of the others 0\/1 .*\n$/);
});

Deno.test("the same script type-checks there", async () => {
  const { code, err } = await run(await studyWith(script), "deno check script.ts");
  assert.equal(code, 0, err);
});

Deno.test("all that the library reads by itself is found from there", async () => {
  const names = "loadData, loadPlan, loadPolicies, loadSituations";
  const cwd = await studyWith(`import { ${names} } from "@obey-or-refuse/lib";
    const found = [await loadPolicies(), await loadSituations(), (await loadPlan()).families, (await loadData("lynch2025")).cells];
    console.log(JSON.stringify(found.map(({ length }) => length)));`);
  const { code, out, err } = await run(cwd, "deno run --allow-read script.ts");
  assert.equal(code, 0, err);
  const { loadData, loadPlan, loadPolicies, loadSituations } = await import("$lib/mod.ts");
  const { families } = await loadPlan();
  const { cells } = await loadData("lynch2025");
  const here = [await loadPolicies(), await loadSituations(), families, cells].map(({ length }) => length);
  assert(here.every((length) => length > 0));
  assert.deepEqual(JSON.parse(out), here);
});

Deno.test("what is published is what the door needs, the data, and nothing of tests, notebooks and commands", async () => {
  const args = ["publish", "--dry-run", "--allow-dirty", "--no-check"];
  const { stderr, success } = await new Deno.Command("deno", { args, cwd: ROOT, env: { NO_COLOR: "1" } }).output();
  const told = new TextDecoder().decode(stderr);
  assert(success, told);
  const files = [...told.matchAll(/^ {3}file:\/\/(\S+) \(/gm)].map(([, path]) =>
    decodeURIComponent(path).slice(ROOT.length)
  );
  const folders = new Set(files.map((file) => file.split("/").slice(0, 2).join("/")));
  for (const needed of ["README.md", "LICENSE", "deno.json", "lib/mod.ts", "data/policies", "data/situations"]) {
    assert(folders.has(needed), `${needed} is not published`);
  }
  assert(files.includes("data/plan.json") && files.includes("data/lynch2025/dataset.json"));
  const strange = files.filter((file) => !/^(lib|data)\/|^(README\.md|LICENSE|deno\.json)$/.test(file));
  const inner = files.filter((file) => /^data\/raw\/|^lib\/commands\/|_test\.ts$|\.ipynb$|\.py$/.test(file));
  assert.deepEqual([...strange, ...inner], []);
});
