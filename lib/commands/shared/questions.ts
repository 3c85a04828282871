/**
 * What is to be counted, from the options that commands share.
 *
 * @module
 */
import { type Outcome, OUTCOMES } from "../../acts/vocabulary.ts";
import { DEFAULT_POLICY, loadPolicy } from "../../policies/load_policy.ts";
import { loadSituations } from "../../policies/load_situations.ts";
import type { Situation } from "../../policies/situation.ts";
import type { Question } from "../../rates/counting/verdicts.ts";
import type { Scanned } from "../../reading/scan.ts";
import { problemLines } from "./load_paths.ts";
import { UsageError } from "./main.ts";
import { tellError } from "./print.ts";

/** The options, as parseArgs() takes them. */
export const QUESTION_OPTIONS = {
  outcome: { type: "string" },
  policy: { type: "string" },
  label: { type: "string" },
  "at-least": { type: "string" },
  counts: { type: "string" },
  labeler: { type: "string" },
  labels: { type: "string" },
  situations: { type: "string" },
} as const;

/** What they mean, for the usage of a command. */
export const QUESTION_USAGE = `  --outcome   ${OUTCOMES.join(", ")} under a policy (default: subvert)
  --policy    the standard that acts are judged by (default: ${DEFAULT_POLICY}): a name that deno task policies lists, or the
              path of a file of your own (./mine.json)
  --label     count a named score instead: yes, true, 1, pass, correct or C counts, in any case but for the letter
  --at-least  count a numeric score from X on
  --counts    count these values of the score, such as I,P; every other value is a no
  --labeler   whose acts or score, where several gave them for one sample
  --labels    a file of labels, as deno task label writes them, to be joined to the samples
  --situations  the folder of a scenario of your own, whose situations.json says what is asked for and forbidden`;

/** The situations that ship, and those of a folder. @throws {UsageError} if it has none */
export async function situationsOf(folder: string | undefined): Promise<Situation[]> {
  try {
    return await loadSituations(folder === undefined ? [] : [folder]);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UsageError(`Cannot use --situations as there is no ${folder}/situations.json`);
  }
}

/** The question that the options ask; wrong combinations are wrong use. */
export async function questionsOf(values: Readonly<Record<string, unknown>>): Promise<Question[]> {
  const { label, outcome, policy: name, labeler, "at-least": atLeast, counts, situations } = values as Record<
    string,
    string | undefined
  >;
  if (label === undefined) {
    if (atLeast !== undefined) throw new UsageError("Cannot use --at-least without --label");
    if (counts !== undefined) throw new UsageError("Cannot use --counts without --label");
    const policy = await asUse(() => loadPolicy(name ?? DEFAULT_POLICY));
    const judged = { policy, situations: await situationsOf(situations), labeler };
    return (outcome ?? "subvert").split(",").map((name) => ({ outcome: outcomeNamed(name.trim()), ...judged }));
  }
  if (name !== undefined) throw new UsageError("Cannot use --policy with --label: a score is counted as it was given");
  if (outcome !== undefined) {
    throw new UsageError("Cannot count an outcome and a label at once: choose --outcome or --label");
  }
  if (counts !== undefined && atLeast !== undefined) {
    throw new UsageError("Cannot count by values and from a least value at once: choose --counts or --at-least");
  }
  if (counts !== undefined) return [{ label, labeler, counts: fieldsOf(counts) }];
  if (atLeast === undefined) return [{ label, labeler }];
  if (atLeast.trim() === "" || !Number.isFinite(Number(atLeast))) {
    throw new UsageError(`Cannot compare as --at-least must be a number: current value is ${atLeast}`);
  }
  return [{ label, labeler, atLeast: Number(atLeast) }];
}

/** @throws {UsageError} if there is none of that name */
export function outcomeNamed(name: string): Outcome {
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
      tellError(scanned.flatMap(problemLines));
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** @throws {UsageError} if numbers stood where yes or no was asked for: nobody said from where on they count */
export function checkNumbers(questions: readonly Question[], numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const [question] = questions;
  const name = "label" in question ? question.label : "of the verdict";
  const seen = [...new Set(numbers)].sort((a, b) => a - b);
  const shown = seen.slice(0, 8).join(", ") + (seen.length > 8 ? ", …" : "");
  throw new UsageError(
    `Cannot count label ${name} as its values are numbers: ${shown}; count from a value on with --at-least X, or name ` +
      "the values that count with --counts A,B",
  );
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
