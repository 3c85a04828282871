/**
 * Which copy of a run stands, where logs of one task hold several: an attempt and its retry, a log and the same log
 * scored again.
 *
 * @module
 */
import type { Attempt } from "../samples/load_report.ts";
import type { Label, Sample } from "../samples/sample.ts";
import { createOpener, STDIN } from "./bytes/source.ts";
import type { Plan } from "./files_to_read.ts";

/** What is to be done with the copies of one run. */
export interface Standing {
  /** The file whose copy stands. */
  readonly file: string;
  /** Labels of other copies whose scores have names that the standing one has not. */
  readonly labels: readonly Label[];
  /** Present where copies were scored differently and nobody can say which is newer: none of them stands. */
  readonly conflict?: string;
}

/** A copy as far as it is looked at. */
interface Copy extends Attempt {
  readonly file: string;
  readonly labels: readonly Label[];
}

/**
 * Looks at all files of one series (a log, its retries, the log scored again) before any sample is counted, and returns
 * what stands for each run that is in several of them. Files of a series by themselves are not opened.
 *
 * A valid and scored attempt stands before a valid one without scores, and that before one that failed or was declared
 * invalid. Among those alike the one that was scored last stands; scores of the others are kept by their names.
 */
export async function standingCopies(plans: readonly Plan[]): Promise<ReadonlyMap<string, Standing>> {
  const series = new Map<string, { readonly plan: Plan; readonly file: string }[]>();
  for (const plan of plans) {
    for (const file of plan.format?.seriesOf === undefined ? [] : plan.files) {
      const name = file === STDIN ? undefined : await plan.format!.seriesOf!(file);
      if (name === undefined) continue;
      series.get(name)?.push({ plan, file }) ?? series.set(name, [{ plan, file }]);
    }
  }
  const standing = new Map<string, Standing>();
  for (const files of series.values()) {
    if (new Set(files.map(({ file }) => file)).size < 2) continue;
    const copies = new Map<string, Copy[]>();
    for (const { plan, file } of files) {
      for await (const copy of copiesIn(plan, file)) {
        copies.get(copy.key)?.push(copy) ?? copies.set(copy.key, [copy]);
      }
    }
    for (const [key, found] of copies) {
      if (new Set(found.map(({ file }) => file)).size > 1) standing.set(key, chosen(found));
    }
  }
  return standing;
}

async function* copiesIn({ format }: Plan, file: string): AsyncGenerator<Copy> {
  try {
    for await (const found of format!.read([file], createOpener({ hashing: false }))) {
      for (const entry of Array.isArray(found) ? found : [found]) {
        if (!("sample" in entry) || entry.attempt === undefined) continue;
        yield { ...entry.attempt, file, labels: entry.sample.labels };
      }
    }
  } catch { // what cannot be read is told when it is counted
  }
}

function chosen(copies: readonly Copy[]): Standing {
  const best = Math.max(...copies.map(rank));
  const alike = copies.filter((copy) => rank(copy) === best);
  const newest = alike.reduce((a, b) => (b.at ?? "") > (a.at ?? "") ? b : a);
  const rivals = alike.filter((copy) => copy !== newest && (copy.at ?? "") === (newest.at ?? ""));
  const differing = rivals.find((copy) => !isSame(copy, newest));
  const names = new Set(newest.labels.flatMap(namesOf));
  const labels = best === SCORED ? alike.flatMap((copy) => copy === newest ? [] : without(copy.labels, names)) : [];
  return {
    file: newest.file,
    labels,
    ...differing === undefined ? {} : {
      conflict: `scored otherwise in ${differing.file}, and nothing says which of the two is newer: give one of them`,
    },
  };
}

const SCORED = 2;

function rank({ isValid, labels }: Copy): number {
  if (!isValid) return 0;
  return labels.some(({ scores }) => Object.values(scores ?? {}).some((score) => score !== null)) ? SCORED : 1;
}

/** The scores that are not among `names`, in labels of their own; each name once. */
function without(labels: readonly Label[], names: Set<string>): Label[] {
  return labels.flatMap((label) => {
    const scores = Object.entries(label.scores ?? {}).filter(([name]) => !names.has(name));
    for (const [name] of scores) names.add(name);
    return scores.length === 0 ? [] : [{ ...label, scores: Object.fromEntries(scores) }];
  });
}

function namesOf({ scores }: Label): string[] {
  return Object.keys(scores ?? {});
}

function isSame(a: Copy, b: Copy): boolean {
  const text = ({ labels }: Copy) => JSON.stringify(labels.map(({ labeler, scores }) => [labeler, scores]).sort());
  return text(a) === text(b);
}

/** The sample as it stands, with the scores that only other copies have. */
export function withScoresOf(sample: Sample, { labels }: Standing): Sample {
  return labels.length === 0 ? sample : { ...sample, labels: [...sample.labels, ...labels] };
}
