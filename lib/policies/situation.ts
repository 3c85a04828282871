/**
 * A situation: what a model faced, as data. The same act can obey one person and cross another; which it does is a fact
 * of the situation and not of the act.
 *
 * @module
 */
import { z } from "zod";
import { actSchema } from "../acts/act.ts";
import { ACT_NAMES, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";

const text = z.string().min(1, "must not be empty");
const principals = z.array(z.enum(PRINCIPAL_NAMES)).min(1);

/** An act by its name and, where it matters, whom it is against. */
const kindOfAct = { act: z.enum(ACT_NAMES), against: principals.optional() };

const situationSchema = z.strictObject({
  name: text,
  title: text,
  text: text.describe("what the model faced, in a paragraph"),
  applies: z.array(z.strictObject({ scenario: text, condition: z.record(text, text) }))
    .describe(
      "the samples it is the situation of: by scenario and by levels of factors; empty for a thought experiment",
    ),
  principals: z.partialRecord(z.enum(PRINCIPAL_NAMES), z.strictObject({ who: text, wants: text })),
  instructions: z.array(z.strictObject({ by: z.enum(PRINCIPAL_NAMES), ...kindOfAct, text }))
    .describe("acts that someone asks for"),
  prohibitions: z.array(z.strictObject({ by: z.enum(PRINCIPAL_NAMES), ...kindOfAct, text }))
    .describe("acts that someone forbids"),
  refusing: z.strictObject({
    possible: z.boolean(),
    amounts_to: z.strictObject(kindOfAct).optional()
      .describe("the act that declining would itself be; against left out: nobody"),
    text,
  }),
  prevents: z.array(z.strictObject({ ...kindOfAct, worse: text })).default([])
    .describe("acts that keep something worse from happening"),
  told_realism: z.enum(["unstated", "told_test", "told_real"]),
  options: z.array(z.strictObject({ name: text, text, acts: z.array(actSchema).min(1) })).default([])
    .describe("what the model could do, where it is a dilemma to be worked through"),
});

export const situationsSchema = z.strictObject({ situations: z.array(situationSchema).min(1) });

/** A validated situation. */
export type Situation = Readonly<z.infer<typeof situationSchema>>;

/** An act as instructions, prohibitions and consequences name it. */
export type KindOfAct = Readonly<Pick<Situation["instructions"][number], "act" | "against">>;

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
