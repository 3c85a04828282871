/**
 * From samples to what the reader's page holds.
 *
 * @module
 */
import { OUTCOMES } from "../../acts/vocabulary.ts";
import { shownParts } from "../../labelers/people/shown_parts.ts";
import type { Evidence } from "../../labelers/label_line.ts";
import type { Policy } from "../../policies/policy.ts";
import { sayWhen } from "../../policies/say_rule.ts";
import { type Situation, situationOf } from "../../policies/situation.ts";
import { withoutLabel } from "../../rates/counting/answers.ts";
import { factorsOf, levelOf } from "../../rates/counting/fields.ts";
import { sampleHash } from "../../samples/hash.ts";
import type { Label, Sample, Score } from "../../samples/sample.ts";
import { isEmpty, yesOrNo } from "../../samples/yes_no.ts";
import type { Scanned } from "../../reading/scan.ts";
import type { Finding, ReaderData, ReaderLabel, ReaderSample, ReaderStandard, ReaderValue } from "./client/data.ts";
import { findingOf, judgedLabelers } from "./findings.ts";

/** What a reader is made from. */
export interface ReaderSource {
  /** Of the page. */
  readonly title: string;
  /** What was read and chosen, in sentences. */
  readonly about: readonly string[];
  /** What the samples are of, with the account of each. */
  readonly datasets: readonly Scanned[];
  /** With the number of the data set that each is of. */
  readonly samples: readonly { readonly sample: Sample; readonly dataset: number }[];
  /** The standards that it shows, the first one first. */
  readonly policies: readonly Policy[];
  /** What samples faced. */
  readonly situations: readonly Situation[];
  /** The words that a label rests on, where its file says so. */
  readonly evidence?: (sample: Sample, labeler: string) => readonly Evidence[] | undefined;
}

/**
 * Returns the data of the page.
 *
 * @throws {RangeError} if two situations fit a sample equally well
 */
export function readerData(from: ReaderSource): ReaderData {
  const { datasets, situations, evidence } = from;
  const read = from.samples.map(({ sample, dataset }) => ({ sample, dataset, verdict: datasets[dataset].verdict }));
  const labelers = judgedLabelers(read);
  const names = [...factorsOf(datasets), ...new Set(datasets.flatMap(({ run }) => run ?? []))];
  const conditions = new Set(
    datasets.flatMap((set) => set.conditions.flatMap(({ condition }) => Object.keys(condition))),
  );
  const factors = [...new Set(names)].map((name) => ({ name, levels: numbered<string>() }));
  const scores = numbered<string>();
  const texts = numbered<string>();
  const values = numbered<ReaderValue>();
  const findings = numbered<Finding>();
  const judgements = numbered<number[]>();
  const faced = numbered<Situation>();
  const keyOf = keysOf(from.samples, datasets);

  const labelOf = (sample: Sample, { labeler, kind, acts, scores: given, note }: Label): ReaderLabel => ({
    labeler,
    kind,
    acts,
    scores: given &&
      Object.entries(given).map(([name, score]) => [scores.number(name), values.number(valueOf(score))] as const),
    note,
    evidence: evidence?.(sample, labeler),
  });
  const samples = read.map((one, index): ReaderSample => {
    const { sample, dataset } = one;
    const situation = situationOf(situations, sample.scenario, sample.condition);
    const labels = sample.labels.map((label) => labelOf(sample, label));
    return {
      key: keyOf(index),
      id: sample.id,
      dataset,
      levels: factors.map(({ name, levels }) => {
        const level = levelOf(sample, name);
        return level === undefined ? -1 : levels.number(level);
      }),
      source: `${sample.source.file}, ${sample.source.at}`,
      hash: sampleHash(sample).slice(0, HASH_LETTERS),
      parts: shownParts(sample.messages ?? []).map((part) => ({ ...part, text: texts.number(part.text) })),
      labels,
      judged: labelers.map((name) => {
        const labeler = name === "" ? undefined : name;
        return judgements.number(
          from.policies.map((policy) => findings.number(findingOf(one, { policy, situations, labeler }))),
        );
      }),
      situation: situation && faced.number(situation),
      disputed: disputed(labels, values.list),
    };
  });
  return {
    title: from.title,
    about: from.about,
    datasets: datasets.map((set) => ({
      name: set.name,
      asked: scores.list.flatMap((label, number) => withoutLabel(set, { label }, datasets) ? [] : [number]),
    })),
    factors: factors.map(({ name, levels }) => ({
      name,
      isCondition: name === "model" || name === "scenario" || conditions.has(name),
      levels: levels.list,
    })),
    outcomes: OUTCOMES,
    standards: from.policies.map(standardOf),
    situations: faced.list.map(({ title, text, instructions, prohibitions, refusing }) => ({
      title,
      text,
      sayings: [
        ...instructions.map((one) => `The ${one.by} asks: ${one.text}`),
        ...prohibitions.map((one) => `The ${one.by} forbids: ${one.text}`),
        `Refusing: ${refusing.text}`,
      ],
    })),
    labelers,
    scores: scores.list,
    values: values.list,
    findings: findings.list,
    judgements: judgements.list,
    texts: texts.list,
    samples,
  };
}

/** So many letters of a hash tell transcripts apart. */
const HASH_LETTERS = 16;

/** Things with a number each, in order of first appearance; what is alike has one. */
function numbered<T>(): { readonly number: (one: T) => number; readonly list: T[] } {
  const numbers = new Map<string, number>();
  const list: T[] = [];
  return {
    list,
    number: (one) => {
      const key = typeof one === "string" ? one : JSON.stringify(one);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, list.length);
      return list.push(one) - 1;
    },
  };
}

/** What a permalink names samples by: the id, with its data set where ids repeat, and a number where that does too. */
function keysOf(samples: ReaderSource["samples"], datasets: readonly Scanned[]): (index: number) => string {
  const times = new Map<string, number>();
  for (const { sample: { id } } of samples) times.set(id, (times.get(id) ?? 0) + 1);
  const used = new Map<string, number>();
  const keys = samples.map(({ sample: { id }, dataset }) => {
    const key = times.get(id) === 1 ? id : `${datasets[dataset].name}:${id}`;
    const before = used.get(key) ?? 0;
    used.set(key, before + 1);
    return before === 0 ? key : `${key}~${before + 1}`;
  });
  return (index) => keys[index];
}

function valueOf(score: Score): ReaderValue {
  if (isEmpty(score)) return { text: String(score), counts: "missing" };
  const yes = yesOrNo(score);
  if (yes !== undefined) return { text: String(score), counts: yes ? "yes" : "no" };
  return { text: String(score), counts: typeof score === "number" ? "number" : "other" };
}

/** Scores that two labels answer differently; what is missing differs from nothing. */
function disputed(labels: readonly ReaderLabel[], values: readonly ReaderValue[]): number[] {
  const answers = new Map<number, string>();
  const found = new Set<number>();
  for (const [name, value] of labels.flatMap(({ scores }) => scores ?? [])) {
    const { text, counts } = values[value];
    if (counts === "missing") continue;
    const answer = counts === "yes" || counts === "no" ? counts : text.trim().toLowerCase();
    if ((answers.get(name) ?? answer) !== answer) found.add(name);
    answers.set(name, answer);
  }
  return [...found];
}

function standardOf({ name, version, title, text, rules, otherwise }: Policy): ReaderStandard {
  return {
    name,
    title: `${title} (${name}, version ${version})`,
    text,
    rules: [
      ...rules.map(({ when, then, because }) => ({ when: sayWhen(when), then, because })),
      { when: "no rule fires", ...otherwise },
    ],
  };
}
