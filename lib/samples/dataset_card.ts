/**
 * The card of a data set, `dataset.json`: what it is, where it comes from, and what was left out.
 *
 * @module
 */
import { z } from "zod";
import { type Outcome, OUTCOMES } from "../acts/vocabulary.ts";
import type { Changes, Mapping } from "./mapping.ts";
import { changesSchema, mappingSchema } from "./mapping_schema.ts";

/** What the card of a data set says, whatever its files are in. */
export interface CardCommon {
  /** The name is also that of a folder below data/raw/. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** The files, below the card's folder. */
  readonly files: readonly HashedFile[];
  /** Who recorded the labels, and how. */
  readonly labelers: Readonly<Record<string, string>>;
  /** Columns that are observed, not assigned: rates given them are observational. */
  readonly observed: readonly string[];
  /** Scores whose values are no usual yes and no: which values count; every other value is a no. */
  readonly counts?: Readonly<Record<string, readonly string[]>>;
  /** Names of other data sets that hold some of the same samples: the two must not be added up. */
  readonly overlaps: readonly string[];
  /** What counts as one cluster. */
  readonly cluster: string;
  /** Of how many prompts the samples behind each published count are, where the source says so. */
  readonly prompts_per_cell?: number;
  /** When the first sample was made, where the samples do not say: `2026-03-01`. */
  readonly collected?: string;
  /** Where only a yes/no verdict was published: which label it is, and the outcome that true stands for. */
  readonly verdict?: CardVerdict;
  /** Where the source states a nominal n for all cells: what that means for the intervals. */
  readonly nominal?: string;
  /** Where the data come from, at which commit or DOI, and under which licence. */
  readonly source: CardSource;
  /** What of the source is not in the data, how much of it, and why. */
  readonly excluded: readonly { readonly what: string; readonly count: number; readonly why: string }[];
  /** What a reader must know beside this. */
  readonly notes: readonly string[];
  /** Full transcripts that are not shipped; `deno task fetch NAME` brings them to `data/raw/NAME/`. */
  readonly transcripts?: {
    readonly format: "nostalgebraist";
    readonly base: string;
    readonly files: readonly HashedFile[];
  };
}

/** A file by the hash of its bytes as they lie on disk. */
export interface HashedFile {
  /** On a card: below its folder. */
  readonly path: string;
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** A score that stands for an outcome where it is true; where it is false, which other outcome it was is not known. */
export interface CardVerdict {
  /** The name of the score. */
  readonly label: string;
  /** The outcome where the score is true. */
  readonly true_is: Outcome;
}

/** Where a data set comes from. */
export interface CardSource {
  /** Where it was published. */
  readonly url: string;
  /** The commit, where it is a repository. */
  readonly commit?: string;
  /** The DOI, where it has one. */
  readonly doi?: string;
  /** The licence of the source. */
  readonly licence: string;
}

/** The card of files that a mapping reads. */
export interface MappedCard extends CardCommon {
  /** No format of its own. */
  readonly format: "mapped";
  /** How columns or fields become samples. */
  readonly mapping: Mapping;
}

/** The card of files in a format that is known. */
export interface PlainCard extends CardCommon {
  /** What the files are. */
  readonly format: KnownFormat;
  /** What is to be taken more from its samples, or otherwise. */
  readonly mapping?: Changes;
}

/** A validated `dataset.json`. */
export type Card = MappedCard | PlainCard;

const text = z.string().min(1, "must not be empty");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");
const fileName = text.regex(/^(?!\/)(?!.*\.\.)/s, "must be a path inside the folder");

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
] as const satisfies readonly KnownFormat[];

/** The name of a format that is known. */
export type KnownFormat =
  | "jsonl"
  | "nostalgebraist"
  | "counts"
  | "pacifaist"
  | "judged"
  | "verifiers"
  | "verifiers_traces"
  | "episodes"
  | "chat"
  | "batch"
  | "lm_eval"
  | "palisade"
  | "framework"
  | "bloom"
  | "odcv"
  | "inspect"
  | "parquet";

const common = {
  name: plainName,
  title: text,
  files: z.array(file).min(1),
  labelers: z.record(text, text),
  observed: z.array(text).default([]),
  counts: z.record(text, z.array(text).min(1)).optional(),
  overlaps: z.array(text).default([]),
  cluster: text,
  prompts_per_cell: z.int().min(1).optional(),
  collected: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  verdict: z.strictObject({ label: text, true_is: z.enum(OUTCOMES) }).optional(),
  nominal: text.optional(),
  source: z.strictObject({ url: z.url(), commit: text.optional(), doi: text.optional(), licence: text }),
  excluded: z.array(z.strictObject({ what: text, count: z.int().min(0), why: text })),
  notes: z.array(text),
  transcripts: z.strictObject({ format: z.enum(["nostalgebraist"]), base: z.url(), files: z.array(file).min(1) })
    .optional(),
};

/** The check of a card of files that a mapping reads. */
export const mappedCard = z.strictObject({ ...common, format: z.literal("mapped"), mapping: mappingSchema });

/** The check of a card of files in a format that is known. */
export const plainCard = z.strictObject({
  ...common,
  format: z.enum(KNOWN_FORMATS, { error: () => `must be one of mapped, ${KNOWN_FORMATS.join(", ")}` }),
  mapping: changesSchema.optional(),
});

/** Checks a `dataset.json`; every problem of it is in the error. */
export function parseCard(value: unknown): z.ZodSafeParseResult<Card> {
  const isMapped = typeof value === "object" && value !== null && "format" in value && value.format === "mapped";
  return (isMapped ? mappedCard : plainCard).safeParse(value);
}
