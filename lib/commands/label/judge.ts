/**
 * `deno task label --labeler judge`: asks a model about each sample, live or in batches.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { openBatchJournal } from "../../asking/batches/journal.ts";
import { runBatches } from "../../asking/batches/run.ts";
import { createBudget } from "../../asking/cost.ts";
import { type CallAccount, openCallAccount } from "../../asking/call_account.ts";
import type { Asker } from "../../asking/call.ts";
import { createClient, withoutKey } from "../../asking/client.ts";
import { pendingTasks, type RunEnd, runLive } from "../../asking/run.ts";
import { type LabelStore, openLabelStore } from "../../labelers/label_file.ts";
import { summarise } from "../../labelers/judge/summary.ts";
import { type JudgeTask, judgeTasks } from "../../labelers/judge/task.ts";
import { createRateLimiter } from "../../asking/rate_limiter.ts";
import { BACKOFF } from "../../asking/retry.ts";
import { loadSituations } from "../../policies/load_situations.ts";
import type { LoadedSamples } from "./samples.ts";
import { type JudgeOptions, judgeOptions, type JudgeValues } from "./options.ts";
import { labelProgress, summaryLines } from "./progress.ts";
import { sayTorn } from "./repair.ts";
import { STATUS, UsageError } from "../shared/main.ts";
import { tell, tellError } from "../shared/print.ts";

/** The status of a command that Ctrl-C ended, as shells have it. */
const INTERRUPTED = 130;

/** Labels and returns the exit status. Options are checked before anything is loaded. */
export async function labelByJudge(
  values: JudgeValues & { readonly out: string },
  loaded: () => Promise<LoadedSamples>,
): Promise<number> {
  const options = judgeOptions(values);
  const { samples, hasProblems } = await loaded();
  const tasks = judgeTasks(samples, { ...options, situations: await loadSituations() });
  const store = openLabelStore(values.out);
  const { stop, halt } = interrupts();
  let calls: CallAccount | undefined;
  try {
    calls = openCallAccount(`${values.out}.calls`, store);
    checkParameters(values.out, store, tasks[0], options);
    sayTorn(values.out, store.torn);
    const before = pendingTasks(tasks, store).length;
    const { asker, end } = await run(tasks, withKeyTakenOut(store, options.key), options, values.out, {
      stop,
      halt,
      calls,
    });
    const summary = summarise(tasks, store, calls);
    tell(summaryLines({ summary, end, before, tasks: tasks.length, budget: asker.budget, options }));
    if (stop.aborted) return INTERRUPTED;
    return hasProblems || summary.labelled < tasks.length ? STATUS.problem : STATUS.ok;
  } catch (error) {
    (error as Error).message = withoutKey((error as Error).message, options.key);
    throw error;
  } finally {
    await Promise.all([calls?.close(), store.close()]);
  }
}

async function run(
  tasks: readonly JudgeTask[],
  store: LabelStore,
  options: JudgeOptions,
  out: string,
  its: Pick<Asker, "stop" | "halt" | "calls">,
): Promise<{ asker: Asker; end: RunEnd }> {
  const { concurrency, limits, prices, maxCost, isBatch } = options;
  const asker = {
    client: createClient(options),
    backoff: BACKOFF,
    limiter: createRateLimiter(limits),
    budget: createBudget(prices, maxCost),
    ...its,
    onTrouble: troubleNotes(options.key),
  };
  const telling = labelProgress(pendingTasks(tasks, store).length, asker.budget);
  const end = isBatch
    ? await runBatches(tasks, store, asker, { journal: openBatchJournal(`${out}.batches`), onLine: telling.onLine })
    : await runLive(tasks, store, asker, { concurrency, onLine: telling.onLine });
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

/** A label file tells its labelers apart by name, and the name does not say the parameters. */
function checkParameters(out: string, store: LabelStore, task: JudgeTask, { model, parameters }: JudgeOptions): void {
  for (const line of store.lines()) {
    const isOurs = line.model === model && line.prompt === task.head.prompt;
    if (isOurs && (!isDeepStrictEqual(line.parameters, parameters) || line.schema !== task.head.schema)) {
      throw new UsageError(
        `Cannot label into ${out} as it holds labels of ${line.labeler} under other parameters: name another --out`,
      );
    }
  }
}

/** A server may send back what it was sent: in what it says, and in the words of a coding. */
function withKeyTakenOut(store: LabelStore, key: string): LabelStore {
  const struck = (_: string, value: unknown) => typeof value === "string" ? withoutKey(value, key) : value;
  return {
    ...store,
    add: ({ note, acts, scores, answered_by, finish, ...line }) =>
      // absent ones fall away
      store.add({ ...line, ...JSON.parse(JSON.stringify({ note, acts, scores, answered_by, finish }), struck) }),
  };
}

/** The first Ctrl-C lets what was asked be finished, the second gives it up. */
function interrupts(): { readonly stop: AbortSignal; readonly halt: AbortSignal } {
  const [stop, halt] = [new AbortController(), new AbortController()];
  Deno.addSignalListener("SIGINT", () => {
    if (stop.signal.aborted) halt.abort();
    else tellError("stopping: waits for the calls that are under way; Ctrl-C again gives them up");
    stop.abort();
  });
  return { stop: stop.signal, halt: halt.signal };
}
