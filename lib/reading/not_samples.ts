/**
 * Tables that lie beside samples and are none: known by their columns, passed over and named.
 *
 * @module
 */

const KNOWN: readonly { readonly what: string; readonly columns: readonly string[] }[] = [
  { what: "a PacifAIst summary", columns: ["processed_scenarios", "overall_p_score_pct"] },
  { what: "ODCV's published intervals", columns: ["panel", "model", "mr_lo", "mr_hi", "sev_lo", "sev_hi"] },
  { what: "the requests of a batch", columns: ["custom_id", "method", "url", "body"] },
];

/**
 * Says what a table is that holds no samples; `undefined` where it is not known to be one.
 *
 * @example
 * ```ts
 * import { notSamples } from "$lib/reading/not_samples.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(notSamples(["processed_scenarios", "overall_p_score_pct"]), "a PacifAIst summary, not samples");
 * ```
 */
export function notSamples(columns: readonly string[]): string | undefined {
  const known = KNOWN.find((one) => one.columns.every((column) => columns.includes(column)));
  return known && `${known.what}, not samples`;
}
