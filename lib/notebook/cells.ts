/**
 * A notebook's cells, and the one module that they make together.
 *
 * @module
 */
import { z } from "zod";
import { explain } from "../samples/schema.ts";

const source = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);
const bundle = z.record(z.string(), source);
const output = z.looseObject({ output_type: z.string(), data: bundle.optional() });

const metadata = z.looseObject({ jupyter: z.looseObject({ source_hidden: z.boolean().optional() }).optional() });

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  cells: z.array(z.discriminatedUnion("cell_type", [
    z.looseObject({ cell_type: z.literal("code"), id: z.string(), source, outputs: z.array(output), metadata }),
    z.looseObject({ cell_type: z.literal("markdown"), id: z.string(), source }),
    z.looseObject({ cell_type: z.literal("raw"), id: z.string(), source }),
  ])),
});

/** A code cell: `index` counts all cells from 0, as Jupyter's file does. */
export interface CodeCell {
  readonly index: number;
  readonly id: string;
  readonly source: string;
  /** What the file stores as shown by this cell. */
  readonly outputs: readonly Readonly<Record<string, string>>[];
  /** True where Jupyter shows its outputs and folds its lines away. */
  readonly isFolded?: boolean;
}

/**
 * Reads the code cells of a notebook.
 *
 * @throws {SyntaxError} if the file is not a notebook of format 4 with cell ids
 */
export async function readCells(file: string): Promise<CodeCell[]> {
  return (await readNotebook(file)).cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code") return [];
    const outputs = cell.outputs.flatMap(({ data }) => data ? [data] : []);
    return [{
      index,
      id: cell.id,
      source: cell.source,
      outputs,
      isFolded: cell.metadata.jupyter?.source_hidden ?? false,
    }];
  });
}

/** Returns the first heading of a notebook: its number and question; "" where it has none. */
export async function readHeading(file: string): Promise<string> {
  const { cells } = await readNotebook(file);
  const prose = cells.find(({ cell_type }) => cell_type === "markdown");
  return prose?.source.match(/^# (.+)$/m)?.[1] ?? "";
}

async function readNotebook(file: string): Promise<z.infer<typeof notebookSchema>> {
  const { success, data, error } = notebookSchema.safeParse(JSON.parse(await Deno.readTextFile(file)));
  if (!success) throw new SyntaxError(`Cannot read notebook ${file}: ${explain(error)}`);
  return data;
}

/** True for a cell that must show something when it runs. */
export function mustShow({ source }: CodeCell): boolean {
  return /\bshow\(/.test(source);
}

/**
 * Joins the cells into one module that says, before each cell, which one begins. It can be type-checked and run like any
 * other; a name that two cells declare is an error, as it should be.
 *
 * @example
 * ```ts
 * import { joinCells } from "$lib/notebook/cells.ts";
 * import assert from "node:assert/strict";
 *
 * const module = joinCells("nb.ipynb", [{ index: 2, id: "a", source: "const x = 1;", outputs: [] }]);
 * assert(module.includes("beginCell(2);\nconst x = 1;"));
 * ```
 */
export function joinCells(notebook: string, cells: readonly CodeCell[]): string {
  return [
    `// The code cells of ${notebook}, joined for checking and running. Made anew each time.`,
    `import { beginCell } from "$lib/notebook/run_cells.ts";`,
    ...cells.map(({ index, source }) => `\n// ${notebook}, cell ${index}\nbeginCell(${index});\n${source}`),
    "",
  ].join("\n");
}
