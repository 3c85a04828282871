/**
 * Samples counted by one factor and what is held fixed: what a figure and a report are made from.
 *
 * @module
 */
import { levelsInOrder } from "../../figures/palette.ts";
import { NOT_RECORDED } from "../../rates/counting/fields.ts";
import { labelerWarnings } from "../../rates/counting/labelers.ts";
import { type Rate, rates } from "../../rates/counting/rates.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import type { Scanned } from "../../reading/scan.ts";
import { nearest } from "../../samples/nearest.ts";
import { DEFAULT_LEVEL } from "../../stats/numbers/interval.ts";
import { INTERVAL_OPTIONS, INTERVAL_USAGE, intervalNamed, intervalNotes } from "../shared/interval_options.ts";
import type { JoinedLabels } from "../shared/joined_labels.ts";
import { countedBy } from "../shared/kinds_options.ts";
import { groupedLines, problemLines } from "../shared/load_paths.ts";
import { UsageError } from "../shared/main.ts";
import { notes } from "../shared/notes.ts";
import { progress } from "../shared/progress.ts";
import {
  asUse,
  checkLabel,
  checkNumbers,
  fieldsOf,
  QUESTION_OPTIONS,
  QUESTION_USAGE,
  questionsOf,
} from "../shared/questions.ts";
import { levelsOf, WHERE_OPTION, WHERE_USAGE } from "../shared/where.ts";

/** The options, as parseArgs() takes them. */
export const COMPARISON_OPTIONS = {
  factor: { type: "string" },
  levels: { type: "string" },
  by: { type: "string" },
  ...WHERE_OPTION,
  ...QUESTION_OPTIONS,
  ...INTERVAL_OPTIONS,
} as const;

/** What they mean, for the usage of a command. */
export const COMPARISON_USAGE = `  --factor    the factor that is compared
  --levels    its levels, in their order (default: all)
  --by        what is held fixed, a row each (default: model)
${WHERE_USAGE}
${QUESTION_USAGE}
${INTERVAL_USAGE}`;

/** What was asked, and what was counted. */
export interface Comparison {
  readonly factor: string;
  /** In the order they are drawn. */
  readonly levels: readonly string[];
  readonly by: readonly string[];
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly questions: readonly Question[];
  /** Of these levels alone, grouped by `by` and the factor. */
  readonly rows: readonly Rate[];
  readonly datasets: readonly Scanned[];
  /** What must be said of the rows. */
  readonly notes: readonly string[];
  /** What could not be used, a line each. */
  readonly problems: readonly string[];
}

type Values =
  & Readonly<Record<string, unknown>>
  & {
    readonly [name in "factor" | "levels" | "by" | "interval" | "cluster" | "label" | "labels" | "kinds" | "engine"]?:
      string;
  }
  & { readonly where?: readonly string[]; readonly partitions?: boolean };

/**
 * Counts what the options ask for.
 *
 * @param by what is held fixed where the options do not say
 * @throws {UsageError} if anything is misspelt, or nothing would be left
 */
export async function comparisonOf(
  values: Values,
  paths: readonly string[],
  { options }: Pick<JoinedLabels, "options">,
  by: readonly string[],
): Promise<Comparison> {
  const { factor } = values;
  if (factor === undefined) throw new UsageError("Cannot compare without a factor: --factor is missing");
  const held = values.by === undefined ? by : fieldsOf(values.by);
  if (held.includes(factor)) {
    throw new UsageError(`Cannot hold ${factor} fixed and compare it too: leave it out of --by`);
  }
  const interval = intervalNamed(values.interval);
  const questions = await questionsOf(values);
  const where = levelsOf(values.where);
  const counted = await asUse(() =>
    countedBy(values, paths, [...held, factor], questions, {
      ...{ ...progress(paths), ...options, cluster: values.cluster, where },
    })
  );
  const { datasets, problems, numbers, labelers } = counted;
  if (values.label !== undefined) checkLabel(values.label, datasets);
  checkNumbers(questions, numbers);
  const all = rates(counted.counts, DEFAULT_LEVEL, interval);
  const found = [...new Set(all.map(({ group }) => group[factor]))];
  const levels = values.levels === undefined
    ? levelsInOrder(factor, found.filter((level) => level !== NOT_RECORDED))
    : chosenLevels(factor, fieldsOf(values.levels), found);
  if (levels.length === 0) throw new UsageError(`Cannot compare ${factor} as no sample has a level of it`);
  const rows = all.filter(({ group }) => levels.includes(group[factor]));
  if (rows.every(({ scored }) => scored === 0)) throw nothingScored(datasets);
  const others = all.filter((row) => !rows.includes(row) && row.outcome === all[0].outcome);
  const named = [...held, factor, ...Object.keys(where).filter((name) => where[name].length === 1)];
  return {
    ...{ factor, levels, by: held, where, questions, rows, datasets },
    notes: [
      ...others.length === 0 ? [] : [sayOthers(factor, others)],
      ...notes(datasets, named, questions),
      ...intervalNotes(rows, interval),
      ...labelerWarnings(questions, labelers),
    ],
    problems: [...datasets.flatMap(problemLines), ...groupedLines("not usable", problems)],
  };
}

function chosenLevels(factor: string, wanted: readonly string[], found: readonly string[]): string[] {
  const absent = wanted.find((level) => !found.includes(level));
  if (absent === undefined) return [...new Set(wanted)];
  const near = nearest(absent, found);
  throw new UsageError(
    `Cannot compare ${factor} as no sample has the level ${absent}: ${
      near === undefined ? "" : `nearest is ${near}; `
    }` +
      `levels are ${found.slice(0, 50).join(", ")}`,
  );
}

function nothingScored(datasets: readonly Scanned[]): UsageError {
  const labels = [...new Set(datasets.flatMap(({ labels }) => Object.keys(labels)))];
  return new UsageError(
    `Cannot compare as nothing is scored: labels are ${labels.join(", ") || "none"}; name one with --label`,
  );
}

function sayOthers(factor: string, others: readonly Rate[]): string {
  const samples = others.reduce((sum, { scored, missing }) => sum + scored + missing, 0);
  const levels = [...new Set(others.map(({ group }) => group[factor]))];
  return `${samples} samples have another level of ${factor} and are left out: ${levels.slice(0, 8).join(", ")}`;
}
