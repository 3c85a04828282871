/**
 * `deno task read`: one page with the transcripts behind the numbers.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { dirname, resolve } from "node:path";
import { evidenceIn } from "../labelers/join_labels.ts";
import { chooseSamples, type ChosenSamples } from "../pages/reader/chosen_samples.ts";
import { writeReader } from "../pages/reader/page.ts";
import { loadPolicy, readPolicies } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import { joinedLabels } from "./shared/joined_labels.ts";
import { hasProblems, pathsOf, problemLines } from "./shared/load_paths.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { tell, tellError } from "./shared/print.ts";
import { progress } from "./shared/progress.ts";
import { asUse } from "./shared/questions.ts";
import { levelsOf, WHERE_OPTION, WHERE_USAGE } from "./shared/where.ts";

const USAGE = `deno task read PATH… --out reader.html [--where FACTOR=LEVEL]… [--sample N --seed S] [--labels FILE]
  [--policy PATH]…

Writes one page that opens from disk, without a network: a list of samples to sort, choose and search, each transcript
with its labels and the words they rest on, what each standard says and why, and two conditions side by side.
  --out       the page; one that this command wrote before is written anew
${WHERE_USAGE}
  --sample    so many samples at random, for what a page cannot hold
  --seed      of the draw; the same seed draws the same samples
  --labels    a file of labels, as deno task label writes them, to be joined to the samples
  --policy    the file of a standard of your own, to stand beside those in data/policies/; may be repeated
Exit status: 0, 1 when anything was rejected or a duplicate, 2 for wrong use.`;

const OPTIONS = {
  out: { type: "string" },
  ...WHERE_OPTION,
  sample: { type: "string" },
  seed: { type: "string" },
  labels: { type: "string" },
  policy: { type: "string", multiple: true },
} as const;

async function read(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const { out } = values;
  if (!out?.endsWith(".html")) {
    throw new UsageError("Cannot write a reader as --out must be a name that ends with .html");
  }
  const where = levelsOf(values.where);
  const draw = drawOf(values.sample, values.seed);
  const labels = joinedLabels(values.labels);
  const own = await asUse(() => Promise.all((values.policy ?? []).map(loadPolicy)));
  const shipped = await readPolicies();
  tellError(shipped.problems);
  const paths = await pathsOf(positionals);
  await checkOut(out);
  const chosen = await asUse(() => chooseSamples(paths, { where, draw }, { ...progress(paths), ...labels.options }));
  tellError(labels.problems());
  const { datasets, samples } = chosen;
  const page = writeReader({
    title: datasets.map(({ name }) => name).join(", "),
    about: aboutOf(chosen, values.where ?? [], draw),
    datasets,
    samples,
    policies: [...shipped.policies, ...own.filter(({ name }) => shipped.policies.every((one) => one.name !== name))],
    situations: await loadSituations(),
    evidence: values.labels === undefined ? undefined : evidenceIn(values.labels),
  });
  await Deno.writeTextFile(out, page);
  tell(`written: ${out}: ${samples.length} samples, ${(page.length / 1e6).toFixed(1)} MB; open it in a browser`);
  tellError([...labels.notes().map((note) => `labels: ${note}`), ...datasets.flatMap(problemLines)]);
  return hasProblems(datasets) || shipped.problems.length > 0 || labels.problems().length > 0
    ? STATUS.problem
    : STATUS.ok;
}

function drawOf(sample: string | undefined, seed: string | undefined): { size: number; seed: number } | undefined {
  if (sample === undefined && seed === undefined) return undefined;
  if (sample === undefined) throw new UsageError("Cannot use --seed without --sample: a seed is that of a draw");
  if (seed === undefined) throw new UsageError(`Cannot draw without a seed: --sample ${sample} needs --seed S`);
  const [size, start] = [sample, seed].map(Number);
  if (!/^\d{1,9}$/.test(sample) || size < 1) {
    throw new UsageError(`Cannot draw as --sample must be a whole number >= 1: current value is ${sample}`);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new UsageError(`Cannot draw as --seed must be a whole number: current value is ${seed}`);
  }
  return { size, seed: start };
}

/** A reader may be written anew, anything else may not be lost. */
async function checkOut(out: string): Promise<void> {
  const isFolder = await Deno.stat(dirname(out)).then((found) => found.isDirectory, () => false);
  if (!isFolder) throw new UsageError(`Cannot write ${out} as there is no such folder: ${resolve(dirname(out))}`);
  try {
    using file = await Deno.open(out);
    const start = new Uint8Array(OWN_START.length + 1024);
    const length = await file.read(start) ?? 0;
    if (new TextDecoder().decode(start.subarray(0, length)).includes(OWN_START)) return;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new UsageError(`Cannot write as there is already a file that is no reader: ${resolve(out)}`);
}

/** In the first lines of every reader. */
const OWN_START = "<title>Reader: ";

/** What the page says of what it holds. */
function aboutOf(
  { datasets, samples, read, fitting }: ChosenSamples,
  where: readonly string[],
  draw: { readonly size: number; readonly seed: number } | undefined,
): string[] {
  const cells = datasets.reduce((sum, { report }) => sum + report.cells, 0);
  const rejected = datasets.reduce((sum, { report }) => sum + report.rejected.length, 0);
  return [
    ...datasets.map(({ name, format, report }) =>
      `${name}: ${format}, ${report.files} files, ${report.samples} samples, ${report.rejected.length} rejected, ` +
      `${report.duplicated.length + report.repeats.length} duplicates.`
    ),
    ...where.length === 0 ? [] : [`Only ${where.join(" and ")}: ${fitting} of ${read} samples.`],
    ...draw === undefined || samples.length === fitting
      ? []
      : [`A random draw of ${samples.length} of ${fitting} samples, seed ${draw.seed}: counts are those of the draw.`],
    ...cells === 0 ? [] : [`${cells} published counts have no samples, and are not here.`],
    ...rejected === 0 ? [] : ["What was rejected is not here: deno task load names it."],
  ];
}

if (import.meta.main) await main(USAGE, read);
