/**
 * A report of a comparison: what is counted, compared, judged anew and agreed on, before it becomes a page.
 *
 * @module
 */
import { OUTCOMES } from "../../acts/vocabulary.ts";
import type { ReaderSource } from "../../pages/reader/reader_data.ts";
import type { ReportSource, StandardRow } from "../../pages/report/source.ts";
import { contrasts } from "../../rates/comparing/contrasts.ts";
import { family } from "../../rates/comparing/family.ts";
import { stratifiedContrast } from "../../rates/comparing/stratified_contrast.ts";
import { counts } from "../../rates/counting/counts.ts";
import { type Rate, rates } from "../../rates/counting/rates.ts";
import { nameOf, type OutcomeQuestion, type Question } from "../../rates/counting/verdicts.ts";
import { agreement, type AgreementRow, type Rater } from "../../rates/judges/agreement.ts";
import type { Dataset } from "../../reading/load.ts";
import { sayFinding } from "../../words/say_finding.ts";
import { captionOf, titleOf } from "./figure_of.ts";
import type { Comparison } from "./comparison.ts";

/** Samples that were read for the reader, with the standards that it shows. */
export type Held = Pick<ReaderSource, "datasets" | "samples" | "policies" | "situations">;

/** What a page cannot know: where it will stand, and how it was made. */
export type Made = Pick<ReportSource, "title" | "linkOf" | "beside" | "command" | "version">;

/** The report; `held` are the samples, absent where there are none or more than a page holds. */
export function reportOf(comparison: Comparison, held: Held | undefined, made: Made): ReportSource {
  const { factor, levels, by, rows, datasets, notes, problems, questions } = comparison;
  const found = levels.length === 2 ? contrasts(rows, factor, [levels[0], levels[1]]) : [];
  const sets = held === undefined ? [] : setsOf(held);
  const said: string[] = [];
  const judged = held === undefined ? undefined : tried(() => judgedAnew(comparison, held, sets), said);
  return {
    ...made,
    question: captionOf(comparison),
    answer: `${titleOf(comparison)}.`,
    ...{ datasets, factor, levels, by, rows },
    contrasts: found.length === 0 ? [] : family(found),
    ...found.length < 2 ? {} : { together: stratifiedContrast(found) },
    outcomes: judged?.outcomes ?? [],
    standards: judged?.standards ?? [],
    agreement: sets.flatMap((set) => agreementIn(set, questions[0])),
    notes: [...notes, ...said],
    problems,
  };
}

/** The samples of each data set, by themselves. */
function setsOf({ datasets, samples }: Held): Dataset[] {
  return datasets.map((set, index) => ({
    ...set,
    samples: samples.filter(({ dataset }) => dataset === index).map(({ sample }) => sample),
    cells: [],
  }));
}

/** Every outcome at each level, and the outcome that is asked by each standard; nothing where no acts are coded. */
function judgedAnew(
  { factor, levels, by, questions: [question] }: Comparison,
  { policies, situations }: Held,
  sets: readonly Dataset[],
): Pick<ReportSource, "outcomes" | "standards"> {
  const coded = sets.filter(({ samples }) =>
    samples.some(({ labels }) => labels.some(({ acts }) => acts !== undefined))
  );
  if (coded.length === 0) return { outcomes: [], standards: [] };
  const asked = "outcome" in question ? question : undefined;
  const base = { situations, labeler: question.labeler };
  const count = (fields: readonly string[], of: readonly Question[]): Rate[] =>
    rates(counts(coded, fields, of, () => {})).filter(({ group }) => levels.includes(group[factor]));
  const policy = asked?.policy ?? policies[0];
  const outcomes = count([factor], OUTCOMES.map((outcome) => ({ outcome, policy, ...base })));
  const standards = policies.map((policy): StandardRow => {
    const one: OutcomeQuestion = { outcome: asked?.outcome ?? "subvert", policy, ...base };
    const pooled = count([factor], [one]);
    const rows = count([...by, factor], [one]);
    const pair = levels.length === 2 ? contrasts(rows, factor, [levels[0], levels[1]]) : [];
    return {
      policy: policy.name,
      title: policy.title,
      rates: levels.flatMap((level) => pooled.filter(({ group }) => group[factor] === level)),
      finding: pair.length === 0 ? "" : sayFinding(pair),
    };
  });
  return { outcomes, standards };
}

/** How far those agree who answer the question, each for itself. */
function agreementIn(set: Dataset, question: Question): AgreementRow[] {
  const answers = "label" in question
    ? (label: Dataset["samples"][number]["labels"][number]) => Object.hasOwn(label.scores ?? {}, question.label)
    : (label: Dataset["samples"][number]["labels"][number]) => label.acts !== undefined;
  const names = new Set(set.samples.flatMap(({ labels }) => labels.filter(answers).map(({ labeler }) => labeler)));
  const raters = [...names].sort().map((labeler): Rater => ({ name: labeler, question: { ...question, labeler } }));
  return raters.length < 2 ? [] : agreement(set, raters, SEED);
}

/** Of bootstrap intervals. */
const SEED = 1;

/** What the library refuses (two labelers of one sample, say) is a note of the report, and no reason for none. */
function tried<T>(work: () => T, said: string[]): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    said.push(error.message);
    return undefined;
  }
}

/** The address in the reader of the samples behind a number; the reader stands beside the report. */
export function readerLinks(
  { where, questions, levels: _ }: Comparison,
  reader: string,
): ReportSource["linkOf"] {
  return (row, answer) => {
    const question = questions.find((one) => nameOf(one) === row.outcome)!;
    const chosen = new URLSearchParams();
    for (const [name, level] of Object.entries(row.group)) chosen.append(`by ${name}`, level);
    for (const [name, levels] of Object.entries(where)) {
      if (levels.length === 1 && !Object.hasOwn(row.group, name)) chosen.append(`by ${name}`, levels[0]);
    }
    if ("label" in question) chosen.append("ask", question.label);
    else chosen.append("standard", question.policy.name);
    if (question.labeler !== undefined) chosen.append("labeler", question.labeler);
    if (answer === "missing") chosen.append("answer", "missing");
    else if (answer === "yes" && "outcome" in question) chosen.append("answer", question.outcome);
    else if (answer === "yes" && "label" in question) {
      if (question.atLeast !== undefined) chosen.append("from", String(question.atLeast));
      else if (question.counts === undefined) chosen.append("answer", "yes");
      else if (question.counts.length === 1) chosen.append("answer", question.counts[0]);
    }
    return `${reader}#?${chosen}`;
  };
}
