/**
 * `deno task report`: one page with the answer, what it rests on and how it was made, and the reader beside it.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { evidenceIn } from "../../labelers/join_labels.ts";
import { chooseSamples } from "../../pages/reader/chosen_samples.ts";
import { writeReader } from "../../pages/reader/page.ts";
import type { ReaderSource } from "../../pages/reader/reader_data.ts";
import { writeReport } from "../../pages/report/page.ts";
import type { ReportSource } from "../../pages/report/source.ts";
import { toPdf } from "../../figures/shown/pictures.ts";
import { loadPolicies } from "../../policies/load_policy.ts";
import { loadSituations } from "../../policies/load_situations.ts";
import { ratesTable } from "../../words/rates_table.ts";
import { toTex } from "../../words/table.ts";
import { type Comparison, COMPARISON_OPTIONS, COMPARISON_USAGE, comparisonOf } from "./comparison.ts";
import { figureOf } from "./figure_of.ts";
import { readerLinks, reportOf } from "./report_of.ts";
import { type JoinedLabels, joinedLabels } from "../shared/joined_labels.ts";
import { pathsOf } from "../shared/load_paths.ts";
import { main, STATUS, UsageError } from "../shared/main.ts";
import { tell, tellError } from "../shared/print.ts";
import { progress } from "../shared/progress.ts";

const USAGE = `deno task report PATH… --factor FACTOR [--levels A,B,…] [--by FACTOR,…] [--where FACTOR=LEVEL]…
  [--outcome OUTCOME [--policy NAME] | --label NAME [--at-least X | --counts A,B]] [--labeler WHO] [--labels FILE]
  [--cluster FIELD] [--interval NAME] [--title TEXT] --out FOLDER

Writes report.html, which opens from disk without a network: the answer in a sentence, what was read and could not be used,
rates with what they are over, differences, outcomes and how they hang on the standard where acts are coded, agreement of
labelers, methods with sources, hashes of the data. Beside it reader.html, to which every number leads, the figure as SVG
and PDF, and the table as TeX.
${COMPARISON_USAGE}
  --title     of the page (default: the names of the data)
  --out       a new folder, or one that this command wrote before
Exit status: 0, 1 when anything was rejected, a duplicate or a score that cannot be used, 2 for wrong use.`;

const OPTIONS = { ...COMPARISON_OPTIONS, title: { type: "string" }, out: { type: "string" } } as const;

/** What stands in the folder. */
const FILES = { report: "report.html", reader: "reader.html", svg: "figure.svg", pdf: "figure.pdf", tex: "rates.tex" };

async function report(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const { out } = values;
  if (out === undefined) throw new UsageError("Cannot write a report without a folder: --out is missing");
  const labels = joinedLabels(values.labels);
  const paths = await pathsOf(positionals);
  await checkFolder(out);
  const comparison = await comparisonOf(values, paths, labels, ["model"]);
  if (comparison.questions.length > 1) {
    throw new UsageError("Cannot report several outcomes at once: name one in --outcome");
  }
  const joined = joinedLabels(values.labels); // each pass joins anew, and accounts for itself
  const held = await samplesOf(paths, comparison, joined, values.labels);
  const title = values.title ?? comparison.datasets.map(({ name }) => name).join(", ");
  const source = reportOf(comparison, "reason" in held ? undefined : held, {
    title,
    linkOf: "reason" in held ? () => undefined : readerLinks(comparison, FILES.reader),
    beside: besideOf(!("reason" in held)),
    command: `deno task report ${args.map(quoted).join(" ")}`,
    version: await versionOf(),
  });
  const noted = "reason" in held ? { ...source, notes: [...source.notes, held.reason] } : source;
  await writeFiles(out, noted, comparison, "reason" in held ? undefined : { ...held, title });
  tell([noted.answer, `written: ${join(out, FILES.report)}; open it in a browser`]);
  tellError([
    ...labels.problems(),
    ...noted.notes.map((note) => `note: ${note}`),
    ...labels.notes().map((note) => `labels: ${note}`),
    ...comparison.problems,
  ]);
  return comparison.problems.length + labels.problems().length > 0 ? STATUS.problem : STATUS.ok;
}

type Reader = Omit<ReaderSource, "title">;

/** The samples behind the numbers, or why a page cannot hold them. */
async function samplesOf(
  paths: readonly string[],
  { where }: Comparison,
  { options }: JoinedLabels,
  labels: string | undefined,
): Promise<Reader | { readonly reason: string }> {
  try {
    const { datasets, samples, read } = await chooseSamples(paths, { where }, { ...progress(paths), ...options });
    return {
      about: [`The samples behind report.html: ${samples.length} of ${read} that were read.`],
      datasets,
      samples,
      policies: await loadPolicies(),
      situations: await loadSituations(),
      evidence: labels === undefined ? undefined : evidenceIn(labels),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      reason: `There is no reader, and numbers lead nowhere: ${error.message.replace(/: choose with.*$/s, "")}`,
    };
  }
}

function besideOf(hasReader: boolean): ReportSource["beside"] {
  return [
    ...hasReader ? [{ file: FILES.reader, what: "the transcripts behind the numbers" }] : [],
    { file: FILES.pdf, what: "the figure for a paper" },
    { file: FILES.svg, what: "the same as SVG" },
    { file: FILES.tex, what: "the table of rates for a paper (booktabs)" },
  ];
}

async function writeFiles(
  folder: string,
  source: ReportSource,
  comparison: Comparison,
  reader: ReaderSource | undefined,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const { svg } = figureOf(comparison, { name: "figure", kind: "rates" });
  await Deno.writeTextFile(join(folder, FILES.svg), svg);
  await Deno.writeFile(join(folder, FILES.pdf), await toPdf(svg, 85));
  await Deno.writeTextFile(join(folder, FILES.tex), toTex(ratesTable(comparison.rows)));
  if (reader !== undefined) await Deno.writeTextFile(join(folder, FILES.reader), writeReader(reader));
  await Deno.writeTextFile(join(folder, FILES.report), writeReport(source));
}

/** A report may be written anew, anything else may not be lost. */
async function checkFolder(folder: string): Promise<void> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    const strange = names.find((name) => !Object.values(FILES).includes(name));
    if (strange === undefined) return;
    throw new UsageError(`Cannot write a report into ${resolve(folder)} as it holds ${strange}: name a new folder`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (error instanceof Deno.errors.NotADirectory) {
      throw new UsageError(`Cannot write a report as ${basename(folder)} is a file`);
    }
    throw error;
  }
}

async function versionOf(): Promise<string> {
  return JSON.parse(await Deno.readTextFile(new URL("../../../deno.json", import.meta.url))).version;
}

/** An argument as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

if (import.meta.main) await main(USAGE, report);
