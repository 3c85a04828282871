/**
 * Which columns together tell one sample from every other, and whether a sample has several records, one a labeler.
 *
 * @module
 */
import type { Fields } from "../bytes/record.ts";
import { fieldAt } from "./values.ts";

/** Columns that together are a record's key; the path of its file is one more, under {@linkcode PATH}. */
export interface Key {
  readonly columns: readonly string[];
  /** True where the labeler is needed besides: records of one key are labels of one sample. */
  readonly isPerLabeler: boolean;
}

/** Stands for the part of a file's path that differs, among columns. */
export const PATH = "\u0000path";

/** More distinct keys than this are not kept to be compared. */
const MOST_KEYS = 2_000_000;

/** Watches records, and tells the first of the candidates that is a key of all of them. */
export function createKeys(candidates: readonly (readonly string[])[], labeler: string | undefined) {
  const all = candidates.flatMap((columns): Key[] => [
    { columns, isPerLabeler: false },
    ...labeler === undefined ? [] : [{ columns, isPerLabeler: true }],
  ]);
  const seen = new Map(all.map((key) => [key, new Set<string>()]));
  let kept = 0;
  return {
    add: (fields: Fields, path: string): void => {
      for (const [key, values] of seen) {
        const columns = [...key.columns, ...key.isPerLabeler ? [labeler!] : []];
        const parts = columns.map((column) => column === PATH ? path : fieldAt(fields, column));
        const isWhole = parts.every((part) =>
          part !== undefined && part !== null && part !== "" && typeof part !== "object"
        );
        const size = values.size;
        const text = JSON.stringify(parts.map(String));
        if (!isWhole || values.add(text).size === size || ++kept > MOST_KEYS) seen.delete(key);
      }
    },
    key: (): Key | undefined => all.find((key) => seen.has(key)),
  };
}
