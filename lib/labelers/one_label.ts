/**
 * What one labeler said of one sample in several places, as one label: acts here and scores there are both kept, and what
 * contradicts itself is no label.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import type { Label } from "../samples/sample.ts";

/** A label, or the names of what its parts contradict each other in. */
export type Together = { readonly label: Label } | { readonly apart: readonly string[] };

/**
 * Puts the labels of one labeler together; there must be at least one. A score of `null` says nothing, and gives way.
 *
 * @example
 * ```ts
 * import { together } from "$lib/labelers/one_label.ts";
 * import assert from "node:assert/strict";
 *
 * const by = { labeler: "coder:ab", kind: "human" } as const;
 * const acts = [{ name: "refuses" }] as const;
 * assert.deepEqual(together([{ ...by, acts }, { ...by, scores: { harmful: false } }]), {
 *   label: { ...by, acts, scores: { harmful: false } },
 * });
 * assert.deepEqual(together([true, false].map((harmful) => ({ ...by, scores: { harmful } }))), {
 *   apart: ["score harmful"],
 * });
 * ```
 */
export function together(parts: readonly Label[]): Together {
  if (parts.length === 1) return { label: parts[0] };
  const acts = distinct(parts.flatMap(({ acts }) => acts === undefined ? [] : [acts]));
  const given = parts.flatMap(({ scores }) => Object.entries(scores ?? {}));
  const scores = [...Map.groupBy(given, ([name]) => name)].map(([name, values]) => ({
    name,
    values: distinct(values.map(([, value]) => value).filter((value) => value !== null)),
  }));
  const kinds = distinct(parts.map(({ kind }) => kind));
  const apart = [
    ...kinds.length > 1 ? ["kind"] : [],
    ...acts.length > 1 ? ["acts"] : [],
    ...scores.filter(({ values }) => values.length > 1).map(({ name }) => `score ${name}`),
  ];
  if (apart.length > 0) return { apart };
  const notes = distinct(parts.flatMap(({ note }) => note === undefined ? [] : [note]));
  return {
    label: {
      labeler: parts[0].labeler,
      kind: kinds[0],
      ...acts.length === 0 ? {} : { acts: acts[0] },
      ...scores.length === 0
        ? {}
        : { scores: Object.fromEntries(scores.map(({ name, values }) => [name, values[0] ?? null])) },
      ...notes.length === 0 ? {} : { note: notes.join("; ") },
    },
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.findIndex((other) => isDeepStrictEqual(other, value)) === index);
}
