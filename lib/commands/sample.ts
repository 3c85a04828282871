/**
 * `deno task sample`: an experiment of one's own, from its scenario to samples.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withoutKey } from "../asking/client.ts";
import { type CallAccount, openCallAccount } from "../asking/call_account.ts";
import { pendingTasks } from "../asking/run.ts";
import { cellsOf } from "../sampling/scenarios/cells.ts";
import { loadScenario } from "../sampling/scenarios/load_scenario.ts";
import type { SampleSettings } from "../sampling/sample_task.ts";
import { openSampling, type Sampling } from "../sampling/sampling.ts";
import { summariseSampling } from "../sampling/summary.ts";
import { designLines, samplingLines } from "./sample/report.ts";
import { INTERRUPTED, interrupts, runAsking, withKeyTakenOut } from "./shared/asking.ts";
import {
  ASKING_OPTIONS,
  ASKING_USAGE,
  type AskingAccess,
  askingAccess,
  type AskingOptions,
  askingOptions,
  whole,
} from "./shared/asking_options.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { tell, tellError } from "./shared/print.ts";
import { planOption } from "./shared/plan_option.ts";
import type { Plan } from "../rates/planning/plan.ts";
import { answersBy } from "./sample/answers.ts";
import { checkOptions, plannedSettings } from "./sample/planned.ts";
import { type Stopping, untilNarrow } from "./sample/until_narrow.ts";
import { type Typed, waitingLines } from "./sample/waiting.ts";
import { asUse, fieldsOf } from "./shared/questions.ts";
import { wanted } from "./shared/where_option.ts";

const USAGE = `deno task sample SCENARIO --model NAME[,NAME] --out samples.jsonl [--epochs N] [--where FACTOR=LEVEL…]
       deno task sample SCENARIO --plan plan.json --out samples.jsonl [--labels labels.jsonl]
       deno task sample SCENARIO --model NAME[,NAME] --dry-run

Asks each model about each condition of a scenario in each of its wordings, --epochs times, and adds each sample to --out
the moment it is there. Run again, it goes on where it stopped. SCENARIO is a name in data/scenarios/, or the path of a
folder with a scenario.json.
  --dry-run    asks nothing: conditions, samples, tokens, cost, and what a contrast could show
  --plan FILE  a plan of deno task plan: models, conditions, wordings, epochs and the stop are its own, and its hash and
               date stand in every sample
  --labels FILE   where such a plan stops by width, and what it counts needs a judge or people: their labels so far. Until all
               of a wording is labelled this ends with what is known, and with what to type next; run again, it goes on
  --round N    wordings that are sampled before it waits for labels (default: 1)
  --policy PATH   of your own, where the plan counts an outcome by it; --situations FOLDER where they are not the scenario's
  --epochs N   asks each prompt so often (default: 1): more wordings tell more than more epochs
  --where F=L[,L]   only conditions with these levels of a factor; may stand several times
  --interview  then asks the questions that the scenario has on the act; answers stand in the sample's generation
  --seed N     of the order, which is shuffled and balanced over conditions (default: 1)
Models are asked by OPENAI_BASE_URL (default: the one of OpenAI) with OPENAI_API_KEY from the environment.
${ASKING_USAGE}
Exit status: 0, 1 when a sample has no answer or it waits for labels, 2 for wrong use, 130 when stopped by Ctrl-C.`;

const OPTIONS = {
  model: { type: "string" },
  plan: { type: "string" },
  out: { type: "string" },
  epochs: { type: "string" },
  where: { type: "string", multiple: true },
  seed: { type: "string" },
  interview: { type: "boolean" },
  labels: { type: "string" },
  round: { type: "string" },
  policy: { type: "string" },
  situations: { type: "string" },
  "dry-run": { type: "boolean" },
  ...ASKING_OPTIONS,
} as const;

/** What the command itself sends. */
const OURS = ["model", "messages", "tools", "tool_choice", "n", "stream"];

async function sample(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (positionals.length !== 1) throw new UsageError("Cannot sample: name one scenario, by its name or its folder");
  const plan = await planOption(values.plan);
  checkOptions(values, plan);
  const models = plan?.sampling?.models ?? [...new Set(fieldsOf(values.model ?? ""))];
  if (plan === undefined && models.length === 0) throw new UsageError("Cannot sample as --model is missing");
  const options = askingOptions(values, OURS);
  const settings: SampleSettings = await asUse(async () => {
    const scenario = await loadScenario(positionals[0]);
    return {
      scenario,
      cells: cellsOf(scenario, wanted(values.where ?? [])),
      models,
      epochs: whole("epochs", values.epochs) ?? 1,
      ...plan === undefined ? {} : plannedSettings(plan, scenario),
      parameters: options.parameters,
      seed: seedOf(values.seed ?? "1"),
      isInterview: values.interview ?? false,
    };
  });
  if (values["dry-run"]) {
    tell(designLines(settings, options));
    return STATUS.ok;
  }
  if (!values.out?.endsWith(".jsonl")) {
    throw new UsageError("Cannot sample as --out must be a name that ends with .jsonl");
  }
  const situations = values.situations ?? await situationsBeside(positionals[0]);
  const stopping = { answersOf: answersBy({ ...values, situations }), round: whole("round", values.round) ?? 1 };
  const typed = { args, labels: values.labels, situations };
  return await run(values.out, settings, plan, { ...options, ...askingAccess("sample", values) }, stopping, typed);
}

async function run(
  out: string,
  settings: SampleSettings,
  plan: Plan | undefined,
  options: AskingOptions & AskingAccess,
  stopping: Stopping,
  typed: Typed,
): Promise<number> {
  const { stop, halt } = interrupts();
  const sampling = await asUse(() =>
    openSampling(out, settings, plan && { sha256: plan.sha256, written: plan.written })
  );
  let calls: CallAccount | undefined;
  try {
    calls = openCallAccount(`${out}.calls`, sampling.store);
    sayBegin(sampling, out);
    const { tasks } = sampling;
    const before = pendingTasks(tasks, sampling.store).length;
    const store = withKeyTakenOut(sampling.store, options.key);
    const ask = (tasks: Sampling["tasks"]) => runAsking(tasks, store, options, out, { stop, halt, calls });
    const { asker, end, isDone, waits } = await asUse(() => untilNarrow(sampling, settings, plan, out, stopping, ask));
    const summary = summariseSampling(sampling, calls);
    const { budget } = asker;
    tell(samplingLines({ summary, end, before, tasks: tasks.length, budget, options, settings, out, waits }));
    if (waits !== undefined) tell(waitingLines(waits, plan!, out, typed));
    if (stop.aborted) return INTERRUPTED;
    if (isDone) tell(["stopped: every difference is known to the width of the plan"]);
    return summary.answered < tasks.length && !isDone ? STATUS.problem : STATUS.ok;
  } catch (error) {
    (error as Error).message = withoutKey((error as Error).message, options.key);
    throw error;
  } finally {
    await Promise.all([calls?.close(), sampling.close()]);
  }
}

/** The folder of a scenario of one's own, where situations stand beside it. */
async function situationsBeside(scenario: string): Promise<string | undefined> {
  if (!/[/\\.]/.test(scenario)) return undefined;
  return await Deno.stat(join(scenario, "situations.json")).then(() => scenario, () => undefined);
}

function sayBegin({ store }: Sampling, out: string): void {
  if (store.torn > 0) tellError(`note: took a torn or blank end off ${out}.turns: ${store.torn} bytes`);
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`Cannot use --seed as it must be a whole number: it is ${text}`);
  return Number(text);
}

if (import.meta.main) await main(USAGE, sample);
