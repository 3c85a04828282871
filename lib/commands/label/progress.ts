/**
 * What is told of labelling at its end.
 *
 * @module
 */
import type { Budget } from "../../asking/cost.ts";
import type { RunEnd } from "../../asking/run.ts";
import { isModelAskedFor } from "../../labelers/judge/answered_by.ts";
import type { LabelSummary } from "../../labelers/judge/summary.ts";
import { costLines } from "../shared/asking_progress.ts";
import type { JudgeOptions } from "./options.ts";

/** What a summary is made from. */
export interface Labelled {
  readonly summary: LabelSummary;
  readonly end: RunEnd;
  /** How many had no final answer before this run. */
  readonly before: number;
  readonly tasks: number;
  readonly budget: Budget;
  readonly options: JudgeOptions;
}

/** The summary at the end, of everything that was asked for, whichever run got it. */
export function summaryLines({ summary, end, before, tasks, budget, options }: Labelled): string[] {
  const { labelled, missing, answeredBy, voidActs, withVoidActs, calls, unanswered, usage } = summary;
  return [
    `labelled: ${labelled} of ${tasks}${before < tasks ? `, ${tasks - before} of the answers by earlier runs` : ""}`,
    ...Object.entries(missing).sort(([a], [b]) => a < b ? -1 : 1).map(([reason, n]) => `missing: ${reason}: ${n}`),
    ...end.left > 0
      ? [`not asked to the end: ${end.left}${end.isUnaffordable ? ", as --max-cost is reached" : ""}`]
      : [],
    ...voidActs > 0 ? [`void acts, their quote not said by the model: ${voidActs}, in ${withVoidActs} labels`] : [],
    ...Object.entries(answeredBy).map(([name, n]) =>
      isModelAskedFor(name, options.model)
        ? `answered by ${name}: ${n}`
        : `warning: another model than ${options.model} answered: ${name}: ${n}`
    ),
    ...costLines({ calls, unanswered, usage }, budget, options.maxCost),
  ];
}
