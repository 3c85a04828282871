/**
 * What each standard says of a sample, and why: by the same code that counts outcomes.
 *
 * @module
 */
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Label, Sample } from "../../samples/sample.ts";
import { judgeSample, ofSample, type Standard } from "../../rates/counting/verdicts.ts";
import type { Finding } from "./client/data.ts";

/** A sample with the verdict that its data set's card or format names. */
export interface ReadSample {
  readonly sample: Sample;
  readonly verdict?: CardVerdict;
}

/**
 * What a standard says of a sample, as {@linkcode ofSample} counts it.
 *
 * @throws {RangeError} if several labelers answer and the standard names none
 */
export function findingOf({ sample, verdict }: ReadSample, standard: Standard): Finding {
  const judged = judgeSample(sample, standard)?.verdict;
  if (judged !== undefined) {
    const { outcome, rule, because, act } = judged;
    return { from: "acts", outcome: outcome ?? undefined, rule, because, act: act?.name };
  }
  if (verdict === undefined) {
    return { from: "nothing", because: "no acts are coded, and no score stands for an outcome" };
  }
  const asked = verdict.true_is;
  const { count, scored, problem } = ofSample(sample, { outcome: asked, ...standard }, verdict);
  if (scored === 0) {
    return { from: "verdict", asked, because: problem ?? `no acts are coded, and ${verdict.label} is missing` };
  }
  return {
    from: "verdict",
    asked,
    outcome: count === 1 ? asked : null,
    because: `no acts are coded; ${verdict.label} is ${count === 1 ? "yes" : "no"}, which ${
      count === 1 ? `stands for ${asked}` : `tells only that it is not ${asked}`
    }`,
  };
}

/**
 * Whose acts or verdict a standard can be asked about. `""`, whoever it was, comes first where no sample has several:
 * where one has, a count must name whose it is.
 */
export function judgedLabelers(read: readonly ReadSample[]): string[] {
  const named = new Set<string>();
  let isOne = true;
  for (const { sample, verdict } of read) {
    const coded = sample.labels.filter(({ acts }) => acts !== undefined);
    const scored = sample.labels.filter((label) => verdict !== undefined && hasScore(label, verdict.label));
    for (const { labeler } of [...coded, ...scored]) named.add(labeler);
    isOne &&= (coded.length > 0 ? coded : scored).length <= 1;
  }
  return named.size === 0 ? [] : [...isOne ? [""] : [], ...[...named].sort()];
}

function hasScore({ scores }: Label, name: string): boolean {
  return scores !== undefined && Object.hasOwn(scores, name);
}
