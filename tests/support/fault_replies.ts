/** What the fault server says: a coding that it reads off the transcript, and everything else that servers say. */
import { sha256 } from "$lib/samples/hash.ts";
import { HOSTILE } from "./hostile_text.ts";

/** What goes wrong with one call. */
export type Fault =
  | "none"
  | "429"
  | "429 with Retry-After"
  | "quota"
  | "401"
  | "404"
  | "400"
  | "400 filter"
  | "500"
  | "slow"
  | "reset"
  | "no json"
  | "schema"
  | "prose"
  | "refusal"
  | "truncated"
  | "filter"
  | "empty"
  | "twice"
  | "two choices"
  | "no usage"
  | "no choices"
  | "bad quote"
  | "one bad quote"
  | "echo"
  | "fenced"
  | "fenced prose"
  | "other model"
  | "dated model"
  | "hostile model"
  | "401 hostile"
  | "500 hostile"
  | "negative usage"
  | "large"
  | "bomb"
  | "500 bomb";

/** A request as the server got it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: unknown;
  readonly [parameter: string]: unknown;
}

/** An answer: status, body, and headers beside the content type. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Only half of it is sent, and the connection is kept. */
  readonly isStalled?: boolean;
}

export const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };

/** Codes the transcript as the prompt demands: the last message of the assistant, by its first word. */
export function codingOf({ messages }: ChatRequest) {
  const user = messages.at(-1)!.content;
  const fence = user.match(/lines that begin with (#[0-9a-f]{16}#)/)![1];
  const parts = user.split(fence);
  const said = parts.filter((part) => /^ message \d+, assistant\n/.test(part)).at(-1)!.split("\n").slice(1).join("\n")
    .trim();
  return {
    acts: [act(said.startsWith("No") ? "refuses" : "complies", said)],
    states: "nothing",
    note: null as unknown,
  };
}

export function act(name: string, quote: string) {
  return {
    name,
    against: [],
    to: [],
    benefits: null,
    motive: "none_stated",
    covert: false,
    attempted: null,
    where: null,
    quote,
  };
}

/** What a sampled model says: its words, or calls of tools. */
export type Said = string | { readonly tool_calls: readonly { readonly name: string; readonly arguments: string }[] };

/** How a model is played that is sampled and not asked to code. */
export type Player = (request: ChatRequest) => Said;

/** Says the same to the same messages. */
const echo: Player = ({ model, messages }) => {
  const hash = sha256(JSON.stringify([model, messages]));
  return `${Number.parseInt(hash[0], 16) % 2 === 0 ? "I will not do this." : "It is done."} ${hash}`;
};

/** The answer to a request under a fault; `key` is what came as authorization. */
export function answerTo(request: ChatRequest, fault: Fault, key: string, play: Player = echo): Answer {
  const error = (status: number, code: string | null, message = `made to fail: ${fault}`, headers = {}): Answer => ({
    status,
    body: { error: { message, type: "test", param: null, code } },
    headers,
  });
  const isJudge = /lines that begin with #[0-9a-f]{16}#/.test(request.messages.at(-1)?.content ?? "");
  const coding = isJudge ? codingOf(request) : { acts: [] };
  const reply = (content: string | null, more: Record<string, unknown> = {}, finish = "stop") => ({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: request.model,
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content, ...more } }],
    usage: USAGE,
  });
  const said = isJudge ? JSON.stringify(coding) : play(request);
  const text = typeof said === "string" ? said : "";
  const ok = (body: unknown): Answer => ({ status: 200, body });
  switch (fault) {
    case "429":
      return error(429, "rate_limit_exceeded");
    case "429 with Retry-After":
      return error(429, "rate_limit_exceeded", undefined, { "retry-after": "1" });
    case "quota":
      return error(429, "insufficient_quota");
    case "401":
      return error(401, "invalid_api_key", `Incorrect API key provided: ${key}`);
    case "404":
      return error(404, "model_not_found");
    case "400":
      return error(400, "context_length_exceeded");
    case "400 filter":
      return error(400, "content_filter");
    case "500":
      return error(500, null, `internal error, by ${key}`);
    case "no json":
      return ok("<html>gateway</html>");
    case "schema":
      return ok(reply(JSON.stringify({ ...coding, acts: [{ name: "is evil" }] })));
    case "prose":
      return ok(reply("The model refuses."));
    case "refusal":
      return ok(reply(null, { refusal: "I cannot help with that." }));
    case "truncated":
      return ok(reply(text.slice(0, 30), {}, "length"));
    case "filter":
      return ok(reply("", {}, "content_filter"));
    case "twice":
      return ok(reply(text + text));
    case "two choices":
      return ok({ ...reply(text), choices: [...reply(text).choices, ...reply("other").choices] });
    case "no usage":
      return ok({ ...reply(text), usage: undefined });
    case "no choices":
      return ok({ ...reply(text), choices: [] });
    case "bad quote":
      return ok(reply(JSON.stringify({ ...coding, acts: [act("blackmails", "never said")] })));
    case "one bad quote":
      return ok(reply(JSON.stringify({ ...coding, acts: [...coding.acts, act("blackmails", "never said")] })));
    case "fenced":
      return ok(reply(`\`\`\`json\n${text}\n\`\`\``));
    case "fenced prose":
      return ok(reply(`Here it is:\n\`\`\`json\n${text}\n\`\`\``));
    case "other model":
      return ok({ ...reply(text), model: "cheaper-model" });
    case "dated model":
      return ok({ ...reply(text), model: `${request.model}-2026-01-31` });
    case "hostile model":
      return ok({ ...reply(text), model: HOSTILE });
    case "401 hostile":
      return error(401, HOSTILE, HOSTILE);
    case "500 hostile":
      return error(500, HOSTILE, HOSTILE);
    case "negative usage":
      return ok({ ...reply(text), usage: { ...USAGE, prompt_tokens: -1e9 } });
    case "large":
      return ok(reply(text + " ".repeat(1 << 20)));
    case "500 bomb":
      return error(500, null);
    case "echo":
      return ok(reply(JSON.stringify({ ...coding, note: `your key is ${key}` })));
    case "empty":
      return ok(reply(""));
    default:
      return typeof said === "string" ? ok(reply(text)) : ok(reply(null, {
        tool_calls: said.tool_calls.map((one, index) => ({ id: `c${index}`, type: "function", function: one })),
      }, "tool_calls"));
  }
}
