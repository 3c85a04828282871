/**
 * How often each request of a batch was tried, and when that is enough.
 *
 * @module
 */
import type { BatchResult } from "./batch_results.ts";
import type { Judge } from "./call.ts";
import { JudgeUnusable } from "./failure.ts";
import { type Answer, readCompletion } from "../labelers/judge/outcome.ts";
import type { JudgeTask } from "../labelers/judge/task.ts";
import type { LabelLine, Usage } from "../labelers/label_line.ts";

/** The account of all tries of a run. */
export interface Tries {
  /** Sets the most that a task can cost aside; false where that is not affordable. */
  readonly reserve: (task: JudgeTask) => boolean;
  /** Takes a result: it makes a line, or the task is to be sent again. */
  readonly take: (task: JudgeTask, result: BatchResult) => void;
}

/**
 * Makes an account of tries.
 *
 * @param keep told of each line, as soon as a task has one
 */
export function createTries({ backoff, budget }: Judge, keep: (line: LabelLine) => void): Tries {
  const states = new Map<string, { used: { input: number; output: number }; malformed: number; failures: number }>();
  const reserved = new Map<string, Usage>();
  return {
    reserve: ({ head, ask }) => {
      const { most } = ask!();
      if (!budget.reserve(most)) return false;
      reserved.set(head.key, most);
      return true;
    },
    take: ({ head, ask }, result) => {
      const state = states.get(head.key) ?? { used: { input: 0, output: 0 }, malformed: 0, failures: 0 };
      states.set(head.key, state);
      const settle = (used: Usage | undefined) => {
        budget.settle(reserved.get(head.key) ?? NOTHING, used); // nothing was set aside in this run for what another sent
        reserved.delete(head.key);
      };
      const end = (answer: Answer) =>
        keep({ ...head, ...answer, usage: { ...state.used }, calls: state.malformed + state.failures + 1 });
      if ("failure" in result) {
        settle(NOTHING);
        const { then, missing, reason } = result.failure;
        if (then === "all") throw new JudgeUnusable(`Cannot go on as the server will not serve: ${reason}`);
        if (then === "never" || state.failures + 1 >= backoff.attempts) end({ missing, note: reason });
        else state.failures++;
        return;
      }
      const { answer, malformed, usage } = readCompletion(result.body, ask!().transcript);
      settle(usage);
      state.used.input += usage?.input ?? 0;
      state.used.output += usage?.output ?? 0;
      if (answer !== undefined) end(answer);
      else if (state.malformed + 1 >= backoff.replies) end({ missing: "malformed", note: malformed });
      else state.malformed++;
    },
  };
}

const NOTHING: Usage = { input: 0, output: 0 };
