/**
 * What a sample holds, as a hash: a label is about this content and not about an id that may come to mean something else.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Message, Sample } from "./sample.ts";

/** Returns the sha256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Returns the hash of a sample's transcript. Id, model, condition and labels are no part of it: they may be put right, and
 * what was labelled is still the same.
 *
 * @example
 * ```ts
 * import { sampleHash } from "$lib/samples/hash.ts";
 * import assert from "node:assert/strict";
 *
 * const one = sampleHash({ messages: [{ role: "user", content: "x" }] });
 * assert.equal(sampleHash({ messages: [{ content: "x", role: "user" }] }), one);
 * assert.notEqual(sampleHash({ messages: [{ role: "user", content: "y" }] }), one);
 * ```
 */
export function sampleHash({ messages = [] }: Pick<Sample, "messages">): string {
  return sha256(JSON.stringify(messages.map(fields)));
}

function fields({ role, content, reasoning, calls }: Message) {
  return [role, content, reasoning ?? null, (calls ?? []).map((call) => [call.name, call.arguments])];
}
