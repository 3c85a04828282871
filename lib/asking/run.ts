/**
 * Asks about many samples at once and keeps each answer the moment it is there.
 *
 * @module
 */
import { askJudge, type Judge } from "./call.ts";
import { isFinal } from "../labelers/judge/outcome.ts";
import type { JudgeTask } from "../labelers/judge/task.ts";
import type { LabelStore } from "./store.ts";
import type { LabelLine, Usage } from "../labelers/label_line.ts";

/** How a run goes on. */
export interface RunOptions {
  /** So many calls at once. */
  readonly concurrency: number;
  /** Told of each line after it is kept. */
  readonly onLine?: (line: LabelLine) => void;
}

/** What a run left undone. */
export interface RunEnd {
  /** How many tasks have no final answer since they were not asked to the end. */
  readonly left: number;
  /** True where the limit of cost was the reason. */
  readonly isUnaffordable: boolean;
}

/** Returns the tasks that have no final answer in the store. */
export function pendingTasks(tasks: readonly JudgeTask[], store: LabelStore): JudgeTask[] {
  return tasks.filter(({ head: { key } }) => {
    const line = store.get(key);
    return line === undefined || !isFinal(line);
  });
}

/**
 * Asks about each task that the store has no final answer to.
 *
 * @throws {JudgeUnusable} if going on is no use; what was being asked is finished and kept first
 */
export async function runJudge(
  tasks: readonly JudgeTask[],
  store: LabelStore,
  judge: Judge,
  { concurrency, onLine = () => {} }: RunOptions,
): Promise<RunEnd> {
  const queue = pendingTasks(tasks, store).reverse();
  const failed = new AbortController();
  const stop = judge.stop === undefined ? failed.signal : AbortSignal.any([judge.stop, failed.signal]);
  let [left, isUnaffordable] = [0, false];
  const work = async (): Promise<void> => {
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      const asked = await askJudge(task, { ...judge, stop });
      if ("line" in asked) {
        store.add(asked.line);
        onLine(asked.line);
        continue;
      }
      if (asked.left === "stopped") left++;
      else { // others who still ask may use less than was set aside: one of them takes it up
        queue.push(task);
        isUnaffordable = true;
      }
      return;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, queue.length) }, () =>
    work().catch((error) => {
      failed.abort();
      throw error;
    }));
  const ends = await Promise.allSettled(workers);
  const wrong = ends.find((end) => end.status === "rejected");
  if (wrong) throw wrong.reason;
  left += queue.length;
  return { left, isUnaffordable: isUnaffordable && left > 0 && !stop.aborted };
}

/** What a label file holds for tasks. */
export interface LabelSummary {
  readonly labelled: number;
  /** How many are missing, by reason. */
  readonly missing: Readonly<Record<string, number>>;
  /** How many were never asked to the end. */
  readonly left: number;
  /** Acts that were struck out as their quote is not in the transcript, and in how many labels. */
  readonly voidActs: number;
  readonly withVoidActs: number;
  readonly calls: number;
  readonly usage: Usage;
}

/** Returns what the store holds for the tasks, whichever run put it there. */
export function summarise(tasks: readonly JudgeTask[], store: LabelStore): LabelSummary {
  const lines = tasks.flatMap(({ head }) => store.get(head.key) ?? []);
  const missing: Record<string, number> = {};
  for (const { missing: reason } of lines) if (reason !== undefined) missing[reason] = (missing[reason] ?? 0) + 1;
  const voids = lines.map(({ scores }) => Number(scores?.void_acts ?? 0));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    labelled: lines.filter((line) => line.missing === undefined).length,
    missing,
    left: tasks.length - lines.length,
    voidActs: sum(voids),
    withVoidActs: voids.filter((count) => count > 0).length,
    calls: sum(lines.map(({ calls }) => calls ?? 0)),
    usage: {
      input: sum(lines.map(({ usage }) => usage?.input ?? 0)),
      output: sum(lines.map(({ usage }) => usage?.output ?? 0)),
    },
  };
}
