/**
 * The options of commands that ask a model, as text on the command line and as what they mean.
 *
 * @module
 */
import { DEFAULT_BASE_URL, isOneHost, isThisMachine } from "../../asking/address.ts";
import type { Prices } from "../../asking/cost.ts";
import { DEFAULT_PARAMETERS, mostOutput, type Parameters } from "../../asking/parameters.ts";
import type { RateLimits } from "../../asking/rate_limiter.ts";
import { parseRecord } from "../../json/strict.ts";
import { UsageError } from "./main.ts";

export const ASKING_OPTIONS = {
  concurrency: { type: "string" },
  "requests-per-minute": { type: "string" },
  "tokens-per-minute": { type: "string" },
  timeout: { type: "string" },
  parameters: { type: "string" },
  "price-in": { type: "string" },
  "price-out": { type: "string" },
  "max-cost": { type: "string" },
  batch: { type: "boolean" },
  insecure: { type: "boolean" },
} as const;

/** What of them is said under `--help`. */
export const ASKING_USAGE = `  --concurrency N   calls at once (default: 8)
  --requests-per-minute N, --tokens-per-minute N   what the server allows
  --timeout S  seconds until a call counts as lost (default: 120)
  --parameters JSON   sent with each request (default: {"max_completion_tokens":4096}); some servers know max_tokens only
  --price-in USD, --price-out USD   of a million tokens, for the cost
  --max-cost USD   asks nothing more that could bring this run above it; needs both prices
  --insecure   lets OPENAI_BASE_URL be plain http to another machine: whoever is on the way can read the key
  --batch      through the Batch API: cheaper, within a day; stop it and run it again to collect`;

/** What was typed. */
export type AskingValues =
  & { readonly [name in Exclude<keyof typeof ASKING_OPTIONS, "batch" | "insecure">]?: string }
  & { readonly batch?: boolean; readonly insecure?: boolean };

/** How models are asked, and at what price. */
export interface AskingOptions {
  readonly concurrency: number;
  readonly limits: RateLimits;
  /** Milliseconds. */
  readonly timeout: number;
  readonly parameters: Parameters;
  readonly prices?: Prices;
  readonly maxCost?: number;
  readonly isBatch: boolean;
}

/** Where it is asked, and as whom. */
export interface AskingAccess {
  readonly key: string;
  readonly baseUrl: string;
}

/**
 * Reads the options.
 *
 * @param taken what the command itself sends, and the parameters may not
 * @throws {UsageError} if any is wrong
 */
export function askingOptions(values: AskingValues, taken: readonly string[]): AskingOptions {
  const parameters = parametersOf(values.parameters, taken);
  return {
    concurrency: whole("concurrency", values.concurrency) ?? 8,
    limits: {
      requestsPerMinute: positive("requests-per-minute", values["requests-per-minute"]),
      tokensPerMinute: positive("tokens-per-minute", values["tokens-per-minute"]),
    },
    timeout: (positive("timeout", values.timeout) ?? 120) * 1000,
    parameters,
    ...costOptions(values, parameters),
    isBatch: values.batch ?? false,
  };
}

/**
 * Reads where to ask from the environment.
 *
 * @param action what the command does: `label`
 * @throws {UsageError} if there is no key, or the address is none that a key may be sent to
 */
export function askingAccess(action: string, { insecure }: AskingValues): AskingAccess {
  const key = Deno.env.get("OPENAI_API_KEY");
  if (!key) throw new UsageError(`Cannot ${action} as OPENAI_API_KEY is not set`);
  return { key, baseUrl: baseUrl(action, insecure ?? false) };
}

function costOptions(values: AskingValues, parameters: Parameters) {
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

function parametersOf(text: string | undefined, ours: readonly string[]): Parameters {
  if (text === undefined) return DEFAULT_PARAMETERS;
  const record = parseRecord(text);
  if ("reason" in record) {
    throw new UsageError(
      `Cannot use --parameters as it must be a JSON object (${record.reason}): current value is ${text}`,
    );
  }
  const taken = ours.filter((name) => Object.hasOwn(record.fields, name));
  if (taken.length > 0) throw new UsageError(`Cannot use --parameters as it may not set ${taken.join(", ")}`);
  return record.fields;
}

/** Plain http shows the key to whoever is on the way, a proxy too. Addresses are not shown: they may hold a secret. */
function baseUrl(action: string, isInsecure: boolean): string {
  const address = Deno.env.get("OPENAI_BASE_URL") || DEFAULT_BASE_URL;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || !isOneHost(url.host)) {
    throw new UsageError(`Cannot ${action} as OPENAI_BASE_URL is no http address of one host`);
  }
  if (url.protocol === "https:" || isThisMachine(url.hostname) || isInsecure) return address;
  throw new UsageError(
    `Cannot ${action} as OPENAI_BASE_URL is plain http and not this machine, so that others could read the key and the ` +
      "transcripts: use https, or add --insecure where you trust all that lies between",
  );
}

/** A whole number of at least 1. @throws {UsageError} if it is none */
export function whole(name: string, text: string | undefined): number | undefined {
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
