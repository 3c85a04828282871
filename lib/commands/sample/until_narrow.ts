/**
 * `deno task sample --plan`, where the plan may stop: wording after wording, until every difference is as narrow as it says.
 *
 * @module
 */
import type { RunEnd } from "../../asking/run.ts";
import { contrasts } from "../../rates/comparing/contrasts.ts";
import { createTotal } from "../../rates/counting/counts.ts";
import { rates } from "../../rates/counting/rates.ts";
import { isNarrow, looksOf } from "../../rates/planning/held_to_plan.ts";
import type { Plan } from "../../rates/planning/plan.ts";
import { readSamples } from "../../reading/read_samples.ts";
import { createSummary } from "../../samples/summary.ts";
import type { SampleSettings } from "../../sampling/sample_task.ts";
import type { Sampling } from "../../sampling/sampling.ts";
import { checkNumbers } from "../shared/questions.ts";
import type { AnswersOf } from "./answers.ts";

/** What is known of the planned differences. */
export interface Look {
  /** True where each is as narrow as the plan says. */
  readonly isNarrow: boolean;
  /** Samples so far, and those that a labeler has yet to say something of before they can be counted. */
  readonly samples: number;
  readonly waiting: number;
  /** Each difference, over the wordings of which all is known: its width; absent where it has none yet. */
  readonly widths: readonly { readonly name: string; readonly wordings: number; readonly width?: number }[];
}

/** Why it ended. */
export interface Narrowed {
  /** True where it ended as the plan says that it may. */
  readonly isDone: boolean;
  /** Present where it waits for labels. */
  readonly waits?: Look;
}

/** How it is looked at. */
export interface Stopping {
  readonly answersOf: AnswersOf;
  /** So many wordings are sampled before it waits for labels. */
  readonly round: number;
}

/**
 * Asks about all tasks; where the plan may stop, wording after wording. A wording counts once all its samples do: where
 * they wait for a labeler, this ends after `round` wordings, to be called again when labels are there.
 */
export async function untilNarrow<Ended extends { readonly end: RunEnd }>(
  { tasks }: Sampling,
  { cells, models, epochs, scenario }: SampleSettings,
  plan: Plan | undefined,
  out: string,
  { answersOf, round }: Stopping,
  ask: (tasks: Sampling["tasks"]) => Promise<Ended>,
): Promise<Ended & Narrowed> {
  if ((plan?.sampling?.stop ?? "fixed") === "fixed") return { ...await ask(tasks), isDone: false };
  for (const { question } of contrastsOf(plan!)) await answersOf(question); // what is wrong is said before it is asked
  const block = cells.length * models.length * epochs;
  for (let done = 1; done < scenario.wordings.length; done++) {
    const ended = await ask(tasks.slice((done - 1) * block, done * block));
    if (ended.end.left > 0) return { ...ended, isDone: false };
    const look = await lookAt(out, plan!, new Set(scenario.wordings.slice(0, done).map(({ name }) => name)), answersOf);
    if (look.isNarrow) return { ...ended, isDone: true };
    if (look.waiting > 0 && done % round === 0) return { ...ended, isDone: false, waits: look };
  }
  return { ...await ask(tasks), isDone: false };
}

/** Counts what is known of the wordings that were sampled. */
async function lookAt(
  out: string,
  plan: Plan,
  wordings: ReadonlySet<string>,
  answersOf: AnswersOf,
): Promise<Look> {
  const { sampling, level } = plan;
  const waiting = new Set<string>();
  let [samples, isEachNarrow] = [0, true];
  const widths: { name: string; wordings: number; width?: number }[] = [];
  for (const { name, factor, levels, question, within, by } of contrastsOf(plan)) {
    const answers = await answersOf(question);
    const total = createTotal([...by, factor, ...Object.keys(within)], [answers.question]);
    const [counter, summary] = [total.counterFor(), createSummary()];
    let isAnyKnown = false;
    samples = 0;
    for await (const sample of readSamples(out)) {
      if (!wordings.has(sample.run?.wording ?? "")) continue;
      samples++;
      if (Object.entries(within).some(([name, level]) => sample.condition[name] !== level)) continue;
      if (!levels.includes(sample.condition[factor])) continue;
      const { labelled, state } = answers.of(sample);
      if (state === "waiting") {
        waiting.add(sample.id);
        continue;
      }
      isAnyKnown ||= state === "known";
      counter.add(labelled, undefined);
      summary.add(labelled);
    }
    checkNumbers([answers.question], counter.numbers());
    total.add(counter, summary.summary());
    const found = isAnyKnown ? contrasts(rates(total.rows()), factor, levels, { level }) : [];
    isEachNarrow &&= isNarrow(found, sampling!);
    if (found.length === 0) widths.push({ name, wordings: 0 });
    for (const contrast of found) {
      const look = looksOf(contrast, sampling!).at(-1);
      const own = Object.entries(contrast.group).map((pair) => `, ${pair.join("=")}`).join("");
      widths.push({
        name: name + own,
        wordings: look?.pairs ?? 0,
        ...look === undefined ? {} : { width: look.upper - look.lower },
      });
    }
  }
  return { isNarrow: isEachNarrow, samples, waiting: waiting.size, widths };
}

function contrastsOf({ families }: Plan) {
  return families.flatMap(({ by, contrasts }) => contrasts.map((contrast) => ({ ...contrast, by })));
}
