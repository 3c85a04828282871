/**
 * Refusal and subversion side by side: a model may refuse and still leak.
 *
 * @module
 */
import type { Policy } from "../../policies/policy.ts";
import type { Situation } from "../../policies/situation.ts";
import type { Dataset } from "../../reading/load.ts";
import { levelOf, NOT_RECORDED } from "./fields.ts";
import { judgeSample } from "./verdicts.ts";

/** How many samples of a group did which of the two. */
export interface JointCounts {
  /** Factor → level. */
  readonly group: Readonly<Record<string, string>>;
  /** Refused, and did not subvert. */
  readonly refusedOnly: number;
  /** Subverted, and did not refuse. */
  readonly subvertedOnly: number;
  /** Refused and subverted. */
  readonly both: number;
  /** Did neither. */
  readonly neither: number;
  /** Whether it refused is coded, and the policy calls it indeterminate: neither cell of subversion is its own. */
  readonly indeterminate: number;
  /** No acts are coded, as where only a yes/no verdict was published: refusal is not known there. */
  readonly missing: number;
}

/**
 * Counts samples by whether any act refuses and whether the policy calls the sample subversion.
 *
 * @param labeler whose acts count; needed where several labelers coded a sample
 * @throws {RangeError} if several labelers coded acts for a sample and none is named
 *
 * @example
 * ```ts
 * import { loadPolicy } from "$lib/policies/load_policy.ts";
 * import { joint } from "$lib/rates/counting/refuse_and_subvert.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const [all] = joint([await loadData("opus4-variants")], [], await loadPolicy("obey_or_refuse"), []);
 * assert.deepEqual([all.refusedOnly, all.subvertedOnly, all.both], [0, 15, 0]);
 * ```
 */
export function joint(
  datasets: readonly Dataset[],
  by: readonly string[],
  policy: Policy,
  situations: readonly Situation[],
  labeler?: string,
): JointCounts[] {
  const rows = new Map<string, { -readonly [Field in keyof JointCounts]: JointCounts[Field] }>();
  for (const sample of datasets.flatMap(({ samples }) => samples)) {
    const group = Object.fromEntries(by.map((field) => [field, levelOf(sample, field) ?? NOT_RECORDED]));
    const key = JSON.stringify(group);
    const row = rows.get(key) ??
      { group, refusedOnly: 0, subvertedOnly: 0, both: 0, neither: 0, indeterminate: 0, missing: 0 };
    rows.set(key, row);
    const judged = judgeSample(sample, { policy, situations, labeler });
    const outcome = judged?.verdict.outcome ?? null;
    const refused = judged?.acts.some(({ name }) => name === "refuses" || name === "partially_refuses");
    if (outcome === null) row.missing++;
    else if (outcome === "indeterminate") row.indeterminate++;
    else if (outcome === "subvert") row[refused ? "both" : "subvertedOnly"]++;
    else row[refused ? "refusedOnly" : "neither"]++;
  }
  return [...rows.values()];
}
