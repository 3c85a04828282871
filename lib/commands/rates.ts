/**
 * `deno task rates`: rates by condition from the command line.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { labelerWarnings } from "../rates/counting/labelers.ts";
import { PROMPT } from "../rates/counting/clusters.ts";
import { newPromptRate } from "../rates/counting/new_prompt.ts";
import { nounOf } from "../rates/counting/over.ts";
import { type Rate, rateRow, rates as ratesOf, type TableRow } from "../rates/counting/rates.ts";
import { DEFAULT_LEVEL } from "../stats/numbers/interval.ts";
import { percentRange } from "../words/percent.ts";
import { ratesTable } from "../words/rates_table.ts";
import { sayRate } from "../words/say.ts";
import { INTERVAL_OPTIONS, INTERVAL_USAGE, intervalNamed, intervalNotes } from "./shared/interval_options.ts";
import { joinedLabels } from "./shared/joined_labels.ts";
import { countedBy, isElsewhere, KINDS_OPTIONS, KINDS_USAGE, printSql } from "./shared/kinds_options.ts";
import { groupedLines, hasProblems, pathsOf, problemLines } from "./shared/load_paths.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { notes } from "./shared/notes.ts";
import { printJson, printTable, tell, tellError } from "./shared/print.ts";
import { PRINT_OPTIONS, PRINT_USAGE, printedAs, tellTable } from "./shared/printed_as.ts";
import { progress } from "./shared/progress.ts";
import {
  asUse,
  checkLabel,
  checkNumbers,
  fieldsOf,
  QUESTION_OPTIONS,
  QUESTION_USAGE,
  questionsOf,
} from "./shared/questions.ts";
import { samplesFile } from "./shared/samples_file.ts";
import { levelsOf, WHERE_OPTION, WHERE_USAGE } from "./shared/where.ts";

const USAGE =
  `deno task rates PATH… [--by FACTOR,…] [--where FACTOR=LEVEL]… [--outcome OUTCOME,… [--policy NAME] | --label NAME
  [--at-least X | --counts A,B]] [--labeler WHO] [--labels FILE] [--cluster FIELD] [--interval NAME] [--new-prompt]
  [--samples FILE.csv] [--json|--csv|--md|--tex]
  [--print-sql [--table NAME] | --kinds FILE | --engine NAME] [--partitions]

Counts samples by condition and prints each rate with its interval, what that is over (prompts, samples of these prompts, or
prompts that are not recorded), and the bounds that missing ones leave open.
  --by        factors to group by: model, scenario, or any factor of the data; without it all are counted together
${WHERE_USAGE}
${QUESTION_USAGE}
${INTERVAL_USAGE}
${KINDS_USAGE}
  --new-prompt  also where the rate of another prompt would lie
  --samples   also writes which samples stand behind each row, and what each of them answers, to a new file
${PRINT_USAGE}
Exit status: 0, 1 when anything was rejected, a duplicate or a score that cannot be used, 2 for wrong use.`;

const OPTIONS = {
  by: { type: "string" },
  ...WHERE_OPTION,
  ...QUESTION_OPTIONS,
  ...INTERVAL_OPTIONS,
  ...KINDS_OPTIONS,
  "new-prompt": { type: "boolean" },
  ...PRINT_OPTIONS,
  samples: { type: "string" },
} as const;

async function rates(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const printed = printedAs(values);
  const interval = intervalNamed(values.interval);
  if (values["print-sql"]) {
    await printSql(positionals, [...fieldsOf(values.by ?? ""), values.cluster ?? ""], values.table);
    return STATUS.ok;
  }
  const questions = await questionsOf(values);
  const labels = joinedLabels(values.labels);
  const paths = isElsewhere(values) ? positionals : await pathsOf(positionals);
  const by = fieldsOf(values.by ?? "");
  const where = levelsOf(values.where);
  const samples = await samplesFile(values.samples);
  const { counts, datasets, problems, numbers, labelers } = await asUse(() =>
    countedBy(values, paths, by, questions, {
      ...{ ...progress(paths), ...labels.options, cluster: values.cluster, where },
      onAnswer: samples?.add,
    })
  );
  tellError(labels.problems());
  if (values.label !== undefined) checkLabel(values.label, datasets);
  checkNumbers(questions, numbers);
  const rows = ratesOf(counts, DEFAULT_LEVEL, interval);
  if (values.labeler !== undefined && rows.every(({ scored }) => scored === 0)) {
    const given = labels.labelers();
    const known = given.length === 0 ? "" : `: in the file of labels are ${given.join(", ")}`;
    throw new UsageError(`Cannot count for labeler ${values.labeler} as it gave nothing that is asked for${known}`);
  }
  const told = rows.map((rate) => ({ rate, next: values["new-prompt"] ? newPromptRate(rate) : undefined }));
  const warnings = labelerWarnings(questions, labelers);
  const warned = warnings.length === 0 ? {} : { warnings };
  if (printed === "json") printJson({ rows: told.map(jsonRow), ...warned });
  else if (printed === "csv") printTable(told.map((row) => ({ ...rateRow(row.rate), ...nextRow(row) })));
  else if (printed !== undefined) tellTable(ratesTable(rows), printed);
  else tell(told.map(lineOf));
  const named = [...by, ...Object.keys(where).filter((factor) => where[factor].length === 1)];
  const noted = [...notes(datasets, named, questions), ...intervalNotes(rows, interval), ...warnings];
  tellError(noted.map((note) => `note: ${note}`));
  if (samples !== undefined) tellError(await samples.write());
  tellError(labels.notes().map((note) => `labels: ${note}`));
  tellError([...datasets.flatMap(problemLines), ...groupedLines("not usable", problems)]);
  return hasProblems(datasets) || problems.length > 0 || labels.problems().length > 0 ? STATUS.problem : STATUS.ok;
}

/** A rate, and what another prompt would give where that was asked for. */
interface Told {
  readonly rate: Rate;
  readonly next?: ReturnType<typeof newPromptRate>;
}

function jsonRow(told: Told) {
  const { clustered: _, ...row } = told.rate;
  return { ...row, ...nextRow(told) };
}

function nextRow({ next }: Told): TableRow {
  if (next === undefined) return {};
  const { estimate, lower, upper } = "refusal" in next ? { estimate: null, lower: null, upper: null } : next;
  return { new_prompt: estimate, new_prompt_lower: lower, new_prompt_upper: upper };
}

function lineOf({ rate, next }: Told): string {
  const group = Object.entries(rate.group).map(([factor, level]) => `${factor}=${level}`).join(" ");
  const another = next === undefined
    ? ""
    : "refusal" in next
    ? `; ${next.refusal}`
    : `; another ${nounOf(rate.clustered?.field ?? PROMPT)}: ${percentRange(next.lower, next.upper)}`;
  return `${group}${group && " "}${rate.outcome}: ${sayRate(rate)}${another}`;
}

if (import.meta.main) await main(USAGE, rates);
