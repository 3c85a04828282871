/**
 * `deno task png` and `deno task pdf`: figures as pictures, on demand. They are not committed: the SVG is the figure.
 *
 * @module
 */
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { toPdf, toPng } from "../figures/shown/pictures.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { tell } from "./shared/print.ts";
import { FIGURES } from "./join_notebooks.ts";

const USAGE = `deno task png [SVG…] [--width PIXELS] [--out FOLDER]
       deno task pdf [SVG…] [--width MILLIMETRES] [--out FOLDER]

Writes each SVG (default: all in notebooks/figures/) as PNG, or as PDF of vectors, with the font that the project pins.
  --width   of the picture (default: 1004 pixels, which is 85 mm at 300 dots an inch; 85 millimetres)
  --out     folder for the pictures (default: pictures in this folder)`;

const OPTIONS = {
  as: { type: "string" },
  width: { type: "string" },
  out: { type: "string", default: "pictures" },
} as const;

const KINDS = {
  png: { draw: toPng, width: "1004" },
  pdf: { draw: toPdf, width: "85" },
};

async function pictures(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const kind = KINDS[values.as as keyof typeof KINDS];
  if (kind === undefined) throw new UsageError("Cannot draw as --as must be png or pdf");
  const width = Number(values.width ?? kind.width);
  if (!(width >= 1 && width <= 10_000) || values.as === "png" && !Number.isInteger(width)) {
    throw new UsageError(`Cannot draw as --width must be a whole number >= 1: current value is ${values.width}`);
  }
  await Deno.mkdir(values.out, { recursive: true });
  for (const file of positionals.length > 0 ? positionals : await allFigures()) {
    const out = join(values.out, `${basename(file, ".svg")}.${values.as}`);
    await Deno.writeFile(out, await kind.draw(await Deno.readTextFile(file), width));
    tell(out);
  }
  return STATUS.ok;
}

async function allFigures(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FIGURES));
  return entries.map(({ name }) => join(FIGURES, name)).filter((file) => file.endsWith(".svg")).sort();
}

if (import.meta.main) await main(USAGE, pictures);
