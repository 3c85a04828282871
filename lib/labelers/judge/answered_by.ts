/**
 * Which model answered: servers pass a request on to another one, or know one under several names.
 *
 * @module
 */

/**
 * True where the name that a reply gives is that of the model asked for: the same, or the same with the date of its
 * version. Anything else may be another judge than its labels say.
 *
 * @example
 * ```ts
 * import { isModelAskedFor } from "$lib/labelers/judge/answered_by.ts";
 * import assert from "node:assert/strict";
 *
 * assert(isModelAskedFor("gpt-4o-2024-08-06", "gpt-4o"));
 * assert(isModelAskedFor("claude-sonnet-4-20250514", "claude-sonnet-4"));
 * assert(!isModelAskedFor("gpt-4o-mini", "gpt-4o"));
 * assert(!isModelAskedFor("gpt-4o-mini-2024-07-18", "gpt-4o"));
 * ```
 */
export function isModelAskedFor(answered: string, asked: string): boolean {
  return answered === asked || answered.startsWith(asked) && DATE.test(answered.slice(asked.length));
}

const DATE = /^[-@](?:\d{4}-\d\d-\d\d|\d{8}|\d{4})$/;
