/**
 * What can be said of a policy before any data: rules that can never fire, and acts of a situation that no rule covers.
 *
 * @module
 */
import type { Act, Party } from "../acts/act.ts";
import { ACT_NAMES, MOTIVE_NAMES, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";
import { evaluate, type Verdict } from "./evaluate.ts";
import { type JudgedAct, judgedActs, meets, type Those } from "./judged_act.ts";
import type { Policy, When } from "./policy.ts";
import type { Situation } from "./situation.ts";

/** What a check of a policy found. */
export interface PolicyCheck {
  /** Rules that fire on no act in any situation. */
  readonly neverFire: readonly DeadRule[];
  /** What the policy makes of each option of each dilemma. */
  readonly dilemmas: readonly DilemmaCheck[];
  /** Acts that someone in a situation asks for or forbids, and no rule covers. */
  readonly uncovered: readonly { readonly situation: string; readonly act: string }[];
}

/** A rule that can never fire; rules are counted from 1. */
export interface DeadRule {
  /** Which one. */
  readonly rule: number;
  /** Those that stand before it and take every act that would meet it; empty: no act can meet it. */
  readonly behind: readonly number[];
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
  return {
    neverFire: deadRules(policy, situations),
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

function deadRules({ rules }: Policy, situations: readonly Situation[]): DeadRule[] {
  const takenBy = rules.map(() => new Set<number>());
  const fired = new Set<number>();
  for (const act of everyJudgedAct(rules, situations)) {
    fired.add(rules.findIndex(({ when }) => isOnly(act, when) && meets(act, when) === true));
    if (rules.every((_, index) => fired.has(index))) return [];
  }
  for (const act of everyJudgedAct(rules, situations)) {
    const met = rules.map(({ when }) => isOnly(act, when) && meets(act, when) === true);
    met.forEach((isMet, index) => isMet && takenBy[index].add(met.indexOf(true)));
  }
  return takenBy
    .map((taken, index) => ({ rule: index + 1, isAlive: taken.has(index), behind: [...taken].sort((a, b) => a - b) }))
    .filter(({ isAlive }) => !isAlive)
    .map(({ rule, behind }) => ({ rule, behind: behind.map((index) => index + 1) }));
}

function dilemmaOf(policy: Policy, situation: Situation): DilemmaCheck {
  const options = situation.options.map(({ name, acts }) => ({ name, verdict: evaluate(acts, policy, situation) }));
  const hasAnswer = options.some(({ verdict: { outcome } }) => outcome === "comply" || outcome === "refuse");
  return { situation: situation.name, options, hasAnswer };
}

/** Every act as these rules can see it: what they ask for, in all its values, one principal or person at a time. */
function* everyJudgedAct(rules: Policy["rules"], situations: readonly Situation[]): Generator<JudgedAct> {
  const isAsked = (...fields: (keyof When)[]) => rules.some(({ when }) => fields.some((field) => field in when));
  const named = new Set<Party>(
    rules.flatMap(({ when }) => [when.against, when.to, when.benefits].flat()).filter(isText),
  );
  const people = situations.flatMap((situation) => situation.people).filter(({ name }) => named.has(name));
  const principals = [[], ...PRINCIPAL_NAMES.map((principal) => [principal])];
  const parties = [...principals, ...people.map(({ name, principal }) => [name, principal])];
  const over = <T>(values: readonly T[], ...fields: (keyof When)[]) => isAsked(...fields) ? values : values.slice(0, 1);
  for (const name of ACT_NAMES) {
    for (const covert of over([false, true], "covert")) {
      for (const motive of over(MOTIVE_NAMES, "motive")) {
        for (const coded of over(parties, "against", "contradiction")) {
          for (const to of over(parties, "to")) {
            for (const benefits of over([...parties, ["itself"]], "benefits")) {
              for (const asking of over(principals, "asked", "asked_by", "contradiction")) {
                for (const forbidding of over(principals, "forbidden_by", "against", "contradiction")) {
                  for (const preventsWorse of over([false, true], "prevents_worse")) {
                    yield {
                      act: { name, covert, motive },
                      against: surely([...coded, ...forbidding]),
                      to: surely(to),
                      benefits: surely(benefits),
                      askedBy: surely(asking),
                      forbiddenBy: surely(forbidding),
                      preventsWorse,
                    };
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function surely(those: readonly Party[]): Those {
  return { surely: those, perhaps: [] };
}

function namedActs({ instructions, prohibitions }: Situation): Act[] {
  const acts = [...instructions, ...prohibitions].map(({ act: name, against = [] }): Act => ({ name, against }));
  return [...new Map(acts.map((act) => [JSON.stringify(act), act])).values()];
}

/** True also where it hangs on what is not coded. */
function couldMeet(...[act, when]: Parameters<typeof meets>): boolean {
  return isOnly(act, when) && meets(act, when) !== false;
}

/** Whether a rule about all acts of a sample holds for one that stands alone. */
function isOnly(...[{ act }, when]: Parameters<typeof meets>): boolean {
  return when.only === undefined || when.only.includes(act.name);
}
