/**
 * What is to be counted, from the options that commands share.
 *
 * @module
 */
import { type Outcome, OUTCOMES } from "../acts/vocabulary.ts";
import { DEFAULT_POLICY, loadPolicy } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import type { Question } from "../rates/counting/verdicts.ts";
import type { Scanned } from "../reading/scan.ts";
import { problemLines } from "./load_paths.ts";
import { UsageError } from "./main.ts";

/** The options, as parseArgs() takes them. */
export const QUESTION_OPTIONS = {
  outcome: { type: "string" },
  policy: { type: "string" },
  label: { type: "string" },
  "at-least": { type: "string" },
  labeler: { type: "string" },
  labels: { type: "string" },
} as const;

/** What they mean, for the usage of a command. */
export const QUESTION_USAGE = `  --outcome   ${OUTCOMES.join(", ")} under a policy (default: subvert)
  --policy    the standard that acts are judged by (default: ${DEFAULT_POLICY}); deno task policies lists them
  --label     count a named score instead: true, 1 or "yes" counts
  --at-least  count a numeric score from X on
  --labeler   whose acts or score, where several gave them for one sample
  --labels    a file of labels, as deno task label writes them, to be joined to the samples`;

/** The question that the options ask; wrong combinations are wrong use. */
export async function questionsOf(values: Record<string, string | boolean | undefined>): Promise<Question[]> {
  const { label, outcome, policy: name, labeler, "at-least": atLeast } = values as Record<string, string | undefined>;
  if (label === undefined) {
    if (atLeast !== undefined) throw new UsageError("Cannot use --at-least without --label");
    const policy = await asUse(() => loadPolicy(name ?? DEFAULT_POLICY));
    const judged = { policy, situations: await loadSituations(), labeler };
    return (outcome ?? "subvert").split(",").map((name) => ({ outcome: outcomeNamed(name.trim()), ...judged }));
  }
  if (name !== undefined) throw new UsageError("Cannot use --policy with --label: a score is counted as it was given");
  if (outcome !== undefined) {
    throw new UsageError("Cannot count an outcome and a label at once: choose --outcome or --label");
  }
  if (atLeast === undefined) return [{ label, labeler }];
  if (atLeast.trim() === "" || !Number.isFinite(Number(atLeast))) {
    throw new UsageError(`Cannot compare as --at-least must be a number: current value is ${atLeast}`);
  }
  return [{ label, labeler, atLeast: Number(atLeast) }];
}

function outcomeNamed(name: string): Outcome {
  const outcome = OUTCOMES.find((known) => known === name);
  if (outcome === undefined) throw new UsageError(`Cannot count outcome ${name}: outcomes are ${OUTCOMES.join(", ")}`);
  return outcome;
}

/** What the library refuses (an unknown factor or policy, a score that is not yes or no) is wrong use of the command. */
export async function asUse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) {
      const scanned = Array.isArray(error.cause) ? error.cause as Scanned[] : [];
      for (const line of scanned.flatMap(problemLines)) console.error(line);
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** @throws {UsageError} if no data set has the label */
export function checkLabel(label: string, datasets: readonly Scanned[]): void {
  const labels = [...new Set(datasets.flatMap((dataset) => Object.keys(dataset.labels)))];
  if (labels.includes(label)) return;
  throw new UsageError(`Cannot count label ${label} as no sample has it: labels are ${labels.join(", ") || "none"}`);
}

/** The fields of a list such as `model, scenario`. */
export function fieldsOf(list: string): string[] {
  return list.split(",").map((field) => field.trim()).filter((field) => field !== "");
}
