/**
 * The card of a data set, `dataset.json`: what it is, where it comes from, and what was left out.
 *
 * @module
 */
import { z } from "zod";
import { type Outcome, OUTCOMES } from "../acts/vocabulary.ts";
import { type Mapping, mappingSchema } from "./mapping.ts";

/** A validated `dataset.json`. */
export interface Card {
  /** The name is also that of a folder below data/raw/. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** What the files are. */
  readonly format: "counts" | "jsonl" | "mapped";
  /** How columns or fields become samples, for the format `mapped`. */
  readonly mapping?: Mapping;
  /** The files, below the card's folder. */
  readonly files: readonly HashedFile[];
  /** Who recorded the labels, and how. */
  readonly labelers: Readonly<Record<string, string>>;
  /** Columns that are observed, not assigned: rates given them are observational. */
  readonly observed: readonly string[];
  /** Names of other data sets that hold some of the same samples: the two must not be added up. */
  readonly overlaps: readonly string[];
  /** What counts as one cluster. */
  readonly cluster: string;
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

const text = z.string().min(1, "must not be empty");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");
const fileName = text.regex(/^(?!\/)(?!.*\.\.)/s, "must be a path inside the folder");

const plainName = text.regex(/^[\w-][\w. -]*$/, "must be a plain name: letters, digits, dots, dashes and spaces");
const file = z.strictObject({ path: fileName, sha256 });

/** The check of a card. */
export const cardSchema = z.strictObject({
  name: plainName,
  title: text,
  format: z.enum(["counts", "jsonl", "mapped"]),
  mapping: mappingSchema.optional(),
  files: z.array(file).min(1),
  labelers: z.record(text, text),
  observed: z.array(text).default([]),
  overlaps: z.array(text).default([]),
  cluster: text,
  verdict: z.strictObject({ label: text, true_is: z.enum(OUTCOMES) }).optional(),
  nominal: text.optional(),
  source: z.strictObject({ url: z.url(), commit: text.optional(), doi: text.optional(), licence: text }),
  excluded: z.array(z.strictObject({ what: text, count: z.int().min(0), why: text })),
  notes: z.array(text),
  transcripts: z.strictObject({ format: z.enum(["nostalgebraist"]), base: z.url(), files: z.array(file).min(1) })
    .optional(),
}).refine(({ format, mapping }) => (format === "mapped") === (mapping !== undefined), {
  path: ["mapping"],
  message: "must be there for the format mapped, and only for it",
});
