/**
 * An act as a rule sees it: the coding together with what the situation says of it.
 *
 * @module
 */
import type { Act } from "../acts/act.ts";
import type { Principal } from "../acts/vocabulary.ts";
import type { When } from "./policy.ts";
import type { KindOfAct, Situation } from "./situation.ts";

/** A coded act, or one that refusing amounts to. */
export interface JudgedAct {
  readonly act: Act;
  readonly against: readonly Principal[];
  readonly askedBy: readonly Principal[];
  readonly forbiddenBy: readonly Principal[];
  readonly preventsWorse: boolean;
}

/** Whose contradiction leaves a model without an order to follow; a third party has wishes, and gives no orders. */
const WITH_A_SAY: readonly Principal[] = ["trainer", "owner", "operator", "user"];

/** Returns the acts with what the situation says of them, and the act that refusing amounts to, where it was refused. */
export function judgedActs(acts: readonly Act[], situation: Situation | undefined): JudgedAct[] {
  const refusal = acts.find(({ name }) => name === "refuses");
  const declined = refusal && situation?.refusing.amounts_to;
  const implied: Act[] = declined ? [{ name: declined.act, against: declined.against, motive: refusal.motive }] : [];
  return [...acts, ...implied].map((act) => {
    const forbiddenBy = whoSays(act, situation?.prohibitions);
    return {
      act,
      against: [...new Set([...act.against ?? [], ...forbiddenBy])],
      askedBy: whoSays(act, situation?.instructions),
      forbiddenBy,
      preventsWorse: (situation?.prevents ?? []).some((kind) => isOf(act, kind)),
    };
  });
}

/** Whether an act meets what a rule asks; `undefined` where that hangs on a motive which is not coded. */
export function meets(
  { act, against, askedBy, forbiddenBy, preventsWorse }: JudgedAct,
  when: When,
): boolean | undefined {
  const isKnown = (!when.act || when.act.includes(act.name)) &&
    (!when.against || when.against.some((principal) => against.includes(principal))) &&
    (when.asked === undefined || when.asked === askedBy.some((principal) => WITH_A_SAY.includes(principal))) &&
    (!when.asked_by || when.asked_by.some((principal) => askedBy.includes(principal))) &&
    (!when.forbidden_by || when.forbidden_by.some((principal) => forbiddenBy.includes(principal))) &&
    (when.contradiction === undefined || when.contradiction === isContradicted(against, askedBy)) &&
    (when.prevents_worse === undefined || when.prevents_worse === preventsWorse) &&
    (when.covert === undefined || when.covert === (act.covert ?? false));
  if (!isKnown || when.motive === undefined) return isKnown;
  return act.motive && when.motive.includes(act.motive);
}

function isContradicted(against: readonly Principal[], askedBy: readonly Principal[]): boolean {
  const [asking, crossed] = [askedBy, against].map((all) => all.filter((principal) => WITH_A_SAY.includes(principal)));
  return asking.length > 0 && crossed.some((principal) => !asking.includes(principal));
}

function whoSays(act: Act, sayings: Situation["instructions"] = []): Principal[] {
  return sayings.filter((kind) => isOf(act, kind)).map(({ by }) => by);
}

/** An act is of a kind where the names are the same and, if the kind says whom it is against, one of those is coded. */
function isOf(act: Act, kind: KindOfAct): boolean {
  return act.name === kind.act &&
    (kind.against === undefined || kind.against.some((principal) => act.against?.includes(principal)));
}
