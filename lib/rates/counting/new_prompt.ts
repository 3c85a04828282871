/**
 * What another prompt would give: how far a rate travels.
 *
 * @module
 */
import type { Refusal } from "../../stats/clusters/recommended_interval.ts";
import { fitHierarchy, type Hierarchy, newUnitRate } from "../../stats/hierarchy/hierarchy.ts";
import { DEFAULT_LEVEL, type Interval } from "../../stats/numbers/interval.ts";
import { PROMPT } from "./clusters.ts";
import type { Count } from "./count.ts";
import { nounOf, proportionsOf, reachOf } from "./over.ts";

/**
 * Returns the rate that another prompt would have, with its prediction interval by {@linkcode newUnitRate}, or why nothing
 * can be said of it: one prompt tells of no other.
 *
 * @example
 * ```ts
 * import { newPromptRate } from "$lib/rates/counting/new_prompt.ts";
 * import assert from "node:assert/strict";
 *
 * const of = (count: number, prompts: number) => ({
 *   ...{ group: {}, outcome: "subvert", count: count * prompts, scored: 100 * prompts, missing: 0 },
 *   clustered: {
 *     field: "cluster",
 *     counts: Array.from({ length: prompts }, (_, i) => ({ cluster: `${i}`, count, scored: 100, missing: 0 })),
 *   },
 * });
 * const next = newPromptRate(of(86, 12));
 * assert("lower" in next && next.lower > 0.6);
 * assert.deepEqual(newPromptRate(of(86, 1)), { refusal: "nothing can be said of another prompt: 1 prompt" });
 * ```
 */
export function newPromptRate(row: Count, level: number = DEFAULT_LEVEL): Interval | Refusal {
  const hierarchy = promptHierarchy(row, level);
  return "refusal" in hierarchy ? hierarchy : newUnitRate(hierarchy);
}

/**
 * Returns what the counts of a rate's prompts tell of all prompts like these, by {@linkcode fitHierarchy}, or why nothing
 * can be said: its mean, how much of the variance lies between prompts, and what more prompts would buy.
 *
 * @example
 * ```ts
 * import { promptHierarchy } from "$lib/rates/counting/new_prompt.ts";
 * import assert from "node:assert/strict";
 *
 * const counts = [0, 9, 1, 10].map((count, i) => ({ cluster: `${i}`, count, scored: 10, missing: 0 }));
 * const row = { group: {}, outcome: "subvert", count: 20, scored: 40, missing: 0 };
 * const hierarchy = promptHierarchy({ ...row, clustered: { field: "cluster", counts } });
 * assert("units" in hierarchy && hierarchy.betweenShare.lower > 0.1);
 * assert.deepEqual(promptHierarchy(row), { refusal: "nothing can be said of another prompt: prompts not recorded" });
 * ```
 */
export function promptHierarchy(row: Count, level: number = DEFAULT_LEVEL): Hierarchy | Refusal {
  const { clusters, over } = reachOf(row);
  const noun = nounOf(row.clustered?.field ?? PROMPT);
  const units = row.clustered === undefined ? [] : proportionsOf(row.clustered);
  if (units.length >= 2 && units.length === clusters) return fitHierarchy(units, level);
  const why = clusters === null ? over : units.length < 2 ? `${clusters} ${noun}${clusters === 1 ? "" : "s"}` : over;
  return { refusal: `nothing can be said of another ${noun}: ${why}` };
}
