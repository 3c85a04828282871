/**
 * Asks many things through the Batch API, for corpora that outgrow live calls: requests go up as files, are
 * answered within a day, and what failed goes up again.
 *
 * @module
 */
import type { BatchJournal, OpenBatch } from "./journal.ts";
import { BATCH_LIMITS, batchFiles, type BatchLimits } from "./requests.ts";
import { unanswered } from "./results.ts";
import { batchOutcomes, batchState, findBatch, sendBatch } from "./server.ts";
import { createTries, type Tries } from "./tries.ts";
import type { Asker } from "../call.ts";
import { ServerUnusable, Stopped } from "../failure.ts";
import { pendingTasks, type RunEnd } from "../run.ts";
import { pause } from "../retry.ts";
import type { Store } from "../store.ts";
import type { AskedLine, Task } from "../task.ts";

/** How batches are run. */
export interface BatchOptions<Line extends AskedLine> {
  readonly journal: BatchJournal;
  readonly limits?: BatchLimits;
  /** Told of each line after it is kept. */
  readonly onLine?: (line: Line) => void;
  /** Milliseconds between two looks: the first wait, doubled each time, and the longest. */
  readonly polling?: { readonly first: number; readonly most: number };
}

/**
 * Asks about each task that the store has no final answer to. Batches of an earlier run that hold such tasks are
 * collected first; nothing in them is sent again unless it failed there.
 *
 * @throws {ServerUnusable} if going on is no use; batches that were sent stay in the journal
 */
export async function runBatches<Line extends AskedLine>(
  tasks: readonly Task<Line>[],
  store: Store<Line>,
  asker: Asker,
  { journal, limits = BATCH_LIMITS, onLine = () => {}, polling = { first: 1000, most: 60_000 } }: BatchOptions<Line>,
): Promise<RunEnd> {
  const keep = (line: Line) => {
    store.add(line);
    onLine(line);
  };
  const todo = new Map(pendingTasks(tasks, store).map((task) => [task.head.key, task]));
  for (const [key, { head, ask }] of todo) {
    if (ask === undefined) {
      keep({ ...head, calls: 0 });
      todo.delete(key);
    }
  }
  const tries = createTries<Line>(asker, (line) => {
    if (!line.open) todo.delete(line.key!); // its next turn goes up with the next batch
    keep(line);
  });
  const ours = () => journal.open().filter(({ keys }) => keys.some((key) => todo.has(key)));
  let isUnaffordable = false;
  try {
    while (todo.size > 0 && !asker.stop?.aborted) {
      const sent = new Set(ours().flatMap(({ keys }) => keys));
      const unsent = [...todo.values()].filter(({ head }) => !sent.has(head.key));
      const affordable = unsent.filter(tries.reserve);
      isUnaffordable = affordable.length < unsent.length;
      for (const file of batchFiles(affordable, limits)) {
        const name = journal.begin(file.keys);
        journal.sent(name, await sendBatch(name, file, asker));
      }
      const open = ours();
      if (open.length === 0) break;
      for (const batch of open) await finish(batch, todo, tries, asker, journal, polling);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return { left: todo.size, isUnaffordable: isUnaffordable && todo.size > 0 };
}

/** Waits for a batch to end and takes its results. */
async function finish<Line extends AskedLine>(
  { name, id, keys }: OpenBatch,
  todo: ReadonlyMap<string, Task<Line>>,
  tries: Tries<Line>,
  asker: Asker,
  journal: BatchJournal,
  { first, most }: { readonly first: number; readonly most: number },
): Promise<void> {
  const found = id ?? await findBatch(name, asker);
  if (found === undefined) return journal.done(name); // the process ended before it was sent
  for (let wait = first;; wait = Math.min(most, 2 * wait)) {
    const batch = await batchState(found, asker);
    const status = batch?.status ?? "gone";
    if (batch && status === "failed") {
      journal.done(name);
      const reasons = (batch.errors?.data ?? []).map(({ message }) => message).join("; ");
      throw new ServerUnusable(`Cannot go on as the server does not take batch ${found}: ${reasons || "no reason"}`);
    }
    for (const key of keys) { // counted once, by whichever run looks at it first
      if (todo.has(key) && !asker.calls?.open(key).includes(name)) asker.calls?.begin(key, name);
    }
    if (["completed", "expired", "cancelled", "gone"].includes(status)) {
      const waiting = new Map(keys.flatMap((key) => todo.get(key) ?? []).map((task) => [task.head.key, task]));
      for await (const { key, result } of batch ? batchOutcomes(batch, asker) : []) {
        const task = waiting.get(key);
        if (task === undefined) continue; // what comes twice counts once
        waiting.delete(key);
        tries.take(task, result, name);
      }
      for (const task of waiting.values()) tries.take(task, { failure: unanswered(status) }, name);
      return journal.done(name);
    }
    await pause(wait, asker.stop);
    if (asker.stop?.aborted) throw new Stopped();
  }
}
