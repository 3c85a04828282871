/**
 * Two token buckets: requests and tokens per minute, as servers count them.
 *
 * @module
 */
import { pause } from "./retry.ts";

/** What the server allows; absent: no limit known. */
export interface RateLimits {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** Lets calls through as fast as is allowed, in the order in which they came. */
export interface RateLimiter {
  /** Waits until one request of about so many tokens may be sent, or until the signal says to wait no more. */
  readonly take: (tokens: number, stop?: AbortSignal) => Promise<void>;
  /** Corrects an estimate once the true number is known. */
  readonly correct: (estimated: number, used: number) => void;
  /** Lets nothing through for a time: the server asked for it. */
  readonly hold: (milliseconds: number) => void;
}

/** Time, so that a test need not wait. */
export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, stop?: AbortSignal) => Promise<void>;
}

/**
 * Makes a limiter. A bucket holds one second's worth, so in any minute at most a sixtieth more than the limit is sent. A
 * request of more tokens than that waits for a full bucket and leaves it in debt.
 *
 * @example
 * ```ts
 * import { createRateLimiter } from "$lib/asking/rate_limiter.ts";
 * import assert from "node:assert/strict";
 *
 * let time = 0;
 * const clock = { now: () => time, sleep: (wait: number) => Promise.resolve(void (time += wait)) };
 * const { take } = createRateLimiter({ requestsPerMinute: 60 }, clock);
 * for (let i = 0; i < 4; i++) await take(1);
 * assert.equal(time, 3000);
 * ```
 */
export function createRateLimiter(limits: RateLimits, clock: Clock = CLOCK): RateLimiter {
  const requests = createBucket(limits.requestsPerMinute, clock);
  const tokens = createBucket(limits.tokensPerMinute, clock);
  let heldUntil = -Infinity;
  let last = Promise.resolve();
  const pass = async (amount: number, stop?: AbortSignal): Promise<void> => {
    while (!stop?.aborted) {
      const wait = Math.max(heldUntil - clock.now(), requests.wait(1), tokens.wait(amount));
      if (wait <= 0) break;
      await clock.sleep(wait, stop);
    }
    requests.spend(1);
    tokens.spend(amount);
  };
  return {
    take: (amount, stop) => last = last.then(() => pass(amount, stop)),
    correct: (estimated, used) => tokens.spend(used - estimated),
    hold: (milliseconds) => heldUntil = Math.max(heldUntil, clock.now() + milliseconds),
  };
}

const CLOCK: Clock = { now: () => performance.now(), sleep: pause };

/** A bucket that fills at a steady rate. */
interface Bucket {
  /** Milliseconds until so much may be spent. */
  readonly wait: (amount: number) => number;
  readonly spend: (amount: number) => void;
}

function createBucket(perMinute: number | undefined, { now }: Clock): Bucket {
  if (perMinute === undefined) return { wait: () => 0, spend: () => {} };
  const perMillisecond = perMinute / 60_000;
  const capacity = Math.max(1, perMinute / 60);
  let level = capacity;
  let at = now();
  const fill = () => {
    level = Math.min(capacity, level + (now() - at) * perMillisecond);
    at = now();
  };
  return {
    wait: (amount) => {
      fill();
      const lacking = Math.min(amount, capacity) - level;
      return lacking > 1e-9 ? lacking / perMillisecond : 0; // rounding alone must not ask for another wait
    },
    spend: (amount) => {
      fill();
      level -= amount;
    },
  };
}
