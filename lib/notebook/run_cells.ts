/**
 * Runs a notebook's joined cells in this process and gathers what each cell shows.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { type CodeCell, mustShow } from "./cells.ts";
import { type Bundle, collectWith, isFigure } from "./show.ts";

/** What one cell showed. */
export interface CellOutput {
  readonly cell: number;
  readonly bundle: Bundle;
  /** Present where a figure was shown. */
  readonly figure?: Figure;
}

let current = -1;

/** Marks which cell runs; called by the joined module. */
export function beginCell(index: number): void {
  current = index;
}

/**
 * Imports the joined module and returns everything its cells showed, in order. Meanwhile the working folder is that of
 * the notebook, as in JupyterLab, so that a path in a cell means the same in both.
 *
 * @param run imports the joined module of the notebook
 * @throws {Error} if a cell throws, or one that calls `show` shows nothing; the message names the cell
 */
export async function runCells(
  { notebook, folder }: { readonly notebook: string; readonly folder: string },
  cells: readonly CodeCell[],
  run: () => Promise<unknown>,
): Promise<CellOutput[]> {
  const outputs: CellOutput[] = [];
  collectWith((bundle, value) =>
    outputs.push({ cell: current, bundle, ...(isFigure(value) ? { figure: value } : {}) })
  );
  const before = Deno.cwd();
  Deno.chdir(folder);
  try {
    await run();
  } catch (error) {
    throw new Error(`Cannot run ${notebook} as cell ${current} fails: ${(error as Error).message}`, { cause: error });
  } finally {
    Deno.chdir(before);
    collectWith(undefined);
  }
  const silent = cells.filter((cell) => mustShow(cell) && !outputs.some(({ cell: shown }) => shown === cell.index));
  if (silent.length > 0) {
    throw new Error(
      `Cannot use ${notebook} as a cell shows nothing: cells ${silent.map(({ index }) => index).join(", ")}`,
    );
  }
  return outputs;
}
