/**
 * What is sent beside the messages, and how much a request can use.
 *
 * @module
 */
import type { Request } from "./task.ts";

/** Sent with each request as they are, for example `{ temperature: 0 }`. */
export type Parameters = Readonly<Record<string, unknown>>;

/** So long a reply may be where the parameters do not say. */
export const DEFAULT_PARAMETERS: Parameters = { max_completion_tokens: 4096 };

/** Returns the most tokens that a reply may have by the parameters, under either of the two names that servers know. */
export function mostOutput({ max_completion_tokens, max_tokens }: Parameters): number | undefined {
  const most = max_completion_tokens ?? max_tokens;
  return typeof most === "number" ? most : undefined;
}

/** Returns the parameters in an order that does not depend on how they were typed: for a key. */
export function sortedParameters(parameters: Parameters): [string, unknown][] {
  return Object.entries(parameters).sort(([a], [b]) => a < b ? -1 : 1);
}

/** Returns the most tokens that a request can use, no token being shorter than a byte, and about how many a server counts. */
export function sizeOf(body: object, parameters: Parameters): Pick<Request<never>, "most" | "estimate"> {
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length;
  const output = mostOutput(parameters) ?? 0;
  return { most: { input: bytes, output }, estimate: Math.ceil(bytes / 4) + output };
}
