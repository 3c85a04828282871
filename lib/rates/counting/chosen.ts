/**
 * Only the samples and published counts of some levels: `threat=replacement`.
 *
 * @module
 */
import { nearest } from "../../samples/nearest.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import type { Summary } from "../../samples/summary.ts";
import { factorsOf, levelOf } from "./fields.ts";

/** Factor → levels, one of which an item must have. */
export type Levels = Readonly<Record<string, readonly string[]>>;

/** Tells which items have the levels, and at the end whether each of these is anywhere. */
export interface Chooser {
  readonly fits: (item: Sample | Cell) => boolean;
  /** @throws {RangeError} if a level is nowhere: one that is misspelt is no empty list */
  readonly check: (datasets: readonly Summary[]) => void;
}

/** Makes a chooser; without levels everything fits. */
export function chooserOf(where: Levels): Chooser {
  const wanted = Object.entries(where);
  const met = new Map(wanted.map(([factor]) => [factor, new Set<string>()]));
  return {
    fits: (item) => {
      let isFitting = true;
      for (const [factor, levels] of wanted) {
        const level = levelOf(item, factor);
        if (level !== undefined) met.get(factor)!.add(level);
        isFitting &&= level !== undefined && levels.includes(level);
      }
      return isFitting;
    },
    check: (datasets) => {
      for (const [factor, levels] of wanted) {
        const known = [...met.get(factor)!];
        const absent = levels.find((level) => !known.includes(level));
        if (absent !== undefined) throw nowhere(factor, absent, known, datasets);
      }
    },
  };
}

function nowhere(factor: string, level: string, known: string[], datasets: readonly Summary[]): RangeError {
  const factors = [...new Set([...factorsOf(datasets), ...datasets.flatMap(({ run = [] }) => run)])];
  const isFactor = known.length === 0;
  const [what, kind, names] = isFactor
    ? [factor, "factors", factors]
    : ["it", "levels", known.sort().slice(0, 50)] as const;
  const near = nearest(isFactor ? factor : level, names.filter((name) => name !== factor));
  return new RangeError(
    `Cannot choose ${factor}=${level} as no sample has ${what}: ${near === undefined ? "" : `nearest is ${near}; `}` +
      `${kind} are ${names.join(", ")}`,
    { cause: datasets },
  );
}
