/**
 * A scenario: an experiment as data. Templates of messages, factors whose levels fill their placeholders, and wordings
 * that say the same in other words, so that a new experiment needs no code.
 *
 * What a level changes is a fragment of its own, and wordings are crossed with the conditions: two prompts of one wording
 * that differ in one factor differ in that fragment and in nothing else, and a contrast is paired by wording.
 *
 * @module
 */
import { z } from "zod";
import { conditionSchema } from "../../samples/schema.ts";
import type { Condition } from "../../samples/sample.ts";
import { type Simulation, simulationSchema } from "./simulation.ts";

/** A name that can stand in a placeholder, a condition and a file. */
const name = z.string().regex(/^[a-z][a-z\d_]*$/, "must be lower-case letters, digits and _");
const text = z.string().min(1, "must not be empty");
const file = z.string().regex(/^[\w-]+\.md$/, "must be the name of a Markdown file in the folder of the scenario");

const levelSchema = z.strictObject({
  text: text.describe("what it says, for people"),
  fragments: z.record(name, file.nullable()).describe("placeholder → file; null: nothing stands there"),
});

/** The check of a `scenario.json`. */
export const scenarioSchema = z.strictObject({
  name,
  version: z.int().min(1),
  title: text,
  text: text.describe("what a model is put into, and what that is to show"),
  messages: z.array(z.strictObject({ role: z.enum(["system", "user"]), text: file })).min(1),
  factors: z.record(name, z.strictObject({ text, levels: z.record(text, levelSchema) })),
  excluded: z.array(z.strictObject({ condition: conditionSchema, reason: text })).default([])
    .describe("conditions that make no sense: by levels of some factors, with the reason"),
  wordings: z.array(z.strictObject({ name, texts: z.record(name, text) })).min(1),
  interview: z.array(z.strictObject({ name, text: file })).default([])
    .describe("what is asked after the act, whatever was answered"),
  simulation: simulationSchema.optional(),
});

/** What stands in a `scenario.json`: fragments by the names of their files. */
export type ScenarioFile = z.infer<typeof scenarioSchema>;

/** A scenario as it was read: fragments are texts. */
export interface Scenario {
  /** As samples name it. */
  readonly name: string;
  /** A whole number that rises with each change. */
  readonly version: number;
  /** One line for people. */
  readonly title: string;
  /** What a model is put into, and what that is to show. */
  readonly text: string;
  /** The messages that a model is shown first, with placeholders. */
  readonly messages: readonly Template[];
  /** What is varied, by the name of the factor. */
  readonly factors: Readonly<Record<string, Factor>>;
  /** Conditions that are left out: by levels of some factors. */
  readonly excluded: readonly ExcludedCell[];
  /** Ways of saying every condition; crossed with the conditions. */
  readonly wordings: readonly Wording[];
  /** What can be asked after the act. */
  readonly interview: readonly FollowUp[];
  /** Tools with simulated results; absent: the model answers once. */
  readonly simulation?: Simulation;
  /** Of all its files: a changed word is another scenario. */
  readonly hash: string;
}

/** A message with placeholders: `{{name}}`. */
export interface Template {
  /** Whose message it is. */
  readonly role: "system" | "user";
  /** The text with placeholders. */
  readonly text: string;
}

/** What is varied. */
export interface Factor {
  /** What it is, for people. */
  readonly text: string;
  /** By the name of the level. */
  readonly levels: Readonly<Record<string, Level>>;
}

/** One level of a factor. */
export interface Level {
  /** What it says, for people. */
  readonly text: string;
  /** Placeholder → what stands there at this level; empty: nothing does. */
  readonly fragments: Readonly<Record<string, string>>;
}

/** One question that follows the act. */
export interface FollowUp {
  /** What it is called. */
  readonly name: string;
  /** What is asked, with placeholders of the wording. */
  readonly text: string;
}

/** One way of saying all conditions alike: the cluster that its samples are of. */
export interface Wording {
  /** Unique in its scenario. */
  readonly name: string;
  /** Placeholder → its text. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A condition that is left out. */
export interface ExcludedCell {
  /** The level of each factor; of some factors only, where it stands for all others. */
  readonly condition: Condition;
  /** Why it makes no sense. */
  readonly reason: string;
}
