/**
 * What a reader of rates must know, and the rows do not say.
 *
 * @module
 */
import { withoutLabel } from "../../rates/counting/answers.ts";
import { pooledFactors } from "../../rates/counting/fields.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import type { Scanned } from "../../reading/scan.ts";

/** What a reader of the rates must know, and the rows do not say. */
export function notes(datasets: readonly Scanned[], by: readonly string[], questions: readonly Question[]): string[] {
  const pooled = pooledFactors(datasets, by);
  const observed = datasets.flatMap(({ card }) => card?.observed ?? []).filter((factor) => by.includes(factor));
  const names = datasets.map(({ name }) => name);
  return [
    ...(datasets.every(({ conditions }) => conditions.length === 0) ? ["there are no samples"] : []),
    ...(pooled.length > 0 ? [`each rate adds up over ${pooled.join(", ")}; name them in --by to keep them apart`] : []),
    ...new Set(observed.map((factor) => `${factor} is observed, not assigned: rates by it are observational`)),
    ...datasets.flatMap((set) =>
      questions.filter((question) => withoutLabel(set, question, datasets)).map(() =>
        `${set.name} has no such label and is not counted`
      )
    ),
    ...datasets.flatMap(({ name, card }) =>
      (card?.overlaps ?? []).filter((other) => names.includes(other)).map((other) =>
        `${name} and ${other} share samples: do not add them up`
      )
    ),
  ];
}
