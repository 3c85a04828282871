/**
 * Where the notebooks are; and the first step of `deno task figures` and of type-checking: joins each notebook's cells into a module in
 * `notebooks/.cells/`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { joinCells, readCells } from "../notebook/cells.ts";

export const NOTEBOOKS = fileURLToPath(new URL("../../notebooks/", import.meta.url));

/** The joined modules, made anew each time and ignored by git. */
export const CELLS = `${NOTEBOOKS}.cells/`;

export const FIGURES = `${NOTEBOOKS}figures`;

/** Names of all notebooks without ending, in order. */
export async function notebookNames(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(NOTEBOOKS));
  return entries.flatMap(({ name }) => name.endsWith(".ipynb") ? [name.slice(0, -".ipynb".length)] : []).sort();
}

if (import.meta.main) {
  await Deno.mkdir(CELLS, { recursive: true });
  for await (const { name } of Deno.readDir(CELLS)) await Deno.remove(CELLS + name);
  for (const name of await notebookNames()) {
    const cells = await readCells(`${NOTEBOOKS}${name}.ipynb`);
    await Deno.writeTextFile(`${CELLS}${name}.ts`, joinCells(`${name}.ipynb`, cells));
  }
}
