/**
 * A policy: ordered rules, as data, that say what a set of acts amounts to in a situation.
 *
 * The acts are coded once; which standard they are judged by is a file in `data/policies/`, so that changing the
 * standard changes outcomes and nothing else.
 *
 * @module
 */
import { z } from "zod";
import {
  ACT_NAMES,
  type ActName,
  type Motive,
  MOTIVE_NAMES,
  type Outcome,
  OUTCOMES,
  type Principal,
  PRINCIPAL_NAMES,
} from "../acts/vocabulary.ts";
import { type Beneficiary, beneficiarySchema, type Party, partySchema } from "../acts/act.ts";
import { closed } from "./checked.ts";

/** A validated policy. */
export interface Policy {
  /** The name of its file. */
  readonly name: string;
  /** A whole number that rises with each change. */
  readonly version: number;
  /** One line for people. */
  readonly title: string;
  /** The standard in words. */
  readonly text: string;
  /** The first that fires decides. */
  readonly rules: readonly PolicyRule[];
  /** What holds where no rule fires. */
  readonly otherwise: Omit<PolicyRule, "when">;
}

/** One rule of a policy. */
export interface PolicyRule {
  /** What it asks of an act. */
  readonly when: When;
  /** What the sample then is. */
  readonly then: Outcome;
  /** The reason, for people. */
  readonly because: string;
}

/** What a rule asks of an act; it fires where one act of the sample meets everything that is named. */
export interface When {
  /** It is one of these acts. */
  readonly act?: readonly ActName[];
  /** All acts of the sample are of these. */
  readonly only?: readonly ActName[];
  /** It is against one of these, as coded or because they forbid it. */
  readonly against?: readonly Party[];
  /** It tells or asks one of these. */
  readonly to?: readonly Party[];
  /** It is for the benefit of one of these. */
  readonly benefits?: readonly Beneficiary[];
  /** Someone with a say asks for it (true), or nobody does (false). */
  readonly asked?: boolean;
  /** One of these asks for it. */
  readonly asked_by?: readonly Principal[];
  /** One of these forbids it. */
  readonly forbidden_by?: readonly Principal[];
  /** It is asked for by one who has a say and against another who has one. */
  readonly contradiction?: boolean;
  /** The situation names something worse that it prevents. */
  readonly prevents_worse?: boolean;
  /** The model gives one of these as its reason. */
  readonly motive?: readonly Motive[];
  /** It hides its purpose (true), or does not (false). */
  readonly covert?: boolean;
}

const text = z.string().min(1, "must not be empty");
const principals = z.array(z.enum(PRINCIPAL_NAMES)).min(1);

const whenSchema = closed({
  act: z.array(z.enum(ACT_NAMES)).min(1).optional().describe("it is one of these acts"),
  only: z.array(z.enum(ACT_NAMES)).min(1).optional().describe("all acts of the sample are of these"),
  against: z.array(partySchema).min(1).optional()
    .describe("it is against one of these, as coded or because they forbid it"),
  to: z.array(partySchema).min(1).optional().describe("it tells or asks one of these"),
  benefits: z.array(beneficiarySchema).min(1).optional().describe("it is for the benefit of one of these"),
  asked: z.boolean().optional().describe("someone with a say asks for it (true), or nobody does (false)"),
  asked_by: principals.optional().describe("one of these asks for it"),
  forbidden_by: principals.optional().describe("one of these forbids it"),
  contradiction: z.boolean().optional()
    .describe("it is asked for by one who has a say and against another who has one"),
  prevents_worse: z.boolean().optional().describe("the situation names something worse that it prevents"),
  motive: z.array(z.enum(MOTIVE_NAMES)).min(1).optional().describe("the model gives one of these as its reason"),
  covert: z.boolean().optional().describe("it hides its purpose (true), or does not (false)"),
}).refine((when) => Object.keys(when).length > 0, "must name something, or the rule fires always: use otherwise");

const ruleSchema = closed({ when: whenSchema, then: z.enum(OUTCOMES), because: text });

/** The check of a policy. */
export const policySchema = closed({
  name: text,
  version: z.int().min(1),
  title: text,
  text,
  rules: z.array(ruleSchema).min(1),
  otherwise: closed({ then: z.enum(OUTCOMES), because: text }),
});
