/**
 * Asks many things at once and keeps each answer the moment it is there.
 *
 * @module
 */
import { ask, type Asker } from "./call.ts";
import type { Store } from "./store.ts";
import { type AskedLine, isFinal, type Task } from "./task.ts";

/** How a run goes on. */
export interface RunOptions<Line extends AskedLine> {
  /** So many calls at once. */
  readonly concurrency: number;
  /** Told of each line after it is kept. */
  readonly onLine?: (line: Line) => void;
}

/** What a run left undone. */
export interface RunEnd {
  /** How many tasks have no final answer since they were not asked to the end. */
  readonly left: number;
  /** True where the limit of cost was the reason. */
  readonly isUnaffordable: boolean;
}

/** Returns the tasks that have no final answer in the store. */
export function pendingTasks<Line extends AskedLine>(tasks: readonly Task<Line>[], store: Store<Line>): Task<Line>[] {
  return tasks.filter(({ head: { key } }) => {
    const line = store.get(key);
    return line === undefined || !isFinal(line);
  });
}

/**
 * Asks about each task that the store has no final answer to.
 *
 * @throws {ServerUnusable} if going on is no use; what was being asked is finished and kept first
 */
export async function runLive<Line extends AskedLine>(
  tasks: readonly Task<Line>[],
  store: Store<Line>,
  asker: Asker,
  { concurrency, onLine = () => {} }: RunOptions<Line>,
): Promise<RunEnd> {
  const queue = pendingTasks(tasks, store).reverse();
  const failed = new AbortController();
  const stop = asker.stop === undefined ? failed.signal : AbortSignal.any([asker.stop, failed.signal]);
  let [left, isUnaffordable] = [0, false];
  const work = async (): Promise<void> => {
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      const asked = await ask(task, { ...asker, stop });
      if ("line" in asked) {
        store.add(asked.line);
        if (asked.line.open) queue.push(task); // its next turn comes before what was not begun
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
