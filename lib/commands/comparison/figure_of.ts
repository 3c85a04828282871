/**
 * The figure of a comparison: paired rates, differences, or every outcome, for any factor and any names.
 *
 * @module
 */
import { differencesFigure } from "../../figures/differences.ts";
import type { Figure, FigureText } from "../../figures/figure.ts";
import { outcomeRatesFigure } from "../../figures/outcome_rates.ts";
import { pairedRatesFigure } from "../../figures/paired_rates.ts";
import { MOST_STYLES, stylesOf } from "../../figures/palette.ts";
import { type Contrast, contrasts } from "../../rates/comparing/contrasts.ts";
import type { Rate } from "../../rates/counting/rates.ts";
import { nameOf, type Question } from "../../rates/counting/verdicts.ts";
import { sayFinding } from "../../words/say_finding.ts";
import { sayList } from "../../words/say.ts";
import type { Comparison } from "./comparison.ts";
import { UsageError } from "../shared/main.ts";

/** What can be drawn of a comparison. */
export const KINDS = ["rates", "differences", "outcomes"] as const;

/** One of them. */
export type Kind = typeof KINDS[number];

/** The contrasts of a comparison of two levels, one for each combination of what is held fixed. */
export function contrastsOf({ rows, factor, levels }: Comparison): Contrast[] {
  if (levels.length !== 2) {
    throw new UsageError(
      `Cannot compare ${levels.length} levels of ${factor}: name two with --levels: ${levels.join(", ")}`,
    );
  }
  return contrasts(rows, factor, [levels[0], levels[1]]);
}

/**
 * Draws a comparison.
 *
 * @param title in place of what the numbers show
 * @throws {UsageError} if it cannot be drawn so
 */
export function figureOf(
  comparison: Comparison,
  { name, kind, title }: { readonly name: string; readonly kind: Kind; readonly title?: string },
): Figure {
  const { factor, levels, by, datasets, questions } = comparison;
  const text: FigureText = {
    name,
    title: title ?? titleOf(comparison),
    caption: captionOf(comparison),
    status: "exploratory",
    data: datasets,
  };
  const item = by.join(", ") || "samples";
  const itemOf = (group: Rate["group"]) => by.map((field) => group[field]).join(", ") || "all samples";
  if (kind !== "outcomes" && questions.length > 1) {
    throw new UsageError("Cannot draw several outcomes so: choose --kind outcomes, or name one in --outcome");
  }
  const asked = questions.map(nameOf).join(", ");
  if (kind === "differences") {
    const rows = contrastsOf(comparison).map((row) => ({ ...row, group: { [item]: itemOf(row.group) } }));
    return differencesFigure({ ...text, rows, item, axis: `${asked}: ${levels[0]} minus ${levels[1]}, points` });
  }
  if (kind === "outcomes") {
    const panel = [item, factor].join(", ");
    const headingOf = (group: Rate["group"]) =>
      [...by.map((field) => group[field]), `${factor} = ${group[factor]}`].join(", ");
    const rows = levels.flatMap((level) => comparison.rows.filter(({ group }) => group[factor] === level))
      .map((row) => ({ ...row, group: { [panel]: headingOf(row.group) } }));
    return outcomeRatesFigure({ ...text, rows, item: panel, axis: "share of samples", ...labelsFor(questions) });
  }
  if (levels.length > MOST_STYLES) {
    throw new UsageError(`Cannot draw ${levels.length} levels of ${factor}: name at most ${MOST_STYLES} with --levels`);
  }
  const rows = comparison.rows.map((row) => ({
    ...row,
    group: { [item]: itemOf(row.group), [factor]: row.group[factor] },
  }));
  const names = Object.fromEntries(levels.map((level) => [level, level]));
  return pairedRatesFigure({ ...text, rows, item, levels: { factor, names }, axis: `${asked}: share of samples` });
}

/** A score that is no outcome is drawn in the first colour of the scale. */
function labelsFor(questions: readonly Question[]) {
  if (questions.every((question) => "outcome" in question)) return {};
  const names = questions.map(nameOf);
  return {
    labels: Object.fromEntries(stylesOf("", names).map((style, at) => [names[at], { ...style, name: names[at] }])),
  };
}

/** What is found, where one outcome is compared between two levels; else what is counted at each. */
export function titleOf(comparison: Comparison): string {
  const { rows, factor, levels, questions } = comparison;
  if (levels.length === 2 && questions.length === 1) return sayFinding(contrastsOf(comparison));
  const [outcome, ...others] = questions.map(nameOf);
  if (others.length > 0) return `${sayList([outcome, ...others])} by ${factor}`;
  const counted = levels.map((level) => {
    const of = rows.filter((row) => row.group[factor] === level && row.outcome === outcome);
    const sum = (field: "count" | "scored") => of.reduce((total, row) => total + row[field], 0);
    return `${sum("count")} of ${sum("scored")} with ${level}`;
  });
  return `${outcome} by ${factor}: ${sayList(counted)}`;
}

/** What was counted, of what, and by whose standard. */
export function captionOf({ datasets, factor, questions, where, by }: Comparison): string {
  const standards = questions.flatMap((question) => "outcome" in question ? [question.policy.name] : []);
  const only = Object.entries(where).map(([name, levels]) => `${name} = ${levels.join(" or ")}`);
  return [
    `${sayList(questions.map(nameOf))} by ${sayList([...by, factor])} in ${sayList(datasets.map(({ name }) => name))}`,
    ...only.length === 0 ? [] : [`only ${sayList(only)}`],
    ...standards.length === 0 ? [] : [`by the standard ${standards[0]}`],
  ].join(", ") + ".";
}
