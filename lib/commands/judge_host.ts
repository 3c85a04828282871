/**
 * The host that the judge is asked at, so that `deno task label` may reach this one and no other: the key goes
 * nowhere else, whatever a server answers.
 *
 * @module
 */
import { DEFAULT_BASE_URL, isOneHost } from "../asking/address.ts";

/**
 * Returns host and port of an address; of the default one where it is none, which the command itself then says.
 *
 * @example
 * ```ts
 * import { hostOf } from "$lib/commands/judge_host.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(hostOf("http://127.0.0.1:8000/v1"), "127.0.0.1:8000");
 * assert.equal(hostOf("no address"), "api.openai.com");
 * assert.equal(hostOf("http://127.0.0.1,evil.example/v1"), "api.openai.com");
 * ```
 */
export function hostOf(address: string | undefined): string {
  const url = URL.parse(address || DEFAULT_BASE_URL) ?? new URL(DEFAULT_BASE_URL);
  return isOneHost(url.host) ? url.host : new URL(DEFAULT_BASE_URL).host;
}
