/**
 * `deno task label --labeler judge`: asks a model about each sample, live or in batches.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { type CallAccount, openCallAccount } from "../../asking/call_account.ts";
import { withoutKey } from "../../asking/client.ts";
import { pendingTasks } from "../../asking/run.ts";
import { openSpool } from "../../asking/spool.ts";
import { type LabelStore, openAskedLabels } from "../../labelers/label_file.ts";
import { summarise } from "../../labelers/judge/summary.ts";
import { createJudgeTasks, type JudgeTask } from "../../labelers/judge/task.ts";
import type { Sample } from "../../samples/sample.ts";
import { type JudgeOptions, judgeOptions, type JudgeValues } from "./options.ts";
import { summaryLines } from "./progress.ts";
import { sayTorn } from "./repair.ts";
import { STATUS, UsageError } from "../shared/main.ts";
import { INTERRUPTED, interrupts, runAsking, withKeyTakenOut } from "../shared/asking.ts";
import { tell } from "../shared/print.ts";
import { situationsOf } from "../shared/questions.ts";

/**
 * Labels and returns the exit status. Options are checked before anything is read. Transcripts wait on disk, so that the
 * memory that it takes does not grow with them.
 *
 * @param visitSamples visits each sample, and returns whether there was anything that could not be used
 */
export async function labelByJudge(
  values: JudgeValues & { readonly out: string },
  visitSamples: (visit: (sample: Sample) => void) => Promise<boolean>,
): Promise<number> {
  const options = judgeOptions(values);
  const spool = openSpool(`${values.out}.texts`);
  try {
    const made = createJudgeTasks({ ...options, situations: await situationsOf(values.situations) }, spool.keep);
    const hasProblems = await visitSamples(made.add);
    const status = await labelTasks(made.tasks(), values.out, options);
    return status === STATUS.ok && hasProblems ? STATUS.problem : status;
  } finally {
    spool.close();
  }
}

async function labelTasks(tasks: readonly JudgeTask[], out: string, options: JudgeOptions): Promise<number> {
  const store = openAskedLabels(out);
  const { stop, halt } = interrupts();
  let calls: CallAccount | undefined;
  try {
    calls = openCallAccount(`${out}.calls`, store);
    checkParameters(out, store, tasks[0], options);
    sayTorn(out, store.torn);
    const before = pendingTasks(tasks, store).length;
    const kept = withKeyTakenOut(store, options.key);
    const { asker, end } = await runAsking(tasks, kept, options, out, { stop, halt, calls });
    const summary = summarise(tasks, store, calls);
    tell(summaryLines({ summary, end, before, tasks: tasks.length, budget: asker.budget, options }));
    if (stop.aborted) return INTERRUPTED;
    return summary.labelled < tasks.length ? STATUS.problem : STATUS.ok;
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
