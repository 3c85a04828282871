/**
 * Labels from a label file, joined to the samples that they are about.
 *
 * @module
 */
import type { Label, Sample } from "../samples/sample.ts";
import { readLabelFile } from "./label_file.ts";
import type { LabelLine } from "./label_line.ts";
import { sampleHash } from "../samples/hash.ts";

/** Adds the labels of a file to samples, one by one, and keeps the account of every label and sample. */
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

/**
 * Reads a label file, to be joined to samples. Where a labeler has several lines for a sample, the last counts: a later
 * one is there only as the earlier one was missing or was replaced. A label that is missing is added without acts, its
 * reason in the note, so that the sample counts as missing for this labeler and not as unlabelled.
 *
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
export function labelJoiner(path: string): LabelJoiner {
  const lines = readLabelFile(path);
  const byId = Map.groupBy(lines, ({ id }) => id);
  const known = new Set<string>();
  const used = new Set<LabelLine>();
  const counts = new Map([...new Set(lines.map(({ labeler }) => labeler))].map((name) => [name, emptyCount()]));
  return {
    join: (sample) => {
      known.add(sample.id);
      const hash = sampleHash(sample);
      const about = (byId.get(sample.id) ?? []).filter((line) => line.sample === undefined || line.sample === hash);
      const last = new Map(about.map((line) => [line.labeler, line]));
      for (const line of about) used.add(line);
      for (const [labeler, count] of counts) countIn(count, last.get(labeler));
      return { ...sample, labels: [...sample.labels, ...[...last.values()].map(labelOf)] };
    },
    account: () => {
      const ids = (wanted: (line: LabelLine) => boolean) => [...new Set(lines.filter(wanted).map(({ id }) => id))];
      return {
        unknown: ids(({ id }) => !known.has(id)),
        changed: ids((line) => known.has(line.id) && !used.has(line)),
        labelers: Object.fromEntries(counts),
      };
    },
  };
}

/** Samples with the labels of a file; see {@linkcode labelJoiner}. */
export function joinLabels(
  samples: readonly Sample[],
  path: string,
): JoinAccount & { readonly samples: readonly Sample[] } {
  const { join, account } = labelJoiner(path);
  const joined = samples.map(join);
  return { samples: joined, ...account() };
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

function countIn(count: ReturnType<typeof emptyCount>, line: LabelLine | undefined): void {
  if (line === undefined) count.without++;
  else if (line.missing === undefined) count.labelled++;
  else count.missing[line.missing] = (count.missing[line.missing] ?? 0) + 1;
}
