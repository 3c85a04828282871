/** The Batch API of the fault server: files up, batches that take a few looks, files down. */
import { type Answer, answerTo, type ChatRequest, type Fault, type Player } from "./fault_replies.ts";

/** What else can go wrong with a batch. */
export interface BatchFaults {
  /** How often a batch is looked at before it ends. */
  readonly looks?: number;
  /** The status that the nth batch ends with. */
  readonly ending?: (number: number) => "completed" | "expired" | "failed";
  /** Leaves the answer to the nth batch's making unsent. */
  readonly loses?: (number: number) => boolean;
  /** So many times a file is sent half, and then nothing. */
  readonly stalls?: number;
  /** So many times a file that is sent up is refused with 503, before it is read or half of it is. */
  readonly refuses?: number;
  /** Holds what was sent up as bytes, and drops it once it is answered, so that much of it fits into memory. */
  readonly forgets?: boolean;
}

interface Line {
  readonly custom_id: string;
  readonly url: string;
  readonly body: ChatRequest;
}

interface StoredBatch {
  readonly id: string;
  readonly metadata: unknown;
  readonly input: string;
  readonly number: number;
  looks: number;
}

/** Makes the endpoints; `faultOf` says what goes wrong with a line, `pay` is told of each that is answered. */
export function createBatches(
  faultOf: (custom_id: string) => Fault | "unanswered" | "duplicate",
  pay: (custom_id: string) => void,
  key: string,
  { looks = 2, ending = () => "completed", loses = () => false, stalls = 0, refuses = 0, forgets = false }: BatchFaults,
  play?: Player,
) {
  const files = new Map<string, string>();
  const sent = new Map<string, Blob>(); // those that are forgotten
  let [stalled, refused] = [0, 0];
  const batches: StoredBatch[] = [];
  const results = new Map<string, Record<string, string>>();
  const running = new Map<string, Promise<Record<string, string>>>();
  const fetched = new Set<string>();
  const store = (text: string) => {
    const id = `file-${files.size + 1}`;
    files.set(id, text);
    return id;
  };
  const run = async (batch: StoredBatch): Promise<Record<string, string>> => {
    const text = await sent.get(batch.input)?.text() ?? files.get(batch.input)!;
    sent.delete(batch.input);
    const lines: Line[] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    const [good, bad]: [string[], string[]] = [[], []];
    const isExpired = ending(batch.number) === "expired";
    for (const [index, { custom_id, body }] of lines.entries()) {
      const fault = faultOf(custom_id);
      if (isExpired && index >= lines.length / 2) {
        bad.push(JSON.stringify({ custom_id, response: null, error: { code: "batch_expired", message: "expired" } }));
        continue;
      }
      if (fault === "unanswered") continue;
      const { status, body: answer } = answerTo(body, fault === "duplicate" ? "none" : fault, key, play);
      const line = JSON.stringify({ custom_id, response: { status_code: status, body: answer }, error: null });
      if (status === 200) pay(custom_id);
      (status === 200 ? good : bad).push(line, ...fault === "duplicate" ? [line] : []);
    }
    return {
      ...good.length > 0 ? { output_file_id: store(good.reverse().join("\n")) } : {},
      ...bad.length > 0 ? { error_file_id: store(bad.join("\n")) } : {},
    };
  };
  const shown = async (batch: StoredBatch): Promise<Record<string, unknown>> => {
    const status = batch.looks > looks ? ending(batch.number) : "in_progress";
    if (status !== "in_progress" && status !== "failed") {
      if (!running.has(batch.id)) running.set(batch.id, run(batch)); // once, however many look at it
      results.set(batch.id, await running.get(batch.id)!);
    }
    const errors = status === "failed" ? { data: [{ code: "token_limit_exceeded", message: "too many" }] } : undefined;
    return { object: "batch", id: batch.id, metadata: batch.metadata, status, errors, ...results.get(batch.id) };
  };
  return {
    files,
    batches,
    /** Batches whose results nobody has fetched. */
    uncollected: () =>
      batches.filter(({ id }) => Object.values(results.get(id) ?? {}).some((file) => !fetched.has(file))),
    /** Answers a request of the Batch API; `undefined` where it is none, "lost" where the answer is not sent. */
    answer: async (request: Request, path: string): Promise<Answer | "lost" | undefined> => {
      if (path === "/v1/files" && request.method === "POST" && refused < refuses) {
        if (refused++ % 2 === 1) await request.body!.getReader().read();
        return { status: 503, body: { error: { message: "busy", code: null } } };
      }
      if (path === "/v1/files" && request.method === "POST") {
        const form = await request.formData();
        if (form.get("purpose") !== "batch") return { status: 400, body: { error: { message: "purpose" } } };
        const file = form.get("file") as File;
        const id = store(forgets ? "" : await file.text());
        if (forgets) sent.set(id, file);
        return { status: 200, body: { object: "file", id } };
      }
      const content = path.match(/^\/v1\/files\/([^/]+)\/content$/);
      if (content) fetched.add(content[1]);
      if (content) return { status: 200, body: files.get(content[1]) ?? "", isStalled: stalled++ < stalls };
      if (path === "/v1/batches" && request.method === "POST") {
        const { input_file_id, metadata } = await request.json();
        const number = batches.length + 1;
        batches.push({ id: `batch_${number}`, metadata, input: input_file_id, number, looks: 0 });
        return loses(number) ? "lost" : { status: 200, body: await shown(batches.at(-1)!) };
      }
      if (path === "/v1/batches") {
        return { status: 200, body: { object: "list", data: await Promise.all(batches.map(shown)), has_more: false } };
      }
      const one = path.match(/^\/v1\/batches\/([^/]+)$/);
      const batch = one && batches.find(({ id }) => id === one[1]);
      if (!one) return undefined;
      if (!batch) return { status: 404, body: { error: { message: "no such batch", code: null } } };
      batch.looks++;
      return { status: 200, body: await shown(batch) };
    },
  };
}
