/**
 * What is known of a sample while others are sampled: by the rules, by the scenario's simulation, and by labels in a file.
 *
 * @module
 */
import { type LabelJoiner, labelJoiner } from "../../labelers/join_labels.ts";
import { readLabelFile } from "../../labelers/label_file.ts";
import { ruleLabel } from "../../labelers/rules/run_rules.ts";
import { loadPolicy } from "../../policies/load_policy.ts";
import { ofSample, type Question } from "../../rates/counting/verdicts.ts";
import type { PlannedQuestion } from "../../rates/planning/plan.ts";
import type { Sample } from "../../samples/sample.ts";
import { UsageError } from "../shared/main.ts";
import { labelQuestionOf } from "../shared/plan_option.ts";
import { outcomeNamed, situationsOf } from "../shared/questions.ts";

/** The answers to a planned question. */
export interface Answers {
  readonly question: Question;
  /** A sample with all labels that it has, and whether its answer is known, missing for good, or waits for a labeler. */
  readonly of: (sample: Sample) => { readonly labelled: Sample; readonly state: "known" | "missing" | "waiting" };
}

/** Makes them. */
export type AnswersOf = (question: PlannedQuestion) => Promise<Answers>;

/** Where labels and what they are judged by are to be found. */
export interface AnswerOptions {
  /** A file of labels, which need not be there yet. */
  readonly labels?: string;
  /** The path of the policy that the plan names. */
  readonly policy?: string;
  /** A folder with situations beside those that ship. */
  readonly situations?: string;
}

/** @throws {UsageError} if the policy or the situations are not there, or the policy is not the one of the plan */
export function answersBy({ labels, ...standard }: AnswerOptions): AnswersOf {
  return async (planned) => {
    const question = await questionOf(planned, standard);
    const { join, failed } = labelsOf(labels, planned.labeler);
    return {
      question,
      of: (sample) => {
        const { labeler, kind, scores } = ruleLabel(sample);
        const joined = join(sample);
        const labelled = { ...joined, labels: [...joined.labels, { labeler, kind, ...scores && { scores } }] };
        const isAnswered = sample.messages?.some(({ role }) => role === "assistant") ?? false;
        if (ofSample(labelled, question, undefined).scored > 0) return { labelled, state: "known" };
        const isMissing = !isAnswered || failed.has(sample.id) || isJudged(labelled, question);
        return { labelled, state: isMissing ? "missing" : "waiting" };
      },
    };
  };
}

/** Labels of the file; `failed`: of which samples it says why they have none. A file that is not there yet has none. */
function labelsOf(
  file: string | undefined,
  labeler: string | undefined,
): Pick<LabelJoiner, "join"> & { readonly failed: ReadonlySet<string> } {
  try {
    if (file === undefined) throw new Deno.errors.NotFound();
    const lines = readLabelFile(file).filter((line) => labeler === undefined || line.labeler === labeler);
    const failed = lines.filter(({ missing }) => missing !== undefined).map(({ id }) => id);
    return { join: labelJoiner(file).join, failed: new Set(failed) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { join: (sample) => sample, failed: new Set() };
  }
}

/** True where a labeler has said what is asked for, and it leaves the answer open. */
function isJudged({ labels }: Sample, question: Question): boolean {
  return labels.some(({ labeler, acts, scores = {} }) =>
    (question.labeler === undefined || question.labeler === labeler) &&
    ("label" in question ? Object.hasOwn(scores, question.label) : acts !== undefined)
  );
}

async function questionOf(
  planned: PlannedQuestion,
  { policy: path, situations }: Omit<AnswerOptions, "labels">,
): Promise<Question> {
  if ("label" in planned) return labelQuestionOf(planned);
  const policy = await loadPolicy(path ?? planned.policy);
  if (policy.name !== planned.policy) {
    throw new UsageError(`Cannot judge by policy ${policy.name} as the plan has ${planned.policy}`);
  }
  return { ...planned, outcome: outcomeNamed(planned.outcome), policy, situations: await situationsOf(situations) };
}
