/**
 * What is told while models are asked: a line on a terminal, and at the end what it cost.
 *
 * @module
 */
import type { Budget } from "../../asking/cost.ts";
import type { AskedLine, Usage } from "../../asking/task.ts";
import { tellProgress } from "./print.ts";

/** How far it is. */
export interface AskingProgress {
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
export function askingProgress(total: number, budget: Budget) {
  if (!Deno.stderr.isTerminal()) return { onLine: () => {}, end: () => {} };
  const start = performance.now();
  let [done, missing, told] = [0, 0, 0];
  return {
    onLine: (line: AskedLine) => {
      done++;
      if (line.missing !== undefined) missing++;
      const now = performance.now();
      if (now - told < EVERY && done < total) return;
      told = now;
      const seconds = (now - start) / 1000;
      tellProgress(askingProgressLine({ done, total, missing, seconds, cost: budget.spent() }));
    },
    end: () => tellProgress(""),
  };
}

/**
 * The line itself.
 *
 * @example
 * ```ts
 * import { askingProgressLine } from "$lib/commands/shared/asking_progress.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   askingProgressLine({ done: 50, total: 200, missing: 1, seconds: 10, cost: 0.5 }),
 *   "50 of 200, 1 missing, 5.0/s, 0.50 of about 2.00 USD, 30 s left",
 * );
 * ```
 */
export function askingProgressLine({ done, total, missing, seconds, cost }: AskingProgress): string {
  const left = Math.ceil((total - done) * seconds / done);
  const costs = cost === undefined ? [] : [`${cost.toFixed(2)} of about ${(cost * total / done).toFixed(2)} USD`];
  const time = left < 120 ? `${left} s left` : `${Math.round(left / 60)} min left`;
  return [`${done} of ${total}`, `${missing} missing`, `${(done / seconds).toFixed(1)}/s`, ...costs, time].join(", ");
}

/** What calls took, over all runs. */
export interface CallsTaken {
  readonly calls: number;
  /** Of how many no reply was kept. */
  readonly unanswered: number;
  readonly usage: Usage;
}

/** What calls took, and what this run cost. */
export function costLines({ calls, unanswered, usage }: CallsTaken, budget: Budget, maxCost?: number): string[] {
  const [spent, unknown] = [budget.spent(), budget.unknown()];
  return [
    `calls: ${calls}; tokens in: ${usage.input}, out: ${usage.output}` +
    (unanswered > 0 ? `; unknown for ${unanswered} calls whose reply was lost: they may be charged too` : ""),
    ...spent === undefined ? [] : [
      `cost of this run: ${spent.toFixed(4)} USD by the replies` +
      (unknown ? `, and at most ${unknown.toFixed(4)} for calls without one` : "") +
      (maxCost === undefined ? "" : `; limit ${maxCost}`),
    ],
  ];
}
