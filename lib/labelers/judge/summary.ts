/**
 * What a label file holds for what a judge was to be asked, whichever run put it there.
 *
 * @module
 */
import type { CallAccount } from "../../asking/call_account.ts";
import type { Usage } from "../../asking/task.ts";
import type { LabelStore } from "../label_file.ts";
import type { JudgeTask } from "./task.ts";

/** What a label file holds for tasks. */
export interface LabelSummary {
  readonly labelled: number;
  /** How many are missing, by reason. */
  readonly missing: Readonly<Record<string, number>>;
  /** How many were never asked to the end. */
  readonly left: number;
  /** Acts that were struck out as the model did not say their quote, and in how many labels. */
  readonly voidActs: number;
  readonly withVoidActs: number;
  /** How many replies came from which model, by its own name, where that is not the name asked for. */
  readonly answeredBy: Readonly<Record<string, number>>;
  /** Calls of all runs, those included that are in no label as a kill or a stop came between. */
  readonly calls: number;
  /** Of how many of them no reply was kept: these may be charged beside what the usage says. */
  readonly unanswered: number;
  readonly usage: Usage;
}

/** Returns what the store holds for the tasks, whichever run put it there. */
export function summarise(tasks: readonly JudgeTask[], store: LabelStore, calls?: CallAccount): LabelSummary {
  const lines = tasks.flatMap(({ head }) => store.get(head.key) ?? []);
  const missing: Record<string, number> = {};
  for (const { missing: reason } of lines) if (reason !== undefined) missing[reason] = (missing[reason] ?? 0) + 1;
  const answeredBy: Record<string, number> = {};
  for (const { answered_by: name, model } of lines) {
    if (name !== undefined && name !== model) answeredBy[name] = (answeredBy[name] ?? 0) + 1;
  }
  const voids = lines.map(({ scores }) => Number(scores?.void_acts ?? 0));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const all = tasks.flatMap(({ head }) => store.every(head.key)); // also those that a later one replaced were paid for
  const open = sum(tasks.map(({ head }) => calls?.open(head.key).length ?? 0));
  const lost = sum(tasks.map(({ head }) => calls?.lost(head.key).length ?? 0));
  return {
    labelled: lines.filter((line) => line.missing === undefined).length,
    missing,
    left: tasks.length - lines.length,
    voidActs: sum(voids),
    withVoidActs: voids.filter((count) => count > 0).length,
    answeredBy,
    calls: sum(all.map(({ calls }) => calls ?? 0)) + open,
    unanswered: sum(all.map(({ unanswered }) => unanswered ?? 0)) + lost,
    usage: {
      input: sum(all.map(({ usage }) => usage?.input ?? 0)),
      output: sum(all.map(({ usage }) => usage?.output ?? 0)),
    },
  };
}
