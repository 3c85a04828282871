/**
 * Conversations as the field writes them: OpenAI's messages with parts, calls and refusals, its Responses items,
 * Anthropic's blocks, ShareGPT's `from` and `value`.
 *
 * @module
 */
import { type Fields, isObject } from "../bytes/record.ts";
import type { Call, Message } from "../../samples/sample.ts";

/** The messages of a conversation, and what of it could not be read. */
export interface Conversation {
  readonly messages: readonly Message[];
  readonly problems: readonly string[];
}

const ROLES: Readonly<Record<string, Message["role"]>> = {
  ...named("system", ["system", "developer"]),
  ...named("user", ["user", "human", "prompter"]),
  ...named("assistant", ["assistant", "gpt", "chatgpt", "ai", "bot", "model", "function_call", "tool_call"]),
  ...named("tool", ["tool", "function", "observation", "function_response", "tool_response", "ipython"]),
};

/** The fields that a list of turns stands in. */
export const CONVERSATIONS: readonly string[] = ["messages", "conversations", "conversation"];

/**
 * Reads a list of turns, or one turn. A refusal is kept as text of its message, reasoning and calls apart; a part that is
 * no text (an image) is named by its type.
 *
 * @example
 * ```ts
 * import { toConversation } from "$lib/reading/formats/chat_messages.ts";
 * import assert from "node:assert/strict";
 *
 * const turns = [{ from: "human", value: "Hi" }, { role: "assistant", content: [{ type: "refusal", refusal: "No." }] }];
 * assert.deepEqual(toConversation(turns), {
 *   messages: [{ role: "user", content: "Hi" }, { role: "assistant", content: "No." }],
 *   problems: [],
 * });
 * ```
 */
export function toConversation(value: unknown): Conversation {
  const messages: Message[] = [];
  const problems: string[] = [];
  let thought: string[] = [];
  for (const [index, turn] of (Array.isArray(value) ? value : [value]).entries()) {
    const item = isObject(turn) ? itemOf(turn) : undefined;
    if (item === "thought") thought = thought.concat(partsOf(turn).reasoning);
    else if (item === undefined) problems.push(`turn ${index + 1}: ${whyNone(turn)}`);
    else {
      const message = messageOf(item, turn as Fields, thought);
      messages.push(message);
      if (message.role === "assistant") thought = [];
    }
  }
  return { messages, problems };
}

/** True for a list of turns, at least one, all of which can be read. */
export function isConversation(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 &&
    value.every((turn) => isObject(turn) && itemOf(turn) !== undefined);
}

function named(role: Message["role"], names: readonly string[]): Record<string, Message["role"]> {
  return Object.fromEntries(names.map((name) => [name, role]));
}

/** The role of a turn; items of a response say what they are by their type. */
function itemOf(turn: Fields): Message["role"] | "thought" | undefined {
  const role = turn.role ?? turn.from;
  if (role === undefined || role === null) {
    if (turn.type === "reasoning") return "thought";
    if (turn.type === "function_call" || turn.type === "custom_tool_call") return "assistant";
    return turn.type === "function_call_output" || turn.type === "custom_tool_call_output" ? "tool" : undefined;
  }
  const known = typeof role === "string" ? role.trim().toLowerCase() : "";
  const found = Object.hasOwn(ROLES, known) ? ROLES[known] : undefined;
  const content = contentOf(turn);
  const isText = content === undefined || content === null || typeof content === "string" || Array.isArray(content) ||
    isObject(content);
  return isText ? found : undefined;
}

function whyNone(turn: unknown): string {
  if (!isObject(turn)) return "not an object with a role";
  const role = turn.role ?? turn.from;
  if (role === undefined || role === null) return "no role; a turn has role and content, or from and value";
  if (typeof role === "string" && Object.hasOwn(ROLES, role.trim().toLowerCase())) return "its content is no text";
  return `the role ${JSON.stringify(role)?.slice(0, 60)} is not known; known are ${Object.keys(ROLES).join(", ")}`;
}

function contentOf({ content, value, text, parts, output }: Fields): unknown {
  return content ?? value ?? text ?? parts ?? output;
}

interface Parts {
  readonly texts: string[];
  readonly reasoning: string[];
  readonly calls: Call[];
}

function messageOf(role: Message["role"], turn: Fields, thought: readonly string[]): Message {
  const { texts, reasoning, calls } = partsOf(turn);
  const thoughts = [...(role === "assistant" ? thought : []), ...reasoning].filter((text) => text !== "");
  return {
    role,
    content: texts.filter((text) => text !== "").join("\n"),
    ...thoughts.length === 0 ? {} : { reasoning: thoughts.join("\n") },
    ...calls.length === 0 ? {} : { calls },
  };
}

function partsOf(turn: unknown): Parts {
  const found: Parts = { texts: [], reasoning: [], calls: [] };
  if (!isObject(turn)) return found;
  const content = contentOf(turn);
  for (const part of Array.isArray(content) ? content : [content]) addPart(part, found);
  for (const part of Array.isArray(turn.summary) ? turn.summary : []) addThought(part, found);
  addThought(turn.reasoning_content ?? turn.reasoning ?? turn.thinking, found);
  if (typeof turn.refusal === "string") found.texts.push(turn.refusal);
  if (turn.type === "function_call" || turn.type === "custom_tool_call") found.calls.push(callOf(turn));
  for (const call of Array.isArray(turn.tool_calls) ? turn.tool_calls : []) found.calls.push(callOf(call));
  if (isObject(turn.function_call)) found.calls.push(callOf(turn.function_call));
  return found;
}

function addThought(part: unknown, { reasoning }: Parts): void {
  if (typeof part === "string") reasoning.push(part);
  else if (isObject(part) && typeof part.text === "string") reasoning.push(part.text);
}

/** A part of a message, by its type. */
function addPart(part: unknown, found: Parts): void {
  if (part === undefined || part === null) return;
  if (typeof part !== "object") return void found.texts.push(String(part));
  if (!isObject(part)) return void found.texts.push(JSON.stringify(part));
  const { type, text, refusal, thinking, reasoning, name, content } = part;
  if (typeof refusal === "string") found.texts.push(refusal);
  else if (type === "thinking" || type === "reasoning") addThought(thinking ?? reasoning ?? text, found);
  else if (type === "tool_use") found.calls.push(callOf({ name, arguments: part.input }));
  else if (typeof text === "string") found.texts.push(text);
  else if (isObject(text) && typeof text.value === "string") found.texts.push(text.value);
  else if (type === "tool_result") {
    for (const one of Array.isArray(content) ? content : [content]) {
      addPart(one, found);
    }
  } else found.texts.push(typeof type === "string" ? `[${type}]` : JSON.stringify(part));
}

/** A call as it was recorded: `function` inside or not, arguments as an object or as their text. */
function callOf(call: unknown): Call {
  if (!isObject(call)) return { name: "", arguments: String(call) };
  const inner = isObject(call.function) ? call.function : call;
  const given = inner.arguments ?? inner.args ?? inner.input ?? {};
  const name = typeof inner.name === "string" ? inner.name : typeof call.function === "string" ? call.function : "";
  return { name, arguments: isObject(given) || typeof given === "string" ? given : JSON.stringify(given) };
}
