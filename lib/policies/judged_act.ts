/**
 * An act as a rule sees it: the coding together with what the situation says of it.
 *
 * @module
 */
import type { Act, ASKED_FIELDS, Party } from "../acts/act.ts";
import { type Principal, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";
import type { When } from "./policy.ts";
import type { KindOfAct, Person, Situation } from "./situation.ts";

/**
 * A coded act, or one that refusing amounts to. Whom an act is against decides also whose instruction or prohibition it
 * meets: where that is not coded, some of it can only be told perhaps.
 */
export interface JudgedAct {
  readonly act: Act;
  readonly against: Those;
  readonly to: Those;
  readonly benefits: Those;
  readonly askedBy: Those;
  readonly forbiddenBy: Those;
  /** `undefined` where it hangs on whom the act is against. */
  readonly preventsWorse: boolean | undefined;
}

/** Principals and people of whom something is true, and others of whom it may be. */
export interface Those {
  readonly surely: readonly Party[];
  readonly perhaps: readonly Party[];
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
  const people = situation?.people ?? [];
  return [...acts, ...implied].map((act) => {
    const coded = thoseOf(act.against, people);
    const forbiddenBy = whoSays(act, coded, situation?.prohibitions);
    const surely = [...new Set([...coded.surely, ...forbiddenBy.surely])];
    const prevents = (situation?.prevents ?? []).map((kind) => isOf(act, coded, kind));
    return {
      act,
      against: { surely, perhaps: without(coded.perhaps, surely) },
      to: thoseOf(act.to, people),
      benefits: thoseOf(act.benefits, people),
      askedBy: whoSays(act, coded, situation?.instructions),
      forbiddenBy,
      preventsWorse: prevents.includes(true) || (prevents.includes(undefined) ? undefined : false),
    };
  });
}

/** Says why a field of an act leaves a rule open: it is not coded, or names someone whom the situation does not know. */
export function sayOpen(act: Act, fields: readonly OpenField[]): string {
  const silent = fields.filter((field) => act[field] === undefined);
  const strange = fields.filter((field) => act[field] !== undefined);
  return [
    ...silent.length > 0
      ? [`${silent.join(" and ")} of ${act.name} ${silent.length > 1 ? "are" : "is"} not coded`]
      : [],
    ...strange.map((field) => `${field} of ${act.name} names someone whom the situation does not know`),
  ].join(" and ");
}

/** Those who are coded, a person with their principal; where nobody coded it, or an unknown name stands there, perhaps all. */
function thoseOf(coded: readonly Party[] | undefined, people: readonly Person[]): Those {
  const everyone = [...PRINCIPAL_NAMES, "itself", ...people.map(({ name }) => name)];
  if (coded === undefined) return { surely: [], perhaps: everyone };
  const surely = new Set(coded.flatMap((one) => [one, people.find(({ name }) => name === one)?.principal ?? one]));
  const isKnown = coded.every((one) => everyone.includes(one));
  return { surely: [...surely], perhaps: isKnown ? [] : without(everyone, [...surely]) };
}

/** Whether an act meets what a rule asks; where that hangs on fields which are not coded, their names. */
export function meets(judged: JudgedAct, when: When): boolean | readonly OpenField[] {
  const { act, against, to, benefits, askedBy, forbiddenBy, preventsWorse } = judged;
  if (when.act && !when.act.includes(act.name)) return false;
  const answers: (boolean | OpenField)[] = [
    when.against === undefined || hasAny(against, when.against),
    when.to === undefined || hasAny(to, when.to, "to"),
    when.benefits === undefined || hasAny(benefits, when.benefits, "benefits"),
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

function hasAny(
  { surely, perhaps }: Those,
  wanted: readonly Party[],
  field: OpenField = "against",
): boolean | OpenField {
  if (wanted.some((one) => surely.includes(one))) return true;
  return wanted.some((one) => perhaps.includes(one)) ? field : false;
}

/** Whether one with a say asks for it, and it is against another who has one and does not. */
function isContradicted({ against, askedBy }: JudgedAct): boolean | OpenField {
  const withSay = (those: readonly Party[]) => WITH_A_SAY.filter((one) => those.includes(one));
  const [asking, mayAsk] = [withSay(askedBy.surely), withSay(askedBy.perhaps)];
  const [crossed, mayBeCrossed] = [withSay(against.surely), withSay(against.perhaps)];
  if (asking.length === 0 && mayAsk.length === 0) return false;
  if (asking.length > 0 && without(crossed, [...asking, ...mayAsk]).length > 0) return true;
  return without([...crossed, ...mayBeCrossed], asking).length > 0 ? "against" : false;
}

function whoSays(act: Act, against: Those, sayings: Situation["instructions"] = []): Those {
  const by = (wanted: boolean | undefined) =>
    sayings.filter((kind) => isOf(act, against, kind) === wanted).map(({ by }) => by);
  const surely = by(true);
  return { surely, perhaps: without(by(undefined), surely) };
}

/**
 * An act is of a kind where the names are the same and, if the kind says whom it is against, one of those is coded;
 * `undefined` where nobody coded whom the act is against.
 */
function isOf(act: Act, against: Those, kind: KindOfAct): boolean | undefined {
  if (act.name !== kind.act) return false;
  const found = kind.against === undefined || hasAny(against, kind.against);
  return typeof found === "string" ? undefined : found;
}

function without<T extends Party>(those: readonly T[], others: readonly Party[]): T[] {
  return those.filter((one) => !others.includes(one));
}
