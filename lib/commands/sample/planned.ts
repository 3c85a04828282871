/**
 * `deno task sample --plan`: what a plan says of an experiment.
 *
 * @module
 */
import type { Plan } from "../../rates/planning/plan.ts";
import type { SampleSettings } from "../../sampling/sample_task.ts";
import type { Scenario } from "../../sampling/scenarios/scenario.ts";
import { UsageError } from "../shared/main.ts";

/** What stands in the plan, and is not for an option to say. */
const OF_PLAN = ["model", "epochs", "where", "seed"] as const;

/** What is for a plan that stops by width. */
const OF_WIDTH = ["labels", "round", "policy", "situations"] as const;

/** @throws {UsageError} if an option says what stands in the plan, or is for a plan that there is not */
export function checkOptions(values: Readonly<Record<string, unknown>>, plan: Plan | undefined): void {
  const named = plan && OF_PLAN.find((name) => values[name] !== undefined);
  if (named !== undefined) throw new UsageError(`Cannot use --${named} with --plan: it stands in the plan`);
  const vain = OF_WIDTH.find((name) => values[name] !== undefined);
  if (vain !== undefined && (plan?.sampling?.stop ?? "fixed") === "fixed") {
    throw new UsageError(`Cannot use --${vain}: it is for a --plan that was made with --until-width`);
  }
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
