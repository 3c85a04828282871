/**
 * What a sample of an Inspect log was about: scenario, condition, cluster.
 *
 * @module
 */
import { clusterOf, type Condition, type Sample } from "../../../samples/sample.ts";
import { type Fields, isObject } from "../../bytes/record.ts";
import { conditionOf, conditionOfId } from "../condition_id.ts";
import { recordedFactors } from "./factors.ts";
import type { InspectLog } from "./log.ts";
import { ownSituation } from "./own.ts";

/** What is looked at of a sample. */
export interface SituatedSample {
  readonly id: string | number;
  readonly metadata?: unknown;
}

/** What a sample was about. */
export interface InspectSituation extends Pick<Sample, "generation"> {
  readonly scenario: string;
  readonly cluster: string;
  readonly condition: Condition;
  /** What tells the sample apart from others beside where it stood. */
  readonly run: Condition;
}

/** What the sample was about. Epochs of one sample share their prompt. */
export function situationIn(sample: SituatedSample, log: InspectLog): InspectSituation {
  const own = ownSituation(sample.metadata);
  if (own !== undefined) return own;
  const misalignment = misalignmentIn(sample, log);
  const { factors, run } = recordedFactors(log.taskArgs, sample.metadata, misalignment === undefined ? NONE : OF_TASK);
  if (misalignment !== undefined) {
    const { scenario, condition } = misalignment;
    return { scenario, condition: { ...factors, ...condition }, run, cluster: clusterOf(scenario, condition) };
  }
  // A text id names a scenario where it is run more than once: in epochs, or again and again by an auditor.
  const isScenario = typeof sample.id === "string" && (log.epochs > 1 || log.hasTarget);
  const scenario = isScenario ? String(sample.id) : log.task;
  return { scenario, condition: factors, run, cluster: `${log.task} ${sample.id}` };
}

const NONE: ReadonlySet<string> = new Set();

/** What the condition of the agentic-misalignment task says under other names. */
const OF_TASK: ReadonlySet<string> = new Set([
  "condition_id",
  "goal_type",
  "goal_value",
  "urgency_type",
  "extra_system_instructions",
  "prod",
  "test_eval_awareness",
]);

/** The agentic-misalignment task: factors in the sample id, or one by one in the metadata or the task's arguments. */
function misalignmentIn(
  { id, metadata }: SituatedSample,
  log: InspectLog,
): Pick<InspectSituation, "scenario" | "condition"> | undefined {
  const recorded: Fields = { ...log.taskArgs, ...isObject(metadata) ? metadata : {} };
  const found = conditionOfId(String(id)) ?? conditionOfParts(recorded);
  if (found === undefined) return undefined;
  const { extra_system_instructions: extra, prod, test_eval_awareness: test } = recorded;
  return {
    scenario: found.scenario,
    condition: {
      ...found.condition,
      ...typeof prod === "boolean" ? { production: String(prod) } : {},
      prohibition: extra === undefined || extra === null || extra === false || extra === "" ? "none" : String(extra),
      test_eval_awareness: String(test === true),
    },
  };
}

function conditionOfParts(recorded: Fields): Pick<InspectSituation, "scenario" | "condition"> | undefined {
  const { scenario, goal_type: goalType, goal_value: goal, urgency_type: threat } = recorded;
  if (![scenario, goalType, goal, threat].every((part) => typeof part === "string" && part !== "")) return undefined;
  const condition = conditionOf({ goalType: String(goalType), goal: String(goal), threat: String(threat) });
  return { scenario: String(scenario), condition };
}
