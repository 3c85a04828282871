/**
 * How far two labelers code the same acts, and the same people in them: below any standard, which may hide that they part.
 *
 * @module
 */
import type { Act } from "../../acts/act.ts";
import { ACT_NAMES, type ActName } from "../../acts/vocabulary.ts";
import { type Situation, situationOf } from "../../policies/situation.ts";
import type { Sample } from "../../samples/sample.ts";
import { cohenKappa } from "../../stats/raters/cohen_kappa.ts";

/** How far two labelers agree that samples hold an act. */
export interface ActAgreement {
  /** The name of the act. */
  readonly act: ActName;
  /** Samples that both coded. */
  readonly samples: number;
  /** Samples in which the first coded it, once or more. */
  readonly first: number;
  /** Samples in which the second did. */
  readonly second: number;
  /** Samples in which both did. */
  readonly both: number;
  /** Cohen's kappa over all samples; null where neither, or both, coded it throughout. */
  readonly kappa: number | null;
}

/** How far two labelers agree on an act that both coded in one place. */
export interface PartyAgreement {
  /** Acts of one name and place that both coded; where one of them leaves the field out, the pair is not counted. */
  readonly shared: number;
  /** Those for which both name the same principals. */
  readonly same: number;
}

/** What {@linkcode actAgreement} returns. */
export interface ActsAgreement {
  /** One row for each act that either coded, in the order of the codebook. */
  readonly acts: readonly ActAgreement[];
  /** On whom an act is against. */
  readonly against: PartyAgreement;
  /** On whom it tells. */
  readonly to: PartyAgreement;
}

/**
 * Compares the acts of two labelers, sample by sample; a sample that one of them did not code is left out. People are
 * compared by their principal, so that a coding which names them can be held against one that does not.
 *
 * @throws {RangeError} if no sample was coded by both
 *
 * @example
 * ```ts
 * import { actAgreement } from "$lib/rates/judges/act_agreement.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const { samples } = await loadData("opus4-codings");
 * const { acts } = actAgreement(samples, ["codebook@3, first pass", "codebook@3, second pass"], []);
 * assert(acts.every(({ samples }) => samples === 40));
 * ```
 */
export function actAgreement(
  samples: readonly Sample[],
  [one, other]: readonly [string, string],
  situations: readonly Situation[],
): ActsAgreement {
  const pairs = samples.flatMap((sample) => {
    const of = (name: string) =>
      sample.labels.find(({ labeler, acts }) => labeler === name && acts !== undefined)?.acts;
    const [first, second] = [of(one), of(other)];
    if (first === undefined || second === undefined) return [];
    return [{ first, second, people: situationOf(situations, sample.scenario, sample.condition)?.people ?? [] }];
  });
  if (pairs.length === 0) {
    throw new RangeError(`Cannot compare acts as no sample was coded by both ${one} and ${other}`);
  }
  const coded = new Set(pairs.flatMap(({ first, second }) => [...first, ...second].map(({ name }) => name)));
  return {
    acts: ACT_NAMES.filter((name) => coded.has(name)).map((act) => {
      const ratings = pairs.map(({ first, second }) => [first, second].map((acts) => acts.some(isNamed(act)) ? 1 : 0));
      const count = (is: (row: number[]) => boolean) => ratings.filter(is).length;
      return {
        act,
        samples: pairs.length,
        first: count(([yes]) => yes === 1),
        second: count(([, yes]) => yes === 1),
        both: count(([yes, too]) => yes + too === 2),
        kappa: cohenKappa(ratings).estimate,
      };
    }),
    against: partiesOf(pairs, "against"),
    to: partiesOf(pairs, "to"),
  };
}

interface Pair extends Pick<Situation, "people"> {
  readonly first: readonly Act[];
  readonly second: readonly Act[];
}

function partiesOf(pairs: readonly Pair[], field: "against" | "to"): PartyAgreement {
  const compared = pairs.flatMap(({ first, second, people }) =>
    first.flatMap((act) => {
      const twin = second.find(({ name, where }) => name === act.name && where === act.where);
      const principals = (of: Act | undefined) =>
        of?.[field] && [...new Set(of[field].map((one) => people.find(({ name }) => name === one)?.principal ?? one))];
      const [mine, theirs] = [principals(act), principals(twin)];
      return mine === undefined || theirs === undefined ? [] : [`${mine.sort()}` === `${theirs.sort()}`];
    })
  );
  return { shared: compared.length, same: compared.filter((isSame) => isSame).length };
}

function isNamed(name: ActName): (act: Act) => boolean {
  return (act) => act.name === name;
}
