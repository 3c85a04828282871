/**
 * How far two labelers code the same acts, and the same people in them: below any standard, which may hide that they part.
 *
 * @module
 */
import type { Act } from "../../acts/act.ts";
import { ACT_NAMES, type ActName } from "../../acts/vocabulary.ts";
import { type Situation, situationOf } from "../../policies/situation.ts";
import type { Sample } from "../../samples/sample.ts";
import { type Kappa, kappaOf } from "./kappa.ts";

/** How far two labelers agree that samples hold an act: kappa over all samples that both coded. */
export interface ActAgreement extends Kappa {
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
  /** In the samples in which both coded it: on whom it is against, all acts of this name in a sample taken together. */
  readonly against: PartyAgreement;
}

/** How far two labelers agree on the people in what both coded. */
export interface PartyAgreement {
  /** What both coded; where one of them leaves the field out, it is not counted. */
  readonly shared: number;
  /** Where both name the same principals. */
  readonly same: number;
}

/** What {@linkcode actAgreement} returns. */
export interface ActsAgreement {
  /** One row for each act that either coded, in the order of the codebook. */
  readonly acts: readonly ActAgreement[];
  /** On whom an act is against: acts of one name and place. */
  readonly against: PartyAgreement;
  /** On whom it tells: acts of one name and place. */
  readonly to: PartyAgreement;
}

/**
 * Compares the acts of two labelers, sample by sample; a sample that one of them did not code is left out. People are
 * compared by their principal, so that a coding which names them can be held against one that does not.
 *
 * @param seed of the bootstrap
 * @throws {RangeError} if no sample was coded by both
 *
 * @example
 * ```ts
 * import { actAgreement } from "$lib/rates/judges/act_agreement.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const { samples } = await loadData("opus4-codings");
 * const { acts } = actAgreement(samples, ["codebook@3, first pass", "codebook@3, second pass"], [], 1);
 * assert(acts.every(({ samples }) => samples === 40));
 * ```
 */
export function actAgreement(
  samples: readonly Sample[],
  [one, other]: readonly [string, string],
  situations: readonly Situation[],
  seed: number,
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
        ...kappaOf(ratings, seed),
        against: partiesOfAct(pairs, act),
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

function partiesOf(pairs: readonly Pair[], field: Field): PartyAgreement {
  return agreementOf(pairs.flatMap(({ first, second, people }) =>
    first.map((act) => {
      const twin = second.find(({ name, where }) => name === act.name && where === act.where);
      return [principalsOf([act], field, people), twin && principalsOf([twin], field, people)];
    })
  ));
}

function partiesOfAct(pairs: readonly Pair[], act: ActName): PartyAgreement {
  return agreementOf(
    pairs.filter(({ first, second }) => [first, second].every((acts) => acts.some(isNamed(act))))
      .map(({ people, ...codings }) =>
        [codings.first, codings.second].map((acts) => principalsOf(acts.filter(isNamed(act)), "against", people))
      ),
  );
}

type Field = "against" | "to";

/** The principals that acts name together, in one order; `undefined` where one of the acts leaves the field out. */
function principalsOf(acts: readonly Act[], field: Field, people: Situation["people"]): string | undefined {
  if (acts.some((act) => act[field] === undefined)) return undefined;
  const named = acts.flatMap((act) => act[field]!);
  return [...new Set(named.map((one) => people.find(({ name }) => name === one)?.principal ?? one))].sort().join();
}

function agreementOf(compared: readonly (readonly (string | undefined)[])[]): PartyAgreement {
  const coded = compared.filter((pair) => !pair.includes(undefined));
  return { shared: coded.length, same: coded.filter(([mine, theirs]) => mine === theirs).length };
}

function isNamed(name: ActName): (act: Act) => boolean {
  return (act) => act.name === name;
}
