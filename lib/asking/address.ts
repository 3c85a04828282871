/**
 * Where a model is asked. Apart from the client, so that this can be known without loading it.
 *
 * @module
 */

/** Where a model is asked if nobody says otherwise. */
export const DEFAULT_BASE_URL = "https://api.openai.com/v1";

/**
 * True for this machine: what is sent to it unencrypted goes over no wire.
 *
 * @example
 * ```ts
 * import { isThisMachine } from "$lib/asking/address.ts";
 * import assert from "node:assert/strict";
 *
 * const at = (address: string) => isThisMachine(new URL(address).hostname);
 * assert(["http://localhost:80", "http://127.1", "http://127.0.0.53/v1", "http://[::1]:8000"].every(at));
 * assert(!["http://10.0.0.1", "http://localhost.example", "http://127.0.0.1.example", "http://[::2]"].some(at));
 * ```
 */
export function isThisMachine(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

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
