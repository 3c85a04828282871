/**
 * What a coder gets to see of a corpus: transcripts in an order that a seed draws, under names that say nothing of
 * model, condition or file. The key leads back and stays with whoever hands the sheet out.
 *
 * What the transcript itself says cannot be hidden: a prompt shows its condition to who knows the design, and a model may
 * name itself.
 *
 * @module
 */
import { z } from "zod";
import type { Sample } from "../../samples/sample.ts";
import { type Person, type Situation, situationOf } from "../../policies/situation.ts";
import { createRandom } from "../../stats/numbers/random.ts";
import { shuffled } from "../../stats/numbers/shuffled.ts";
import { sampleHash, sha256 } from "../../samples/hash.ts";
import { parseJson } from "../../json/strict.ts";
import { explain } from "../../samples/schema.ts";

/** Samples under their blind names, in the order to be coded. */
export interface BlindItems {
  /** The name of the sheet: the same samples and seed give the same. */
  readonly sheet: string;
  readonly items: readonly { readonly item: string; readonly sample: Sample; readonly people: readonly Person[] }[];
  readonly key: SheetKey;
}

/** Which sample each item is. */
export interface SheetKey {
  /** The name of the sheet. */
  readonly sheet: string;
  /** What the order was drawn with. */
  readonly seed: number;
  /** In the order of the sheet. */
  readonly items: readonly KeyItem[];
  /** Samples that cannot be coded, for want of a transcript. */
  readonly without_transcript: readonly Omit<KeyItem, "item">[];
}

/** One item and the sample behind it. */
export interface KeyItem {
  /** Its blind name. */
  readonly item: string;
  /** The id of the sample. */
  readonly id: string;
  /** Hash of what was shown. */
  readonly sample: string;
  /** Names of the people in its situation, which a coding may use. */
  readonly people?: readonly string[];
}

const text = z.string().min(1);
const sampleOf = { id: text, sample: text.describe("hash of what was shown") };

const keySchema = z.strictObject({
  sheet: text,
  seed: z.number(),
  items: z.array(z.strictObject({ item: text, ...sampleOf, people: z.array(text).optional() })),
  without_transcript: z.array(z.strictObject(sampleOf)),
});

/**
 * Draws the order and names the items `SHEET-001`, `SHEET-002`… Samples without a transcript cannot be coded; they stand
 * in the key, so that they come back as missing.
 *
 * @param situations whose people a coder is told of, beside the transcript of a sample that faced one of them
 * @throws {RangeError} if two samples have one id, or none has a transcript
 */
export function blindItems(
  samples: readonly Sample[],
  seed: number,
  situations: readonly Situation[] = [],
): BlindItems {
  const sorted = [...samples].sort((a, b) => a.id < b.id ? -1 : 1);
  const twice = sorted.find(({ id }, index) => id === sorted[index + 1]?.id);
  if (twice !== undefined) throw new RangeError(`Cannot make a sheet as two samples have the id ${twice.id}`);
  const named = sorted.map((sample) => ({ id: sample.id, sample: sampleHash(sample) }));
  const hashes = new Map(named.map(({ id, sample }) => [id, sample]));
  const shown = shuffled(sorted.filter(hasTranscript), createRandom(seed));
  if (shown.length === 0) throw new RangeError("Cannot make a sheet as no sample has a transcript");
  // A letter first: no spreadsheet takes it for a number or a date.
  const sheet = `s${sha256(JSON.stringify([seed, named])).slice(0, 6)}`;
  const digits = Math.max(3, String(shown.length).length);
  const items = shown.map((sample, index) => ({
    item: `${sheet}-${String(index + 1).padStart(digits, "0")}`,
    sample,
    people: situationOf(situations, sample.scenario, sample.condition)?.people ?? [],
  }));
  return {
    sheet,
    items,
    key: {
      sheet,
      seed,
      items: items.map(({ item, sample: { id }, people }) => ({
        item,
        id,
        sample: hashes.get(id)!,
        ...people.length > 0 && { people: people.map(({ name }) => name) },
      })),
      without_transcript: named.filter((_, index) => !hasTranscript(sorted[index])),
    },
  };
}

/** Reads a key file. @throws {SyntaxError} if it is none */
export function parseKey(content: string): SheetKey {
  try {
    return keySchema.parse(parseJson(content));
  } catch (error) {
    const reason = error instanceof z.ZodError ? explain(error) : (error as Error).message;
    throw new SyntaxError(`Cannot use the key of the sheet as it is not what was written: ${reason}`);
  }
}

function hasTranscript({ messages }: Sample): boolean {
  return messages !== undefined && messages.length > 0;
}
