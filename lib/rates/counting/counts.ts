/**
 * From data sets to counts: one row a group and question.
 *
 * @module
 */
import type { Dataset } from "../../reading/load.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Problem } from "../../samples/load_report.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import { nodeAt, type TextTree } from "../../samples/levels_tree.ts";
import type { Summary } from "../../samples/summary.ts";
import type { Count } from "./count.ts";
import { ofCell, ofSample, type Question } from "./verdicts.ts";

/** The level of a sample that has no level for a factor. */
export const NOT_RECORDED = "not recorded";

/** Adds up samples and cells one by one; holds counts only. */
export interface Counter {
  readonly add: (item: Sample | Cell, verdict: CardVerdict | undefined) => void;
  /** One row a group and question, questions in their order, groups in order of first appearance. */
  readonly rows: () => Count[];
  /** Scores that are there and cannot be used; their samples count as missing. */
  readonly problems: () => readonly Problem[];
  /** Some of the numbers that stood where yes or no was asked for. */
  readonly numbers: () => readonly number[];
}

/** Makes a counter by `by` for each question. */
export function createCounter(by: readonly string[], questions: readonly Question[]): Counter {
  const rows = questions.map((): Mutable<Count>[] => []);
  const groups = questions.map((): TextTree<Mutable<Count>> => ({}));
  const problems: Problem[] = [];
  const numbers = new Set<number>();
  return {
    add: (item, verdict) => {
      const levels = by.map((field) => levelOf(item, field) ?? NOT_RECORDED);
      questions.forEach((question, index) => {
        const tally = "labels" in item ? ofSample(item, question, verdict) : ofCell(item, question, verdict);
        if (tally === undefined) return;
        if (tally.problem !== undefined) problems.push({ ...item.source, reason: tally.problem });
        if (tally.number !== undefined && numbers.size < MOST_NUMBERS) numbers.add(tally.number);
        const node = nodeAt(groups[index], levels);
        if (node.value === undefined) {
          const group = Object.fromEntries(by.map((field, i) => [field, levels[i]]));
          rows[index].push(node.value = { group, outcome: nameOf(question), count: 0, scored: 0, missing: 0 });
        }
        const row = node.value;
        row.count += tally.count;
        row.scored += tally.scored;
        row.missing += tally.missing;
      });
    },
    rows: () => rows.flat(),
    problems: () => problems,
    numbers: () => [...numbers],
  };
}

/** So many different numbers are enough to show what they are like. */
const MOST_NUMBERS = 20;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Counts the samples and published cells of data sets by `by`, for each question in turn. A data set that has a label
 * nowhere is not asked about it, see {@linkcode withoutLabel}; a sample that lacks a label which others of its data set
 * have is missing.
 *
 * @param by fields to group by: `model`, `scenario`, `cluster`, or any factor of a condition; empty: one group
 * @param onProblem told of each score that is there and cannot be used (its sample then counts as missing); without it
 *   the first one throws
 * @throws {RangeError} if no sample or cell has one of the factors (the message lists those there are), or if two
 *   questions have the same outcome or label
 *
 * @example
 * ```ts
 * import { counts } from "$lib/rates/counting/counts.ts";
 * import { loadData } from "$lib/reading/load.ts";
 * import assert from "node:assert/strict";
 *
 * const variants = await loadData("opus4-variants");
 * const [first] = counts([variants], ["variant"], [{ label: "accepts_migration" }]);
 * assert.equal(`${first.count}/${first.scored}`, "4/10");
 * ```
 */
export function counts(
  datasets: readonly Dataset[],
  by: readonly string[],
  questions: readonly Question[],
  onProblem: (problem: Problem) => void = refuse,
): Count[] {
  const total = createTotal(by, questions);
  for (const dataset of datasets) {
    const counter = total.counterFor();
    for (const item of dataset.samples) counter.add(item, dataset.verdict);
    for (const item of dataset.cells) counter.add(item, dataset.verdict);
    counter.problems().forEach(onProblem);
    total.add(counter, dataset);
  }
  return total.rows();
}

/** What is counted together: a summary, and for files of a known format which one it is. */
export interface Counted extends Summary {
  readonly format?: string;
  readonly card?: unknown;
  readonly files?: readonly { readonly path: string }[];
}

/**
 * True where a question is about a label that no sample or cell of the data set has. Files of one format without a card
 * are one data set here, whether they are given as a folder or one by one; data sets that share a file are several.
 */
export function withoutLabel(set: Counted, question: Question, among: readonly Counted[] = [set]): boolean {
  if (!("label" in question)) return false;
  const paths = new Set(set.files?.map(({ path }) => path));
  const isOfSet = (other: Counted) =>
    other === set || set.card === undefined && other.card === undefined && set.format !== undefined &&
      other.format === set.format && other.files?.some(({ path }) => paths.has(path)) !== true;
  return !among.some((other) => isOfSet(other) && Object.hasOwn(other.labels, question.label));
}

/** Adds up the counts of several data sets, each counted by a counter of its own. */
export interface Total {
  readonly counterFor: () => Counter;
  /** Adds a finished counter; rows about a label that its data set has nowhere are left out. */
  readonly add: (counter: Counter, summary: Counted) => void;
  /** @throws {RangeError} if no item had one of the factors */
  readonly rows: () => Count[];
}

/** Makes a total by `by` for each question. */
export function createTotal(by: readonly string[], questions: readonly Question[]): Total {
  const names = questions.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`Cannot count two questions of one name at once: ${twice}`);
  const added: { readonly counter: Counter; readonly summary: Counted }[] = [];
  const factors = new Set(["model", "scenario"]);
  return {
    counterFor: () => createCounter(by, questions),
    add: (counter, summary) => {
      [...factorsOf([summary]), ...summary.run ?? []].forEach((factor) => factors.add(factor));
      added.push({ counter, summary });
    },
    rows: () => {
      const rows = new Map<string, Mutable<Count>>();
      const among = added.map(({ summary }) => summary);
      for (const { counter, summary } of added) {
        const absent = new Set(questions.filter((question) => withoutLabel(summary, question, among)).map(nameOf));
        for (const count of counter.rows().filter(({ outcome }) => !absent.has(outcome))) {
          const key = JSON.stringify([count.outcome, count.group]);
          const row = rows.get(key);
          if (row === undefined) rows.set(key, { ...count });
          else {
            row.count += count.count;
            row.scored += count.scored;
            row.missing += count.missing;
          }
        }
      }
      const unknown = by.filter((field) => !factors.has(field));
      if (unknown.length > 0) {
        throw new RangeError(
          `Cannot group by ${unknown.join(", ")} as no sample has it: factors are ${[...factors].join(", ")}`,
        );
      }
      return [...rows.values()];
    },
  };
}

function nameOf(question: Question): string {
  return "label" in question ? question.label : question.outcome;
}

function refuse({ file, at, reason }: Problem): never {
  throw new RangeError(`${file}, ${at}: ${reason.replace("; counted as missing", "")}`);
}

/** The level of a sample or cell for a field or factor; `undefined` where it has none. */
export function levelOf(item: Sample | Cell, field: string): string | undefined {
  if (field === "model" || field === "scenario") return item[field];
  if (field === "cluster" && "cluster" in item) return item.cluster;
  if (Object.hasOwn(item.condition, field)) return item.condition[field];
  return "run" in item && Object.hasOwn(item.run ?? {}, field) ? item.run?.[field] : undefined;
}

/** Every field that the samples or cells of data sets can be grouped by. */
export function factorsOf(summaries: readonly Summary[]): string[] {
  const factors = summaries.flatMap(({ conditions }) => conditions.flatMap(({ condition }) => Object.keys(condition)));
  return [...new Set(["model", "scenario", ...factors, "cluster"])];
}

/** Factors left out of `by` that have several levels: what a count over these data adds up across. */
export function pooledFactors(summaries: readonly Summary[], by: readonly string[]): string[] {
  const conditions = summaries.flatMap(({ conditions }) => conditions);
  const levels = (factor: string) => {
    if (factor === "model") return summaries.flatMap(({ models }) => models);
    return conditions.map(({ scenario, condition }) => factor === "scenario" ? scenario : condition[factor]);
  };
  return factorsOf(summaries).filter((factor) =>
    factor !== "cluster" && !by.includes(factor) && new Set(levels(factor)).size > 1
  );
}
