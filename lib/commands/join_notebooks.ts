/**
 * First step of `deno task figures` and of type-checking: joins each notebook's cells into a module in
 * `notebooks/.cells/`.
 *
 * @module
 */
import { joinCells, readCells } from "../notebook/cells.ts";
import { CELLS, notebookNames, NOTEBOOKS } from "./notebook_files.ts";

if (import.meta.main) {
  await Deno.mkdir(CELLS, { recursive: true });
  for await (const { name } of Deno.readDir(CELLS)) await Deno.remove(CELLS + name);
  for (const name of await notebookNames()) {
    const cells = await readCells(`${NOTEBOOKS}${name}.ipynb`);
    await Deno.writeTextFile(`${CELLS}${name}.ts`, joinCells(`${name}.ipynb`, cells));
  }
}
