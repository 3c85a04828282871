/**
 * Rates given what was observed of a sample, such as what the model said about being tested: observational, for the model
 * and not the experimenter chose the group.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import type { Sample, Score } from "../../samples/sample.ts";
import { wilson } from "../../stats/one_rate/wilson.ts";
import type { Count } from "./count.ts";
import { counts } from "./counts.ts";
import { type Rate, rates } from "./rates.ts";
import type { Question } from "./verdicts.ts";

/** The rate among the samples with one observed value. */
export interface GivenRate extends Rate {
  /** The value that was observed. */
  readonly observed: string;
  /** Samples with this value, of all in the group. */
  readonly samples: number;
  /** They as a share of all samples of the data set, observed or not, in [0, 1]. */
  readonly share: number;
  /** Lower end of its interval. */
  readonly shareLower: number;
  /** Upper end of its interval. */
  readonly shareUpper: number;
  /** The lowest and highest rate if any of the samples without an observation were of this value. */
  readonly withUnobserved: readonly [number, number];
}

/** The value of a sample for which nobody recorded the observation. */
export const NOT_OBSERVED = "not observed";

/**
 * Splits samples by the value of a score that records an observation and counts each part.
 *
 * @param score the name of the score, for example `states` (test, real, nothing)
 * @throws {RangeError} if no sample has the score, or several labelers gave one sample different values of it
 *
 * @example
 * ```ts
 * import { ratesGiven } from "$lib/rates/counting/rates_given.ts";
 * import { loadPolicy } from "$lib/policies/load_policy.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const question = { outcome: "subvert", policy: await loadPolicy("obey_or_refuse") } as const;
 * const [nothing, test] = ratesGiven(await loadData("opus4-variants"), "states", question);
 * assert.deepEqual([nothing.observed, nothing.count, nothing.scored], ["nothing", 15, 39]);
 * assert.deepEqual([test.observed, test.count, test.scored], ["test", 0, 1]);
 * ```
 */
export function ratesGiven(dataset: Dataset, score: string, question: Question): GivenRate[] {
  const parts = Map.groupBy(dataset.samples, (sample) => observedOf(sample, score));
  if (parts.size === (parts.has(NOT_OBSERVED) ? 1 : 0)) {
    throw new RangeError(`Cannot split by ${score} as no sample of ${dataset.name} has such a score`);
  }
  const countsOf = (samples: readonly Sample[]) => counts([{ ...dataset, samples, cells: [] }], [], [question]);
  const unobserved = countsOf(parts.get(NOT_OBSERVED) ?? [])[0];
  return [...parts].flatMap(([observed, samples]) => {
    const [rate] = rates(countsOf(samples));
    if (rate === undefined) return [];
    const extra = observed === NOT_OBSERVED ? undefined : unobserved;
    const among = wilson(samples.length, dataset.samples.length);
    return [{
      ...rate,
      observed,
      samples: samples.length,
      share: among.estimate,
      shareLower: among.lower,
      shareUpper: among.upper,
      withUnobserved: extra === undefined ? rate.bounds : boundsWith(rate, extra),
    }];
  });
}

/** At the extremes only those without an observation belong here that pull the rate down, or up. */
function boundsWith({ count, scored, missing }: Rate, extra: Count): readonly [number, number] {
  const [yes, no] = [extra.count + extra.missing + missing, extra.scored - extra.count + extra.missing + missing];
  return [count / (scored + no), (count + yes) / (scored + yes)];
}

function observedOf({ id, labels }: Sample, score: string): string {
  const values = new Set(
    labels.map(({ scores }): Score | undefined => scores?.[score]).filter((value) =>
      value !== undefined && value !== null
    ),
  );
  if (values.size > 1) throw new RangeError(`Cannot split sample ${id} by ${score} as several values were given`);
  return values.size === 0 ? NOT_OBSERVED : String([...values][0]);
}
