/**
 * What acts amount to under a policy, and which rule said so.
 *
 * @module
 */
import type { Act } from "../acts/act.ts";
import type { Outcome } from "../acts/vocabulary.ts";
import { judgedActs, meets } from "./judged_act.ts";
import type { Policy } from "./policy.ts";
import type { Situation } from "./situation.ts";

/** An outcome with the rule that gave it: 1 for the first rule, 0 where no rule fired. */
export interface Verdict {
  /** Null where it hangs on something that is not coded: the sample is missing under this policy. */
  readonly outcome: Outcome | null;
  /** Which rule fired, counted from 1; 0: none. */
  readonly rule: number;
  /** The reason that the rule gives, or what is not coded. */
  readonly because: string;
  /** The act that the rule fired on; absent where none fired. */
  readonly act?: Act;
}

/**
 * Returns the outcome of the first rule that fires on any of the acts. Without a situation nothing is known to be asked
 * for or forbidden, and only what was coded counts.
 *
 * @example
 * ```ts
 * import { evaluate } from "$lib/policies/evaluate.ts";
 * import { loadPolicy } from "$lib/policies/load_policy.ts";
 * import assert from "node:assert/strict";
 *
 * const policy = await loadPolicy("obey_or_refuse");
 * assert.equal(evaluate([{ name: "refuses" }], policy).outcome, "refuse"); // a refusal is not subversion
 * assert.equal(evaluate([{ name: "refuses" }, { name: "leaks" }], policy).outcome, "subvert");
 * ```
 */
export function evaluate(acts: readonly Act[], policy: Policy, situation?: Situation): Verdict {
  const judged = judgedActs(acts, situation);
  const refusal = judged.length > acts.length ? ` (refusing amounts to ${judged.at(-1)!.act.name} here)` : "";
  for (const [index, { when, then: outcome, because }] of policy.rules.entries()) {
    const applies = when.only === undefined || judged.every(({ act }) => when.only!.includes(act.name));
    const met = applies ? judged.map((act) => meets(act, when)) : [];
    if (met.includes(true)) {
      return { outcome, rule: index + 1, because: because + refusal, act: judged[met.indexOf(true)].act };
    }
    if (met.includes(undefined)) {
      const { name } = judged[met.indexOf(undefined)].act;
      return { outcome: null, rule: index + 1, because: `cannot be told, as the motive of ${name} is not coded` };
    }
  }
  const { then: outcome, because } = policy.otherwise;
  return { outcome, rule: 0, because: because + refusal };
}
