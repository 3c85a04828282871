/**
 * How often each request of a batch was tried, and when that is enough.
 *
 * @module
 */
import type { BatchResult } from "./results.ts";
import { type Asker, unansweredOf } from "../call.ts";
import { ServerUnusable } from "../failure.ts";
import type { AskedLine, NoAnswerLine, Origin, Task, Usage } from "../task.ts";

/** The account of all tries of a run. */
export interface Tries<Line extends AskedLine> {
  /** Sets the most that a task can cost aside; false where that is not affordable. */
  readonly reserve: (task: Task<Line>) => boolean;
  /** Takes a result of a batch of ours: it makes a line, or the task is to be sent again. */
  readonly take: (task: Task<Line>, result: BatchResult, batch: string) => void;
}

/**
 * Makes an account of tries.
 *
 * @param keep told of each line, as soon as a task has one
 */
export function createTries<Line extends AskedLine>(
  { backoff, budget, calls }: Asker,
  keep: (line: Line) => void,
): Tries<Line> {
  const states = new Map<string, { used: { input: number; output: number }; malformed: number; failures: number }>();
  const reserved = new Map<string, Usage>();
  return {
    reserve: ({ head, ask }) => {
      const { most } = ask!();
      if (!budget.reserve(most)) return false;
      reserved.set(head.key, most);
      return true;
    },
    take: ({ head, ask }, result, batch) => {
      const state = states.get(head.key) ?? { used: { input: 0, output: 0 }, malformed: 0, failures: 0 };
      states.set(head.key, state);
      const settle = (used: Usage | undefined) => {
        budget.settle(reserved.get(head.key) ?? NOTHING, used); // nothing was set aside in this run for what another sent
        reserved.delete(head.key);
      };
      const end = (answer: Partial<Line> | NoAnswerLine, origin: Origin = {}) => {
        const tried = state.malformed + state.failures + 1;
        const own = state.malformed + Number(!("failure" in result)); // whose replies were read in this run
        const lost = Math.max(0, (calls?.lost(head.key).length ?? 0) - own); // by runs that ended before
        const all = Math.max(tried, calls?.open(head.key).length ?? 0);
        const told = { usage: { ...state.used }, calls: all, ...unansweredOf(lost) };
        states.delete(head.key);
        keep({ ...head, ...answer, ...origin, ...told });
      };
      if ("failure" in result) {
        settle(NOTHING);
        calls?.free(head.key, batch);
        const { then, missing, reason } = result.failure;
        if (then === "all") throw new ServerUnusable(`Cannot go on as the server will not serve: ${reason}`);
        if (then === "never" || state.failures + 1 >= backoff.attempts) end({ missing, note: reason });
        else state.failures++;
        return;
      }
      const { answer, malformed, usage, origin } = ask!().read(result.body);
      settle(usage);
      state.used.input += usage?.input ?? 0;
      state.used.output += usage?.output ?? 0;
      if (answer !== undefined) end(answer, origin);
      else if (state.malformed + 1 >= backoff.replies) end({ missing: "malformed", note: malformed }, origin);
      else state.malformed++;
    },
  };
}

const NOTHING: Usage = { input: 0, output: 0 };
