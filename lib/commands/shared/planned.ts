/**
 * A question as the plan of analyses names it.
 *
 * @module
 */
import type { Compared } from "../../rates/planning/plan.ts";
import type { Question } from "../../rates/counting/verdicts.ts";

/** The question as a plan names it; a threshold is not in any plan, so it is never a planned one. */
export function planned(question: Question): Compared["question"] {
  if ("outcome" in question) return { outcome: question.outcome, policy: question.policy.name };
  return { label: question.atLeast === undefined ? question.label : `${question.label} >= ${question.atLeast}` };
}
