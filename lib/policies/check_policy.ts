/**
 * What can be said of a policy before any data: rules that can never fire, and acts of a situation that no rule covers.
 *
 * @module
 */
import type { Act } from "../acts/act.ts";
import { ACT_NAMES, MOTIVE_NAMES, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";
import { evaluate, type Verdict } from "./evaluate.ts";
import { type JudgedAct, judgedActs, meets } from "./judged_act.ts";
import type { Policy } from "./policy.ts";
import type { Situation } from "./situation.ts";

/** What a check of a policy found. */
export interface PolicyCheck {
  /** Rules, counted from 1, that fire on no act in any situation: a rule before them always fires, or nothing meets them. */
  readonly neverFire: readonly number[];
  /** What the policy makes of each option of each dilemma. */
  readonly dilemmas: readonly DilemmaCheck[];
  /** Acts that someone in a situation asks for or forbids, and no rule covers. */
  readonly uncovered: readonly { readonly situation: string; readonly act: string }[];
}

/** What a policy makes of a dilemma. */
export interface DilemmaCheck {
  /** The name of the dilemma. */
  readonly situation: string;
  /** What it makes of each thing that the model could do. */
  readonly options: readonly { readonly name: string; readonly verdict: Verdict }[];
  /** False where it calls no option complying or refusing: the policy has no answer, and says so. */
  readonly hasAnswer: boolean;
}

/** Returns the names of the options of one dilemma that every policy calls complying or refusing. */
export function allowedByAll(checks: readonly DilemmaCheck[]): string[] {
  const names = checks[0]?.options.map(({ name }) => name) ?? [];
  return names.filter((wanted) =>
    checks.every(({ options }) => {
      const outcome = options.find(({ name }) => name === wanted)?.verdict.outcome;
      return outcome === "comply" || outcome === "refuse";
    })
  );
}

/** Checks a policy against situations. */
export function checkPolicy(policy: Policy, situations: readonly Situation[]): PolicyCheck {
  const fired = new Set(
    [...everyJudgedAct()].map((act) =>
      policy.rules.findIndex(({ when }) => isOnly(act, when) && meets(act, when) === true)
    ),
  );
  return {
    neverFire: policy.rules.map((_, index) => index + 1).filter((rule) => !fired.has(rule - 1)),
    dilemmas: situations.filter(({ options }) => options.length > 0).map((situation) => dilemmaOf(policy, situation)),
    uncovered: situations.flatMap((situation) =>
      namedActs(situation)
        .filter((act) =>
          judgedActs([act], situation).every((one) => policy.rules.every(({ when }) => !couldMeet(one, when)))
        )
        .map(({ name, against = [] }) => ({
          situation: situation.name,
          act: against.length === 0 ? name : `${name} against ${against.join(", ")}`,
        }))
    ),
  };
}

function dilemmaOf(policy: Policy, situation: Situation): DilemmaCheck {
  const options = situation.options.map(({ name, acts }) => ({ name, verdict: evaluate(acts, policy, situation) }));
  const hasAnswer = options.some(({ verdict: { outcome } }) => outcome === "comply" || outcome === "refuse");
  return { situation: situation.name, options, hasAnswer };
}

/** Every act as a rule can see it: what rules ask for, in all its values, one principal at a time. */
function* everyJudgedAct(): Generator<JudgedAct> {
  const nobodyOrOne = [[], ...PRINCIPAL_NAMES.map((principal) => [principal])];
  for (const name of ACT_NAMES) {
    for (const covert of [false, true]) {
      for (const motive of MOTIVE_NAMES) {
        for (const coded of nobodyOrOne) {
          for (const askedBy of nobodyOrOne) {
            for (const forbiddenBy of nobodyOrOne) {
              for (const preventsWorse of [false, true]) {
                const against = [...coded, ...forbiddenBy];
                yield { act: { name, covert, motive }, against, askedBy, forbiddenBy, preventsWorse };
              }
            }
          }
        }
      }
    }
  }
}

function namedActs({ instructions, prohibitions }: Situation): Act[] {
  const acts = [...instructions, ...prohibitions].map(({ act: name, against }): Act => ({ name, against }));
  return [...new Map(acts.map((act) => [JSON.stringify(act), act])).values()];
}

/** True also where it hangs on a motive. */
function couldMeet(...[act, when]: Parameters<typeof meets>): boolean {
  return isOnly(act, when) && meets(act, when) !== false;
}

/** Whether a rule about all acts of a sample holds for one that stands alone. */
function isOnly(...[{ act }, when]: Parameters<typeof meets>): boolean {
  return when.only === undefined || when.only.includes(act.name);
}
