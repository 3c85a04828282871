/**
 * `deno task contrasts`: two levels of a factor compared, from the command line.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { contrastRow } from "../figures/figure.ts";
import { type Contrast, contrasts as contrastsOf } from "../rates/comparing/contrasts.ts";
import { labelerWarnings } from "../rates/counting/labelers.ts";
import { family, type FamilyMember } from "../rates/comparing/family.ts";
import type { PlannedBy } from "../rates/planning/planned_by.ts";
import type { ClaimBelow } from "../rates/planning/claim_below.ts";
import { rates, type TableRow, where } from "../rates/counting/rates.ts";
import type { IntervalName } from "../rates/counting/intervals.ts";
import { points } from "../words/percent.ts";
import { contrastsTable } from "../words/rates_table.ts";
import { sayContrast, sayInterval, sayOpen, sayP } from "../words/say.ts";
import { stratifiedContrast } from "../rates/comparing/stratified_contrast.ts";
import { INTERVAL_OPTIONS, INTERVAL_USAGE, intervalNamed, intervalNotes } from "./shared/interval_options.ts";
import {
  byPlan,
  claimsOf,
  familySize,
  plannedQuestion,
  planOption,
  sayClaim,
  sayPlanned,
} from "./shared/plan_option.ts";
import { joinedLabels } from "./shared/joined_labels.ts";
import { COUNTED_OPTIONS, COUNTED_USAGE, countedBy, isElsewhere } from "./shared/kinds_options.ts";
import { groupedLines, hasProblems, pathsOf, problemLines } from "./shared/load_paths.ts";
import { checkThere, levelsOf } from "./shared/where_option.ts";
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

const USAGE = `deno task contrasts PATH… --factor FACTOR --levels FIRST,SECOND [--by FACTOR,…] [--where FACTOR=LEVEL,…]
  [--outcome OUTCOME [--policy NAME] | --label NAME [--at-least X | --counts A,B]] [--labeler WHO] [--labels FILE]
  [--cluster FIELD] [--paired] [--interval NAME] [--plan FILE] [--json|--csv|--md|--tex]

Compares two levels of a factor, first minus second, within each combination of the --by factors: the difference with its
interval and test, raw and adjusted over all that are printed, what they are over, and the bounds that missing verdicts
leave open. Over 10 or more prompts an arm they are paired by prompt where the same prompts stand in both, else compared as
whole clusters, with a permutation test; over samples of fewer prompts by Newcombe and Fisher. With --by, a last line puts
them together.
  --factor    the factor to compare
  --levels    its two levels
  --by        factors that are held fixed
  --where     only these levels: the family is what is left
${QUESTION_USAGE}
${INTERVAL_USAGE}
${COUNTED_USAGE}
  --paired    compare only prompts that stand in both arms, however few
  --plan      a plan of your own, as data/plan.json is one: a result is confirmatory where the comparison stands in it as
              it is and it is older than the first sample, else exploratory, and why; its family and its claims are held to
${PRINT_USAGE}
Exit status: 0, 1 when anything was rejected, a duplicate or a score that cannot be used, 2 for wrong use.`;

const OPTIONS = {
  factor: { type: "string" },
  levels: { type: "string" },
  by: { type: "string" },
  where: { type: "string" },
  ...QUESTION_OPTIONS,
  ...INTERVAL_OPTIONS,
  ...COUNTED_OPTIONS,
  paired: { type: "boolean" },
  plan: { type: "string" },
  ...PRINT_OPTIONS,
} as const;

async function contrasts(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const { factor } = values;
  const levels = fieldsOf(values.levels ?? "");
  if (factor === undefined) throw new UsageError("Cannot compare without a factor: --factor is missing");
  if (levels.length !== 2) throw new UsageError("Cannot compare as --levels must name two levels: FIRST,SECOND");
  if (levels[0] === levels[1]) throw new UsageError(`Cannot compare ${levels[0]} with itself: name two levels`);
  const printed = printedAs(values);
  const interval = intervalNamed(values.interval);
  if (values.paired && interval !== "default") {
    throw new UsageError("Cannot choose an interval of pairs: leave out --interval or --paired");
  }
  const questions = await questionsOf(values);
  const plan = await planOption(values.plan);
  const labels = joinedLabels(values.labels);
  if (questions.length > 1) throw new UsageError("Cannot compare several outcomes at once: name one in --outcome");
  const paths = isElsewhere(values) ? positionals : await pathsOf(positionals);
  const only = levelsOf(values.where ?? "");
  const held = fieldsOf(values.by ?? "");
  if (held.includes(factor)) throw new UsageError(`Cannot hold ${factor} fixed and compare it too`);
  const by = [...new Set([...held, ...Object.keys(only), factor])];
  const { counts, datasets, problems, numbers, labelers } = await asUse(() =>
    countedBy(values, paths, by, questions, { ...progress(paths), ...labels.options, cluster: values.cluster })
  );
  tellError(labels.problems());
  if (values.label !== undefined) checkLabel(values.label, datasets);
  checkNumbers(questions, numbers);
  const pair = [levels[0], levels[1]] as const;
  const rows = rates(counts);
  for (const [name, level] of Object.entries(only)) checkThere(name, level, rows);
  const made = await asUse(() =>
    Promise.resolve(
      contrastsOf(where(rows, only), factor, pair, { interval, isPaired: values.paired, level: plan?.level }),
    )
  );
  const isTested = made.some(({ test }) => test !== null);
  if (values.labeler !== undefined && !isTested) {
    throw new UsageError(`Cannot compare for labeler ${values.labeler} as it gave nothing that is asked for`);
  }
  const chosen = (["cluster", "interval", "paired"] as const).filter((name) => values[name] !== undefined);
  const compared = { datasets, factor, levels: pair, question: plannedQuestion(questions[0]), within: only, by: held };
  const { planned, found } = byPlan(plan, { ...compared, chosen: chosen.map((name) => `--${name}`) }, made);
  const members = family(found, familySize(found.length, planned));
  const claims = claimsOf(found, plan, planned);
  const toRow = (member: FamilyMember, at: number) => rowOf(member, planned, claims[at]);
  const warnings = labelerWarnings(questions, labelers);
  const told = warnings.length === 0 ? {} : { warnings };
  if (printed === "json") printJson({ rows: members.map(toRow), ...told });
  else if (printed === "csv") printTable(members.map(toRow));
  else if (printed !== undefined) tellTable(contrastsTable(members), printed);
  else {
    const claimed = claims.flatMap((claim, at) => claim ? [sayClaim(nameOf(found[at].group) + pair[1], claim)] : []);
    tell([
      ...members.map((member) => lineOf(member, planned)),
      ...togetherLine(members),
      ...claimed,
      ...planned ? [sayPlanned(planned)] : [],
    ]);
  }
  const noted = [...notes(datasets, by, questions), ...contrastNotes(found, interval), ...warnings];
  tellError(noted.map((note) => `note: ${note}`));
  tellError(labels.notes().map((note) => `labels: ${note}`));
  tellError([...datasets.flatMap(problemLines), ...groupedLines("not usable", problems)]);
  return hasProblems(datasets) || problems.length > 0 || labels.problems().length > 0 ? STATUS.problem : STATUS.ok;
}

function rowOf(
  { contrast, pValue, holm, benjaminiHochberg }: FamilyMember,
  planned: PlannedBy | undefined,
  claim: ClaimBelow | undefined,
): TableRow {
  const { bounds } = contrast;
  return {
    ...contrastRow(contrast),
    ...(contrast.refusal === undefined ? {} : { refusal: contrast.refusal }),
    test: contrast.test?.method ?? null,
    p_value: pValue,
    holm,
    benjamini_hochberg: benjaminiHochberg,
    bound_lower: bounds.lower,
    bound_upper: bounds.upper,
    ...(planned && { status: planned.status, reason: planned.reason }),
    ...(claim && { below: claim.below, below_shown: String(claim.isShown), below_upper: claim.upper }),
  };
}

function lineOf({ contrast, pValue, holm, benjaminiHochberg }: FamilyMember, planned: PlannedBy | undefined): string {
  const { group, factor, outcome, first, second, bounds } = contrast;
  const arms = [first, second].map((arm) => arm === undefined ? "absent" : `${arm.count}/${arm.scored}`).join(
    " against ",
  );
  const adjusted = planned?.family?.adjust === "benjamini_hochberg"
    ? `Benjamini–Hochberg ${sayP(benjaminiHochberg)}`
    : `Holm ${sayP(holm)}`;
  const known = `${arms}, ${sayContrast(contrast)}, ${sayP(pValue)} (${adjusted})`;
  const open = `${points(bounds.lower)} to ${points(bounds.upper)} points if all were known`;
  return `${nameOf(group)}${outcome} by ${factor}: ${
    sayOpen(known, open, [first, second].filter((arm) => arm !== undefined))
  }`;
}

/** The levels that a contrast is within, before what is said of it. */
function nameOf(group: Contrast["group"]): string {
  return Object.entries(group).map(([name, level]) => `${name}=${level} `).join("");
}

function togetherLine(members: readonly FamilyMember[]): string[] {
  if (members.length < 2) return [];
  const { difference, over, pairs, test, homogeneity, reasons } = stratifiedContrast(
    members.map(({ contrast }) => contrast),
  );
  if (over.startsWith("samples") || over.endsWith("not recorded")) {
    return [
      `together: ${sayInterval(difference)} (Mantel–Haenszel over ${over}), ${sayP(test?.pValue ?? null)}; ` +
      `same odds ratio everywhere: ${sayP(homogeneity?.pValue ?? null)} (Breslow–Day)`,
    ];
  }
  const how = pairs === undefined ? `over ${over}` : `over ${pairs} paired ${over}`;
  const said = difference === null ? reasons.join("; ") : `${sayInterval(difference)} ${how}`;
  return [`together: ${said}, ${sayP(test?.pValue ?? null)}`];
}

/** What a reader of contrasts must know, and the rows do not say. */
function contrastNotes(found: readonly Contrast[], interval: IntervalName): string[] {
  const alone = found.reduce((sum, { unpaired = 0 }) => sum + unpaired, 0);
  return [
    ...(alone > 0 ? [`${alone} prompts stand in one arm only and are not compared`] : []),
    ...intervalNotes(found, interval),
  ];
}

if (import.meta.main) await main(USAGE, contrasts);
