/**
 * The door: what a line of the project's own JSONL, and a condition from any format, must look like.
 *
 * @module
 */
import { z } from "zod";
import { actSchema } from "../acts/act.ts";
import type { Condition } from "./sample.ts";

/** Factors whose levels are fixed for the whole field; all others are free. */
export const FIXED_FACTORS: Readonly<Record<string, readonly string[]>> = {
  goal_conflict: ["conflict", "none", "ambiguous"],
  threat: ["replacement", "restriction", "none"],
  prohibition: ["none", "dont", "goal"],
  realism: ["unstated", "told_test", "told_real"],
};

const text = z.string().min(1, "must not be empty");

/** One of the fixed levels of a factor. */
const levelOf = (levels: readonly string[]) =>
  z.enum(levels, {
    error: ({ input }) => `${JSON.stringify(input)} is not a level; levels are ${levels.join(", ")}`,
  });

/** Declared throughout, for z.compile() makes one function of what is declared; a check by hand is called each time. */
export const conditionSchema = z
  .object(Object.fromEntries(Object.entries(FIXED_FACTORS).map(([name, levels]) => [name, levelOf(levels).optional()])))
  .catchall(text) as z.ZodType<Condition>;

const scoresSchema = z.record(
  z.string().min(1, "a score must have a name"),
  z.union([z.number(), z.string(), z.boolean(), z.null()], { error: "must be a number, text, true, false or null" }),
);

/** The check of a label. */
export const labelSchema = z.strictObject({
  labeler: text,
  kind: z.enum(["human", "rule", "judge", "dataset"]),
  acts: z.array(actSchema).min(1, "must hold at least one act; leave it out where nothing was coded").optional(),
  scores: scoresSchema.optional(),
  note: z.string().optional(),
});

/** One turn of a transcript. */
export const messageSchema = z.strictObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
  reasoning: z.string().optional(),
  calls: z.array(z.strictObject({
    name: z.string(),
    arguments: z.union([z.string(), z.record(z.string(), z.unknown())]),
  })).optional(),
});

const tokens = z.number().min(0);

/** How a sample came to be. */
export const generationSchema = z.strictObject({
  asked: text,
  answered_by: text.optional(),
  parameters: z.record(z.string(), z.unknown()),
  seed: z.number().optional(),
  finish: text.optional(),
  missing: text.optional(),
  note: text.optional(),
  usage: z.strictObject({ input: tokens, output: tokens }).optional(),
  calls: z.int().min(0).optional(),
  unanswered: z.int().min(0).optional(),
  date: z.iso.datetime({ offset: true }),
  prompt: text,
  scenario: text,
  key: text,
  software: text,
  plan: z.strictObject({ sha256: text, written: text }).optional(),
  interview: z.array(messageSchema).optional(),
});

/** One line of the project's own JSONL. Unknown fields are refused, so that a misspelt name is not a silent loss. */
export const sampleSchema = z.compile(
  z.strictObject({
    id: text,
    model: text,
    scenario: text,
    condition: conditionSchema,
    run: z.record(text, text).optional(),
    cluster: text.optional(),
    messages: z.array(messageSchema).optional(),
    labels: z.array(labelSchema),
    generation: generationSchema.optional(),
  }),
  { strict: true },
);

/**
 * Puts every problem of a failed validation in one sentence: `condition.threat: "x" is not a level; …; labels: …`.
 *
 * @example
 * ```ts
 * import { explain, sampleSchema } from "$lib/samples/schema.ts";
 * import assert from "node:assert/strict";
 *
 * const result = sampleSchema.safeParse({ id: 7, model: "m", scenario: "s", condition: {}, labels: [] });
 * assert.equal(explain(result.error!), "id: Invalid input: expected string, received number");
 * ```
 */
export function explain(error: z.ZodError): string {
  const told = error.issues.slice(0, MOST_TOLD).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`
  );
  const more = error.issues.length - told.length;
  return [...told, ...more > 0 ? [`and ${more} more problems`] : []].join("; ");
}

/** More problems of one entry help nobody, and would fill the memory where each of a million values is wrong. */
const MOST_TOLD = 100;
