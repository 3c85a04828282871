/** A server that speaks the protocol of chat completions, files and batches, and fails as it is told. */
import { pause } from "$lib/asking/retry.ts";
import { type BatchFaults, createBatches } from "./fault_batches.ts";
import { answerTo, type ChatRequest, type Fault, type Player } from "./fault_replies.ts";

/** One call as the server saw it. */
export interface SeenCall {
  readonly request: ChatRequest;
  /** What the client calls the task and its asking: `KEY-REPLIES`. */
  readonly idempotencyKey: string;
  /** How often this task was asked before. */
  readonly asked: number;
}

export interface FaultServerOptions {
  readonly fault?: (call: SeenCall) => Fault;
  /** Milliseconds that each answer takes. */
  readonly latency?: number;
  /** Answers a second call with the same idempotency key by the first answer, and charges nothing. */
  readonly knowsIdempotency?: boolean;
  /** Does so without saying that it does. */
  readonly isSilent?: boolean;
  /** What a sampled model says. */
  readonly play?: Player;
  readonly batch?: BatchFaults & {
    readonly fault?: (custom_id: string, asked: number) => Fault | "unanswered" | "duplicate";
  };
}

/** The key that the tests use: whatever it is found in has leaked it. */
export const TEST_KEY = "sk-test-0123456789abcdefghij";

/** Starts a server on a free port of this machine. */
export function startFaultServer(options: FaultServerOptions = {}) {
  const { play, fault = () => "none", latency = 0, knowsIdempotency = false, isSilent = false, batch = {} } = options;
  const calls: SeenCall[] = [];
  const closing = new AbortController();
  const asked = new Map<string, number>();
  const paid = new Map<string, number>();
  const answers = new Map<string, unknown>();
  const load = { now: 0, most: 0, busy: 0, since: 0, start: 0, end: 0 };
  const countAsked = (task: string) => {
    const before = asked.get(task) ?? 0;
    asked.set(task, before + 1);
    return before;
  };
  const pay = (task: string) => paid.set(task, (paid.get(task) ?? 0) + 1);
  const move = (step: number) => { // adds up how many calls were under way, over time
    const now = performance.now();
    load.start ||= now;
    load.busy += load.now * (now - (load.since || now));
    load.since = load.end = now;
    load.now += step;
    load.most = Math.max(load.most, load.now);
  };
  const batches = createBatches(
    (id) => batch.fault?.(id, countAsked(id)) ?? "none",
    pay,
    TEST_KEY,
    batch,
    play,
  );

  async function chat(request: Request): Promise<Response> {
    const key = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    const idempotencyKey = request.headers.get("idempotency-key") ?? "";
    const body: ChatRequest = await request.json();
    const task = idempotencyKey.replace(/-\d+$/, "");
    const call = { request: body, idempotencyKey, asked: countAsked(task) };
    calls.push(call);
    const kind = fault(call);
    move(1);
    try {
      await new Promise((resolve) => setTimeout(resolve, latency));
    } finally {
      move(-1);
    }
    const known = knowsIdempotency ? answers.get(idempotencyKey) : undefined;
    if (known !== undefined) {
      return Response.json(known, isSilent ? {} : { headers: { "idempotent-replayed": "true" } });
    }
    const { status, body: answer, headers } = answerTo(body, kind, key, play);
    if (kind === "bomb" || kind === "500 bomb") return bomb(status);
    if (status !== 200) return Response.json(answer, { status, headers });
    pay(task);
    answers.set(idempotencyKey, answer);
    if (kind === "slow") return slowly(answer, closing.signal);
    if (kind === "reset") return cutOff(answer);
    return typeof answer === "string"
      ? new Response(answer, { headers: { "content-type": "application/json" } })
      : Response.json(answer);
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/chat/completions") return await chat(request);
    const answer = await batches.answer(request, pathname);
    if (answer === "lost") return cutOff({});
    if (answer === undefined) return Response.json({ error: { message: "no such path" } }, { status: 404 });
    if (answer.isStalled) return stall(String(answer.body), closing.signal);
    return typeof answer.body === "string"
      ? new Response(answer.body)
      : Response.json(answer.body, { status: answer.status });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    calls,
    /** How often each task was charged for. */
    paid,
    batches,
    /** The share of the allowed concurrency that was used, from the first call to the last. */
    used: (concurrency: number) => load.busy / ((load.end - load.start) * concurrency),
    mostAtOnce: () => load.most,
    close: () => {
      closing.abort();
      return server.shutdown();
    },
  };
}

/** Sends the first half of an answer and closes the connection. */
function cutOff(answer: unknown): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const half = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      controller.close();
    },
  });
  return new Response(half, {
    headers: { "content-type": "application/json", "content-length": String(bytes.length) },
  });
}

const MEBIBYTE_OF_SPACES = new Uint8Array(1 << 20).fill(32);

/** Sends 128 MiB as an eighth of a megabyte. */
function bomb(status: number): Response {
  let left = 128;
  const spaces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (left-- > 0) controller.enqueue(MEBIBYTE_OF_SPACES);
      else controller.close();
    },
  });
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  return new Response(spaces.pipeThrough(new CompressionStream("gzip")), { status, headers });
}

/** Sends the first half of a file and then nothing. */
function stall(text: string, closing: AbortSignal): Response {
  const bytes = new TextEncoder().encode(text);
  const left = new AbortController();
  const half = new ReadableStream({
    start: async (controller) => {
      controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      await pause(10_000, AbortSignal.any([closing, left.signal]));
      if (!left.signal.aborted) controller.close();
    },
    cancel: () => left.abort(),
  });
  return new Response(half, { headers: { "cache-control": "no-transform" } });
}

/** Sends an answer when nobody waits for it any more. */
async function slowly(answer: unknown, closing: AbortSignal): Promise<Response> {
  await pause(10_000, closing);
  return Response.json(answer);
}
