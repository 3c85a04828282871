/**
 * `deno task notebooks`: runs the notebooks on the real Deno kernel and stores their outputs in place.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { basename } from "node:path";
import { nearest } from "../samples/nearest.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { notebookNames, NOTEBOOKS } from "./join_notebooks.ts";

const USAGE = `deno task notebooks [NAME…]

Runs every notebook (or those named, by name or number) on the Deno kernel, as Jupyter does, and stores outputs in place. Needs python3 with
nbclient on the path. To read and edit notebooks, install JupyterLab and the kernel: deno jupyter --install
Exit status: 0, 1 when a cell fails or one that should show something shows nothing.`;

async function notebooks(names: string[]): Promise<number> {
  const known = await notebookNames();
  const wanted = names.length === 0 ? known : names.map((name) => notebookOf(name, known));
  const script = fileURLToPath(new URL("../notebook/execute.py", import.meta.url));
  const args = [script, Deno.execPath(), ...wanted.map((name) => `${NOTEBOOKS}${name}.ipynb`)];
  try {
    const { success } = await new Deno.Command("python3", { args, stdout: "inherit", stderr: "inherit" }).spawn()
      .status;
    return success ? STATUS.ok : STATUS.problem;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error("Cannot run notebooks on the Deno kernel as python3 is not on the path", { cause: error });
  }
}

/** The notebook of a name, of its number, or of the path that a shell completes. */
function notebookOf(given: string, known: readonly string[]): string {
  const name = basename(given, ".ipynb");
  const found = known.filter((one) => one === name || one.startsWith(`${name}_`));
  if (found.length === 1) return found[0];
  const near = nearest(name, known);
  throw new UsageError(
    `Cannot run ${given} as ${found.length === 0 ? "there is no such notebook" : "several begin so"}: ${
      near === undefined ? "" : `nearest is ${near}; `
    }notebooks are ${known.join(", ")}`,
  );
}

if (import.meta.main) await main(USAGE, notebooks);
