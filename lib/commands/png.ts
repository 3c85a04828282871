/**
 * `deno task png`: figures as PNG, on demand. PNGs are not committed: the SVG is the figure.
 *
 * @module
 */
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { toPng } from "../figures/png.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { FIGURES } from "./join_notebooks.ts";

const USAGE = `deno task png [SVG…] [--width PIXELS] [--out FOLDER]

Writes each SVG (default: all in notebooks/figures/) as PNG with the font that the project pins.
  --width   pixels (default: 1004, which is 85 mm at 300 dots an inch)
  --out     folder for the PNGs (default: png in this folder)`;

const OPTIONS = {
  width: { type: "string", default: "1004" },
  out: { type: "string", default: "png" },
} as const;

async function png(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const width = Number(values.width);
  if (!Number.isInteger(width) || width < 1) {
    throw new UsageError(`Cannot draw as --width must be a whole number >= 1: current value is ${values.width}`);
  }
  await Deno.mkdir(values.out, { recursive: true });
  for (const file of positionals.length > 0 ? positionals : await allFigures()) {
    const out = join(values.out, `${basename(file, ".svg")}.png`);
    await Deno.writeFile(out, toPng(await Deno.readTextFile(file), width));
    console.log(out);
  }
  return STATUS.ok;
}

async function allFigures(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(FIGURES));
  return entries.map(({ name }) => join(FIGURES, name)).filter((file) => file.endsWith(".svg")).sort();
}

if (import.meta.main) await main(USAGE, png);
