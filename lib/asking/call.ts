/**
 * Asks one thing until there is an answer, or a reason why there is none.
 *
 * @module
 */
import type OpenAI from "openai";
import type { CallAccount } from "./call_account.ts";
import type { Budget } from "./cost.ts";
import { type Failure, failureOf, ServerUnusable } from "./failure.ts";
import type { RateLimiter } from "./rate_limiter.ts";
import { type Backoff, pause, waitBefore } from "./retry.ts";
import type { AskedLine, NoAnswerLine, Origin, ReplyOutcome, Request, Task, Usage } from "./task.ts";

/** What a call needs. */
export interface Asker {
  readonly client: OpenAI;
  readonly backoff: Backoff;
  readonly limiter: RateLimiter;
  readonly budget: Budget;
  /** Notes each call before it is made; without it, calls that a kill lost are not known. */
  readonly calls?: CallAccount;
  /** Nothing new is asked from then on. */
  readonly stop?: AbortSignal;
  /** What is being asked is given up, too. */
  readonly halt?: AbortSignal;
  /** Told why, whenever something is asked again. */
  readonly onTrouble?: (reason: string) => void;
}

/** A line for the store, or why it was not asked to the end. */
export type Asked<Line> = { readonly line: Line } | { readonly left: "stopped" | "unaffordable" };

/** A server that wants to be left alone for longer is not waited for, in milliseconds. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Asks until there is an answer. A reply that does not meet the schema is asked for again at once, a failed call after a
 * wait.
 *
 * Each asking carries an `Idempotency-Key` made of the task and of how many replies there were, so that a server that
 * knows this header charges once for an answer that was lost on the way, also across runs. Where it says that it sends
 * such an answer again, the lost call is answered too; of any other lost call it stays unknown whether it is charged.
 *
 * @throws {ServerUnusable} if no other call would do better: wrong key, model or address, or no quota left
 */
export async function ask<Line extends AskedLine>({ head, ask }: Task<Line>, asker: Asker): Promise<Asked<Line>> {
  if (ask === undefined) return { line: { ...head, calls: 0 } };
  const request = ask();
  const used = { input: 0, output: 0 };
  let unanswered = asker.calls?.lost(head.key) ?? [];
  let [calls, failures, malformed] = [asker.calls?.open(head.key).length ?? 0, 0, 0];
  const lineOf = (answer: Partial<Line> | NoAnswerLine, origin: Origin = {}): Asked<Line> => ({
    line: { ...head, ...answer, ...origin, usage: { ...used }, calls, ...unansweredOf(unanswered.length) },
  });
  for (;;) {
    if (asker.stop?.aborted) return { left: "stopped" };
    if (!asker.budget.reserve(request.most)) return { left: "unaffordable" };
    await asker.limiter.take(request.estimate, asker.stop);
    if (asker.stop?.aborted) {
      asker.budget.settle(request.most, NOTHING);
      return { left: "stopped" };
    }
    const call = `${head.key}${request.turn === undefined ? "" : `t${request.turn}`}-${malformed}`;
    asker.calls?.begin(head.key, call);
    calls++;
    const outcome = await askOnce(request, call, asker);
    if (outcome.isReplay) unanswered = unanswered.filter((one) => one !== call);
    if (outcome.isUnanswered) unanswered = [...unanswered, call];
    else if ("then" in outcome) asker.calls?.free(head.key, call);
    const { usage } = outcome;
    used.input += usage?.input ?? 0;
    used.output += usage?.output ?? 0;
    if ("then" in outcome) {
      const { then, missing, reason, retryAfter } = outcome;
      if (then === "stopped") return { left: "stopped" };
      if (then === "all") throw new ServerUnusable(`Cannot go on as the server will not serve: ${reason}`);
      if (then === "never") return lineOf({ missing, note: reason });
      asker.onTrouble?.(reason);
      if (++failures >= asker.backoff.attempts) return lineOf({ missing, note: reason });
      const wait = waitBefore(failures, retryAfter, asker.backoff);
      if (wait > LONGEST_WAIT) return lineOf({ missing, note: `the server asks to wait ${wait / 1000} s: ${reason}` });
      if (retryAfter !== undefined) asker.limiter.hold(retryAfter);
      await pause(wait, asker.stop);
      continue;
    }
    if (outcome.answer !== undefined) return lineOf(outcome.answer, outcome.origin);
    asker.onTrouble?.(`malformed reply: ${outcome.malformed}`);
    if (++malformed >= asker.backoff.replies) {
      return lineOf({ missing: "malformed", note: outcome.malformed }, outcome.origin);
    }
  }
}

const NOTHING: Usage = { input: 0, output: 0 };

/** The field of a line. */
export function unansweredOf(unanswered: number): Pick<AskedLine, "unanswered"> {
  return unanswered > 0 ? { unanswered } : {};
}

/** What is known of a call beside what it brought. */
interface CallFate {
  /** The server says that it answers by what it answered to an earlier call of that name. */
  readonly isReplay?: boolean;
  /** No reply came, and the server may charge for one. */
  readonly isUnanswered?: boolean;
}

/** How servers that know idempotency keys say so; the name is Stripe's: https://docs.stripe.com/api/idempotent_requests */
const REPLAYED = "idempotent-replayed";

async function askOnce<Line extends AskedLine>(
  { body, most, estimate, read }: Request<Line>,
  idempotencyKey: string,
  { client, limiter, budget, halt }: Asker,
): Promise<(ReplyOutcome<Line> | (Failure & { readonly usage?: Usage })) & CallFate> {
  try {
    const headers = { "Idempotency-Key": idempotencyKey };
    const { data, response } = await client.chat.completions.create(body, { headers, signal: halt }).withResponse();
    const outcome = read(data);
    budget.settle(most, outcome.usage);
    if (outcome.usage) limiter.correct(estimate, outcome.usage.input + outcome.usage.output);
    return { ...outcome, isReplay: response.headers.get(REPLAYED) === "true" };
  } catch (error) {
    const failure = failureOf(error);
    budget.settle(most, failure.mayCost ? undefined : NOTHING);
    const fate = { isUnanswered: failure.mayCost };
    return failure.then === "malformed" ? { malformed: failure.reason, ...fate } : { ...failure, ...fate };
  }
}
