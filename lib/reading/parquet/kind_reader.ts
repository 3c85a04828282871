/**
 * Samples that are alike in all that counts, as an engine adds them up: a row says what one of them is and how many there
 * are. One of each kind is judged as every sample is.
 *
 * @module
 */
import { z } from "zod";
import { OUTCOMES } from "../../acts/vocabulary.ts";
import { parseJson } from "../../json/strict.ts";
import type { KindRow } from "./kinds_sql.ts";
import { conditionOf, entryOf, labelsFrom, runOf } from "./rows.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Cell, Place, Sample } from "../../samples/sample.ts";

/** One sample or published count of a kind, and how many are of it. */
export interface Kind {
  readonly dataset: string;
  readonly verdict: CardVerdict | undefined;
  readonly item: Sample | Cell;
  readonly samples: number;
}

const verdictSchema = z.strictObject({ label: z.string(), true_is: z.enum(OUTCOMES) });

/**
 * Reads rows as kinds. What a text stands for is found once: a million kinds have few conditions and few lists of labels.
 *
 * @returns a function that throws SyntaxError or ZodError where a row is no kind
 */
export function createKindReader(): (row: KindRow, source: Place) => Kind {
  const [conditions, runs, labels] = [remembering(conditionOf), remembering(runOf), remembering(labelsFrom)];
  const verdicts = remembering((text) => verdictSchema.parse(parseJson(text)));
  return (row, source) => {
    const { dataset, samples, model, scenario } = row;
    const verdict = row.verdict === null ? undefined : verdicts(row.verdict);
    if (row.published !== null) {
      if (samples > 1) throw new SyntaxError(`the published count of ${model} stands ${samples} times`);
      const { file, at } = source;
      const entry = entryOf([{ ...row, score: row.counted_label, file, place: at, labels: null }], file);
      if (!("cell" in entry)) throw new SyntaxError("reject" in entry ? entry.reject.reason : "no published count");
      return { dataset, verdict, samples, item: { ...entry.cell, source } };
    }
    if (row.cluster_id === null) throw new SyntaxError("cluster_id: must not be empty");
    const item: Sample = {
      ...{ id: source.at, model, scenario, condition: conditions(row.condition), cluster: row.cluster_id },
      ...row.run == null ? {} : { run: runs(row.run) },
      ...{ labels: labels(row.labels ?? ""), source },
    };
    return { dataset, verdict, samples, item };
  };
}

/** So many texts are remembered of a column; what comes after is made anew each time. */
const MOST_TEXTS = 10_000;

function remembering<T>(made: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = made(text);
    if (known.size < MOST_TEXTS) known.set(text, value);
    return value;
  };
}
