/**
 * Where a model is asked. Apart from the client, so that this can be known without loading it.
 *
 * @module
 */

/** Where a model is asked if nobody says otherwise. */
export const DEFAULT_BASE_URL = "https://api.openai.com/v1";

/**
 * True for one host with or without a port, and for nothing that a permission would take as several or as all.
 *
 * @example
 * ```ts
 * import { isOneHost } from "$lib/asking/address.ts";
 * import assert from "node:assert/strict";
 *
 * assert(["127.0.0.1:8000", "[::1]:80", "api.openai.com"].every(isOneHost));
 * assert(!["127.0.0.1,evil.example", "*", "*.example", ""].some(isOneHost));
 * ```
 */
export function isOneHost(host: string): boolean {
  return /^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);
}
