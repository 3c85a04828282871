/**
 * Requests as the Batch API takes them: one JSON object a line, some files of them where one would be too large.
 *
 * @module
 */
import type { AskedLine, Task } from "../task.ts";

/** Requests that go up as one file. */
export interface BatchFile {
  /** The keys of its tasks, in the order of its lines. */
  readonly keys: readonly string[];
  /** The lines themselves, made anew each time they are asked for: none is held. */
  readonly lines: () => Iterable<string>;
}

/** What one file may hold. */
export interface BatchLimits {
  readonly requests: number;
  readonly bytes: number;
}

/** The server's limits are 50 000 requests and 200 MB. */
export const BATCH_LIMITS: BatchLimits = { requests: 50_000, bytes: 100e6 };

/** The address that the lines of a file are for. */
export const BATCH_ENDPOINT = "/v1/chat/completions";

/** Yields files that keep within the limits; a task with nothing to ask is in none. */
export function* batchFiles<Line extends AskedLine>(
  tasks: Iterable<Task<Line>>,
  limits: BatchLimits = BATCH_LIMITS,
): Generator<BatchFile> {
  let [own, bytes]: [Task<Line>[], number] = [[], 0];
  for (const task of tasks) {
    if (task.ask === undefined) continue;
    const size = new TextEncoder().encode(lineOf(task)).length;
    if (own.length === limits.requests || (own.length > 0 && bytes + size > limits.bytes)) {
      yield fileOf(own);
      [own, bytes] = [[], 0];
    }
    own.push(task);
    bytes += size;
  }
  if (own.length > 0) yield fileOf(own);
}

function fileOf<Line extends AskedLine>(tasks: readonly Task<Line>[]): BatchFile {
  return { keys: tasks.map(({ head: { key } }) => key), lines: () => tasks.values().map(lineOf) };
}

function lineOf<Line extends AskedLine>({ head: { key }, ask }: Task<Line>): string {
  return `${JSON.stringify({ custom_id: key, method: "POST", url: BATCH_ENDPOINT, body: ask!().body })}\n`;
}
