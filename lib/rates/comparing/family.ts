/**
 * Many comparisons at once: a family of contrasts, each with its raw and its adjusted p-values.
 *
 * @module
 */
import { benjaminiHochberg } from "../../stats/families/benjamini_hochberg.ts";
import { holm } from "../../stats/families/holm.ts";
import type { Contrast } from "./contrasts.ts";

/** A contrast as a member of a family; null where it has no test because an arm has no data. */
export interface FamilyMember {
  /** The comparison itself. */
  readonly contrast: Contrast;
  /** As its own test gives it. */
  readonly pValue: number | null;
  /** Adjusted so that any false claim in the family is as rare as stated. */
  readonly holm: number | null;
  /** Adjusted so that the share of false claims is as small as stated. */
  readonly benjaminiHochberg: number | null;
}

/**
 * Adjusts the tests of a declared family. A contrast that was declared and could not be tested stays in the family, as
 * if its p-value were 1: leaving it out would make every other result look better.
 *
 * @param size how many comparisons were declared, where more were than are given: the others stay in it in the same way
 * @throws {RangeError} if the family is empty
 *
 * @example
 * ```ts
 * import { contrasts } from "$lib/rates/comparing/contrasts.ts";
 * import { family } from "$lib/rates/comparing/family.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (model: string, threat: string, count: number) => (
 *   { group: { model, threat }, outcome: "subvert", count, scored: 10, missing: 0 }
 * );
 * const rows = rates([row("a", "on", 9), row("a", "off", 1), row("b", "on", 5), row("b", "off", 4)]);
 * const [a, b] = family(contrasts(rows, "threat", ["on", "off"]));
 * assert.equal(a.holm, 2 * a.pValue!);
 * assert.equal(b.holm, b.pValue);
 * ```
 */
export function family(contrasts: readonly Contrast[], size: number = contrasts.length): FamilyMember[] {
  const others = Array.from({ length: Math.max(0, size - contrasts.length) }, () => 1);
  const pValues = [...contrasts.map(({ test }) => test?.pValue ?? 1), ...others];
  const [ofHolm, ofRate] = [holm(pValues), benjaminiHochberg(pValues)];
  return contrasts.map((contrast, index) => (
    contrast.test === null
      ? { contrast, pValue: null, holm: null, benjaminiHochberg: null }
      : { contrast, pValue: contrast.test.pValue, holm: ofHolm[index], benjaminiHochberg: ofRate[index] }
  ));
}
