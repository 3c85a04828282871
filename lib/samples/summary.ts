/**
 * What a data set holds, added up one item at a time: models, conditions with n, labels with what is missing.
 *
 * @module
 */
import { type Collected, createCollected, dateOf } from "./collected.ts";
import { type Cell, type Condition, conditionKey, type Sample, type Score } from "./sample.ts";
import { createGenerationSummary, type GenerationSummary } from "./generation_summary.ts";
import { isEmpty, yesOrNo } from "./yes_no.ts";
import { branchOf, type TextTree } from "./levels_tree.ts";

/** How many samples have a usable value of a label, and how many have none or a failed one. */
export interface LabelCount {
  /** Yes, no (see {@linkcode yesOrNo}), a number, or coded acts. */
  readonly scored: number;
  /** No value, or a failed one. */
  readonly missing: number;
  /** Samples with a text that is neither yes nor no, and some of these texts; present where there are any. */
  readonly other?: { readonly samples: number; readonly values: readonly string[] };
  /** The least and the greatest number, where one is neither 0 nor 1. */
  readonly numbers?: readonly [number, number];
}

/** What was met of one label. */
interface Met {
  scored: number;
  other: number;
  last: number;
  lastOther: number;
  readonly values: Set<string>;
  least: number;
  greatest: number;
}

/** A condition of a scenario, and how many samples were run in it, labelled or not. */
export interface ConditionCount {
  /** What models were put into. */
  readonly scenario: string;
  /** The level of each factor. */
  readonly condition: Condition;
  /** Over all models. */
  readonly samples: number;
}

/** What a data set holds. A published count stands for the samples that it was made from. */
export interface Summary {
  /** In order of first appearance. */
  readonly models: readonly string[];
  /** In order of first appearance. */
  readonly conditions: readonly ConditionCount[];
  /** What samples can be told apart by besides their condition, see {@linkcode Sample.run}; absent: nothing. */
  readonly run?: readonly string[];
  /** When its samples were made; published counts have no date. */
  readonly collected: Collected;
  /** Each named score, and `acts` where any sample has coded acts. */
  readonly labels: Readonly<Record<string, LabelCount>>;
  /** How samples came to be; absent where none says so. */
  readonly generation?: GenerationSummary;
}

/** Makes a summary that items are added to. */
export function createSummary(): {
  /** Adds an item, or so many samples that are alike. */
  add: (item: Sample | Cell, times?: number) => void;
  summary: () => Summary;
} {
  const models = new Set<string>();
  const run = new Set<string>();
  const dates = createCollected();
  const conditions: { scenario: string; condition: Condition; samples: number }[] = [];
  const byCondition: TextTree<typeof conditions[number]> = {};
  const ofSamples = new Map<string, Met>();
  const ofCells = new Map<string, { scored: number; missing: number }>();
  const generation = createGenerationSummary();
  const cells = new Set<string>(); // two labels of the same samples count once
  let [items, samples] = [0, 0];
  const addTo = ({ scenario, condition }: Sample | Cell, n: number): void => {
    const node = branchOf(branchOf(byCondition, scenario), conditionKey(condition));
    if (node.value === undefined) conditions.push(node.value = { scenario, condition, samples: 0 });
    node.value.samples += n;
  };
  /** A label that several labelers gave counts once for each sample, where any of them gave a value that can be used. */
  const addLabel = (name: string, value: Score | typeof CODED, times: number): void => {
    let met = ofSamples.get(name);
    if (met === undefined) {
      met = { scored: 0, other: 0, last: 0, lastOther: 0, values: new Set(), least: Infinity, greatest: -Infinity };
      ofSamples.set(name, met);
    }
    if (value !== CODED && isEmpty(value)) return;
    if (typeof value === "number") {
      met.least = Math.min(met.least, value);
      met.greatest = Math.max(met.greatest, value);
    }
    if (typeof value === "string" && yesOrNo(value) === undefined) {
      if (met.values.size < MOST_VALUES) met.values.add(value);
      if (met.last === items || met.lastOther === items) return;
      met.other += times;
      met.lastOther = items;
      return;
    }
    if (met.last === items) return;
    met.scored += times;
    met.last = items;
    if (met.lastOther === items) met.other -= times;
  };
  const addSample = (sample: Sample, times: number): void => {
    items++;
    samples += times;
    addTo(sample, times);
    for (const name in sample.run) run.add(name);
    dates.add(dateOf(sample), sample.generation?.plan?.sha256, times);
    if (sample.generation !== undefined) generation.add(sample.generation);
    for (const { acts, scores } of sample.labels) {
      if (acts !== undefined) addLabel("acts", CODED, times);
      for (const name in scores) addLabel(name, scores[name], times);
    }
  };
  const addCell = (cell: Cell): void => {
    const key = `${cell.model} ${cell.scenario} ${conditionKey(cell.condition)}`;
    addTo(cell, cells.has(key) ? 0 : cell.scored + cell.missing);
    cells.add(key);
    const count = ofCells.get(cell.label) ?? { scored: 0, missing: 0 };
    ofCells.set(cell.label, count);
    count.scored += cell.scored;
    count.missing += cell.missing;
  };
  return {
    add: (item, times = 1) => {
      models.add(item.model);
      if ("labels" in item) addSample(item, times);
      else addCell(item);
    },
    summary: () => ({
      models: [...models],
      conditions,
      run: [...run],
      collected: dates.collected(),
      ...asGiven(generation.summary()),
      labels: Object.fromEntries([
        ...ofCells,
        ...[...ofSamples].map(([name, met]) => [name, countOf(met, samples)] as const),
      ]),
    }),
  };
}

function asGiven(generation: GenerationSummary | undefined): Pick<Summary, "generation"> {
  return generation === undefined ? {} : { generation };
}

/** Acts were coded. */
const CODED = Symbol("coded");

/** So many different texts are kept of a label, and so many of them are shown. */
const MOST_VALUES = 50;
const SHOWN_VALUES = 5;

/** What is said of a label of so many samples. */
export function countOf(
  { scored, other, values, least, greatest }: Pick<Met, "scored" | "other" | "least" | "greatest"> & {
    readonly values: Iterable<string>;
  },
  samples: number,
): LabelCount {
  const hasNumbers = least <= greatest && !(least >= 0 && greatest <= 1 && [least, greatest].every(Number.isInteger));
  return {
    scored,
    missing: samples - scored - other,
    ...other === 0 ? {} : { other: { samples: other, values: [...values].sort().slice(0, SHOWN_VALUES) } },
    ...hasNumbers ? { numbers: [least, greatest] as const } : {},
  };
}
