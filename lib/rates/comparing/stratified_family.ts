/**
 * Many comparisons, each within strata: one for every level of a factor, such as a model, adjusted as one family.
 *
 * @module
 */
import { holm } from "../../stats/families/holm.ts";
import type { Contrast } from "./contrasts.ts";
import { type StratifiedContrast, stratifiedContrast } from "./stratified_contrast.ts";

/** What the strata of one level say together, as a member of the family. */
export interface StratifiedMember extends StratifiedContrast {
  /** The level of the factor that the family is over. */
  readonly of: string;
  /** As the test over its strata gives it; null where there is none. */
  readonly pValue: number | null;
  /** Adjusted so that any false claim in the family is as rare as stated. */
  readonly holm: number | null;
}

/**
 * Puts contrasts together within each level of `factor`, and adjusts the tests of all levels by Holm. A level that cannot
 * be tested stays in the family, as if its p-value were 1.
 *
 * @param factor a field of the groups of the contrasts; their other fields are the strata
 * @throws {RangeError} if there is no contrast, or one has no such field
 *
 * @example
 * ```ts
 * import { contrasts } from "$lib/rates/comparing/contrasts.ts";
 * import { stratifiedFamily } from "$lib/rates/comparing/stratified_family.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (model: string, scenario: string, threat: string, count: number) => (
 *   { group: { model, scenario, threat }, outcome: "subvert", count, scored: 10, missing: 0 }
 * );
 * const rows = rates([row("a", "x", "on", 9), row("a", "x", "off", 1), row("b", "x", "on", 5), row("b", "x", "off", 5)]);
 * const [a, b] = stratifiedFamily(contrasts(rows, "threat", ["on", "off"]), "model");
 * assert.deepEqual([a.of, b.of], ["a", "b"]);
 * assert.equal(a.holm, 2 * a.pValue!);
 * ```
 */
export function stratifiedFamily(contrasts: readonly Contrast[], factor: string): StratifiedMember[] {
  const without = contrasts.find(({ group }) => !Object.hasOwn(group, factor));
  if (contrasts.length === 0 || without !== undefined) {
    const found = without === undefined ? "no contrasts" : Object.keys(without.group).join(", ");
    throw new RangeError(`Cannot make a family over ${factor} as contrasts do not have it: current value is ${found}`);
  }
  const levels = [...new Set(contrasts.map(({ group }) => group[factor]))];
  const members = levels.map((of) => ({
    of,
    ...stratifiedContrast(contrasts.filter(({ group }) => group[factor] === of)),
  }));
  const adjusted = holm(members.map(({ test }) => test?.pValue ?? 1));
  return members.map((member, index) => ({
    ...member,
    pValue: member.test?.pValue ?? null,
    holm: member.test === null ? null : adjusted[index],
  }));
}
