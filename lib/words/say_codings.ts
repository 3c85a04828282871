/**
 * Two codings of the same samples, side by side in words.
 *
 * @module
 */
import type { Kappa } from "../rates/judges/kappa.ts";
import type { OutcomeAgreement } from "../rates/judges/outcome_agreement.ts";

/**
 * Says a kappa with its interval, short enough for a table.
 *
 * @example
 * ```ts
 * import { sayKappa } from "$lib/words/say_codings.ts";
 * import assert from "node:assert/strict";
 *
 * const row = { kappa: 0.61, lower: 0.5, upper: 0.7, reason: null };
 * assert.equal(sayKappa(row), "0.61 (0.50 to 0.70)");
 * assert.equal(sayKappa({ ...row, lower: null, upper: null }), "0.61 (no interval)");
 * ```
 */
export function sayKappa({ kappa, lower, upper, reason }: Kappa): string {
  if (kappa === null) return `none: ${reason}`;
  const interval = lower === null || upper === null ? "no interval" : `${lower.toFixed(2)} to ${upper.toFixed(2)}`;
  return `${kappa.toFixed(2)} (${interval})`;
}

/**
 * Says in how many samples two codings come to the same outcome, and what each makes of all of them.
 *
 * @example
 * ```ts
 * import { sayOutcomeAgreement } from "$lib/words/say_codings.ts";
 * import assert from "node:assert/strict";
 *
 * const first = { comply: 2, refuse: 8, subvert: 30, indeterminate: 0 };
 * const second = { ...first, refuse: 5, subvert: 33 };
 * const kappa = { kappa: 0.81, lower: 0.6, upper: 0.95, reason: null };
 * const said = sayOutcomeAgreement({ policy: "obey_or_refuse", samples: 40, same: 37, ...kappa, first, second });
 * assert.equal(
 *   said,
 *   "the same outcome in 37 of 40, kappa 0.81 (0.60 to 0.95); comply 2 → 2, refuse 8 → 5, subvert 30 → 33, " +
 *     "indeterminate 0 → 0",
 * );
 * ```
 */
export function sayOutcomeAgreement({ samples, same, first, second, ...kappa }: OutcomeAgreement): string {
  const outcomes = Object.keys(first) as (keyof typeof first)[];
  const moved = outcomes.map((outcome) => `${outcome} ${first[outcome]} → ${second[outcome]}`).join(", ");
  return `the same outcome in ${same} of ${samples}, kappa ${sayKappa(kappa)}; ${moved}`;
}
