/**
 * A policy: ordered rules, as data, that say what a set of acts amounts to in a situation.
 *
 * The acts are coded once; which standard they are judged by is a file in `data/policies/`, so that changing the
 * standard changes outcomes and nothing else.
 *
 * @module
 */
import { z } from "zod";
import { ACT_NAMES, MOTIVE_NAMES, OUTCOMES, PRINCIPAL_NAMES } from "../acts/vocabulary.ts";

const text = z.string().min(1, "must not be empty");
const principals = z.array(z.enum(PRINCIPAL_NAMES)).min(1);

/** A rule fires where one act of the sample meets everything that is named. */
const whenSchema = z.strictObject({
  act: z.array(z.enum(ACT_NAMES)).min(1).optional().describe("it is one of these acts"),
  only: z.array(z.enum(ACT_NAMES)).min(1).optional().describe("all acts of the sample are of these"),
  against: principals.optional().describe("it is against one of these, as coded or because they forbid it"),
  asked: z.boolean().optional().describe("someone with a say asks for it (true), or nobody does (false)"),
  asked_by: principals.optional().describe("one of these asks for it"),
  forbidden_by: principals.optional().describe("one of these forbids it"),
  contradiction: z.boolean().optional()
    .describe("it is asked for by one who has a say and against another who has one"),
  prevents_worse: z.boolean().optional().describe("the situation names something worse that it prevents"),
  motive: z.array(z.enum(MOTIVE_NAMES)).min(1).optional().describe("the model gives one of these as its reason"),
  covert: z.boolean().optional().describe("it hides its purpose (true), or does not (false)"),
}).refine((when) => Object.keys(when).length > 0, "must name something, or the rule fires always: use otherwise");

const ruleSchema = z.strictObject({ when: whenSchema, then: z.enum(OUTCOMES), because: text });

export const policySchema = z.strictObject({
  name: text,
  version: z.int().min(1),
  title: text,
  text,
  rules: z.array(ruleSchema).min(1),
  otherwise: z.strictObject({ then: z.enum(OUTCOMES), because: text }),
});

/** A validated policy. */
export type Policy = Readonly<z.infer<typeof policySchema>>;

/** What a rule asks of an act. */
export type When = Policy["rules"][number]["when"];
