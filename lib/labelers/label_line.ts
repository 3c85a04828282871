/**
 * One line of a label file: what one labeler recorded for one sample, or why it recorded nothing.
 *
 * A failure is a line too. It names its reason and holds no acts, so that it can never be read as "harmless".
 *
 * @module
 */
import { z } from "zod";
import { actSchema } from "../acts/act.ts";
import type { AskedLine } from "../asking/task.ts";
import type { Label } from "../samples/sample.ts";
import { parseJson } from "../json/strict.ts";

/** A label of the sample `id`. */
export interface LabelLine extends Label, AskedLine {
  /** That of the sample. */
  readonly id: string;
  /** {@linkcode sampleHash} of what was labelled: another sample of that id is not what this label is about. */
  readonly sample?: string;
  /** The model that judged, by the name it was asked for with. */
  readonly model?: string;
  /** Hash of the instructions and of how a transcript is shown. */
  readonly prompt?: string;
  /** Hash of the JSON schema that the reply must meet. */
  readonly schema?: string;
  /** What the judge was asked with beside the prompt, such as its temperature. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Which of several askings; absent where it is asked once. */
  readonly vote?: number;
  /** The words of the transcript that scores rest on. */
  readonly evidence?: readonly Evidence[];
}

/** Where the words stand that a score rests on. */
export interface Evidence {
  /** The name of the score. */
  readonly score: string;
  /** Index in the sample's messages. */
  readonly message: number;
  /** Which part of the message. */
  readonly part: "content" | "reasoning";
  /** Offsets into that part, in UTF-16 units; `end` is behind the last one. */
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
}

const text = z.string().min(1, "must not be empty");
const tokens = z.number().min(0);

/** Unknown fields are refused, so that a misspelt name is not a silent loss. */
const labelLineSchema = z.strictObject({
  id: text,
  labeler: text,
  kind: z.enum(["human", "rule", "judge", "dataset"]),
  acts: z.array(actSchema).min(1, "must hold at least one act; leave it out where nothing was coded").optional(),
  scores: z.record(text, z.union([z.number(), z.string(), z.boolean(), z.null()])).optional(),
  note: z.string().optional(),
  missing: text.optional(),
  sample: text.optional(),
  key: text.optional(),
  model: text.optional(),
  prompt: text.optional(),
  schema: text.optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  vote: z.number().int().min(1).optional(),
  answered_by: text.optional(),
  finish: text.optional(),
  usage: z.strictObject({ input: tokens, output: tokens }).optional(),
  calls: z.number().int().min(0).optional(),
  unanswered: z.number().int().min(1).optional(),
  evidence: z.array(z.strictObject({
    score: text,
    message: z.number(),
    part: z.enum(["content", "reasoning"]),
    start: z.number(),
    end: z.number(),
  })).optional(),
}).refine(({ acts, missing }) => acts === undefined || missing === undefined, "has acts and says that it is missing");

/**
 * Reads one line.
 *
 * @throws {SyntaxError} if it is not JSON or not a label; the message names every field at fault
 *
 * @example
 * ```ts
 * import { parseLabelLine } from "$lib/labelers/label_line.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseLabelLine('{"id":"1","labeler":"j","kind":"judge","missing":"time-out"}').missing, "time-out");
 * assert.throws(() => parseLabelLine('{"id":"1","labeler":"j","kind":"judge","act":[]}'), /Unrecognized key: "act"/);
 * ```
 */
export function parseLabelLine(line: string): LabelLine {
  const { success, data, error } = labelLineSchema.safeParse(parseJson(line));
  if (success) return data;
  throw new SyntaxError(error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; "));
}
