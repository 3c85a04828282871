/**
 * What a data set holds, added up one item at a time: models, conditions with n, labels with what is missing.
 *
 * @module
 */
import { type Cell, type Condition, conditionKey, type Sample } from "./sample.ts";
import { branchOf, type TextTree } from "./levels_tree.ts";

/** How many samples have a usable value of a label, and how many have none or a failed one. */
export interface LabelCount {
  readonly scored: number;
  readonly missing: number;
}

/** A condition of a scenario, and how many samples were run in it, labelled or not. */
export interface ConditionCount {
  readonly scenario: string;
  readonly condition: Condition;
  readonly samples: number;
}

/** What a data set holds. A published count stands for the samples that it was made from. */
export interface Summary {
  readonly models: readonly string[];
  readonly conditions: readonly ConditionCount[];
  /** Each named score, and `acts` where any sample has coded acts. */
  readonly labels: Readonly<Record<string, LabelCount>>;
}

/** Makes a summary that items are added to. */
export function createSummary(): { add: (item: Sample | Cell) => void; summary: () => Summary } {
  const models = new Set<string>();
  const conditions: { scenario: string; condition: Condition; samples: number }[] = [];
  const byCondition: TextTree<typeof conditions[number]> = {};
  const ofSamples = new Map<string, { scored: number; last: number }>();
  const ofCells = new Map<string, { scored: number; missing: number }>();
  const cells = new Set<string>(); // two labels of the same samples count once
  let samples = 0;
  const addTo = ({ scenario, condition }: Sample | Cell, n: number): void => {
    const node = branchOf(branchOf(byCondition, scenario), conditionKey(condition));
    if (node.value === undefined) conditions.push(node.value = { scenario, condition, samples: 0 });
    node.value.samples += n;
  };
  /** A label that several labelers gave counts once for each sample, where any of them gave a value that is not null. */
  const addLabel = (name: string, usable: boolean): void => {
    let count = ofSamples.get(name);
    if (count === undefined) ofSamples.set(name, count = { scored: 0, last: 0 });
    if (!usable || count.last === samples) return;
    count.scored++;
    count.last = samples;
  };
  const addSample = (sample: Sample): void => {
    samples++;
    addTo(sample, 1);
    for (const { acts, scores } of sample.labels) {
      if (acts !== undefined) addLabel("acts", true);
      for (const name in scores) addLabel(name, scores[name] !== null);
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
    add: (item) => {
      models.add(item.model);
      if ("labels" in item) addSample(item);
      else addCell(item);
    },
    summary: () => ({
      models: [...models],
      conditions,
      labels: Object.fromEntries([
        ...ofCells,
        ...[...ofSamples].map(([name, { scored }]) => [name, { scored, missing: samples - scored }] as const),
      ]),
    }),
  };
}
