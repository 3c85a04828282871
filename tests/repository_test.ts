/** What people look for at the top of a repository: that it is there, says the same version, and leads to what runs. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => Deno.readTextFile(ROOT + path);
const { version, tasks } = JSON.parse(await read("deno.json"));

Deno.test("CITATION.cff and the first entry of CHANGELOG.md are of the version in deno.json, and of one day", async () => {
  const citation = await read("CITATION.cff");
  const [, changed, day] = (await read("CHANGELOG.md")).match(/^## (\S+) \((\d{4}-\d\d-\d\d)\)$/m)!;
  assert.equal(changed, version);
  assert(citation.includes(`\nversion: ${version}\n`) && citation.includes(`\ndate-released: ${day}\n`));
});

Deno.test("the devcontainer and the workflow run what .ci/run runs, with one Deno", async () => {
  const { postCreateCommand } = JSON.parse(await read(".devcontainer/devcontainer.json"));
  const [ci, setup] = [await read(".ci/run"), await read(".devcontainer/setup.sh")];
  assert.equal(postCreateCommand, "bash .devcontainer/setup.sh");
  assert(ci.includes(postCreateCommand) && (await read(".github/workflows/ci.yml")).includes("bash .ci/run"));
  const denos = [...`${ci}${setup}${await read("README.md")}`.matchAll(/deno@([\d.]+\d)/g)].map(([, of]) => of);
  assert.deepEqual([...new Set(denos)], ["2.9.6"]);
});

Deno.test("deno task lists its tasks in groups that their descriptions begin with", () => {
  const groups = Object.values(tasks as Record<string, { description: string }>).map(({ description }) =>
    description.split(" · ")[0]
  );
  const starts = groups.filter((group, index) => group !== groups[index - 1]);
  assert.deepEqual(starts, ["Your data", "Figures", "What is shipped", "Developing"]);
});
