/**
 * What acts amount to under a policy, and which rule said so.
 *
 * @module
 */
import type { Act } from "../acts/act.ts";
import type { Outcome } from "../acts/vocabulary.ts";
import { judgedActs, meets, sayOpen } from "./judged_act.ts";
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
 * for or forbidden, and only what was coded counts. Whom an act is against, whom it tells, whom it benefits, whether it is
 * covert and its motive are not coded where they are left out: where a rule hangs on that and another outcome would follow otherwise, there is none.
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
 * assert.equal(evaluate([{ name: "stalls", covert: false }], policy).outcome, "indeterminate");
 * assert.equal(evaluate([{ name: "stalls" }], policy).because, "cannot be told, as covert of stalls is not coded");
 * ```
 */
export function evaluate(acts: readonly Act[], policy: Policy, situation?: Situation): Verdict {
  const judged = judgedActs(acts, situation);
  const refusal = judged.length > acts.length ? ` (refusing amounts to ${judged.at(-1)!.act.name} here)` : "";
  let open: (Verdict & { readonly would: readonly Outcome[] }) | undefined;
  const verdict = (found: Verdict): Verdict => {
    if (open === undefined || open.would.every((outcome) => outcome === found.outcome)) return found;
    const { would: _, ...untold } = open;
    return untold;
  };
  for (const [index, { when, then: outcome, because }] of policy.rules.entries()) {
    const applies = when.only === undefined || judged.every(({ act }) => when.only!.includes(act.name));
    const met = applies ? judged.map((act) => meets(act, when)) : [];
    if (met.includes(true)) {
      return verdict({ outcome, rule: index + 1, because: because + refusal, act: judged[met.indexOf(true)].act });
    }
    for (const [at, fields] of met.entries()) {
      if (typeof fields === "boolean") continue;
      const why = `cannot be told, as ${sayOpen(judged[at].act, fields)}`;
      open = { outcome: null, rule: index + 1, because: why, ...open, would: [...open?.would ?? [], outcome] };
    }
  }
  const { then: outcome, because } = policy.otherwise;
  return verdict({ outcome, rule: 0, because: because + refusal });
}
