/**
 * From data sets to counts: one row a group and question.
 *
 * @module
 */
import { OUTCOMES } from "../../acts/vocabulary.ts";
import type { Dataset } from "../../reading/load.ts";
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Problem } from "../../samples/load_report.ts";
import type { Cell, Sample } from "../../samples/sample.ts";
import { nodeAt, type TextTree } from "../../samples/levels_tree.ts";
import { factorsOf, levelOf, NOT_RECORDED } from "./fields.ts";
import { type ClusterTally, createClusterTally, PROMPT, promptsOf } from "./clusters.ts";
import { type Counted, withoutLabel } from "./answers.ts";
import type { Count } from "./count.ts";
import { orScore, refuseUnknown } from "./refuse_unknown.ts";
import { nameOf, ofCell, ofSample, type Question, type Tally } from "./verdicts.ts";

/** Adds up samples and cells one by one; holds counts only. */
export interface Counter {
  /** Adds an item, or so many that are alike. */
  readonly add: (item: Sample | Cell, verdict: CardVerdict | undefined, times?: number) => void;
  /** One row a group and question, questions in their order, groups in order of first appearance. */
  readonly rows: () => Count[];
  /** Scores that are there and cannot be used; their samples count as missing. */
  readonly problems: () => readonly Problem[];
  /** Some of the numbers that stood where yes or no was asked for. */
  readonly numbers: () => readonly number[];
  /** For each question who answered, and for how many samples. */
  readonly labelers: () => readonly ReadonlyMap<string, number>[];
}

/** Told of each answer of a sample or published count, with the row that it is added to. */
export type OnTally = (item: Sample | Cell, tally: Tally, row: Pick<Count, "group" | "outcome">) => void;

/** Makes a counter by `by` for each question; `cluster` is the field that tells clusters apart. */
export function createCounter(
  by: readonly string[],
  questions: readonly Question[],
  cluster = PROMPT,
  onTally?: OnTally,
): Counter {
  const rows = questions.map((): Summed[] => []);
  const groups = questions.map((): TextTree<Summed> => ({}));
  const problems: Problem[] = [];
  const numbers = new Set<number>();
  const labelers = questions.map(() => new Map<string, number>());
  return {
    add: (item, verdict, times = 1) => {
      const levels = by.map((field) => levelOf(item, field) ?? NOT_RECORDED);
      const [own, prompts] = [levelOf(item, cluster), promptsOf(item, cluster)];
      questions.forEach((question, index) => {
        const one = "labels" in item ? ofSample(item, question, verdict) : ofCell(item, question, verdict);
        if (one === undefined) return;
        const tally = times === 1 ? one : timed(one, times);
        if (tally.problem !== undefined) problems.push({ ...item.source, reason: tally.problem });
        if (tally.number !== undefined && numbers.size < MOST_NUMBERS) numbers.add(tally.number);
        const { labeler } = tally;
        if (labeler !== undefined) labelers[index].set(labeler, (labelers[index].get(labeler) ?? 0) + times);
        const node = nodeAt(groups[index], levels);
        if (node.value === undefined) {
          const group = Object.fromEntries(by.map((field, i) => [field, levels[i]]));
          const row = { group, outcome: nameOf(question), count: 0, scored: 0, missing: 0 };
          rows[index].push(node.value = { row, clusters: createClusterTally(cluster) });
        }
        onTally?.(item, tally, node.value.row);
        addTo(node.value.row, tally);
        node.value.clusters.add(tally, own, prompts);
      });
    },
    rows: () => rows.flat().map(countOf),
    problems: () => problems,
    numbers: () => [...numbers],
    labelers: () => labelers,
  };
}

/** So many different numbers are enough to show what they are like. */
const MOST_NUMBERS = 20;

function timed({ count, scored, missing, ...rest }: Tally, times: number): Tally {
  return { ...rest, count: count * times, scored: scored * times, missing: missing * times };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A row while it is added up. */
interface Summed {
  readonly row: Mutable<Count>;
  readonly clusters: ClusterTally;
}

function addTo(row: Mutable<Count>, { count, scored, missing }: Pick<Count, "count" | "scored" | "missing">): void {
  row.count += count;
  row.scored += scored;
  row.missing += missing;
}

function countOf({ row, clusters }: Summed): Count {
  const clustered = clusters.clustered();
  return { ...row, ...(clustered === undefined ? {} : { clustered }) };
}

/**
 * Counts the samples and published cells of data sets by `by`, for each question in turn. A data set that has a label
 * nowhere is not asked about it, see {@linkcode withoutLabel}; a sample that lacks a label which others of its data set
 * have is missing.
 *
 * @param by fields to group by: `model`, `scenario`, `cluster`, or any factor of a condition; empty: one group
 * @param onProblem told of each score that is there and cannot be used (its sample then counts as missing); without it
 *   the first one throws
 * @param cluster the field that tells clusters apart: the prompt, or what else is not independent, such as `scenario`
 * @throws {RangeError} if no sample or cell has one of the factors or labels (the message names the nearest and lists
 *   those there are), or if two questions have the same outcome or label
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
  cluster: string = PROMPT,
): Count[] {
  const total = createTotal(by, questions, cluster);
  for (const dataset of datasets) {
    tellRejected(dataset);
    const counter = total.counterFor();
    for (const item of dataset.samples) counter.add(item, dataset.verdict);
    for (const item of dataset.cells) counter.add(item, dataset.verdict);
    counter.problems().forEach(onProblem);
    total.add(counter, dataset);
  }
  return total.rows();
}

const told = new WeakSet<Dataset>();

/** Says once what of a data set is not in any count; the commands say so themselves. */
function tellRejected(dataset: Dataset): void {
  const { report: { rejected }, name } = dataset;
  if (rejected.length === 0 || told.has(dataset)) return;
  told.add(dataset);
  const [{ file, at, reason }] = rejected;
  const others = rejected.length === 1 ? "" : `, and ${rejected.length - 1} more in report.rejected`;
  console.warn(`${name}: not counted, as it cannot be used: ${file}, ${at}: ${reason}${others}`);
}

/** Adds up the counts of several data sets, each counted by a counter of its own. */
export interface Total {
  readonly counterFor: (onTally?: OnTally) => Counter;
  /** Adds a finished counter; rows about a label that its data set has nowhere are left out. */
  readonly add: (counter: Counter, summary: Counted) => void;
  /** @throws {RangeError} if no item had one of the factors, or no data set one of the labels */
  readonly rows: () => Count[];
}

/** Makes a total by `by` for each question; `cluster` is the field that tells clusters apart. */
export function createTotal(by: readonly string[], questions: readonly Question[], cluster = PROMPT): Total {
  const names = questions.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`Cannot count two questions of one name at once: ${twice}`);
  const added: { readonly counter: Counter; readonly summary: Counted }[] = [];
  const factors = new Set(["model", "scenario"]);
  return {
    counterFor: (onTally) => createCounter(by, questions, cluster, onTally),
    add: (counter, summary) => {
      [...factorsOf([summary]), ...summary.run ?? []].forEach((factor) => factors.add(factor));
      added.push({ counter, summary });
    },
    rows: () => {
      const rows = new Map<string, Summed>();
      const among = added.map(({ summary }) => summary);
      for (const { counter, summary } of added) {
        const absent = new Set(questions.filter((question) => withoutLabel(summary, question, among)).map(nameOf));
        for (const count of counter.rows().filter(({ outcome }) => !absent.has(outcome))) {
          const key = JSON.stringify([count.outcome, count.group]);
          const { clustered: _, ...bare } = count;
          const row = rows.get(key);
          if (row !== undefined) addTo(row.row, count);
          const summed = row ?? { row: { ...bare }, clusters: createClusterTally(cluster) };
          summed.clusters.addAll(count);
          rows.set(key, summed);
        }
      }
      for (const field of by) {
        refuseUnknown(`group by ${field} as no sample has it${orScore(field, among)}`, "factors", field, [...factors]);
      }
      if (cluster !== PROMPT) {
        refuseUnknown(`tell clusters apart by ${cluster} as no sample has it`, "factors", cluster, [...factors]);
      }
      for (const question of questions) refuseNobodys(question, among);
      return [...rows.values()].map(countOf);
    },
  };
}

/** @throws {RangeError} if a question is about no known outcome, or about a label that no data set has */
function refuseNobodys(question: Question, among: readonly Counted[]): void {
  const name = nameOf(question);
  if (!("label" in question)) return refuseUnknown(`count outcome ${name}`, "outcomes", name, OUTCOMES);
  const labels = [...new Set(among.flatMap(({ labels }) => Object.keys(labels)))];
  refuseUnknown(`count label ${name} as no sample has it`, "labels", name, labels);
}

function refuse({ file, at, reason }: Problem): never {
  throw new RangeError(`${file}, ${at}: ${reason.replace("; counted as missing", "")}`);
}
