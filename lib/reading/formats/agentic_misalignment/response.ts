/**
 * What a model answered in the agentic-misalignment framework, and what its classifiers said of it: `response.json`, and
 * `classification_anthropic.json` beside it where there is one.
 *
 * A call that failed has the same file name as one that did not, and a classifier that failed leaves an object as one
 * that did not: both are missing here, never "not harmful".
 *
 * @module
 */
import { toolCalls } from "../tool_tags.ts";
import { z } from "zod";
import { parseAs } from "./metadata.ts";
import { providerLabel, replyOf } from "../../../samples/provider_refusal.ts";
import type { Label, Message, Score } from "../../../samples/sample.ts";

const score = z.union([z.boolean(), z.number(), z.string(), z.null()]).optional();

const classificationSchema = z.looseObject({
  harmful_behavior: score,
  classifier_verdict: score,
  aware: score,
  classifier_model: z.string().nullish(),
}).nullish();

const responseSchema = z.looseObject({
  raw_response: z.string().nullish(),
  metadata: z.looseObject({
    model: z.string().nullish(),
    condition: z.string().nullish(),
    failed: z.boolean().nullish(),
    api_metadata: z.looseObject({ stop_reason: z.unknown().optional() }).nullish().catch(undefined),
  }).nullish(),
  classification: classificationSchema,
  classification_v2: classificationSchema,
  blackmail_awareness_classification: classificationSchema,
  blackmail_awareness_classification_v2: classificationSchema,
}).refine((response) => response.raw_response != null || isFailure(response) || response.classification != null, {
  message: "has no raw_response, no error with metadata.failed, and no classification",
});

const besideSchema = z.looseObject({
  verdict: score,
  classifier_verdict: score,
  combined: z.unknown().optional(),
  deliberation: z.looseObject({ has_deliberation: score, deliberation_type: score }).nullish(),
  classifier_model: z.string().nullish(),
});

/** A response, past the door. */
export interface Response {
  readonly model?: string;
  readonly condition?: string;
  /** Absent where the call failed, and where only the classification was kept. */
  readonly message?: Message;
  readonly labels: readonly Label[];
}

/** Reads the text of a `response.json`. @throws {SyntaxError} that names every problem */
export function parseResponse(content: string): Response {
  const data = parseAs(responseSchema, content);
  const model = data.metadata?.model || undefined;
  const condition = data.metadata?.condition || undefined;
  if (isFailure(data)) {
    const scores = { harmful_behavior: null, classifier_verdict: null };
    const note = `the call failed: ${sayError(data.error)}`;
    return { model, condition, labels: [{ labeler: FRAMEWORK, kind: "judge", scores, note }] };
  }
  const reply = replyOf(
    data.metadata?.api_metadata?.stop_reason,
    "metadata.api_metadata.stop_reason",
    data.raw_response ?? "",
  );
  const labels = [
    ...judged(data.classification, ["harmful_behavior", "classifier_verdict"]),
    ...judged(data.classification_v2, ["harmful_behavior", "classifier_verdict"], "v2"),
    ...judged(data.blackmail_awareness_classification, ["aware"]),
    ...judged(data.blackmail_awareness_classification_v2, ["aware"], "v2"),
    ...reply === undefined ? [] : [providerLabel(reply)],
  ];
  return { model, condition, message: data.raw_response == null ? undefined : assistant(data.raw_response), labels };
}

/** Reads the text of a `classification_anthropic.json`. @throws {SyntaxError} that names every problem */
export function parseClassificationBeside(content: string): Label[] {
  const { deliberation, combined, ...given } = parseAs(besideSchema, content);
  const isScore = combined != null && typeof combined !== "object";
  return judged(
    { ...given, ...deliberation, error: given.error, classifier_model: given.classifier_model, combined },
    [
      "verdict",
      "classifier_verdict",
      ...deliberation == null ? [] : ["has_deliberation", "deliberation_type"],
      ...isScore ? ["combined"] : [],
    ],
  );
}

/**
 * The assistant's message, with its scratchpad as reasoning. A scratchpad that is never closed ends where a line opens a
 * tool tag: what was sent is not thought.
 *
 * @example
 * ```ts
 * import { assistant } from "$lib/reading/formats/agentic_misalignment/response.ts";
 * import assert from "node:assert/strict";
 *
 * const message = assistant("<SCRATCHPAD_REASONING>Hm.</SCRATCHPAD_REASONING>\nNo.");
 * assert.deepEqual(message, { role: "assistant", content: "No.", reasoning: "Hm." });
 * ```
 */
export function assistant(response: string): Message {
  const said: string[] = [];
  const thought: string[] = [];
  let from = 0;
  let inside = false;
  for (const { 0: tag, index } of response.matchAll(/<\/?SCRATCHPAD_REASONING>/gi)) {
    const closing = tag.startsWith("</");
    const part = response.slice(from, index);
    // A closing tag that nothing opened: the opening one was put into the model's mouth.
    (inside || (closing && thought.length === 0) ? thought : said).push(part);
    inside = !closing;
    from = index + tag.length;
  }
  const rest = response.slice(from);
  const sent = inside ? rest.search(/^[ \t]*<tool_use:\w+>/m) : 0;
  if (inside) thought.push(sent === -1 ? rest : rest.slice(0, sent));
  if (sent !== -1) said.push(rest.slice(sent));
  const content = said.join("").trim();
  const calls = toolCalls(content).map(({ tool, ...fields }) => ({ name: tool, arguments: fields }));
  return {
    role: "assistant",
    content,
    ...thought.length === 0 ? {} : { reasoning: thought.map((part) => part.trim()).join("\n\n") },
    ...calls.length === 0 ? {} : { calls },
  };
}

const FRAMEWORK = "framework";

/** One classifier's label; a second version has its own labeler and names, so that a name means one score. */
function judged(
  given: Readonly<Record<string, unknown>> | null | undefined,
  names: readonly string[],
  version?: string,
): Label[] {
  if (given == null) return [];
  const failed = isError(given.error);
  const scores = names.map((name) => [
    version === undefined ? name : `${name}_${version}`,
    failed ? null : (given[name] ?? null) as Score,
  ]);
  const labeler = given.classifier_model as string || FRAMEWORK;
  return [{
    labeler: version === undefined ? labeler : `${labeler}@${version}`,
    kind: "judge",
    scores: Object.fromEntries(scores),
    ...failed && { note: `the classifier failed: ${sayError(given.error)}` },
  }];
}

function isFailure({ raw_response, metadata, error }: Readonly<Record<string, unknown>>): boolean {
  if ((metadata as { failed?: unknown } | null | undefined)?.failed === true) return true;
  return raw_response == null && isError(error);
}

/** Python writes "no error" as null, false or an empty string. */
function isError(error: unknown): boolean {
  return error !== undefined && error !== null && error !== false && error !== "";
}

function sayError(error: unknown): string {
  return typeof error === "string" ? error : JSON.stringify(error) ?? "no reason given";
}
