/**
 * Asking models from a command: live or in batches, until everything is answered or it is stopped.
 *
 * @module
 */
import { openBatchJournal } from "../../asking/batches/journal.ts";
import { runBatches } from "../../asking/batches/run.ts";
import type { Asker } from "../../asking/call.ts";
import { createClient, withoutKey } from "../../asking/client.ts";
import { createBudget } from "../../asking/cost.ts";
import { createRateLimiter } from "../../asking/rate_limiter.ts";
import { BACKOFF } from "../../asking/retry.ts";
import { pendingTasks, type RunEnd, runLive } from "../../asking/run.ts";
import type { Store } from "../../asking/store.ts";
import type { AskedLine, Task } from "../../asking/task.ts";
import type { AskingAccess, AskingOptions } from "./asking_options.ts";
import { askingProgress } from "./asking_progress.ts";
import { tellError } from "./print.ts";

/** The status of a command that Ctrl-C ended, as shells have it. */
export const INTERRUPTED = 130;

/** Asks about each task that the store has no final answer to; batches are noted beside `out`. */
export async function runAsking<Line extends AskedLine>(
  tasks: readonly Task<Line>[],
  store: Store<Line>,
  options: AskingOptions & AskingAccess,
  out: string,
  its: Pick<Asker, "stop" | "halt" | "calls">,
): Promise<{ readonly asker: Asker; readonly end: RunEnd }> {
  const { concurrency, limits, prices, maxCost, isBatch, key } = options;
  const asker = {
    client: createClient(options),
    backoff: BACKOFF,
    limiter: createRateLimiter(limits),
    budget: createBudget(prices, maxCost),
    ...its,
    onTrouble: troubleNotes(key),
  };
  const telling = askingProgress(pendingTasks(tasks, store).length, asker.budget);
  const onLine = (line: Line) => line.open ? undefined : telling.onLine(line);
  const end = isBatch
    ? await runBatches(tasks, store, asker, { journal: openBatchJournal(`${out}.batches`), onLine })
    : await runLive(tasks, store, asker, { concurrency, onLine });
  telling.end();
  return { asker, end };
}

/** Says each reason once, and not more than some: a server that fails throughout is seen before every retry is used. */
function troubleNotes(key: string): (reason: string) => void {
  const told = new Set<string>();
  return (reason) => {
    if (told.size === 5 || told.has(reason)) return;
    told.add(reason);
    tellError(`note: a call failed, and is made again: ${withoutKey(reason, key)}`);
  };
}

/** The first Ctrl-C lets what was asked be finished, the second gives it up. */
export function interrupts(): { readonly stop: AbortSignal; readonly halt: AbortSignal } {
  const [stop, halt] = [new AbortController(), new AbortController()];
  Deno.addSignalListener("SIGINT", () => {
    if (stop.signal.aborted) halt.abort();
    else tellError("stopping: waits for the calls that are under way; Ctrl-C again gives them up");
    stop.abort();
  });
  return { stop: stop.signal, halt: halt.signal };
}

/** A server may send back what it was sent: in what it says, and in what a model does. */
export function withKeyTakenOut<Line extends AskedLine>(store: Store<Line>, key: string): Store<Line> {
  const struck = (_: string, value: unknown) => typeof value === "string" ? withoutKey(value, key) : value;
  return { ...store, add: (line) => store.add(JSON.parse(JSON.stringify(line), struck)) };
}
