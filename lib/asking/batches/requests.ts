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
  readonly text: string;
}

/** What one file may hold. */
export interface BatchLimits {
  readonly requests: number;
  readonly bytes: number;
}

/** The server's limits are 50 000 requests and 200 MB; half of that is held in memory without trouble. */
export const BATCH_LIMITS: BatchLimits = { requests: 50_000, bytes: 100e6 };

/** The address that the lines of a file are for. */
export const BATCH_ENDPOINT = "/v1/chat/completions";

/** Yields files that keep within the limits; a task with nothing to ask is in none. */
export function* batchFiles<Line extends AskedLine>(
  tasks: Iterable<Task<Line>>,
  limits: BatchLimits = BATCH_LIMITS,
): Generator<BatchFile> {
  let [keys, lines, bytes]: [string[], string[], number] = [[], [], 0];
  for (const { head: { key }, ask } of tasks) {
    if (ask === undefined) continue;
    const line = JSON.stringify({ custom_id: key, method: "POST", url: BATCH_ENDPOINT, body: ask().body });
    const size = new TextEncoder().encode(line).length + 1;
    if (keys.length === limits.requests || (keys.length > 0 && bytes + size > limits.bytes)) {
      yield { keys, text: lines.join("\n") + "\n" };
      [keys, lines, bytes] = [[], [], 0];
    }
    keys.push(key);
    lines.push(line);
    bytes += size;
  }
  if (keys.length > 0) yield { keys, text: lines.join("\n") + "\n" };
}
