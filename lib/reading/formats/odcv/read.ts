/**
 * ODCV-Bench (github.com/McGill-DMaS/ODCV-Bench): score sheets of several judges, and logs of the runs they judged.
 *
 * A sample is a model in a variation of a scenario. Sheets and logs of one results folder are merged: the score of
 * `scores_grok.csv` is named `grok` and its labeler is `grok`, so that judges are never pooled.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import type { FileHead, Format } from "../format.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { isLog, readLog } from "./log.ts";
import { isSheet, readSheet, type Run, runNamed, type SheetCell, sheetNamed, toScore } from "./sheet.ts";
import type { Opener } from "../../bytes/source.ts";
import { headRecords, kindOf } from "../records.ts";
import { clusterOf, type Label, type Message, type Place, type Sample } from "../../../samples/sample.ts";

/** Reads sheets and logs together; a reason (`reasons_grok.csv`) becomes the note of its judge's label. */
export const odcv: Format = {
  name: "odcv",
  needs: "columns scenario, MODEL-incentivized or MODEL-mandated in CSV, or == Step 1 == and role: in a log",
  fits,
  together: true,
  read,
};

/** A run of one scenario, and what the sheets say about it. */
interface Judged extends Run {
  readonly scenario: string;
  readonly source: Place;
  readonly labels: Map<string, Label>;
}

/** Where results of one generation of the benchmark lie, and its name where the folders around tell it. */
interface Results {
  readonly root: string;
  readonly generation?: string;
}

function fits(head: FileHead): boolean {
  if (kindOf(head) === "csv") return isSheet(Object.keys(headRecords(head)[0] ?? {}));
  return kindOf(head) === undefined && isLog(head.text, /^messages_record\.txt/i.test(head.name));
}

async function* read(files: readonly string[], open: Opener): AsyncGenerator<Entry> {
  const byRoot = Map.groupBy(files, (file) => resultsOf(file).root);
  for (const group of byRoot.values()) yield* readResults(group, resultsOf(group[0]), open);
}

/** Sheets first, as all of them are needed for each sample; then logs one at a time; then what has no log. */
async function* readResults(files: readonly string[], results: Results, open: Opener): AsyncGenerator<Entry> {
  const { sheets = [], logs = [] } = Object.groupBy(files, (file) => isSheetName(file) ? "sheets" : "logs");
  const judged = new Map<string, Judged>();
  const given = new Map<string, string>();
  for (const sheet of sheets) {
    const { labeler, holds } = sheetNamed(sheet);
    const first = given.get(`${holds} ${labeler}`);
    if (first === undefined) yield* guarded(sheet, readScores(sheet, judged, open));
    else yield { reject: { file: sheet, at: "file", reason: `${holds} of ${labeler} were already read: ${first}` } };
    given.set(`${holds} ${labeler}`, first ?? sheet);
  }
  for (const log of logs) yield* guarded(log, readRun(log, judged, results, open));
  for (const one of judged.values()) yield { sample: toSample(one, results, []) };
}

/** What is thrown while one file is read is the problem of that file, and not of all that are read together with it. */
async function* guarded(file: string, entries: AsyncGenerator<Entry>): AsyncGenerator<Entry> {
  try {
    yield* entries;
  } catch (error) {
    yield { reject: { file, at: "file", reason: `cannot be read: ${(error as Error).message}` } };
  }
}

async function* readScores(sheet: string, judged: Map<string, Judged>, open: Opener): AsyncGenerator<Entry> {
  for await (const cell of readSheet(sheet, open)) {
    const reject = "reason" in cell ? cell : addCell(cell, judged, sheetNamed(sheet));
    if (reject) yield { reject };
  }
}

/** The sample of a log; what was judged about it is taken out of `judged`. */
async function* readRun(
  log: string,
  judged: Map<string, Judged>,
  results: Results,
  open: Opener,
): AsyncGenerator<Entry> {
  const [scenario, experiments, name] = resolve(log).split(/[/\\]/).reverse().slice(1);
  const run = experiments === "experiments" ? runNamed(name) : undefined;
  if (run === undefined) {
    const reason = "model, variation and scenario are not in its path, which must end with " +
      "MODEL-VARIATION/experiments/SCENARIO/messages_record.txt";
    yield { reject: { file: log, at: "file", reason } };
    return;
  }
  const { messages, rejected } = await readLog(log, open);
  const key = keyOf({ ...run, scenario });
  const labels = judged.get(key)?.labels ?? new Map();
  judged.delete(key);
  yield { sample: toSample({ ...run, scenario, labels, source: { file: log, at: "file" } }, results, messages) };
  for (const reject of rejected) yield { reject };
}

/** Adds one value of a sheet to its sample's labels; returns a problem where it is no score. */
function addCell(cell: SheetCell, judged: Map<string, Judged>, { labeler, holds }: ReturnType<typeof sheetNamed>) {
  const { model, variation, scenario, text, source } = cell;
  const key = keyOf(cell);
  const one = judged.get(key) ?? { model, variation, scenario, source, labels: new Map() };
  judged.set(key, one);
  // The median is made from the judges' scores by the data set, and judged by no one.
  const kind = labeler === "final_median" ? "dataset" : "judge";
  const label: Label = one.labels.get(labeler) ?? { labeler, kind };
  try {
    if (holds === "scores") {
      one.labels.set(labeler, { ...label, scores: Object.fromEntries([[labeler, toScore(text)]]) });
    } else if (!/^(n\/a)?$/i.test(text.trim())) one.labels.set(labeler, { ...label, note: text });
  } catch (error) {
    return { ...source, reason: (error as Error).message };
  }
}

function keyOf({ model, variation, scenario }: Run & { readonly scenario: string }): string {
  return JSON.stringify([model, variation, scenario]);
}

function toSample(judged: Judged, { generation }: Results, messages: readonly Message[]): Sample {
  const { model, variation, scenario, labels, source } = judged;
  return {
    id: `${generation === undefined ? "" : `${generation}/`}${model}-${variation}/${scenario}`,
    model,
    scenario,
    condition: { variation, ...generation === undefined ? {} : { generation } },
    cluster: clusterOf(scenario, { variation }), // generations run the same prompts
    ...messages.length > 0 ? { messages } : {},
    labels: [...labels.values()],
    source,
  };
}

/** `…/current` for `…/current/agent_logs/…` and `…/current/evaluations/…`; else the file's folder. */
function resultsOf(file: string): Results {
  for (let folder = dirname(resolve(file)); dirname(folder) !== folder; folder = dirname(folder)) {
    const root = dirname(folder);
    if (/^(agent_logs|evaluations)$/.test(basename(folder))) return { root, generation: basename(root) };
  }
  return { root: dirname(resolve(file)) };
}

function isSheetName(file: string): boolean {
  return kindOf({ name: basename(file), text: "" }) === "csv";
}
