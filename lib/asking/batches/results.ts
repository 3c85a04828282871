/**
 * The results of a batch: what each line of its output and error files says.
 *
 * @module
 */
import { z } from "zod";
import { beginning } from "../completion.ts";
import { type Failure, ofStatus } from "../failure.ts";

/** What a batch says of one request: the body of a reply, or a failure. */
export type BatchResult = { readonly body: unknown } | { readonly failure: Failure };

const resultSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/**
 * Returns the results by the key of their request. Results come in any order; where one comes twice, the first counts;
 * a line that cannot be read is no result, so its request is asked for again.
 *
 * @example
 * ```ts
 * import { batchResults } from "$lib/asking/batches/results.ts";
 * import assert from "node:assert/strict";
 *
 * const results = batchResults('{"custom_id":"k","response":{"status_code":200,"body":{"choices":[]}},"error":null}\n');
 * assert.deepEqual(results.get("k"), { body: { choices: [] } });
 * ```
 */
export function batchResults(text: string): ReadonlyMap<string, BatchResult> {
  const results = new Map<string, BatchResult>();
  for (const line of text.split("\n")) {
    const parsed = resultSchema.safeParse(valueOf(line));
    if (!parsed.success || results.has(parsed.data.custom_id)) continue;
    results.set(parsed.data.custom_id, resultOf(parsed.data));
  }
  return results;
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
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
