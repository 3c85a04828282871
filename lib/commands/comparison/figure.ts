/**
 * `deno task figure`: a figure of anybody's factor, as SVG, PDF or PNG, with its table.
 *
 * @module
 */
import { basename, extname } from "node:path";
import { parseArgs } from "node:util";
import { toCsv } from "../../figures/csv.ts";
import type { Figure } from "../../figures/figure.ts";
import { toPdf, toPng } from "../../figures/shown/pictures.ts";
import { family } from "../../rates/comparing/family.ts";
import { escapeHtml } from "../../words/html.ts";
import { contrastsTable, ratesTable } from "../../words/rates_table.ts";
import { toMarkdown, toTex } from "../../words/table.ts";
import { type Comparison, COMPARISON_OPTIONS, COMPARISON_USAGE, comparisonOf } from "./comparison.ts";
import { contrastsOf, figureOf, type Kind, KINDS } from "./figure_of.ts";
import { joinedLabels } from "../shared/joined_labels.ts";
import { COUNTED_OPTIONS, COUNTED_USAGE, isElsewhere } from "../shared/kinds_options.ts";
import { pathsOf } from "../shared/load_paths.ts";
import { main, STATUS, UsageError } from "../shared/main.ts";
import { tell, tellError } from "../shared/print.ts";

const USAGE = `deno task figure PATH… --factor FACTOR [--levels A,B,…] [--by FACTOR,…] [--where FACTOR=LEVEL]…
  [--kind ${KINDS.join("|")}] [--outcome OUTCOME,… [--policy NAME] | --label NAME [--at-least X | --counts A,B]]
  [--labeler WHO] [--labels FILE] [--cluster FIELD] [--interval NAME] [--title TEXT] [--width N]
  --out NAME.svg|pdf|png|html… [--table NAME.csv|md|tex]…

Draws the rates of an outcome or a score at each level of a factor, one row a model, with intervals and what is missing.
${COMPARISON_USAGE}
${COUNTED_USAGE}
  --kind      rates (default), their differences between two levels, or the share of every outcome
  --title     in place of the sentence that says what is found
  --out       the picture; may be repeated: SVG, PDF (vectors with the font embedded), PNG, or a
              page whose marks say what they stand for when pointed at
  --table     the numbers that are drawn; may be repeated: CSV, Markdown or TeX (booktabs)
  --width     of the PDF in millimetres (default: 85, a column of a journal), of the PNG in pixels (default: 1004)
Exit status: 0, 1 when anything was rejected, a duplicate or a score that cannot be used, 2 for wrong use.`;

const OPTIONS = {
  ...COMPARISON_OPTIONS,
  ...COUNTED_OPTIONS,
  kind: { type: "string" },
  title: { type: "string" },
  width: { type: "string" },
  out: { type: "string", multiple: true },
  table: { type: "string", multiple: true },
} as const;

async function figure(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const pictures = named(values.out, "--out", [".svg", ".pdf", ".png", ".html"]);
  if (pictures.length === 0) throw new UsageError("Cannot draw without a name: --out is missing");
  const tables = named(values.table, "--table", [".csv", ".md", ".tex"]);
  const kind = kindOf(values.kind, values.outcome);
  const labels = joinedLabels(values.labels);
  const outcome = values.outcome ?? (kind === "outcomes" && values.label === undefined ? ALL_OUTCOMES : undefined);
  const paths = isElsewhere(values) ? positionals : await pathsOf(positionals);
  const by = kind === "outcomes" ? [] : ["model"];
  const comparison = await comparisonOf({ ...values, outcome }, paths, labels, by);
  await checkNoData([...pictures, ...tables], comparison);
  tellError(labels.problems());
  const name = basename(pictures[0], extname(pictures[0]));
  const drawn = figureOf(comparison, { name, kind, title: values.title });
  for (const file of pictures) await writePicture(file, drawn, values.width);
  for (const file of tables) await Deno.writeTextFile(file, tableOf(file, drawn, comparison, kind));
  tell([drawn.title, ...[...pictures, ...tables].map((file) => `written: ${file}`)]);
  tellError([
    ...lettersWithoutFont(drawn, pictures),
    ...comparison.notes.map((note) => `note: ${note}`),
    ...labels.notes().map((note) => `labels: ${note}`),
    ...comparison.problems,
  ]);
  return comparison.problems.length + labels.problems().length > 0 ? STATUS.problem : STATUS.ok;
}

const ALL_OUTCOMES = "comply,refuse,subvert,indeterminate";

/** File names of an option, each with one of the endings. */
function named(files: readonly string[] = [], option: string, endings: readonly string[]): readonly string[] {
  const strange = files.find((file) => !endings.includes(extname(file)));
  if (strange === undefined) return files;
  throw new UsageError(`Cannot write ${strange} as ${option} must end with ${endings.join(", ")}`);
}

function kindOf(kind: string | undefined, outcome: string | undefined): Kind {
  if (kind === undefined) return outcome?.includes(",") ? "outcomes" : "rates";
  const found = KINDS.find((known) => known === kind);
  if (found === undefined) throw new UsageError(`Cannot draw --kind ${kind}: kinds are ${KINDS.join(", ")}`);
  return found;
}

/** A figure is written anew, the data it is made from are not. */
async function checkNoData(files: readonly string[], { datasets }: Comparison): Promise<void> {
  const real = (path: string) => Deno.realPath(path).catch(() => undefined);
  const data = new Set(await Promise.all(datasets.flatMap(({ files }) => files.map(({ path }) => real(path)))));
  for (const file of files) {
    const there = await real(file);
    if (there !== undefined && data.has(there)) {
      throw new UsageError(`Cannot write over the data: choose another name than ${file}`);
    }
  }
}

async function writePicture(file: string, figure: Figure, width: string | undefined): Promise<void> {
  const { svg } = figure;
  const ending = extname(file);
  if (ending === ".html") return await Deno.writeTextFile(file, await pageOf(figure));
  if (ending === ".svg") return await Deno.writeTextFile(file, svg);
  const size = Number(width ?? (ending === ".pdf" ? 85 : 1004));
  if (!(size >= 1 && size <= 10_000) || ending === ".png" && !Number.isInteger(size)) {
    throw new UsageError(`Cannot draw as --width must be a number from 1 to 10000: current value is ${width}`);
  }
  await Deno.writeFile(file, await (ending === ".pdf" ? toPdf : toPng)(svg, size));
}

/** The figure as Jupyter shows it, in a page of its own. */
async function pageOf(figure: Figure): Promise<string> {
  const shown = figure as Figure & { [shown: symbol]: () => Promise<{ readonly "text/html": string }> };
  const { "text/html": html } = await shown[Symbol.for("Jupyter.display")]();
  const head = `<meta charset="utf-8"><title>${escapeHtml(figure.title)}</title>`;
  return `<!DOCTYPE html>\n<html lang="en"><head>${head}</head><body>\n${html}\n</body></html>\n`;
}

/** The font that goes into PNG and PDF has Latin, Greek and Cyrillic letters; a browser draws all in an SVG. */
function lettersWithoutFont({ svg }: Figure, files: readonly string[]): string[] {
  const letters = new Set(svg.match(/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{M}]/gu));
  if (letters.size === 0 || files.every((file) => /\.(svg|html)$/.test(file))) return [];
  return [`note: the font of PNG and PDF has no ${[...letters].slice(0, 12).join(" ")}: the SVG shows them`];
}

function tableOf(file: string, { table }: Figure, comparison: Comparison, kind: Kind): string {
  if (file.endsWith(".csv")) return toCsv(table);
  const words = kind === "differences" ? contrastsTable(family(contrastsOf(comparison))) : ratesTable(comparison.rows);
  return (file.endsWith(".md") ? toMarkdown : toTex)(words);
}

if (import.meta.main) await main(USAGE, figure);
