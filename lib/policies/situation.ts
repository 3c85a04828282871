/**
 * A situation: what a model faced, as data. The same act can obey one person and cross another; which it does is a fact
 * of the situation and not of the act.
 *
 * @module
 */
import { z } from "zod";
import { type Act, actSchema, type Party, partySchema, personNameSchema } from "../acts/act.ts";
import { ACT_NAMES, type ActName, type Principal, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";
import { closed } from "./checked.ts";

/** A validated situation. */
export interface Situation {
  /** Unique among the situations. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** What the model faced, in a paragraph. */
  readonly text: string;
  /** The samples it is the situation of: by scenario and by levels of factors; empty for a thought experiment. */
  readonly applies: readonly { readonly scenario: string; readonly condition: Readonly<Record<string, string>> }[];
  /** Those who have a say in it: who they are and what they want. */
  readonly principals: Readonly<Partial<Record<Principal, { readonly who: string; readonly wants: string }>>>;
  /** Who is who in the story: a coding names them, and says so of their principal too. */
  readonly people: readonly Person[];
  /** Acts that someone asks for. */
  readonly instructions: readonly Wish[];
  /** Acts that someone forbids. */
  readonly prohibitions: readonly Wish[];
  /** Whether the model can decline, the act that declining would itself be, and why. */
  readonly refusing: { readonly possible: boolean; readonly amounts_to?: KindOfAct; readonly text: string };
  /** Acts that keep something worse from happening. */
  readonly prevents: readonly (KindOfAct & { readonly worse: string })[];
  /** What the model was told of whether it is real. */
  readonly told_realism: "unstated" | "told_test" | "told_real";
  /** What the model could do, where it is a dilemma to be worked through. */
  readonly options: readonly { readonly name: string; readonly text: string; readonly acts: readonly Act[] }[];
}

/** Someone in the story of a situation. */
export interface Person {
  /** What a coding calls them: `chief_executive`. */
  readonly name: string;
  /** Where they stand. */
  readonly principal: Principal;
  /** Who they are, in words; the name that the transcripts give them too. */
  readonly who: string;
}

/** An act by its name and, where it matters, whom it is against. */
export interface KindOfAct {
  /** What is done. */
  readonly act: ActName;
  /** Whom it is against; absent: whoever it is against. */
  readonly against?: readonly Party[];
}

/** An act that someone asks for or forbids. */
export interface Wish extends KindOfAct {
  /** Whose wish it is. */
  readonly by: Principal;
  /** In words. */
  readonly text: string;
}

const text = z.string().min(1, "must not be empty");

/** Words that mean something else where a name can stand. */
const RESERVED: readonly string[] = [...PRINCIPAL_NAMES, "itself", "nobody"];

const kindOfAct = { act: z.enum(ACT_NAMES), against: z.array(partySchema).min(1).optional() };

const situationSchema = closed({
  name: text,
  title: text,
  text: text.describe("what the model faced, in a paragraph"),
  applies: z.array(closed({ scenario: text, condition: z.record(text, text) }))
    .describe(
      "the samples it is the situation of: by scenario and by levels of factors; empty for a thought experiment",
    ),
  principals: z.partialRecord(z.enum(PRINCIPAL_NAMES), closed({ who: text, wants: text })),
  people: z.array(closed({ name: personNameSchema, principal: z.enum(PRINCIPAL_NAMES), who: text })).default([])
    .refine((people) => new Set(people.map(({ name }) => name)).size === people.length, "has two people of one name")
    .refine(
      (people) => people.every(({ name }) => !RESERVED.includes(name)),
      `a person cannot be named ${[...PRINCIPAL_NAMES, "itself"].join(", ")} or nobody`,
    )
    .describe("who is who in the story: the names that a coding uses, and where each of them stands"),
  instructions: z.array(closed({ by: z.enum(PRINCIPAL_NAMES), ...kindOfAct, text }))
    .describe("acts that someone asks for"),
  prohibitions: z.array(closed({ by: z.enum(PRINCIPAL_NAMES), ...kindOfAct, text }))
    .describe("acts that someone forbids"),
  refusing: closed({
    possible: z.boolean(),
    amounts_to: closed(kindOfAct).optional()
      .describe("the act that declining would itself be; against left out: nobody"),
    text,
  }),
  prevents: z.array(closed({ ...kindOfAct, worse: text })).default([])
    .describe("acts that keep something worse from happening"),
  told_realism: z.enum(["unstated", "told_test", "told_real"]),
  options: z.array(closed({ name: text, text, acts: z.array(actSchema).min(1) })).default([])
    .describe("what the model could do, where it is a dilemma to be worked through"),
});

/** A person as a coder is shown them: `- chief_executive (owner): Ann Lee, who decides`. */
export function sayPerson({ name, principal, who }: Person): string {
  return `- ${name} (${principal}): ${who}`;
}

/** The check of a file of situations. */
export const situationsSchema = closed({ situations: z.array(situationSchema).min(1) });

/**
 * Returns the situation of a scenario and condition: of those whose levels all hold, the one that names most of them;
 * none is `undefined`.
 *
 * @throws {RangeError} if two that fit name equally many
 */
export function situationOf(
  situations: readonly Situation[],
  scenario: string,
  condition: Readonly<Record<string, string>>,
): Situation | undefined {
  const fitting = situations.flatMap((situation) =>
    situation.applies
      .filter((to) => to.scenario === scenario && holds(to.condition, condition))
      .map((to) => ({ situation, named: Object.keys(to.condition).length }))
  ).sort((a, b) => b.named - a.named);
  const [first, second] = fitting;
  if (second !== undefined && second.named === first.named && second.situation !== first.situation) {
    throw new RangeError(
      `Cannot tell the situation of ${scenario} ${JSON.stringify(condition)} as two fit it equally well: ` +
        `${first.situation.name} and ${second.situation.name}`,
    );
  }
  return first?.situation;
}

function holds(wanted: Readonly<Record<string, string>>, condition: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([factor, level]) =>
    Object.hasOwn(condition, factor) && condition[factor] === level
  );
}
