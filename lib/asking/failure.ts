/**
 * What a failed call means: ask again, give up on this task, or stop, since every other call would fail alike.
 *
 * @module
 */
import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { beginning } from "./completion.ts";
import { ReplyTooLarge, ReplyTooSlow } from "./reply_limit.ts";
import { retryAfterOf } from "./retry.ts";
import type { NoAnswer } from "./task.ts";

/** A failure of one call. */
export interface Failure {
  /** again: later; never: not for this task; malformed: there was a reply, which is no JSON; all: no use to go on. */
  readonly then: "again" | "never" | "malformed" | "all" | "stopped";
  readonly missing: NoAnswer;
  readonly reason: string;
  /** True where the server may have done the work, and may charge for it. */
  readonly mayCost: boolean;
  /** Milliseconds that the server wants to be left alone. */
  readonly retryAfter?: number;
}

/** No use to go on: the key, the model or the address is wrong, or there is no money left. */
export class ServerUnusable extends Error {}

/** The user stopped it. */
export class Stopped extends Error {}

/** Says what an error of the SDK, or of what lies below it, means. */
export function failureOf(error: unknown): Failure {
  const reason = beginning(messageOf(error));
  if (error instanceof APIUserAbortError) return { then: "stopped", missing: "transport", reason, mayCost: true };
  if (error instanceof APIConnectionTimeoutError) return { then: "again", missing: "time-out", reason, mayCost: true };
  if (error instanceof APIError && error.status !== undefined) return ofStatus(error.status, error.code, reason, error);
  if (error instanceof ReplyTooSlow) return { then: "again", missing: "time-out", reason, mayCost: true };
  if (error instanceof ReplyTooLarge) return { then: "never", missing: "malformed", reason, mayCost: true };
  if (error instanceof SyntaxError) return { then: "malformed", missing: "malformed", reason, mayCost: true };
  return { then: "again", missing: "transport", reason, mayCost: !/\(Connect\)|Connection refused/.test(reason) };
}

/** The same for a status without an error, as in the lines of a batch. */
export function ofStatus(
  status: number,
  code: string | null | undefined,
  reason: string,
  { headers }: Pick<APIError, "headers"> = { headers: undefined },
): Failure {
  const base = { missing: "transport", reason, mayCost: false } as const;
  if (code === "content_filter") return { ...base, then: "never", missing: "content filter" };
  if ([401, 402, 403, 404].includes(status) || code === "insufficient_quota") return { ...base, then: "all" };
  if ([408, 409, 425, 429].includes(status) || status >= 500) {
    return { ...base, then: "again", retryAfter: retryAfterOf(headers, Date.now()) };
  }
  return { ...base, then: "never", missing: "request rejected" };
}

/** The SDK says "Connection error." and keeps what happened as the cause. */
function messageOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} ${cause.message}` : String(message);
}
