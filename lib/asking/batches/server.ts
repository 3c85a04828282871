/**
 * The Batch API, call by call: each is asked again where that can help, and none is begun twice.
 *
 * @module
 */
import { NotFoundError } from "openai";
import type { Batch } from "openai/resources/batches";
import { BATCH_ENDPOINT, type BatchFile } from "./requests.ts";
import { batchResults, type KeyedResult } from "./results.ts";
import type { Asker } from "../call.ts";
import { failureOf, ServerUnusable, Stopped } from "../failure.ts";
import { pause, waitBefore } from "../retry.ts";

type Server = Pick<Asker, "client" | "backoff" | "stop" | "onTrouble">;

/** Sends a file of requests, begins a batch of it under our name, and returns its id. */
export async function sendBatch(name: string, { lines }: Pick<BatchFile, "lines">, server: Server): Promise<string> {
  const { client } = server;
  const input_file_id = await retrying(() => upload(name, lines, server), server);
  const headers = { "Idempotency-Key": name };
  return await retrying(async (isAgain) => {
    const begun = isAgain ? await findBatch(name, server) : undefined; // its answer may have been lost on the way
    if (begun !== undefined) return begun;
    const metadata = { [NAME]: name };
    const request = { input_file_id, endpoint: BATCH_ENDPOINT, completion_window: "24h", metadata } as const;
    return (await client.batches.create(request, { headers })).id;
  }, server);
}

/** Sends the lines as a form whose parts go out as they are made: what the package would send, it holds in full. */
async function upload(name: string, lines: BatchFile["lines"], { client }: Server): Promise<string> {
  const begin = (field: string) => `--${name}\r\nContent-Disposition: form-data; name="${field}"`;
  function* form(): Generator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(`${begin("purpose")}\r\n\r\nbatch\r\n`);
    yield encoder.encode(`${begin("file")}; filename="${name}.jsonl"\r\nContent-Type: application/jsonl\r\n\r\n`);
    for (const line of lines()) yield encoder.encode(line);
    yield encoder.encode(`\r\n--${name}--\r\n`);
  }
  const headers = { "content-type": `multipart/form-data; boundary=${name}` };
  const { id } = await client.post<{ id: string }>("/files", { body: ReadableStream.from(form()), headers });
  return id;
}

/** Returns the id of the batch that was begun under our name, if there is one. */
export function findBatch(name: string, server: Server): Promise<string | undefined> {
  return retrying(async () => {
    for await (const { id, metadata } of server.client.batches.list({ limit: 100 })) {
      if (metadata?.[NAME] === name) return id;
    }
  }, server);
}

/** Returns what is known of a batch; `undefined` where the server knows it no more. */
export function batchState(id: string, server: Server): Promise<Batch | undefined> {
  return retrying(() =>
    server.client.batches.retrieve(id).catch((error) => {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }), server);
}

/** Yields the results of a batch that has ended, those of its error file included; some twice where a call failed. */
export async function* batchOutcomes(batch: Batch, server: Server): AsyncGenerator<KeyedResult> {
  const files = [batch.output_file_id, batch.error_file_id].filter((id) => id !== undefined && id !== null);
  for (const id of files) {
    for (let asked = 1, isWhole = false; !isWhole; asked++) {
      try {
        const { body } = await server.client.files.content(id);
        if (body !== null) yield* batchResults(body);
        isWhole = true;
      } catch (error) {
        await afterFailure(error, asked, server);
      }
    }
  }
}

const NAME = "obey_or_refuse";

/**
 * Does something with the server, again where that can help.
 *
 * @throws {ServerUnusable} if the server will not serve or keeps failing
 * @throws {Stopped} if the user stopped it
 */
async function retrying<T>(work: (isAgain: boolean) => Promise<T>, server: Server): Promise<T> {
  for (let asked = 1;; asked++) {
    if (server.stop?.aborted) throw new Stopped();
    try {
      return await work(asked > 1);
    } catch (error) {
      await afterFailure(error, asked, server);
    }
  }
}

/** Waits, where asking again can help. */
async function afterFailure(error: unknown, asked: number, { backoff, stop, onTrouble }: Server): Promise<void> {
  if (error instanceof ServerUnusable || error instanceof Stopped) throw error;
  const { then, reason, retryAfter } = failureOf(error);
  if (!["again", "malformed"].includes(then) || asked >= backoff.attempts) {
    throw new ServerUnusable(`Cannot go on with batches: ${reason}`);
  }
  onTrouble?.(reason);
  await pause(waitBefore(asked, retryAfter, backoff), stop);
  if (stop?.aborted) throw new Stopped();
}
