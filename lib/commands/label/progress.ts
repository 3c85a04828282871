/**
 * What is told of labelling: a line on a terminal while it goes on, and a summary.
 *
 * @module
 */
import type { Budget } from "../../asking/cost.ts";
import type { RunEnd } from "../../asking/run.ts";
import { isModelAskedFor } from "../../labelers/judge/answered_by.ts";
import type { LabelSummary } from "../../labelers/judge/summary.ts";
import type { LabelLine } from "../../labelers/label_line.ts";
import { tellProgress } from "../shared/print.ts";
import type { JudgeOptions } from "./options.ts";

/** How far it is. */
export interface LabelProgress {
  readonly done: number;
  readonly total: number;
  readonly missing: number;
  readonly seconds: number;
  /** US dollars; absent without prices. */
  readonly cost?: number;
}

/** Often enough to be read, in milliseconds. */
const EVERY = 200;

/** Tells on standard error how far it is, if that is a terminal. */
export function labelProgress(total: number, budget: Budget) {
  if (!Deno.stderr.isTerminal()) return { onLine: () => {}, end: () => {} };
  const start = performance.now();
  let [done, missing, told] = [0, 0, 0];
  return {
    onLine: (line: LabelLine) => {
      done++;
      if (line.missing !== undefined) missing++;
      const now = performance.now();
      if (now - told < EVERY && done < total) return;
      told = now;
      const seconds = (now - start) / 1000;
      tellProgress(labelProgressLine({ done, total, missing, seconds, cost: budget.spent() }));
    },
    end: () => tellProgress(""),
  };
}

/**
 * The line itself.
 *
 * @example
 * ```ts
 * import { labelProgressLine } from "$lib/commands/label/progress.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   labelProgressLine({ done: 50, total: 200, missing: 1, seconds: 10, cost: 0.5 }),
 *   "50 of 200, 1 missing, 5.0/s, 0.50 of about 2.00 USD, 30 s left",
 * );
 * ```
 */
export function labelProgressLine({ done, total, missing, seconds, cost }: LabelProgress): string {
  const left = Math.ceil((total - done) * seconds / done);
  const costs = cost === undefined ? [] : [`${cost.toFixed(2)} of about ${(cost * total / done).toFixed(2)} USD`];
  const time = left < 120 ? `${left} s left` : `${Math.round(left / 60)} min left`;
  return [`${done} of ${total}`, `${missing} missing`, `${(done / seconds).toFixed(1)}/s`, ...costs, time].join(", ");
}

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
  const [spent, unknown] = [budget.spent(), budget.unknown()];
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
    `calls: ${calls}; tokens in: ${usage.input}, out: ${usage.output}` +
    (unanswered > 0 ? `; unknown for ${unanswered} calls whose reply was lost: they may be charged too` : ""),
    ...spent === undefined ? [] : [
      `cost of this run: ${spent.toFixed(4)} USD by the replies` +
      (unknown ? `, and at most ${unknown.toFixed(4)} for calls without one` : "") +
      (options.maxCost === undefined ? "" : `; limit ${options.maxCost}`),
    ],
  ];
}
