/**
 * The way to the model: the `openai` package, with the key and the address from the environment.
 *
 * @module
 */
import OpenAI from "openai";
import { DEFAULT_BASE_URL } from "./address.ts";
import { limitedFetch } from "./reply_limit.ts";

/** Where a model is asked, and as whom. */
export interface Access {
  readonly key: string;
  /** `https://…/v1`; absent: the address that the package knows. */
  readonly baseUrl?: string;
  /** Milliseconds until a call counts as lost. */
  readonly timeout: number;
}

/**
 * Makes a client. It asks once: waiting and asking again are done here, where they are counted. Everything that the
 * package would take from the environment is given, and it logs nothing.
 */
export function createClient({ key, baseUrl, timeout }: Access): OpenAI {
  return new OpenAI({
    apiKey: key,
    baseURL: baseUrl ?? DEFAULT_BASE_URL,
    timeout,
    maxRetries: 0,
    logLevel: "off",
    fetch: limitedFetch(timeout),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
  });
}

/** Short ones are no secrets but words such as `none`, for servers of one's own; taking those out would spoil the text. */
const SHORTEST_SECRET = 12;

/** A part of the key of so many characters is struck out too: a text may have been cut in the midst of it. */
const SHORTEST_PART = 8;

/**
 * Returns the text without the key and without longer parts of it, should a server have sent it back.
 *
 * @example
 * ```ts
 * import { withoutKey } from "$lib/asking/client.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(withoutKey("bad key: sk-0123456789", "sk-0123456789"), "bad key: [key]");
 * assert.equal(withoutKey("bad key: sk-012345…", "sk-0123456789"), "bad key: [key]…");
 * ```
 */
export function withoutKey(text: string, key: string): string {
  if (key.length < SHORTEST_SECRET) return text;
  let struck = "";
  for (let at = 0; at < text.length;) {
    let end = at + SHORTEST_PART;
    if (end > text.length || !key.includes(text.slice(at, end))) struck += text[at++];
    else {
      while (end < text.length && key.includes(text.slice(at, end + 1))) end++;
      struck += "[key]";
      at = end;
    }
  }
  return struck;
}
