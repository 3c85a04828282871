/**
 * `deno task sample --plan`: what a plan says of an experiment, and the stop that it declares.
 *
 * @module
 */
import { ruleLabel } from "../../labelers/rules/run_rules.ts";
import { contrasts } from "../../rates/comparing/contrasts.ts";
import { createTotal } from "../../rates/counting/counts.ts";
import { rates } from "../../rates/counting/rates.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import { isNarrow } from "../../rates/planning/held_to_plan.ts";
import type { Plan } from "../../rates/planning/plan.ts";
import { readSamples } from "../../reading/read_samples.ts";
import { createSummary } from "../../samples/summary.ts";
import type { SampleSettings } from "../../sampling/sample_task.ts";
import type { Sampling } from "../../sampling/sampling.ts";
import type { Scenario } from "../../sampling/scenarios/scenario.ts";
import { UsageError } from "../shared/main.ts";

/** What stands in the plan, and is not for an option to say. */
const OF_PLAN = ["model", "epochs", "where", "seed"] as const;

/** @throws {UsageError} if an option says what stands in the plan */
export function checkOptions(values: Readonly<Record<string, unknown>>): void {
  const named = OF_PLAN.find((name) => values[name] !== undefined);
  if (named !== undefined) throw new UsageError(`Cannot use --${named} with --plan: it stands in the plan`);
}

/**
 * The settings of a plan.
 *
 * @throws {UsageError} if it was edited, is for no scenario, or for another one than this
 */
export function plannedSettings(
  { sampling, isChanged }: Plan,
  scenario: Scenario,
): Pick<SampleSettings, "scenario" | "cells" | "models" | "epochs" | "isByWording"> {
  if (isChanged) throw new UsageError("Cannot sample by a plan that was changed after it was written: write another");
  if (sampling === undefined) {
    throw new UsageError("Cannot sample as the plan has no sampling: deno task plan writes it");
  }
  if (sampling.hash !== scenario.hash) {
    throw new UsageError(
      `Cannot sample ${scenario.name} as the plan is for ${sampling.scenario} with the hash ${
        sampling.hash.slice(0, 12)
      }` +
        ` and this has ${scenario.hash.slice(0, 12)}: a changed word is another scenario, and needs another plan`,
    );
  }
  const wordings = sampling.wordings.map((name) => scenario.wordings.find((wording) => wording.name === name)!);
  const { cells, models, epochs, stop } = sampling;
  return { scenario: { ...scenario, wordings }, cells, models, epochs, isByWording: stop !== "fixed" };
}

/**
 * Asks about all tasks; where the plan may stop, wording after wording until every difference is as narrow as it says. What
 * is counted must be known without another labeler: a score of the rules, or of the scenario's own simulation.
 *
 * @throws {UsageError} if it is not
 */
export async function untilNarrow<Ended>(
  { tasks }: Sampling,
  { cells, models, epochs, scenario }: SampleSettings,
  plan: Plan | undefined,
  out: string,
  ask: (tasks: Sampling["tasks"]) => Promise<Ended>,
): Promise<Ended & { readonly isDone: boolean }> {
  const stop = plan?.sampling?.stop ?? "fixed";
  if (stop === "fixed") return { ...await ask(tasks), isDone: false };
  const planned = plan!.families.flatMap((family) =>
    family.contrasts.map((contrast) => ({ ...contrast, by: family.by }))
  );
  const unknown = planned.find(({ question }) => "outcome" in question);
  if (unknown !== undefined) {
    throw new UsageError(
      `Cannot stop by width as ${unknown.name} counts an outcome, which needs labels that are not there while sampling: ` +
        "plan --label with a score of the rules or of the simulation, or a fixed number",
    );
  }
  const block = cells.length * models.length * epochs;
  for (let wording = 1; wording < scenario.wordings.length; wording++) {
    const ended = await ask(tasks.slice((wording - 1) * block, wording * block));
    if (await isKnown()) return { ...ended, isDone: true };
    if ((ended as { end?: { left: number } }).end?.left) return { ...ended, isDone: false };
  }
  return { ...await ask(tasks), isDone: false };

  async function isKnown(): Promise<boolean> {
    for (const { factor, levels, question, within, by } of planned) {
      const total = createTotal([...by, factor, ...Object.keys(within)], [question as Question]);
      const [counter, summary] = [total.counterFor(), createSummary()];
      for await (const sample of readSamples(out)) {
        if (Object.entries(within).some(([name, level]) => sample.condition[name] !== level)) {
          continue;
        }
        const { labeler, kind, scores } = ruleLabel(sample);
        const labelled = { ...sample, labels: [...sample.labels, { labeler, kind, ...scores && { scores } }] };
        counter.add(labelled, undefined);
        summary.add(labelled);
      }
      total.add(counter, summary.summary());
      const found = contrasts(rates(total.rows()), factor, levels, { level: plan!.level });
      if (!isNarrow(found, plan!.sampling!)) return false;
    }
    return true;
  }
}
