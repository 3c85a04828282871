/**
 * What every measure of agreement says about itself.
 *
 * @module
 */

/** A measure of agreement: a number, or the reason why the data give none. */
export type Agreement = DefinedAgreement | UndefinedAgreement;

/** Agreement that the data define. */
export interface DefinedAgreement {
  /** 1 for perfect agreement; for the chance-corrected measures 0 for that of chance, and it may be negative. */
  readonly estimate: number;
  readonly reason: null;
  /** Items with labels of at least two labelers. */
  readonly items: number;
  /** Name of the measure, as printed beside it. */
  readonly method: string;
}

/** Agreement that the data leave undefined, which is neither none nor perfect. */
export interface UndefinedAgreement {
  readonly estimate: null;
  /** Why there is no number. */
  readonly reason: string;
  readonly items: number;
  readonly method: string;
}

/** Why a measure is undefined without two labels of one item. */
export const NO_PAIRS = "no item has labels of two labelers";

/** Why a chance-corrected measure is undefined with one category. */
export const ONE_CATEGORY = "all labels are of one category, on which chance alone would agree always";

/** Returns agreement that is defined. */
export function defined(estimate: number, items: number, method: string): DefinedAgreement {
  return { estimate, reason: null, items, method };
}

/** Returns agreement that is not defined, and why. */
export function notDefined(reason: string, items: number, method: string): UndefinedAgreement {
  return { estimate: null, reason, items, method };
}
