/** Notebooks: thin, current, and made only of what the library exports. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type CodeCell, joinCells, readCells } from "$lib/notebook/cells.ts";
import { runCells } from "$lib/notebook/run_cells.ts";
import { CELLS, FIGURES, notebookNames, NOTEBOOKS } from "$lib/commands/join_notebooks.ts";

for (const name of await notebookNames()) {
  Deno.test(`${name}: cells are thin: at most 10 lines besides imports, or 30 folded away, no function, no loop, imports from mod.ts only`, async () => {
    for (const { index, source, isFolded } of await readCells(`${NOTEBOOKS}${name}.ipynb`)) {
      const lines = source.replace(/^import \{[^}]*\}[^\n]*\n?/gm, "").split("\n").length;
      assert(lines <= (isFolded ? 30 : 10), `cell ${index} is too long`);
      assert(!/\b(function|for|while)\b\s*[(*]/.test(source), `cell ${index} holds a function or a loop`);
      for (const [, from] of source.matchAll(/from "([^"]+)"/g)) assert.equal(from, "$lib/mod.ts", `cell ${index}`);
    }
  });

  Deno.test(`${name}: reads like an article: no line wider than a cell, three cells of code at most before the answer`, async () => {
    const cells = await readCells(`${NOTEBOOKS}${name}.ipynb`);
    const wide = cells.filter(({ source }) => source.split("\n").some((line) => line.length > 88));
    assert.deepEqual(wide.map(({ id }) => id), [], "cells with a line of more than 88 characters");
    const isAnswer = ({ outputs }: CodeCell) =>
      outputs.some((bundle) => "image/svg+xml" in bundle || bundle["text/markdown"]?.startsWith("**Answer:**"));
    const before = cells.slice(0, cells.findIndex(isAnswer)).filter(({ isFolded }) => !isFolded);
    assert(before.length <= 3, `${before.map(({ id }) => id).join(", ")} stand unfolded before the answer`);
  });

  Deno.test(`${name}: stored outputs are those of the Deno kernel, and equal to a run without Jupyter`, async () => {
    const { staleCells } = await import("$lib/notebook/stored_outputs.ts");
    const cells = await readCells(`${NOTEBOOKS}${name}.ipynb`);
    const outputs = await runCells({ notebook: name, folder: NOTEBOOKS }, cells, () => import(`${CELLS}${name}.ts`));
    assert.deepEqual(staleCells(cells, outputs), [], "run deno task notebooks");
  });
}

Deno.test("the manifest holds the hash of every figure file, and of data that is there", async () => {
  const hash = async (path: string) => createHash("sha256").update(await Deno.readFile(path)).digest("hex");
  const { figures } = JSON.parse(await Deno.readTextFile(`${FIGURES}/manifest.json`));
  assert(figures.length >= 4);
  for (const { files, data, notebook, cell, name } of figures) {
    for (const { path, sha256 } of files) assert.equal(await hash(`${FIGURES}/${path}`), sha256, path);
    for (const { path, sha256 } of data.flatMap((set: { files: unknown[] }) => set.files)) {
      assert.equal(await hash(fileURLToPath(new URL(`../../${path}`, import.meta.url))), sha256, path);
    }
    const cells = await readCells(`${NOTEBOOKS}${notebook}`);
    assert(
      cells.find(({ index }) => index === cell)!.source.includes(name),
      `${notebook}, cell ${cell} does not make ${name}`,
    );
  }
});

Deno.test("a cell that fails or shows nothing fails the run, and is named", async () => {
  const cell = (index: number, source: string) => ({ index, id: String(index), source, outputs: [] });
  const run = async (...cells: ReturnType<typeof cell>[]) => {
    const file = await Deno.makeTempFile({ dir: CELLS, suffix: ".ts" });
    await Deno.writeTextFile(file, joinCells("x.ipynb", cells));
    try {
      return await runCells({ notebook: "x.ipynb", folder: NOTEBOOKS }, cells, () => import(file));
    } finally {
      await Deno.remove(file);
    }
  };
  const door = 'import { show } from "$lib/mod.ts";';
  assert.equal((await run(cell(0, door), cell(3, 'await show("hi");')))[0].cell, 3);
  await assert.rejects(run(cell(0, door), cell(4, "[].map(() => show('never'));")), /shows nothing: cells 4/);
  await assert.rejects(run(cell(0, door), cell(2, "throw new Error('no such label');")), /cell 2 fails: no such label/);
});
