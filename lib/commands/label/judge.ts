/**
 * `deno task label --labeler judge`: asks a model about each sample, live or in batches.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { type CallAccount, openCallAccount } from "../../asking/call_account.ts";
import { withoutKey } from "../../asking/client.ts";
import { pendingTasks } from "../../asking/run.ts";
import { type LabelStore, openLabelStore } from "../../labelers/label_file.ts";
import { summarise } from "../../labelers/judge/summary.ts";
import { type JudgeTask, judgeTasks } from "../../labelers/judge/task.ts";
import type { LoadedSamples } from "./samples.ts";
import { type JudgeOptions, judgeOptions, type JudgeValues } from "./options.ts";
import { summaryLines } from "./progress.ts";
import { sayTorn } from "./repair.ts";
import { STATUS, UsageError } from "../shared/main.ts";
import { INTERRUPTED, interrupts, runAsking, withKeyTakenOut } from "../shared/asking.ts";
import { tell } from "../shared/print.ts";
import { situationsOf } from "../shared/questions.ts";

/** Labels and returns the exit status. Options are checked before anything is loaded. */
export async function labelByJudge(
  values: JudgeValues & { readonly out: string },
  loaded: () => Promise<LoadedSamples>,
): Promise<number> {
  const options = judgeOptions(values);
  const { samples, hasProblems } = await loaded();
  const tasks = judgeTasks(samples, { ...options, situations: await situationsOf(values.situations) });
  const store = openLabelStore(values.out);
  const { stop, halt } = interrupts();
  let calls: CallAccount | undefined;
  try {
    calls = openCallAccount(`${values.out}.calls`, store);
    checkParameters(values.out, store, tasks[0], options);
    sayTorn(values.out, store.torn);
    const before = pendingTasks(tasks, store).length;
    const { asker, end } = await runAsking(tasks, withKeyTakenOut(store, options.key), options, values.out, {
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
