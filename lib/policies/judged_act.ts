/**
 * An act as a rule sees it: the coding together with what the situation says of it.
 *
 * @module
 */
import type { Act, ASKED_FIELDS } from "../acts/act.ts";
import { type Principal, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";
import type { When } from "./policy.ts";
import type { KindOfAct, Situation } from "./situation.ts";

/**
 * A coded act, or one that refusing amounts to. Whom an act is against decides also whose instruction or prohibition it
 * meets: where that is not coded, some of it can only be told perhaps.
 */
export interface JudgedAct {
  readonly act: Act;
  readonly against: Those;
  readonly askedBy: Those;
  readonly forbiddenBy: Those;
  /** `undefined` where it hangs on whom the act is against. */
  readonly preventsWorse: boolean | undefined;
}

/** Principals of whom something is true, and others of whom it may be. */
export interface Those {
  readonly surely: readonly Principal[];
  readonly perhaps: readonly Principal[];
}

/** A field that a rule asks for and nobody coded. */
export type OpenField = typeof ASKED_FIELDS[number];

/** Whose contradiction leaves a model without an order to follow; a third party has wishes, and gives no orders. */
const WITH_A_SAY: readonly Principal[] = ["trainer", "owner", "operator", "user"];

/**
 * Returns the acts with what the situation says of them, and the act that refusing amounts to, where it was refused: that
 * is done openly, and against nobody but whom the situation names.
 */
export function judgedActs(acts: readonly Act[], situation: Situation | undefined): JudgedAct[] {
  const refusal = acts.find(({ name }) => name === "refuses");
  const declined = refusal && situation?.refusing.amounts_to;
  const implied: Act[] = declined
    ? [{ name: declined.act, against: declined.against ?? [], motive: refusal.motive, covert: false }]
    : [];
  return [...acts, ...implied].map((act) => {
    const forbiddenBy = whoSays(act, situation?.prohibitions);
    const surely = [...new Set([...act.against ?? [], ...forbiddenBy.surely])];
    const prevents = (situation?.prevents ?? []).map((kind) => isOf(act, kind));
    return {
      act,
      against: { surely, perhaps: act.against === undefined ? without(PRINCIPAL_NAMES, surely) : [] },
      askedBy: whoSays(act, situation?.instructions),
      forbiddenBy,
      preventsWorse: prevents.includes(true) || (prevents.includes(undefined) ? undefined : false),
    };
  });
}

/** Whether an act meets what a rule asks; where that hangs on fields which are not coded, their names. */
export function meets(judged: JudgedAct, when: When): boolean | readonly OpenField[] {
  const { act, against, askedBy, forbiddenBy, preventsWorse } = judged;
  if (when.act && !when.act.includes(act.name)) return false;
  const answers: (boolean | OpenField)[] = [
    when.against === undefined || hasAny(against, when.against),
    when.asked === undefined || is(hasAny(askedBy, WITH_A_SAY), when.asked),
    when.asked_by === undefined || hasAny(askedBy, when.asked_by),
    when.forbidden_by === undefined || hasAny(forbiddenBy, when.forbidden_by),
    when.contradiction === undefined || is(isContradicted(judged), when.contradiction),
    when.prevents_worse === undefined || is(preventsWorse ?? "against", when.prevents_worse),
    when.covert === undefined || is(act.covert ?? "covert", when.covert),
    when.motive === undefined || (act.motive === undefined ? "motive" : when.motive.includes(act.motive)),
  ];
  if (answers.includes(false)) return false;
  const open = answers.filter((answer) => typeof answer === "string");
  return open.length === 0 || [...new Set(open)];
}

function is(answer: boolean | OpenField, wanted: boolean): boolean | OpenField {
  return typeof answer === "string" ? answer : answer === wanted;
}

function hasAny({ surely, perhaps }: Those, wanted: readonly Principal[]): boolean | OpenField {
  if (wanted.some((principal) => surely.includes(principal))) return true;
  return wanted.some((principal) => perhaps.includes(principal)) ? "against" : false;
}

/** Whether one with a say asks for it, and it is against another who has one and does not. */
function isContradicted({ against, askedBy }: JudgedAct): boolean | OpenField {
  const withSay = (principals: readonly Principal[]) => principals.filter((one) => WITH_A_SAY.includes(one));
  const [asking, mayAsk] = [withSay(askedBy.surely), withSay(askedBy.perhaps)];
  const [crossed, mayBeCrossed] = [withSay(against.surely), withSay(against.perhaps)];
  if (asking.length === 0 && mayAsk.length === 0) return false;
  if (asking.length > 0 && without(crossed, [...asking, ...mayAsk]).length > 0) return true;
  return without([...crossed, ...mayBeCrossed], asking).length > 0 ? "against" : false;
}

function whoSays(act: Act, sayings: Situation["instructions"] = []): Those {
  const by = (wanted: boolean | undefined) => sayings.filter((kind) => isOf(act, kind) === wanted).map(({ by }) => by);
  const surely = by(true);
  return { surely, perhaps: without(by(undefined), surely) };
}

/**
 * An act is of a kind where the names are the same and, if the kind says whom it is against, one of those is coded;
 * `undefined` where nobody coded whom the act is against.
 */
function isOf(act: Act, kind: KindOfAct): boolean | undefined {
  if (act.name !== kind.act) return false;
  return kind.against === undefined ||
    act.against && kind.against.some((principal) => act.against!.includes(principal));
}

function without(principals: readonly Principal[], others: readonly Principal[]): Principal[] {
  return principals.filter((principal) => !others.includes(principal));
}
