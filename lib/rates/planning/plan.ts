/**
 * The analysis plan: what was decided before the data, so that every result can say whether it was planned.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../../json/strict.ts";
import { explain } from "../../samples/schema.ts";

/** A validated plan with the hash of its text. */
export interface Plan {
  /** The day, as `2026-01-31`, which counts from its end; or the instant, as `2026-01-31T09:00:00Z`. */
  readonly written: string;
  /** What is asked, in words. */
  readonly text: string;
  /** The confidence level of every interval. */
  readonly level: number;
  /** Data sets whose results were known when this was written, by name and files: nothing of them is confirmatory. */
  readonly known: readonly { readonly name: string; readonly sha256: readonly string[] }[];
  /** Contrasts whose p-values are adjusted together. */
  readonly families: readonly PlannedFamily[];
  /** What is to be sampled; absent where the data come from elsewhere. */
  readonly sampling?: PlannedSampling;
  /** Of the text as it stands in the file. */
  readonly sha256: string;
  /** True where the file names a hash of its own, and is not what that was made from any more. */
  readonly isChanged: boolean;
}

/** What is to be sampled, and when that ends. */
export interface PlannedSampling {
  /** The name of the scenario. */
  readonly scenario: string;
  /** The hash of its files. */
  readonly hash: string;
  /** All that are asked; each is in every family. */
  readonly models: readonly string[];
  /** The conditions. */
  readonly cells: readonly Readonly<Record<string, string>>[];
  /** The wordings, in the order in which they are sampled. */
  readonly wordings: readonly string[];
  /** Samples of each model, condition and wording. */
  readonly epochs: number;
  /** All of them; or wording after wording until each difference is known to this width, looked at after each. */
  readonly stop: "fixed" | { readonly until_width: number };
}

/** Contrasts whose p-values are adjusted together. */
export interface PlannedFamily {
  /** Unique in the plan. */
  readonly name: string;
  /** How p-values are adjusted. */
  readonly adjust: "holm" | "benjamini_hochberg";
  /** One contrast for each combination of these, all in the family. */
  readonly by: readonly string[];
  /** What is compared. */
  readonly contrasts: readonly PlannedContrast[];
}

/** Two levels of a factor whose comparison is planned. */
export interface PlannedContrast {
  /** Unique in its family. */
  readonly name: string;
  /** What is counted. */
  readonly question: PlannedQuestion;
  /** What is compared. */
  readonly factor: string;
  /** First minus second. */
  readonly levels: readonly [string, string];
  /** Levels of other factors that are held. */
  readonly within: Readonly<Record<string, string>>;
  /** A rate that the second level is claimed to be below. */
  readonly below?: number;
}

/** What is counted: a label, or an outcome under a policy; by one labeler, where that was decided too. */
export type PlannedQuestion =
  | { readonly label: string; readonly labeler?: string }
  | { readonly outcome: string; readonly policy: string; readonly labeler?: string };

const text = z.string().min(1, "must not be empty");

const contrastSchema = z.strictObject({
  name: text,
  question: z.union([
    z.strictObject({ label: text, labeler: text.optional() }),
    z.strictObject({ outcome: text, policy: text, labeler: text.optional() }),
  ])
    .describe("what is counted"),
  factor: text.describe("what is compared"),
  levels: z.tuple([text, text]).describe("first minus second"),
  within: z.record(text, text).default({}).describe("levels of other factors that are held"),
  below: z.number().min(0).max(1).optional().describe("a rate that the second level is claimed to be below"),
});

/** The check of a plan. */
export const planSchema = z.strictObject({
  written: z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "must be a day such as 2026-01-31, or an instant such as 2026-01-31T09:00:00Z",
  }),
  text,
  level: z.number().gt(0).lt(1),
  known: z.array(z.strictObject({ name: text, sha256: z.array(text) })).default([])
    .describe(
      "data sets whose results were known when this was written, by name and by their files: nothing of them is confirmatory",
    ),
  families: z.array(z.strictObject({
    name: text,
    adjust: z.enum(["holm", "benjamini_hochberg"]),
    by: z.array(text).describe("one contrast for each combination of these, all in the family"),
    contrasts: z.array(contrastSchema).min(1),
  })).min(1),
  sampling: z.strictObject({
    scenario: text,
    hash: text,
    models: z.array(text).min(1),
    cells: z.array(z.record(text, text)).min(1),
    wordings: z.array(text).min(1),
    epochs: z.int().min(1),
    stop: z.union([z.literal("fixed"), z.strictObject({ until_width: z.number().gt(0).lt(2) })]),
  }).optional().describe("what is sampled, and when that ends"),
  seal: z.string().regex(/^[0-9a-f]{64}$/).optional().describe("sha256 of all else: see sealOf"),
});

/**
 * Returns the plan of a text.
 *
 * @throws {SyntaxError} if it is not JSON or not a plan; the message names each field at fault
 */
export function parsePlan(content: string, file: string): Plan {
  let value: unknown;
  try {
    value = parseJson(content);
  } catch (error) {
    throw new SyntaxError(`Cannot use plan ${file}: ${(error as Error).message}`);
  }
  const { success, data, error } = planSchema.safeParse(value);
  if (!success) throw new SyntaxError(`Cannot use plan ${file}: ${explain(error)}`);
  const { seal, ...plan } = data;
  const isChanged = seal !== undefined && seal !== sealOf(value as object);
  return { ...plan, isChanged, sha256: createHash("sha256").update(content).digest("hex") };
}

/**
 * Returns the seal of a plan: the hash of all its fields but the seal, whatever their layout in the file. It tells a plan
 * that was edited by mistake; who edits on purpose can seal again, and only a hash in each sample tells that.
 */
export function sealOf(plan: object): string {
  const { seal: _, ...fields } = plan as { seal?: string };
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/**
 * Returns the plan in a file; without one that of this project, `data/plan.json`.
 *
 * @throws {SyntaxError} as {@linkcode parsePlan} does
 * @throws {Deno.errors.NotFound} if there is no such file
 */
export async function loadPlan(file?: string): Promise<Plan> {
  const path = file ?? new URL("../../../data/plan.json", import.meta.url);
  return parsePlan(await Deno.readTextFile(path), file ?? "data/plan.json");
}
