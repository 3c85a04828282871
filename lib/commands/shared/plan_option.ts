/**
 * `--plan FILE`: what the user's own plan says of the contrasts that a command prints.
 *
 * @module
 */
import type { Contrast } from "../../rates/comparing/contrasts.ts";
import { type ClaimBelow, claimBelow } from "../../rates/planning/claim_below.ts";
import { loadPlan, type Plan, type PlannedQuestion } from "../../rates/planning/plan.ts";
import { atAnyTime, heldToPlan } from "../../rates/planning/held_to_plan.ts";
import { type Compared, type PlannedBy, plannedBy } from "../../rates/planning/planned_by.ts";
import type { LabelQuestion, Question } from "../../rates/counting/verdicts.ts";
import { percent } from "../../words/percent.ts";
import { UsageError } from "./main.ts";

/** Reads the plan of the option; without one nothing is said of plans. */
export async function planOption(file: string | undefined): Promise<Plan | undefined> {
  if (file === undefined) return undefined;
  try {
    return await loadPlan(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UsageError(`Cannot read plan ${file} as there is no such file`);
    }
    if (error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}

/** The question as a plan names it: with what makes it another one, a threshold, values that count, a labeler. */
export function plannedQuestion(question: Question): PlannedQuestion {
  const by = question.labeler === undefined ? {} : { labeler: question.labeler };
  if ("outcome" in question) return { outcome: question.outcome, policy: question.policy.name, ...by };
  const { label, atLeast, counts } = question;
  const least = atLeast === undefined ? "" : ` >= ${atLeast}`;
  const values = counts === undefined ? "" : ` = ${counts.join(" or ")}`;
  return { label: `${label}${least}${values}`, ...by };
}

/** The question about a score that a plan names: the other way round. */
export function labelQuestionOf({ label, ...by }: Extract<PlannedQuestion, { label: string }>): LabelQuestion {
  const [, least, from] = /^(.+) >= (\S+)$/s.exec(label) ?? [];
  if (least !== undefined && Number.isFinite(Number(from))) return { label: least, atLeast: Number(from), ...by };
  const [, name, values] = /^(.+) = (.+)$/s.exec(label) ?? [];
  return name === undefined ? { label, ...by } : { label: name, counts: values.split(" or "), ...by };
}

/** What a plan says of contrasts, and these as it has them: over a sequence where they may be looked at at any time. */
export function byPlan(
  plan: Plan | undefined,
  compared: Compared,
  made: readonly Contrast[],
): { readonly planned?: PlannedBy; readonly found: readonly Contrast[] } {
  if (plan === undefined) return { found: made };
  const planned = heldToPlan(plan, plannedBy(plan, compared), made);
  const { sampling } = plan;
  if (sampling === undefined || sampling.stop === "fixed" || planned.contrast === undefined) {
    return { planned, found: made };
  }
  return { planned, found: made.map((contrast) => atAnyTime(contrast, sampling)) };
}

/** How many comparisons the planned family is of, where so many were made of one of its contrasts. */
export function familySize(made: number, planned: PlannedBy | undefined): number {
  return made * (planned?.contrast === undefined ? 1 : planned.family!.contrasts.length);
}

/** The planned claim that the second level is below a line, for each contrast; undefined where none was planned. */
export function claimsOf(
  contrasts: readonly Contrast[],
  plan: Plan | undefined,
  planned: PlannedBy | undefined,
): (ClaimBelow | undefined)[] {
  const below = planned?.contrast?.below;
  if (plan === undefined || below === undefined) return contrasts.map(() => undefined);
  const claims = contrasts.length * planned!.family!.contrasts.filter(({ below }) => below !== undefined).length;
  const absent = { isShown: false, upper: null, over: "nothing", method: "none", below, level: plan.level };
  return contrasts.map(({ second }) => second === undefined ? absent : claimBelow(second, below, claims, plan.level));
}

/** Whether it was planned, and why: one line. */
export function sayPlanned({ status, reason }: PlannedBy): string {
  return `${status === "confirmatory" ? "Confirmatory" : "Exploratory"}: ${reason}.`;
}

/** The claim as one line. */
export function sayClaim(level: string, { below, isShown, upper, over }: ClaimBelow): string {
  const bound = upper === null ? "there is no sample" : `at most ${rounded(upper)} over ${over}`;
  return `${level} below ${percent(below)}: ${isShown ? "shown" : "not shown"}, ${bound}`;
}

/** One decimal, rounded up: a bound may look no lower than it is. */
function rounded(bound: number): string {
  return `${(Math.ceil(bound * 1000) / 10).toFixed(1)}\u00a0%`;
}
