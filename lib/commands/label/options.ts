/**
 * The options of a judge, as text on the command line and as what they mean.
 *
 * @module
 */
import type { Prices } from "../../asking/cost.ts";
import { DEFAULT_BASE_URL, isOneHost, isThisMachine } from "../../asking/address.ts";
import { REPLY_FORMATS, type ReplyFormat } from "../../labelers/judge/reply.ts";
import { DEFAULT_PARAMETERS, mostOutput } from "../../labelers/judge/task.ts";
import type { RateLimits } from "../../asking/rate_limiter.ts";
import { UsageError } from "../shared/main.ts";
import { parseRecord } from "../../json/strict.ts";

export const JUDGE_OPTIONS = {
  model: { type: "string" },
  votes: { type: "string" },
  concurrency: { type: "string" },
  "requests-per-minute": { type: "string" },
  "tokens-per-minute": { type: "string" },
  timeout: { type: "string" },
  parameters: { type: "string" },
  format: { type: "string" },
  "price-in": { type: "string" },
  "price-out": { type: "string" },
  "max-cost": { type: "string" },
  batch: { type: "boolean" },
  insecure: { type: "boolean" },
} as const;

/** What was typed. */
export type JudgeValues =
  & { readonly [name in Exclude<keyof typeof JUDGE_OPTIONS, "batch" | "insecure">]?: string }
  & { readonly batch?: boolean; readonly insecure?: boolean };

/** What it means. */
export interface JudgeOptions {
  readonly model: string;
  readonly votes: number;
  readonly concurrency: number;
  readonly limits: RateLimits;
  /** Milliseconds. */
  readonly timeout: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly format: ReplyFormat;
  readonly prices?: Prices;
  readonly maxCost?: number;
  readonly isBatch: boolean;
  readonly key: string;
  readonly baseUrl: string;
}

/** Reads the options and the environment. @throws {UsageError} if any is missing or wrong */
export function judgeOptions(values: JudgeValues): JudgeOptions {
  const { model } = values;
  if (model === undefined) throw new UsageError("Cannot label with a judge as --model is missing");
  const key = Deno.env.get("OPENAI_API_KEY");
  if (!key) throw new UsageError("Cannot label as OPENAI_API_KEY is not set");
  const parameters = parametersOf(values.parameters);
  return {
    model,
    votes: whole("votes", values.votes) ?? 1,
    concurrency: whole("concurrency", values.concurrency) ?? 8,
    limits: {
      requestsPerMinute: positive("requests-per-minute", values["requests-per-minute"]),
      tokensPerMinute: positive("tokens-per-minute", values["tokens-per-minute"]),
    },
    timeout: (positive("timeout", values.timeout) ?? 120) * 1000,
    parameters,
    format: formatNamed(values.format ?? "schema"),
    ...costOptions(values, parameters),
    isBatch: values.batch ?? false,
    key,
    baseUrl: baseUrl(values.insecure ?? false),
  };
}

function costOptions(values: JudgeValues, parameters: JudgeOptions["parameters"]) {
  const input = notNegative("price-in", values["price-in"]);
  const output = notNegative("price-out", values["price-out"]);
  const maxCost = notNegative("max-cost", values["max-cost"]);
  if ((input === undefined) !== (output === undefined)) {
    throw new UsageError("Cannot tell the cost from one price: give both --price-in and --price-out");
  }
  const prices = input === undefined || output === undefined ? undefined : { input, output };
  if (maxCost !== undefined && prices === undefined) {
    throw new UsageError("Cannot hold --max-cost without prices: give --price-in and --price-out");
  }
  if (maxCost !== undefined && mostOutput(parameters) === undefined) {
    throw new UsageError("Cannot hold --max-cost as --parameters has neither max_completion_tokens nor max_tokens");
  }
  return { prices, maxCost };
}

/** What the command itself sends. */
const OURS = ["model", "messages", "response_format", "n", "stream"];

function parametersOf(text: string | undefined): JudgeOptions["parameters"] {
  if (text === undefined) return DEFAULT_PARAMETERS;
  const record = parseRecord(text);
  if ("reason" in record) {
    throw new UsageError(
      `Cannot use --parameters as it must be a JSON object (${record.reason}): current value is ${text}`,
    );
  }
  const taken = OURS.filter((name) => Object.hasOwn(record.fields, name));
  if (taken.length > 0) throw new UsageError(`Cannot use --parameters as it may not set ${taken.join(", ")}`);
  return record.fields;
}

function formatNamed(name: string): ReplyFormat {
  if (name in REPLY_FORMATS) return name as ReplyFormat;
  throw new UsageError(`Cannot use --format as it must be ${Object.keys(REPLY_FORMATS).join(" or ")}: it is ${name}`);
}

/** Plain http shows the key to whoever is on the way, a proxy too. Addresses are not shown: they may hold a secret. */
function baseUrl(isInsecure: boolean): string {
  const address = Deno.env.get("OPENAI_BASE_URL") || DEFAULT_BASE_URL;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || !isOneHost(url.host)) {
    throw new UsageError("Cannot label as OPENAI_BASE_URL is no http address of one host");
  }
  if (url.protocol === "https:" || isThisMachine(url.hostname) || isInsecure) return address;
  throw new UsageError(
    "Cannot label as OPENAI_BASE_URL is plain http and not this machine, so that others could read the key and the " +
      "transcripts: use https, or add --insecure where you trust all that lies between",
  );
}

function whole(name: string, text: string | undefined): number | undefined {
  return numberOf(name, text, "a whole number >= 1", (value) => Number.isInteger(value) && value >= 1);
}

function positive(name: string, text: string | undefined): number | undefined {
  return numberOf(name, text, "a number > 0", (value) => value > 0 && value < Infinity);
}

function notNegative(name: string, text: string | undefined): number | undefined {
  return numberOf(name, text, "a number >= 0", (value) => value >= 0 && value < Infinity);
}

function numberOf(name: string, text: string | undefined, what: string, fits: (value: number) => boolean) {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!fits(value)) throw new UsageError(`Cannot use --${name} as it must be ${what}: current value is ${text}`);
  return value;
}
