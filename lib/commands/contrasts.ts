/**
 * `deno task contrasts`: two levels of a factor compared, from the command line.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { toCsv } from "../figures/csv.ts";
import { contrastRow } from "../figures/figure.ts";
import { contrasts as contrastsOf } from "../rates/comparing/contrasts.ts";
import { countSamples } from "../rates/counting/count_samples.ts";
import { labelerWarnings } from "../rates/counting/labelers.ts";
import { family, type FamilyMember } from "../rates/comparing/family.ts";
import { type Compared, loadPlan, type Status, statusOf } from "../rates/planning/plan.ts";
import { type Rate, rates, type TableRow, where } from "../rates/counting/rates.ts";
import type { Question } from "../rates/counting/verdicts.ts";
import { points } from "../words/percent.ts";
import { sayContrast, sayInterval, sayP, sayStatus } from "../words/say.ts";
import { stratifiedContrast } from "../rates/comparing/stratified_contrast.ts";
import { joinedLabels } from "./shared/joined_labels.ts";
import { groupedLines, hasProblems, pathsOf, problemLines } from "./shared/load_paths.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
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
import { notes } from "./rates.ts";

const USAGE = `deno task contrasts PATH… --factor FACTOR --levels FIRST,SECOND [--by FACTOR,…] [--where FACTOR=LEVEL,…]
  [--outcome OUTCOME [--policy NAME] | --label NAME [--at-least X | --counts A,B]] [--labeler WHO] [--labels FILE] [--json|--csv]

Compares two levels of a factor, first minus second, within each combination of the --by factors: the difference with its
Newcombe interval, Fisher's exact test, raw and adjusted over all that are printed, and the bounds that missing verdicts
leave open. With --by, a last line puts them together by Mantel and Haenszel.
  --factor    the factor to compare
  --levels    its two levels
  --by        factors that are held fixed
  --where     only these levels: the family is what is left
${QUESTION_USAGE}
  --json      one JSON object on standard output and nothing else
  --csv       the same rows as CSV
Each result is confirmatory or exploratory by data/plan.json.
Exit status: 0, 1 when anything was rejected, a duplicate or a score that cannot be used, 2 for wrong use.`;

const OPTIONS = {
  factor: { type: "string" },
  levels: { type: "string" },
  by: { type: "string" },
  where: { type: "string" },
  ...QUESTION_OPTIONS,
  json: { type: "boolean" },
  csv: { type: "boolean" },
} as const;

async function contrasts(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const { factor } = values;
  const levels = fieldsOf(values.levels ?? "");
  if (factor === undefined) throw new UsageError("Cannot compare without a factor: --factor is missing");
  if (levels.length !== 2) throw new UsageError("Cannot compare as --levels must name two levels: FIRST,SECOND");
  if (levels[0] === levels[1]) throw new UsageError(`Cannot compare ${levels[0]} with itself: name two levels`);
  if (values.json && values.csv) throw new UsageError("Cannot print JSON and CSV at once: choose --json or --csv");
  const questions = await questionsOf(values);
  const labels = joinedLabels(values.labels);
  if (questions.length > 1) throw new UsageError("Cannot compare several outcomes at once: name one in --outcome");
  const paths = await pathsOf(positionals);
  const only = levelsOf(values.where ?? "");
  const held = fieldsOf(values.by ?? "");
  if (held.includes(factor)) throw new UsageError(`Cannot hold ${factor} fixed and compare it too`);
  const by = [...new Set([...held, ...Object.keys(only), factor])];
  const { counts, datasets, problems, numbers, labelers } = await asUse(() =>
    countSamples(paths, by, questions, { ...progress(paths), ...labels.options })
  );
  for (const line of labels.problems()) console.error(line);
  if (values.label !== undefined) checkLabel(values.label, datasets);
  checkNumbers(questions, numbers);
  const pair = [levels[0], levels[1]] as const;
  const rows = rates(counts);
  for (const [name, level] of Object.entries(only)) checkThere(name, level, rows);
  const found = await asUse(() => Promise.resolve(contrastsOf(where(rows, only), factor, pair)));
  const isTested = found.some(({ test }) => test !== null);
  if (values.labeler !== undefined && !isTested) {
    throw new UsageError(`Cannot compare for labeler ${values.labeler} as it gave nothing that is asked for`);
  }
  const compared = { datasets, factor, levels: pair, question: planned(questions[0]), within: only, by: held };
  const status = isTested ? statusOf(await loadPlan(), compared) : "exploratory";
  const members = family(found);
  const warnings = labelerWarnings(questions, labelers);
  const told = warnings.length === 0 ? {} : { warnings };
  if (values.json) console.log(JSON.stringify({ rows: members.map((member) => rowOf(member, status)), ...told }));
  else if (values.csv) console.log(toCsv(members.map((member) => rowOf(member, status))).trimEnd());
  else console.log([...members.map(lineOf), ...togetherLine(members), sayStatus(status)].join("\n"));
  for (const note of [...notes(datasets, by, questions), ...warnings]) console.error(`note: ${note}`);
  for (const note of labels.notes()) console.error(`labels: ${note}`);
  for (const line of datasets.flatMap(problemLines)) console.error(line);
  for (const line of groupedLines("not usable", problems)) console.error(line);
  return hasProblems(datasets) || problems.length > 0 || labels.problems().length > 0 ? STATUS.problem : STATUS.ok;
}

function checkThere(name: string, level: string, rows: readonly Rate[]): void {
  const levels = [...new Set(rows.map(({ group }) => group[name]))];
  if (levels.includes(level)) return;
  throw new UsageError(`Cannot choose ${name}=${level} as no sample has it: levels are ${levels.join(", ") || "none"}`);
}

/** The levels of `threat=replacement,prohibition=none`. */
function levelsOf(list: string): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(list).map((pair) => {
      const [factor, level] = pair.split("=", 2).map((part) => part.trim());
      if (!factor || !level) {
        throw new UsageError(`Cannot choose levels as --where must be FACTOR=LEVEL,…: current value is ${pair}`);
      }
      return [factor, level];
    }),
  );
}

/** The question as a plan names it; a threshold is not in any plan, so it is never a planned one. */
function planned(question: Question): Compared["question"] {
  if ("outcome" in question) return { outcome: question.outcome, policy: question.policy.name };
  return { label: question.atLeast === undefined ? question.label : `${question.label} >= ${question.atLeast}` };
}

function rowOf({ contrast, pValue, holm, benjaminiHochberg }: FamilyMember, status: Status): TableRow {
  const { bounds } = contrast;
  return {
    ...contrastRow(contrast),
    p_value: pValue,
    holm,
    benjamini_hochberg: benjaminiHochberg,
    bound_lower: bounds.lower,
    bound_upper: bounds.upper,
    status,
  };
}

function lineOf({ contrast, pValue, holm }: FamilyMember): string {
  const { group, factor, outcome, first, second, bounds } = contrast;
  const levels = Object.entries(group).map(([name, level]) => `${name}=${level} `).join("");
  const arms = [first, second].map((arm) => arm === undefined ? "absent" : `${arm.count}/${arm.scored}`).join(
    " against ",
  );
  const missing = (first?.missing ?? 0) + (second?.missing ?? 0);
  const range = `${points(bounds.lower)} to ${points(bounds.upper)} points if all were known`;
  const open = missing === 0 ? "" : `, ${missing} missing: ${range}`;
  return `${levels}${outcome} by ${factor}: ${arms}, ${sayContrast(contrast)}, ${sayP(pValue)} (Holm ${
    sayP(holm)
  })${open}`;
}

function togetherLine(members: readonly FamilyMember[]): string[] {
  if (members.length < 2) return [];
  const { difference, test, homogeneity } = stratifiedContrast(members.map(({ contrast }) => contrast));
  return [
    `together: ${sayInterval(difference)} (Mantel–Haenszel), ${sayP(test?.pValue ?? null)}; ` +
    `same odds ratio everywhere: ${sayP(homogeneity?.pValue ?? null)} (Breslow–Day)`,
  ];
}

if (import.meta.main) await main(USAGE, contrasts);
