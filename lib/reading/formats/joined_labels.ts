/**
 * Records that are one labeler's each: those of one sample joined into one, with the labels of all.
 *
 * @module
 */
import type { Entry } from "../../samples/load_report.ts";
import { conditionKey, type Label, type Sample } from "../../samples/sample.ts";

type SampleEntry = Extract<Entry, { sample: Sample }>;

/** Takes the entries of one data set, and gives them back with each sample once. */
export interface LabelJoiner {
  readonly add: (entries: readonly Entry[]) => void;
  /** All entries, samples in order of first appearance; records that contradict another one are rejects. */
  readonly all: () => Entry[];
}

/**
 * Makes a joiner. A sample stands in memory until all of its labels are there, for judges may follow one another.
 *
 * A record of a sample that is there already must agree with it in model, scenario, condition and cluster, and be
 * another labeler's: one labeler twice on a sample is a repeat that the id does not tell apart.
 */
export function labelJoiner(): LabelJoiner {
  const samples = new Map<string, SampleEntry>();
  const others: Entry[] = [];
  const take = (entry: SampleEntry): void => {
    const { sample } = entry;
    const first = samples.get(sample.id);
    if (first === undefined) return void samples.set(sample.id, entry);
    const reason = whyOther(first.sample, sample);
    if (reason !== undefined) return void others.push({ reject: { ...sample.source, reason } });
    samples.set(sample.id, joined(first, entry));
  };
  return {
    add: (entries) => {
      for (const entry of entries) {
        if ("sample" in entry) take(entry);
        else others.push(entry);
      }
    },
    all: () => [...samples.values(), ...others],
  };
}

function joined(first: SampleEntry, { sample, unusable = [] }: SampleEntry): SampleEntry {
  const messages = first.sample.messages ?? sample.messages;
  return {
    ...first,
    sample: {
      ...first.sample,
      ...messages && { messages },
      labels: [...first.sample.labels, ...sample.labels.filter((label) => !first.sample.labels.some(isSame(label)))],
    },
    unusable: [...first.unusable ?? [], ...unusable],
  };
}

/** Why two records of one id are not one sample labelled by two; `undefined` where they are. */
function whyOther(first: Sample, second: Sample): string | undefined {
  const place = `${first.source.file}, ${first.source.at}`;
  for (const field of ["model", "scenario", "cluster"] as const) {
    if (first[field] === second[field]) continue;
    return `sample ${second.id} has ${field} ${second[field]} here and ${first[field]} in ${place}: ` +
      `take what tells the two apart into "id"`;
  }
  if (conditionKey(first.condition) !== conditionKey(second.condition)) {
    return `sample ${second.id} has another condition in ${place}: take what tells the two apart into "id"`;
  }
  const twice = second.labels.find((label) =>
    first.labels.some((one) => one.labeler === label.labeler && !isSame(label)(one))
  );
  const isRepeat = twice ??
    (second.labels.every((label) => first.labels.some(isSame(label))) ? second.labels[0] : undefined);
  if (isRepeat === undefined) return undefined;
  return `sample ${second.id} has a label of ${isRepeat.labeler} already, in ${place}: ` +
    `take what tells repeats apart (an epoch, a trial) into "id", or leave one of the two out`;
}

/** A label of the same labeler with the same scores: one that all records of a sample repeat. */
function isSame(label: Label): (other: Label) => boolean {
  return (other) =>
    other.labeler === label.labeler && JSON.stringify(other.scores) === JSON.stringify(label.scores) &&
    other.note === label.note;
}
