/**
 * Asks about one sample until there is an answer, or a reason why there is none.
 *
 * @module
 */
import type OpenAI from "openai";
import type { Budget } from "./cost.ts";
import { type Failure, failureOf, JudgeUnusable } from "./failure.ts";
import { type Answer, readCompletion, type ReplyOutcome } from "../labelers/judge/outcome.ts";
import type { JudgeRequest, JudgeTask } from "../labelers/judge/task.ts";
import type { LabelLine, Usage } from "../labelers/label_line.ts";
import type { RateLimiter } from "./rate_limiter.ts";
import { type Backoff, pause, waitBefore } from "./retry.ts";

/** What a call needs. */
export interface Judge {
  readonly client: OpenAI;
  readonly backoff: Backoff;
  readonly limiter: RateLimiter;
  readonly budget: Budget;
  /** Nothing new is asked from then on. */
  readonly stop?: AbortSignal;
  /** What is being asked is given up, too. */
  readonly halt?: AbortSignal;
  /** Told why, whenever something is asked again. */
  readonly onTrouble?: (reason: string) => void;
}

/** A line for the label file, or why it was not asked to the end. */
export type Asked = { readonly line: LabelLine } | { readonly left: "stopped" | "unaffordable" };

/** A server that wants to be left alone for longer is not waited for, in milliseconds. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Asks until there is an answer. A reply that does not meet the schema is asked for again at once, a failed call after a
 * wait.
 *
 * Each asking carries an `Idempotency-Key` made of the task and of how many replies there were, so that a server that
 * knows this header charges once for an answer that was lost on the way, also across runs.
 *
 * @throws {JudgeUnusable} if no other call would do better: wrong key, model or address, or no quota left
 */
export async function askJudge({ head, ask }: JudgeTask, judge: Judge): Promise<Asked> {
  if (ask === undefined) return { line: { ...head, missing: "no transcript", calls: 0 } };
  const request = ask();
  const used = { input: 0, output: 0 };
  let [calls, failures, malformed] = [0, 0, 0];
  const lineOf = (answer: Answer): Asked => ({ line: { ...head, ...answer, usage: { ...used }, calls } });
  for (;;) {
    if (judge.stop?.aborted) return { left: "stopped" };
    if (!judge.budget.reserve(request.most)) return { left: "unaffordable" };
    await judge.limiter.take(request.estimate, judge.stop);
    if (judge.stop?.aborted) {
      judge.budget.settle(request.most, NOTHING);
      return { left: "stopped" };
    }
    calls++;
    const outcome = await askOnce(request, `${head.key}-${malformed}`, judge);
    const { usage } = outcome;
    used.input += usage?.input ?? 0;
    used.output += usage?.output ?? 0;
    if ("then" in outcome) {
      const { then, missing, reason, retryAfter } = outcome;
      if (then === "stopped") return { left: "stopped" };
      if (then === "all") throw new JudgeUnusable(`Cannot go on as the server will not serve: ${reason}`);
      if (then === "never") return lineOf({ missing, note: reason });
      judge.onTrouble?.(reason);
      if (++failures >= judge.backoff.attempts) return lineOf({ missing, note: reason });
      const wait = waitBefore(failures, retryAfter, judge.backoff);
      if (wait > LONGEST_WAIT) return lineOf({ missing, note: `the server asks to wait ${wait / 1000} s: ${reason}` });
      if (retryAfter !== undefined) judge.limiter.hold(retryAfter);
      await pause(wait, judge.stop);
      continue;
    }
    if (outcome.answer !== undefined) return lineOf(outcome.answer);
    judge.onTrouble?.(`malformed reply: ${outcome.malformed}`);
    if (++malformed >= judge.backoff.replies) return lineOf({ missing: "malformed", note: outcome.malformed });
  }
}

const NOTHING: Usage = { input: 0, output: 0 };

async function askOnce(
  { body, transcript, most, estimate }: JudgeRequest,
  idempotencyKey: string,
  { client, limiter, budget, halt }: Judge,
): Promise<ReplyOutcome | (Failure & { readonly usage?: Usage })> {
  try {
    const headers = { "Idempotency-Key": idempotencyKey };
    const outcome = readCompletion(await client.chat.completions.create(body, { headers, signal: halt }), transcript);
    budget.settle(most, outcome.usage);
    if (outcome.usage) limiter.correct(estimate, outcome.usage.input + outcome.usage.output);
    return outcome;
  } catch (error) {
    const failure = failureOf(error);
    budget.settle(most, failure.mayCost ? undefined : NOTHING);
    return failure.then === "malformed" ? { malformed: failure.reason } : failure;
  }
}
