/**
 * What there is of an experiment, whichever run put it there.
 *
 * @module
 */
import type { CallAccount } from "../asking/call_account.ts";
import type { Usage } from "../asking/task.ts";
import { accountOf } from "./sample_of.ts";
import type { Sampling } from "./sampling.ts";

/** What there is of an experiment. */
export interface SamplingSummary {
  /** Samples with an answer. */
  readonly answered: number;
  /** Of them, how many the provider declined. */
  readonly declined: number;
  /** Of them, how many were cut off at the length that was allowed. */
  readonly cutOff: number;
  /** How many have no answer, by reason. */
  readonly missing: Readonly<Record<string, number>>;
  /** How many were never asked to the end. */
  readonly left: number;
  /** How many replies came from which model, by its own name. */
  readonly answeredBy: Readonly<Record<string, number>>;
  /** Calls of all runs, those included of which no line tells. */
  readonly calls: number;
  /** Of how many of them no reply was kept: these may be charged beside what the usage says. */
  readonly unanswered: number;
  readonly usage: Usage;
}

/** Returns what the store holds for the tasks. */
export function summariseSampling({ tasks, store }: Sampling, calls?: CallAccount): SamplingSummary {
  const missing: Record<string, number> = {};
  const answeredBy: Record<string, number> = {};
  let [answered, declined, cutOff, left, taken, unanswered, input, output] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { head: { key } } of tasks) {
    const lines = store.every(key);
    const account = accountOf(lines);
    taken += account.calls + (calls?.open(key).length ?? 0);
    unanswered += (account.unanswered ?? 0) + (calls?.lost(key).length ?? 0);
    input += account.usage.input;
    output += account.usage.output;
    const last = store.get(key);
    if (last === undefined || last.open) left++;
    else if (last.missing !== undefined) missing[last.missing] = (missing[last.missing] ?? 0) + 1;
    else answered++;
    if (last === undefined || last.missing !== undefined) continue;
    if (last.declined !== undefined) declined++;
    else if (last.finish === "length") cutOff++;
    if (last.answered_by !== undefined) answeredBy[last.answered_by] = (answeredBy[last.answered_by] ?? 0) + 1;
  }
  return {
    answered,
    declined,
    cutOff,
    missing,
    left,
    answeredBy,
    calls: taken,
    unanswered,
    usage: { input, output },
  };
}
