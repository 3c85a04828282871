/**
 * The results of a batch: what each line of its output and error files says. Such a file can be as large as what was
 * asked, so it is read line by line.
 *
 * @module
 */
import { z } from "zod";
import { beginning } from "../completion.ts";
import { type Failure, failureOf, ofStatus } from "../failure.ts";
import { LARGEST_REPLY, ReplyTooLarge } from "../reply_limit.ts";
import { parseJson } from "../../json/strict.ts";

/** What a batch says of one request: the body of a reply, or a failure. */
export type BatchResult = { readonly body: unknown } | { readonly failure: Failure };

const resultSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/** A result, by the key of its request. */
export interface KeyedResult {
  readonly key: string;
  readonly result: BatchResult;
}

/**
 * Yields the results in a file. They come in any order and a key may come twice; a line that cannot be read is no
 * result, so its request is asked for again. A line that is longer than a reply can be is not held in memory.
 *
 * @example
 * ```ts
 * import { batchResults } from "$lib/asking/batches/results.ts";
 * import assert from "node:assert/strict";
 *
 * const line = '{"custom_id":"k","response":{"status_code":200,"body":{"choices":[]}},"error":null}\n';
 * const results = await Array.fromAsync(batchResults(new Blob([line]).stream()));
 * assert.deepEqual(results, [{ key: "k", result: { body: { choices: [] } } }]);
 * ```
 */
export async function* batchResults(file: AsyncIterable<Uint8Array>): AsyncGenerator<KeyedResult> {
  for await (const { text, isTooLong } of linesOf(file)) {
    if (isTooLong) {
      const key = text.slice(0, 1000).match(/^\s*\{[^{}]*"custom_id"\s*:\s*"([^"\\]+)"/)?.[1];
      if (key !== undefined) yield { key, result: { failure: failureOf(new ReplyTooLarge()) } };
      continue;
    }
    const { success, data } = resultSchema.safeParse(valueOf(text));
    if (success) yield { key: data.custom_id, result: resultOf(data) };
  }
}

/** Lines; of one that is too long, its beginning. */
async function* linesOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<{ text: string; isTooLong: boolean }> {
  const decoder = new TextDecoder();
  let [rest, isTooLong] = ["", false];
  const take = (part: string) => {
    if (!isTooLong) rest += part;
    isTooLong ||= rest.length > LARGEST_REPLY;
  };
  for await (const chunk of file) {
    const [first, ...others] = decoder.decode(chunk, { stream: true }).split("\n");
    take(first);
    for (const other of others) {
      yield { text: rest, isTooLong };
      [rest, isTooLong] = ["", false];
      take(other);
    }
  }
  yield { text: rest, isTooLong };
}

/** A request that the batch says nothing of. */
export function unanswered(status: string): Failure {
  const missing = status === "expired" ? "time-out" : "transport";
  return { then: "again", missing, reason: `the batch is ${status} and has no result for it`, mayCost: false };
}

function resultOf({ response, error }: z.infer<typeof resultSchema>): BatchResult {
  const status = response?.status_code ?? (error ? 500 : undefined);
  if (response && status === 200) return { body: response.body };
  const inBody = (response?.body as { error?: { code?: string; message?: string } } | undefined)?.error;
  const code = error?.code ?? inBody?.code;
  if (code === "batch_expired") return { failure: unanswered("expired") };
  const reason = beginning(error?.message ?? inBody?.message ?? "no reason given");
  return { failure: ofStatus(status ?? 500, code, `${status ?? "no status"} ${reason}`) };
}

function valueOf(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}
