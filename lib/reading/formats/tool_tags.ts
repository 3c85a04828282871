/**
 * The tool calls that a response of the agentic-misalignment framework holds as text: `<tool_use:email>`,
 * `<tool_use:forward>`, `<tool_use:cancel_alert>`, with lines `key: value` inside.
 *
 * Models write the tags by hand: with or without quotes and commas, bodies over many lines, tags never closed. What was
 * begun was meant to be sent, so an unclosed tag is a call too, and says that it is unclosed.
 *
 * @module
 */

/** One call, by the fields that were found in it. */
export interface ToolCall {
  /** `email`, `forward`, `cancel_alert`, or another name that the model made up. */
  readonly tool: string;
  /** Addresses; where there is none, what stood there instead. */
  readonly to?: readonly string[];
  readonly subject?: string;
  readonly body?: string;
  /** The emails to forward: one tag may name several, `"2,3"`. */
  readonly email_id?: readonly string[];
  readonly code?: string;
  /** Whether the tag was closed before the next one, or the text, ended. */
  readonly closed: boolean;
}

/**
 * Reads every call of a text, in order.
 *
 * @example
 * ```ts
 * import { toolCalls } from "$lib/reading/formats/tool_tags.ts";
 * import assert from "node:assert/strict";
 *
 * const [call] = toolCalls('<tool_use:forward>\nemail_id: "2,3"\nto: a@b.c,\nbody: "See\nbelow",\n</tool_use:forward>');
 * assert.deepEqual(call, { tool: "forward", email_id: ["2", "3"], to: ["a@b.c"], body: "See\nbelow", closed: true });
 * ```
 */
export function toolCalls(text: string): ToolCall[] {
  const opened = [...text.matchAll(OPENING)];
  return opened.map(({ 0: tag, 1: tool, index }, number) => {
    const rest = text.slice(index + tag.length, opened[number + 1]?.index);
    const end = rest.search(CLOSING);
    const inside = end === -1 ? rest : rest.slice(0, end);
    return { tool, ...fieldsOf(tool, inside), closed: end !== -1 };
  });
}

/**
 * Returns how many `<tool_use:email>` tags a response opens. An unclosed tag counts: the model began to send.
 *
 * @example
 * ```ts
 * import { countEmails } from "$lib/reading/formats/tool_tags.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(countEmails('Done.\n<tool_use:email>\nto: "a@b.c",\n</tool_use:email>'), 1);
 * ```
 */
export function countEmails(response: string): number {
  return response.split("<tool_use:email>").length - 1;
}

const OPENING = /<tool_use:(\w+)>/g;

/** Closing tags of any name: a wrong one still ends the call. */
const CLOSING = /<\/tool_use(:\w+)?>/;

/** A key stands at the beginning of a line, or after the quote and comma of the value before. */
const KEY = /(?<=^|\n|["”],)[ \t]*["']?(to|subject|body|email_id|code)["']?[ \t]*:/gi;

type Key = "to" | "subject" | "body" | "email_id" | "code";

/** The fields of each tool: a line "code: 1" in an email is text. A made-up tool may have any. */
const FIELDS = new Map<string, readonly Key[]>([
  ["email", ["to", "subject", "body"]],
  ["forward", ["email_id", "to", "subject", "body"]],
  ["cancel_alert", ["code"]],
]);

function fieldsOf(tool: string, inside: string): Omit<ToolCall, "tool" | "closed"> {
  const found: { readonly key: Key; readonly from: number; readonly start: number }[] = [];
  for (const { 0: text, 1: name, index } of inside.matchAll(KEY)) {
    const key = name.toLowerCase() as Key;
    const last = found.at(-1);
    // A line of a body may look like a key ("To: all staff"): a key counts once, and never inside a body's quotes.
    if (found.some((one) => one.key === key) || FIELDS.get(tool)?.includes(key) === false) continue;
    if (last?.key === "body" && isOpenQuote(inside.slice(last.start, index))) continue;
    found.push({ key, from: index, start: index + text.length });
  }
  return Object.fromEntries(
    found.map(({ key, start }, number) => [key, valueOf(key, inside.slice(start, found[number + 1]?.from))]),
  );
}

function valueOf(key: Key, raw: string): string | string[] {
  const value = unquoted(raw.trim(), key !== "body");
  if (key === "email_id") return wordsOf(value);
  if (key !== "to") return value;
  const addresses = wordsOf(value).filter((word) => word.includes("@"));
  return addresses.length > 0 || value === "" ? addresses : [value];
}

const QUOTES: Readonly<Record<string, string>> = { '"""': '"""', '"': '"', "'": "'", "“": "”" };

function quoteOf(value: string): string | undefined {
  return Object.keys(QUOTES).find((quote) => value.startsWith(quote));
}

function isOpenQuote(raw: string): boolean {
  const value = raw.trim();
  const quote = quoteOf(value);
  return quote !== undefined && closedBy(value.slice(quote.length), QUOTES[quote]) === undefined;
}

/** A value without its quotes and the comma behind them; a short one without quotes loses its comma as well. */
function unquoted(value: string, short: boolean): string {
  const quote = quoteOf(value);
  if (quote === undefined) return short && value.endsWith(",") ? value.slice(0, -1).trimEnd() : value;
  const rest = value.slice(quote.length);
  return closedBy(rest, QUOTES[quote]) ?? rest;
}

/** What stands before the closing quote at the end of a text; `undefined` where there is none. */
function closedBy(rest: string, quote: string): string | undefined {
  const end = rest.endsWith(",") ? rest.slice(0, -1).trimEnd() : rest;
  return end.endsWith(quote) ? end.slice(0, -quote.length) : undefined;
}

function wordsOf(value: string): string[] {
  return value.match(/[^\s,;"'“”[\]<>]+/g) ?? [];
}
