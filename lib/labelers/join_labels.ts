/**
 * Labels from a label file, or of another data set, joined to the samples that they are about.
 *
 * @module
 */
import type { Dataset } from "../reading/load.ts";
import type { Label, Sample } from "../samples/sample.ts";
import { readLabelFile } from "./label_file.ts";
import type { LabelLine } from "./label_line.ts";
import { together } from "./one_label.ts";
import { sampleHash } from "../samples/hash.ts";

/** Adds labels to samples, one by one, and keeps the account of every label and sample. */
export interface LabelJoiner {
  /** Returns the sample with its labels of the file. */
  readonly join: (sample: Sample) => Sample;
  /** What came of all samples that were joined so far. */
  readonly account: () => JoinAccount;
}

/** What came of joining. */
export interface JoinAccount {
  /** Ids in the file that no sample has. */
  readonly unknown: readonly string[];
  /** Ids whose sample has another transcript than the one that was labelled: not joined. */
  readonly changed: readonly string[];
  /** Where a labeler says two things of one sample: neither is joined, and the sample is missing for this labeler. */
  readonly contradictions: readonly Contradiction[];
  /** By labeler: how many samples it gave a label, says to be missing (by reason), or is silent about. */
  readonly labelers: Readonly<Record<string, LabelerCount>>;
}

/** What one labeler of a file did for the samples. */
export interface LabelerCount {
  /** Samples that it gave a label. */
  readonly labelled: number;
  /** Reason → how many samples it says to be missing. */
  readonly missing: Readonly<Record<string, number>>;
  /** Samples that the file has no line for. */
  readonly without: number;
}

/** What a labeler says of one sample in two ways. */
export interface Contradiction {
  /** Of the sample. */
  readonly id: string;
  /** Who said both. */
  readonly labeler: string;
  /** What it says two things about: `acts`, `score harmful`. */
  readonly about: readonly string[];
}

/**
 * Reads a label file, or the labels of a data set, to be joined to samples. A labeler has one label a sample: of lines
 * with one key the last counts, for it replaced the others; what several lines say is put together, with what the sample
 * has of this labeler already, and a line that says "missing" gives way to one that does not. Lines that contradict each
 * other are no label and are named. A label that is missing is added without acts, its reason in the note, so that the
 * sample counts as missing for this labeler and not as unlabelled.
 *
 * @param from the path of a label file, or a data set of samples with the same ids
 * @throws {SyntaxError} if a line of the file is no label
 *
 * @example
 * ```ts
 * import { labelJoiner } from "$lib/labelers/join_labels.ts";
 * import assert from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, '{"id":"1","labeler":"j","kind":"judge","acts":[{"name":"refuses"}]}\n');
 * const source = { file: "a.jsonl", at: "line 1" };
 * const sample = { id: "1", model: "m", scenario: "s", condition: {}, cluster: "s", labels: [], source };
 * const { join, account } = labelJoiner(file);
 * assert.deepEqual(join(sample).labels, [{ labeler: "j", kind: "judge", acts: [{ name: "refuses" }] }]);
 * join({ ...sample, id: "2" });
 * assert.deepEqual(account().labelers, { j: { labelled: 1, missing: {}, without: 1 } });
 * ```
 */
export function labelJoiner(from: string | Dataset): LabelJoiner {
  const lines = typeof from === "string" ? readLabelFile(from) : linesOf(from);
  const byId = Map.groupBy(lines, ({ id }) => id);
  const known = new Set<string>();
  const used = new Set<LabelLine>();
  const contradictions: Contradiction[] = [];
  const counts = new Map([...new Set(lines.map(({ labeler }) => labeler))].map((name) => [name, emptyCount()]));
  return {
    join: (sample) => {
      known.add(sample.id);
      const about = (byId.get(sample.id) ?? []).filter((line) => isAbout(line, sample));
      for (const line of about) used.add(line);
      const labels = new Map<string, Label>();
      for (const [labeler, count] of counts) {
        const own = standing(about.filter((line) => line.labeler === labeler));
        if (own.length === 0) {
          count.without++;
          continue;
        }
        const before = sample.labels.filter((label) => label.labeler === labeler);
        const missing = before.length === 0 ? own[0].missing : undefined;
        const added = own.filter((line) => before.length === 0 || line.missing === undefined);
        const joined = together([...before, ...added.map(labelOf)]);
        if ("label" in joined) labels.set(labeler, joined.label);
        else {
          contradictions.push({ id: sample.id, labeler, about: joined.apart });
          const note = `missing: ${CONTRADICTS}: ${joined.apart.join(", ")}`;
          labels.set(labeler, { labeler, kind: own[0].kind, note });
        }
        const why = "label" in joined ? missing : CONTRADICTS;
        if (why === undefined) count.labelled++;
        else count.missing[why] = (count.missing[why] ?? 0) + 1;
      }
      const others = sample.labels.filter(({ labeler }) => !labels.has(labeler));
      return { ...sample, labels: [...others, ...labels.values()] };
    },
    account: () => {
      const ids = (wanted: (line: LabelLine) => boolean) => [...new Set(lines.filter(wanted).map(({ id }) => id))];
      return {
        unknown: ids(({ id }) => !known.has(id)),
        changed: ids((line) => known.has(line.id) && !used.has(line)),
        contradictions,
        labelers: Object.fromEntries(counts),
      };
    },
  };
}

const CONTRADICTS = "contradicts itself";

/** Samples with the labels of a file or a data set; see {@linkcode labelJoiner}. */
export function joinLabels(
  samples: readonly Sample[],
  from: string | Dataset,
): JoinAccount & { readonly samples: readonly Sample[] } {
  const { join, account } = labelJoiner(from);
  const joined = samples.map(join);
  return { samples: joined, ...account() };
}

/** Says where a labeler contradicts itself, and what to do. */
export function sayContradiction({ id, labeler, about }: Contradiction): string {
  return `sample ${id} has contradicting labels of ${labeler} (${about.join(", ")}): none is used; ` +
    "leave one, or give each a labeler of its own";
}

/** False where both have a transcript and it is not the same: the label is then about something else. */
function isAbout(line: LabelLine, sample: Sample): boolean {
  return line.sample === undefined || sample.messages === undefined || line.sample === sampleHash(sample);
}

/** Of lines with one key the last; those that are missing only where there is nothing else, and of them the last. */
function standing(lines: readonly LabelLine[]): LabelLine[] {
  const last = [...new Map(lines.map((line) => [line.key ?? line, line])).values()];
  const given = last.filter(({ missing }) => missing === undefined);
  return given.length > 0 ? given : last.slice(-1);
}

/** The labels of a data set as lines. */
function linesOf({ samples }: Dataset): LabelLine[] {
  return samples.flatMap((sample) => {
    const of = { id: sample.id, ...sample.messages === undefined ? {} : { sample: sampleHash(sample) } };
    return sample.labels.map((label) => ({ ...of, ...label }));
  });
}

/** The words that labels of a file rest on, for a sample and one of its labelers; see {@linkcode labelJoiner}. */
export function evidenceIn(path: string): (sample: Sample, labeler: string) => LabelLine["evidence"] {
  const lines = readLabelFile(path).filter(({ evidence }) => evidence !== undefined);
  const byId = Map.groupBy(lines, ({ id }) => id);
  return (sample, labeler) => {
    const about = byId.get(sample.id)?.filter((line) => line.labeler === labeler);
    if (about === undefined || about.length === 0) return undefined;
    const hash = sampleHash(sample);
    return about.findLast((line) => line.sample === undefined || line.sample === hash)?.evidence;
  };
}

/** The label that a line stands for. */
export function labelOf({ labeler, kind, acts, scores, note, missing }: LabelLine): Label {
  const notes = [...missing === undefined ? [] : [`missing: ${missing}`], ...note === undefined ? [] : [note]];
  return {
    labeler,
    kind,
    ...(acts === undefined ? {} : { acts }),
    ...(scores === undefined ? {} : { scores }),
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
  };
}

function emptyCount() {
  return { labelled: 0, missing: {} as Record<string, number>, without: 0 };
}
