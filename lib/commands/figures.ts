/**
 * `deno task figures`: runs every notebook in this process and writes every figure, its table, the manifest and
 * the gallery.
 *
 * @module
 */
import { relative } from "node:path";
import { type MadeFigure, writeFigures } from "../figures/manifest.ts";
import { readCells, readHeading } from "../notebook/cells.ts";
import { gallery } from "../notebook/gallery.ts";
import { runCells } from "../notebook/run_cells.ts";
import { staleCells } from "../notebook/stored_outputs.ts";
import { main, STATUS } from "./shared/main.ts";
import { tell, tellError } from "./shared/print.ts";
import { CELLS, FIGURES, notebookNames, NOTEBOOKS } from "./join_notebooks.ts";

const USAGE = `deno task figures

Runs every notebook and writes each figure (SVG), its table (CSV) and the manifest to notebooks/figures/, and the
gallery of them to notebooks/README.md.
Exit status: 0, 1 when a cell fails or one that should show something shows nothing.`;

async function figures(): Promise<number> {
  const names = await notebookNames();
  const made: MadeFigure[] = [];
  for (const [index, name] of names.entries()) {
    tellError(`[${index + 1}/${names.length}] running ${name}`);
    const cells = await readCells(`${NOTEBOOKS}${name}.ipynb`);
    const outputs = await runCells(
      { notebook: `${name}.ipynb`, folder: NOTEBOOKS },
      cells,
      () => import(`${CELLS}${name}.ts`),
    );
    for (const { figure, cell } of outputs) if (figure) made.push({ figure, notebook: `${name}.ipynb`, cell });
    const stale = staleCells(cells, outputs);
    if (stale.length > 0) {
      tellError(
        `note: ${name}.ipynb stores other outputs for cells ${stale.join(", ")}: deno task notebooks renews them`,
      );
    }
  }
  await Deno.mkdir(FIGURES, { recursive: true });
  await writeFigures(FIGURES, made);
  const exhibits = names.map(async (name) => ({
    notebook: `${name}.ipynb`,
    heading: await readHeading(`${NOTEBOOKS}${name}.ipynb`),
    figure: made.find(({ notebook }) => notebook === `${name}.ipynb`)?.figure,
  }));
  await Deno.writeTextFile(`${NOTEBOOKS}README.md`, gallery(await Promise.all(exhibits)));
  const folder = relative(Deno.cwd(), FIGURES);
  for (const { figure, notebook, cell } of made) {
    tell(`${figure.title} — ${folder}/${figure.name}.svg (${notebook}, cell ${cell})`);
  }
  return STATUS.ok;
}

if (import.meta.main) await main(USAGE, figures);
