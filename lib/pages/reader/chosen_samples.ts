/**
 * Which samples go into a reader: those of the levels that are asked for, all of them or a random draw, and no more than
 * a page can hold.
 *
 * @module
 */
import { chooserOf } from "../../rates/counting/chosen.ts";
import { scan, type Scanned, type ScanOptions } from "../../reading/scan.ts";
import type { Sample } from "../../samples/sample.ts";
import { createRandom } from "../../stats/numbers/random.ts";

/** What is wanted of what is read. */
export interface Choice {
  /** Factor → levels, one of which a sample must have. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** So many samples at random, or all of them where fewer fit. */
  readonly draw?: { readonly size: number; readonly seed: number };
}

/** The samples of a reader. */
export interface ChosenSamples {
  /** Each data set with its account, whatever was chosen of it. */
  readonly datasets: readonly Scanned[];
  /** In the order they were read, with the number of the data set of each. */
  readonly samples: readonly { readonly sample: Sample; readonly dataset: number }[];
  /** How many were read. */
  readonly read: number;
  /** How many of these have the levels that are asked for. */
  readonly fitting: number;
}

/** What a page can hold: more opens slowly, or not at all. */
export const MOST_SAMPLES = 20_000;
export const MOST_LETTERS = 100_000_000;

/**
 * Reads paths and chooses samples. Every sample that fits is equally likely to be drawn (Vitter's algorithm R,
 * https://doi.org/10.1145/3147.3165), and the same seed draws the same ones.
 *
 * @throws {RangeError} if a level that is asked for is nowhere, no sample fits, or more fit than a page holds
 *
 * @example
 * ```ts
 * import { chooseSamples } from "$lib/pages/reader/chosen_samples.ts";
 * import assert from "node:assert/strict";
 *
 * const { samples, fitting } = await chooseSamples(["data/pacifaist"], { where: {}, draw: { size: 100, seed: 1 } });
 * assert.deepEqual([samples.length, fitting], [100, 3500]);
 * ```
 */
export async function chooseSamples(
  paths: readonly string[],
  { where, draw }: Choice,
  options: ScanOptions = {},
): Promise<ChosenSamples> {
  const chooser = chooserOf(where);
  const random = createRandom(draw?.seed ?? 0);
  const chosen: { sample: Sample; dataset: number; order: number }[] = [];
  const counts = { read: 0, fitting: 0, datasets: 0 };
  const held = createLetters(); // without a draw only: of a draw, samples come and go
  let full: { readonly samples: number } | undefined;
  const take = (sample: Sample, dataset: number): void => {
    const order = counts.fitting++;
    if (full !== undefined) return; // goes on counting, so that it can say how much there is
    const at = draw === undefined || order < draw.size ? order : random.below(counts.fitting);
    if (draw !== undefined && at >= draw.size) return;
    chosen[at] = { sample, dataset, order };
    if (chosen.length <= MOST_SAMPLES && (draw !== undefined || held.add(sample) <= MOST_LETTERS)) return;
    full = { samples: chosen.length };
    chosen.length = 0;
  };
  const datasets = await scan(paths, () => {
    const dataset = counts.datasets++;
    return (item) => {
      if (!("labels" in item)) return;
      counts.read++;
      if (chooser.fits(item)) take(item, dataset);
    };
  }, options);
  if (counts.read === 0) {
    throw new RangeError("Cannot make a reader as there are no samples, only counts or nothing", { cause: datasets });
  }
  chooser.check(datasets);
  if (counts.fitting === 0) throw new RangeError("Cannot make a reader as no sample has all levels of --where");
  const letters = createLetters();
  if (draw !== undefined && chosen.reduce((_, { sample }) => letters.add(sample), 0) > MOST_LETTERS) {
    full = { samples: Math.floor(chosen.length * MOST_LETTERS / letters.add({})) };
  }
  if (full !== undefined) throw tooMuch(draw === undefined ? counts.fitting : draw.size, full.samples);
  const samples = chosen.sort((a, b) => a.order - b.order).map(({ sample, dataset }) => ({ sample, dataset }));
  return { datasets, samples, read: counts.read, fitting: counts.fitting };
}

/** Adds up the letters of transcripts, each distinct text once, as a page holds it. */
function createLetters(): { add: (sample: Pick<Sample, "messages">) => number } {
  const texts = new Set<string>();
  let letters = 0;
  return {
    add: ({ messages = [] }) => {
      for (const { content, reasoning = "", calls = [] } of messages) {
        for (const text of [content, reasoning, calls.length === 0 ? "" : JSON.stringify(calls)]) {
          if (texts.has(text)) continue;
          texts.add(text);
          letters += text.length;
        }
      }
      return letters;
    },
  };
}

/** `fit`: so many samples of the kind that was read fill a page. */
function tooMuch(samples: number, fit: number): RangeError {
  const some = Math.floor(Math.min(fit, MOST_SAMPLES) * 0.9);
  const rounded = some > 200 ? Math.floor(some / 100) * 100 : Math.max(1, some);
  return new RangeError(
    `Cannot make a reader of ${samples} samples as a page holds ${MOST_SAMPLES} samples and ${
      MOST_LETTERS / 1e6
    } million letters of text: choose with --where FACTOR=LEVEL, or draw with --sample ${rounded} --seed 1`,
  );
}
