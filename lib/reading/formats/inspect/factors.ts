/**
 * What anyone's Inspect task records of its conditions: scalars in a sample's metadata, and the task's arguments.
 *
 * @module
 */
import { type Fields, isObject } from "../../bytes/record.ts";
import type { Condition } from "../../../samples/sample.ts";

/** What was varied, and what only says which sample it was. */
export interface Recorded {
  readonly factors: Condition;
  readonly run: Condition;
}

/** Names that stand for something of their own in every sample. */
const TAKEN = new Set(["model", "scenario", "cluster", "task", "sample_id", "epoch", "status", "grader_model"]);

/** Names that tell samples apart, and not conditions. */
const OF_THE_SAMPLE =
  /(^|[_ .-])(id|uuid|hash|sha256|file|path|url|uri|link|line|index|idx|epoch|seed|timestamp|date|created)([_ .-]|$)|^(name|title|source|solution|answer|target|prompt|question)$/i;

/** A longer text is no level. */
const LONGEST_LEVEL = 60;

/**
 * Sorts what was recorded. Yes and no, whole numbers and short texts are levels under their own names; a fraction is one
 * where the task was given it. What names a sample stands beside where it stood, and lists, objects and long texts
 * nowhere: a mapping can take them.
 *
 * @param taken names that the condition has already said in another way
 */
export function recordedFactors(taskArgs: Fields, metadata: unknown, taken: ReadonlySet<string>): Recorded {
  const [factors, run]: Record<string, string>[] = [{}, {}];
  const add = (given: Fields, isArgument: boolean): void => {
    for (const [name, value] of Object.entries(given)) {
      const level = levelOf(value);
      if (level === undefined || name === "" || TAKEN.has(name) || taken.has(name)) continue;
      const isOfSample = !isArgument &&
        (OF_THE_SAMPLE.test(name) || typeof value === "number" && !Number.isInteger(value));
      (isOfSample ? run : factors)[name] = level;
    }
  };
  add(taskArgs, true);
  add(isObject(metadata) ? metadata : {}, false);
  return { factors, run };
}

function levelOf(value: unknown): string | undefined {
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST_LEVEL || value.includes("\n")) {
    return undefined;
  }
  return /^(attachment|https?):\/\//.test(value) ? undefined : value;
}
