/**
 * What {@linkcode inspectLogOf} wrote of a sample beside what Inspect has a place for, so that it is read back as it was.
 *
 * @module
 */
import { z } from "zod";
import type { Condition, Label } from "../../../samples/sample.ts";
import { conditionSchema, generationSchema, labelSchema } from "../../../samples/schema.ts";
import { type Fields, isObject } from "../../bytes/record.ts";

/** The name of what was written, in the metadata of a sample and of a score. */
export const OWN = "obey_or_refuse";

const text = z.string().min(1, "must not be empty");
const situationSchema = z.object({
  scenario: text,
  condition: conditionSchema,
  cluster: text,
  run: z.record(text, text).optional(),
  generation: generationSchema.optional(),
});

/** Scenario, condition, cluster, run and generation of a sample that this project wrote; `undefined` of any other. */
export function ownSituation(metadata: unknown): (z.infer<typeof situationSchema> & { run: Condition }) | undefined {
  const own = isObject(metadata) ? metadata[OWN] : undefined;
  if (own === undefined) return undefined;
  const { run = {}, ...situation } = situationSchema.parse(own);
  return { ...situation, run };
}

/** The label of a score that this project wrote, as it was; `undefined` of any other. */
export function ownLabel(score: unknown): Label | undefined {
  if (!isObject(score) || !isObject(score.metadata)) return undefined;
  const { [OWN]: labeler, kind, acts, scores = score.value } = score.metadata;
  if (typeof labeler !== "string") return undefined;
  return labelSchema.parse({
    ...{ labeler, kind },
    ...present("acts", acts),
    ...present("scores", scores),
    ...present("note", score.explanation),
  });
}

/**
 * The acts and the kind of labeler that another scorer's metadata hold under the project's names (`acts`, `kind`), where
 * they are what the codebook knows.
 */
export function codedIn(score: unknown): Pick<Label, "acts"> & Partial<Pick<Label, "kind">> {
  const metadata: Fields = isObject(score) && isObject(score.metadata) ? score.metadata : {};
  const { acts, kind } = labelSchema.shape;
  return {
    ...present("acts", acts.safeParse(metadata.acts).data),
    ...present("kind", kind.safeParse(metadata.kind).data),
  };
}

function present<Name extends string, T>(name: Name, value: T): { readonly [key in Name]?: NonNullable<T> } {
  return value === undefined || value === null ? {} : { [name]: value } as { [key in Name]: NonNullable<T> };
}
