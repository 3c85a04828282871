/**
 * How long to wait before asking again: longer each time, never the same for all, and at least as long as the server says.
 *
 * @module
 */

/** When and how often to ask again. Times in milliseconds. */
export interface Backoff {
  /** Before the second asking; each one after waits twice as long. */
  readonly base: number;
  readonly most: number;
  /** So many failed calls for one thing are enough. */
  readonly attempts: number;
  /** So many replies that are no answer are enough: each is paid for. */
  readonly replies: number;
  /** A number in [0, 1), so that many who failed together do not come back together. */
  readonly random: () => number;
}

/** Ten calls over three or four minutes: at three failures in ten, one thing in 170 000 stays unasked. */
export const BACKOFF: Backoff = { base: 1000, most: 60_000, attempts: 10, replies: 5, random: Math.random };

/**
 * Returns the wait before another asking: between half and the whole of `base` × 2^(asked − 1), `most` at most. What the
 * server asked for comes before that, and up to half of `base` is added to it.
 *
 * @param asked how often it was asked so far
 * @param retryAfter what the server asked for
 *
 * @example
 * ```ts
 * import { waitBefore } from "$lib/asking/retry.ts";
 * import assert from "node:assert/strict";
 *
 * const backoff = { base: 100, most: 1000, random: () => 0 };
 * assert.deepEqual([1, 2, 3, 9].map((asked) => waitBefore(asked, undefined, backoff)), [50, 100, 200, 500]);
 * assert.equal(waitBefore(1, 7000, backoff), 7000);
 * ```
 */
export function waitBefore(
  asked: number,
  retryAfter: number | undefined,
  { base, most, random }: Pick<Backoff, "base" | "most" | "random">,
): number {
  const own = Math.min(most, base * 2 ** (asked - 1)) * (1 + random()) / 2;
  return retryAfter === undefined ? own : Math.max(own, retryAfter + random() * base / 2);
}

/**
 * Returns what `Retry-After` asks for in milliseconds; `undefined` where there is none or it cannot be read.
 *
 * @param now milliseconds since 1970, for the form that names a time
 *
 * @example
 * ```ts
 * import { retryAfterOf } from "$lib/asking/retry.ts";
 * import assert from "node:assert/strict";
 *
 * const after = (value: string) => retryAfterOf(new Headers({ "retry-after": value }), Date.UTC(2026, 0, 1));
 * assert.deepEqual(["2", "Thu, 01 Jan 2026 00:00:03 GMT", "soon"].map(after), [2000, 3000, undefined]);
 * ```
 */
export function retryAfterOf(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = headers?.get("retry-after-ms");
  if (milliseconds && Number(milliseconds) >= 0) return Number(milliseconds);
  const value = headers?.get("retry-after");
  if (!value) return undefined;
  if (Number(value) >= 0) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

/** Waits; returns early where the signal says so. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener("abort", end);
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener("abort", end);
}
