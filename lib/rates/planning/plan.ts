/**
 * The analysis plan: what was decided before the data, so that every result can say whether it was planned.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { explain } from "../../samples/schema.ts";

/** A validated plan with the hash of its text. */
export interface Plan {
  /** The day, as `2026-01-31`. */
  readonly written: string;
  /** What is asked, in words. */
  readonly text: string;
  /** The confidence level of every interval. */
  readonly level: number;
  /** Data sets whose results were known when this was written, by name and files: nothing of them is confirmatory. */
  readonly known: readonly { readonly name: string; readonly sha256: readonly string[] }[];
  /** Contrasts whose p-values are adjusted together. */
  readonly families: readonly PlannedFamily[];
  /** Of the text as it stands in the file. */
  readonly sha256: string;
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
  readonly question: Compared["question"];
  /** What is compared. */
  readonly factor: string;
  /** First minus second. */
  readonly levels: readonly [string, string];
  /** Levels of other factors that are held. */
  readonly within: Readonly<Record<string, string>>;
  /** A rate that the second level is claimed to be below. */
  readonly below?: number;
}

const text = z.string().min(1, "must not be empty");

const contrastSchema = z.strictObject({
  name: text,
  question: z.union([z.strictObject({ label: text }), z.strictObject({ outcome: text, policy: text })])
    .describe("what is counted"),
  factor: text.describe("what is compared"),
  levels: z.tuple([text, text]).describe("first minus second"),
  within: z.record(text, text).default({}).describe("levels of other factors that are held"),
  below: z.number().min(0).max(1).optional().describe("a rate that the second level is claimed to be below"),
});

/** The check of a plan. */
export const planSchema = z.strictObject({
  written: z.iso.date(),
  text,
  level: z.number().gt(0).lt(1),
  known: z.array(z.strictObject({ name: text, sha256: z.array(text) }))
    .describe(
      "data sets whose results were known when this was written, by name and by their files: nothing of them is confirmatory",
    ),
  families: z.array(z.strictObject({
    name: text,
    adjust: z.enum(["holm", "benjamini_hochberg"]),
    by: z.array(text).describe("one contrast for each combination of these, all in the family"),
    contrasts: z.array(contrastSchema).min(1),
  })).min(1),
});

/** Confirmatory: planned before the data were known; exploratory: everything else. */
export type Status = "confirmatory" | "exploratory";

/** What a comparison is about, as far as a plan can name it. */
export interface Compared {
  /** The data sets; known ones are told by their files too, under whatever name they come. */
  readonly datasets: readonly { readonly name: string; readonly files?: readonly { readonly sha256: string }[] }[];
  /** What is compared. */
  readonly factor: string;
  /** First minus second. */
  readonly levels: readonly [string, string];
  /** The label that is counted, or the outcome with its policy. */
  readonly question: { readonly label: string } | { readonly outcome: string; readonly policy: string };
  /** Levels of other factors that are held. */
  readonly within?: Readonly<Record<string, string>>;
  /** One contrast for each combination of these: the family. */
  readonly by: readonly string[];
}

/**
 * Returns the plan of a text.
 *
 * @throws {SyntaxError} if it is not JSON or not a plan; the message names each field at fault
 */
export function parsePlan(content: string, file: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new SyntaxError(`Cannot use plan ${file} as it is not valid JSON: ${(error as Error).message}`);
  }
  const { success, data, error } = planSchema.safeParse(value);
  if (!success) throw new SyntaxError(`Cannot use plan ${file}: ${explain(error)}`);
  return { ...data, sha256: createHash("sha256").update(content).digest("hex") };
}

/** Returns the plan in `data/plan.json`. @throws {SyntaxError} as {@linkcode parsePlan} does */
export async function loadPlan(): Promise<Plan> {
  return parsePlan(await Deno.readTextFile(new URL("../../../data/plan.json", import.meta.url)), "data/plan.json");
}

/**
 * Says whether a comparison was planned before its data were known: it stands in the plan as it is, over the family that
 * is declared there, and no data set in it was known when the plan was written.
 *
 * @example
 * ```ts
 * import { loadPlan, statusOf } from "$lib/rates/planning/plan.ts";
 * import assert from "node:assert/strict";
 *
 * const plan = await loadPlan();
 * const comparison = { factor: "goal_conflict", levels: ["conflict", "none"], question: { label: "harmful" }, by: ["model"] } as const;
 * assert.equal(statusOf(plan, { ...comparison, datasets: [{ name: "lynch2025" }] }), "exploratory"); // known before
 * ```
 */
export function statusOf(plan: Plan, { datasets, factor, levels, question, within = {}, by }: Compared): Status {
  if (datasets.length === 0 || datasets.some((dataset) => isKnown(plan, dataset))) return "exploratory";
  const isPlanned = plan.families.some((family) =>
    sameNames(family.by, by) &&
    family.contrasts.some((planned) =>
      planned.factor === factor && planned.levels[0] === levels[0] && planned.levels[1] === levels[1] &&
      sameFields(planned.question, question) && sameFields(planned.within, within)
    )
  );
  return isPlanned ? "confirmatory" : "exploratory";
}

function isKnown({ known }: Plan, { name, files = [] }: Compared["datasets"][number]): boolean {
  return known.some((set) => set.name === name || files.some(({ sha256 }) => set.sha256.includes(sha256)));
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function sameFields(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return keys.length === others.length && keys.every((key) => one[key] === other[key]);
}
