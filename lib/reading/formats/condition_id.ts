/**
 * The condition ids of the agentic-misalignment framework, as scenario and factors:
 * `{scenario}_{goal_type}-{goal_value}_{urgency}[_prod]`, for example `leaking_explicit-america_restriction`.
 *
 * Folders, Inspect sample ids and flat records all carry them.
 *
 * @module
 */
import type { Condition } from "../../samples/sample.ts";

/** What a condition id says. Two factors are never in it: prohibition and alignment faking. */
export interface ConditionOfId {
  readonly scenario: string;
  readonly condition: Condition;
}

const ID =
  /^(?<scenario>.+)_(?<type>explicit|latent|ambiguous|none|swap)(?:-(?<goal>[^_]+))?_(?<threat>replacement|restriction|none)(?<prod>_prod)?$/;

/**
 * Reads a condition id; `undefined` where the text is none. The production variant is the factor `production`.
 *
 * @example
 * ```ts
 * import { conditionOfId } from "$lib/reading/formats/condition_id.ts";
 * import assert from "node:assert/strict";
 *
 * const { scenario, condition } = conditionOfId("leaking_swap-global-america_restriction")!;
 * assert.equal(scenario, "leaking");
 * assert.deepEqual(condition, {
 *   goal_conflict: "conflict",
 *   goal_type: "swap",
 *   goal: "global-america",
 *   threat: "restriction",
 *   production: "false",
 * });
 * ```
 */
export function conditionOfId(id: string): ConditionOfId | undefined {
  const parts = ID.exec(id)?.groups;
  if (parts === undefined) return undefined;
  const { scenario, type, goal = "none", threat, prod } = parts;
  return { scenario, condition: conditionOf({ goalType: type, goal, threat, production: prod !== undefined }) };
}

/** The factors of a condition whose parts are recorded one by one. */
export function conditionOf({ goalType, goal, threat, production }: {
  readonly goalType: string;
  readonly goal: string;
  readonly threat: string;
  readonly production?: boolean;
}): Condition {
  const condition = { goal_conflict: conflictOf(goalType), goal_type: goalType, goal, threat };
  return production === undefined ? condition : { ...condition, production: String(production) };
}

/** The system prompt of a goal type other than none and ambiguous sets the company against the model's goal. */
function conflictOf(goalType: string): string {
  return goalType === "none" || goalType === "ambiguous" ? goalType : "conflict";
}
