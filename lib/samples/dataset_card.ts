/**
 * The card of a data set, `dataset.json`: what it is, where it comes from, and what was left out.
 *
 * @module
 */
import { z } from "zod";
import { OUTCOMES } from "../acts/vocabulary.ts";
import { changesSchema, mappingSchema } from "./mapping.ts";

const text = z.string().min(1, "must not be empty");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");
const fileName = text.regex(/^(?!\/)(?!.*\.\.)/s, "must be a path inside the folder");

/** The name is also that of a folder below data/raw/. */
const plainName = text.regex(/^[\w-][\w. -]*$/, "must be a plain name: letters, digits, dots, dashes and spaces");
const file = z.strictObject({ path: fileName, sha256 });

/** The formats that files may be in without a mapping of their own. */
export const KNOWN_FORMATS = [
  "jsonl",
  "nostalgebraist",
  "counts",
  "pacifaist",
  "judged",
  "verifiers",
  "verifiers_traces",
  "episodes",
  "chat",
  "batch",
  "lm_eval",
  "palisade",
  "framework",
  "bloom",
  "odcv",
  "inspect",
  "parquet",
] as const;

const common = {
  name: plainName,
  title: text,
  files: z.array(file).min(1),
  /** Who recorded the labels, and how. */
  labelers: z.record(text, text),
  /** Columns that are observed, not assigned: rates given them are observational. */
  observed: z.array(text).default([]),
  /** Scores whose values are no usual yes and no: which values count; every other value is a no. */
  counts: z.record(text, z.array(text).min(1)).optional(),
  /** Names of other data sets that hold some of the same samples: the two must not be added up. */
  overlaps: z.array(text).default([]),
  /** What counts as one cluster. */
  cluster: text,
  /** Where only a yes/no verdict was published: which label it is, and the outcome that true stands for. */
  verdict: z.strictObject({ label: text, true_is: z.enum(OUTCOMES) }).optional(),
  /** Where the source states a nominal n for all cells: what that means for the intervals. */
  nominal: text.optional(),
  source: z.strictObject({ url: z.url(), commit: text.optional(), doi: text.optional(), licence: text }),
  excluded: z.array(z.strictObject({ what: text, count: z.int().min(0), why: text })),
  notes: z.array(text),
  /** Full transcripts that are not shipped; `deno task fetch NAME` brings them to `data/raw/NAME/`. */
  transcripts: z.strictObject({ format: z.enum(["nostalgebraist"]), base: z.url(), files: z.array(file).min(1) })
    .optional(),
};

/** How columns or fields become samples. */
const mappedCard = z.strictObject({ ...common, format: z.literal("mapped"), mapping: mappingSchema });

/** Beside a format that is known: what is to be taken more from its samples, or otherwise. */
const plainCard = z.strictObject({
  ...common,
  format: z.enum(KNOWN_FORMATS, { error: () => `must be one of mapped, ${KNOWN_FORMATS.join(", ")}` }),
  mapping: changesSchema.optional(),
});

/** Checks a `dataset.json`; every problem of it is in the error. */
export function parseCard(value: unknown): z.ZodSafeParseResult<Card> {
  const isMapped = typeof value === "object" && value !== null && "format" in value && value.format === "mapped";
  return (isMapped ? mappedCard : plainCard).safeParse(value);
}

/** A validated `dataset.json`. */
export type Card = Readonly<z.infer<typeof mappedCard> | z.infer<typeof plainCard>>;
