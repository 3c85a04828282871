/**
 * What the reader asks of samples, and what each answers: an outcome under a standard, or a score. It runs in the
 * browser, as text; the counts are those of the library, which a test holds side by side.
 *
 * @module
 */
import type { Finding, ReaderData, ReaderLabel, ReaderSample, ReaderValue } from "./data.ts";

/** What is asked, and which samples are wanted. */
export interface Asked {
  /** Number of a score; -1: the outcome. */
  score: number;
  /** Number of a standard. */
  standard: number;
  /** `""`: whoever it was. */
  labeler: string;
  /** Only samples with this answer; `""`: with any. */
  answer: string;
  /** Only numbers from, and up to. */
  least: number | undefined;
  most: number | undefined;
  /** Only samples whose labelers disagree. */
  isDisputed: boolean;
  /** Factor → level; both are numbers. */
  levels: Map<number, number>;
  text: string;
  /** `""`: as they were read; `id`, `answer`, or the number of a factor. */
  sort: string;
  isDown: boolean;
}

/** One row of counts, as `deno task rates --json` has it. */
export interface CountRow {
  readonly group: Readonly<Record<string, string>>;
  readonly outcome: string;
  count: number;
  scored: number;
  missing: number;
}

/** What the standard that is asked says of a sample. */
export function findingFor(data: ReaderData, asked: Asked, sample: ReaderSample, standard = asked.standard): Finding {
  const choice = data.labelers.indexOf(asked.labeler);
  if (choice === -1) return { from: "nothing", because: `${asked.labeler || "nobody"} coded no acts` };
  return data.findings[data.judgements[sample.judged[choice]][standard]];
}

/** A finding in a word or two. */
export function sayFinding({ outcome, asked }: Finding): string {
  return outcome === undefined ? "missing" : outcome === null ? `not ${asked}` : outcome;
}

/** The labels that answer for a score: those that have it, of the labeler that is asked. */
export function labelsFor({ score, labeler }: Asked, sample: ReaderSample): ReaderLabel[] {
  return sample.labels.filter((label) =>
    (labeler === "" || label.labeler === labeler) && label.scores?.some(([name]) => name === score)
  );
}

/** The value that a label which has the score gives. */
export function valueFor(data: ReaderData, { score }: Asked, { scores = [] }: ReaderLabel): ReaderValue {
  return data.values[scores.find(([name]) => name === score)![1]];
}

/** The answer of a sample in a word: an outcome, a value, `missing`, `several` where labelers differ, `not asked`. */
export function answerOf(data: ReaderData, asked: Asked, sample: ReaderSample): string {
  if (asked.score === -1) return sayFinding(findingFor(data, asked, sample));
  if (!data.datasets[sample.dataset].asked.includes(asked.score)) return "not asked";
  const answers = new Set(
    labelsFor(asked, sample).map((label) => {
      const { text, counts } = valueFor(data, asked, label);
      return counts === "other" || counts === "number" ? text.trim() : counts;
    }),
  );
  if (answers.size > 1) answers.delete("missing");
  return answers.size === 0 ? "missing" : answers.size === 1 ? [...answers][0] : "several";
}

/** Whether two labelers of a sample come to different answers. */
export function isDisputed(data: ReaderData, asked: Asked, sample: ReaderSample): boolean {
  if (asked.score !== -1) return sample.disputed.includes(asked.score);
  const outcomes = new Set(
    data.labelers.flatMap((labeler, choice) => {
      const finding = data.findings[data.judgements[sample.judged[choice]][asked.standard]];
      return labeler === "" || finding.outcome === undefined ? [] : [sayFinding(finding)];
    }),
  );
  // A no of a yes/no verdict agrees with every outcome but the one that it denies.
  const denied = [...outcomes].filter((one) => one.startsWith("not ")).map((one) => one.slice("not ".length));
  const found = [...outcomes].filter((one) => !one.startsWith("not "));
  return found.length > 1 || found.some((one) => denied.includes(one));
}

/**
 * Counts samples as `deno task rates --by` does: a row for each outcome and group, in order of first appearance.
 *
 * @returns `undefined` where several labelers answer for one sample, and nobody said whose answer counts
 */
export function countRows(
  data: ReaderData,
  asked: Asked,
  samples: readonly ReaderSample[],
  by: readonly number[],
): CountRow[] | undefined {
  if (asked.score === -1 && !data.labelers.includes(asked.labeler)) return undefined;
  const names = asked.score === -1 ? data.outcomes : [data.scores[asked.score]];
  const rows = names.map(() => new Map<string, CountRow>());
  for (const sample of samples) {
    if (asked.score !== -1 && !data.datasets[sample.dataset].asked.includes(asked.score)) continue;
    const labels = asked.score === -1 ? [] : labelsFor(asked, sample);
    if (labels.length > 1) return undefined;
    const counts = labels.length === 0 ? "missing" : valueFor(data, asked, labels[0]).counts;
    const finding = asked.score === -1 ? findingFor(data, asked, sample) : undefined;
    const levels = by.map((factor) => data.factors[factor].levels[sample.levels[factor]] ?? "not recorded");
    names.forEach((outcome, index) => {
      const key = JSON.stringify(levels);
      let row = rows[index].get(key);
      if (row === undefined) {
        const group = Object.fromEntries(by.map((factor, at) => [data.factors[factor].name, levels[at]]));
        rows[index].set(key, row = { group, outcome, count: 0, scored: 0, missing: 0 });
      }
      const isScored = finding === undefined
        ? counts === "yes" || counts === "no"
        : finding.outcome !== undefined && (finding.from === "acts" || finding.asked === outcome);
      const isCounted = finding === undefined ? counts === "yes" : finding.outcome === outcome;
      row.count += isScored && isCounted ? 1 : 0;
      row.scored += isScored ? 1 : 0;
      row.missing += isScored ? 0 : 1;
    });
  }
  return rows.flatMap((one) => [...one.values()]);
}
