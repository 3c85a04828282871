/**
 * Reads paths once, whatever they hold, without holding samples: each goes to a visitor and into the summary, and
 * everything that cannot be used goes into the report.
 *
 * @module
 */
import type { HashedFile } from "../samples/dataset_card.ts";
import type { DatasetHead, Visitor } from "../samples/dataset_head.ts";
import { join, resolve } from "node:path";
import type { Entry, LoadReport, Problem } from "../samples/load_report.ts";
import { createOpener, type Opener, type OpenerOptions } from "./bytes/source.ts";
import type { Plan } from "./files_to_read.ts";
import { type Admitted, admitting, aloneCommand, type Command, nameOf, planAll } from "./one_count.ts";
import { readPlan } from "./read_plan.ts";
import type { Cell, Place, Sample } from "../samples/sample.ts";
import { createSummary, type Summary } from "../samples/summary.ts";
import { readTranscripts } from "./transcripts.ts";

/** What is known after. */
export interface Scanned extends DatasetHead, Summary {
  /** What was read to its end. */
  readonly files: readonly HashedFile[];
  /** How many samples got their transcript from `data/raw/`; present where the card names transcripts. */
  readonly transcripts?: number;
  /** Everything that could not be used. */
  readonly report: LoadReport;
}

/** What a scan does besides reading. */
export interface ScanOptions extends OpenerOptions {
  /** Returns each sample as it is to be counted, for example with labels of another file. */
  readonly prepare?: (sample: Sample) => Sample;
}

/**
 * Scans each path: a file, `-` for standard input, a folder with a `dataset.json`, or a folder of files (one data set a
 * format). A file that was given before, also by another path or a link, is named as a duplicate and not read again.
 *
 * @throws {Deno.errors.NotFound} if a path does not exist
 */
export async function scan(
  paths: readonly string[],
  visitor: Visitor = () => () => {},
  options: ScanOptions = {},
): Promise<Scanned[]> {
  const { plans, command } = await planAll(paths);
  const scanned: Scanned[] = [];
  for (const { one, repeated } of plans) {
    scanned.push(await scanPlan(one, visitor, createOpener(options), repeated, options.prepare, command));
  }
  return scanned;
}

/** Scans one plan; `repeated` are files of it that are not to be read again. */
export async function scanPlan(
  one: Plan,
  visitor: Visitor,
  open: Opener,
  repeated: readonly Problem[] = [],
  prepare: (sample: Sample) => Sample = (sample) => sample,
  command: Command = aloneCommand(),
): Promise<Scanned> {
  const head = headOf(one);
  const visit = visitor(head);
  const summary = createSummary();
  const rejected: Problem[] = [];
  const unusable: Problem[] = [];
  const again: Extract<Admitted, { again: unknown }>["again"][] = [];
  const superseded: Problem[] = [];
  const transcripts = one.card && await readTranscripts(one.card, open);
  const counts = { samples: 0, cells: 0, joined: 0 };
  const withTranscript = (sample: Sample): Sample => {
    const messages = transcripts?.messages.get(sample.id);
    if (messages === undefined) return sample;
    counts.joined++;
    return { ...sample, messages };
  };
  const take = (item: Sample | Cell): void => {
    counts["labels" in item ? "samples" : "cells"]++;
    const counted = "labels" in item ? prepare(withTranscript(item)) : item;
    summary.add(counted);
    visit(counted);
  };
  const admit = admitting(one, command);
  const met: Place[] = [];
  const gapsOf = one.format?.gaps;
  for await (const entries of readPlan(one, open, () => again.length + superseded.length)) {
    if (gapsOf !== undefined) met.push(...entries.map(placeOf));
    for (const entry of entries) {
      if ("sample" in entry) unusable.push(...entry.unusable ?? []);
      const admitted = admit(entry);
      if ("item" in admitted) take(admitted.item);
      else if ("reject" in admitted) rejected.push(admitted.reject);
      else if ("again" in admitted) again.push(admitted.again);
      else superseded.push(admitted.superseded);
    }
  }
  const told = new Set(rejected.map(({ file }) => file)); // by the reader of the files that it stands beside
  rejected.push(
    ...one.rejected.filter(({ file }) => !told.has(file)),
    ...wrongHashes(one, open),
    ...transcripts?.rejected ?? [],
  );
  const firstFiles = command.seen.firstFiles(new Set(again.map(({ key }) => key)));
  const seenAgain = again.map(({ key, isOther, identity, source }) => ({
    ...source,
    reason: `${identity} was already seen in ${firstFiles.get(key)}` +
      (isOther ? " with other acts or scores, which count: give one of the two if these are right" : ""),
  }));
  const differing = seenAgain.filter((_, index) => again[index].isOther);
  const touched = new Set(
    [...open.opened(), ...rejected.map(({ file }) => ({ path: file }))].map(({ path }) => absolute(path)),
  );
  return {
    ...head,
    ...summary.summary(),
    files: open.opened().map(({ path, sha256 = "" }) => ({ path, sha256 })),
    ...(one.card?.transcripts === undefined ? {} : { transcripts: counts.joined }),
    report: {
      files: new Set([...one.files, ...rejected.map(({ file }) => file)]).size,
      samples: counts.samples,
      cells: counts.cells,
      rejected,
      unusable,
      duplicated: one.format?.repeats ? [...repeated, ...differing] : [...repeated, ...seenAgain],
      repeats: one.format?.repeats ? [...superseded, ...seenAgain.filter((one) => !differing.includes(one))] : [],
      passedOver: one.passedOver.filter(({ file }) => !touched.has(absolute(file))),
      gaps: gapsOf?.(met) ?? [],
    },
  };
}

function placeOf(entry: Entry): Place {
  return "reject" in entry ? entry.reject : "sample" in entry ? entry.sample.source : entry.cell.source;
}

/** A path for comparing; one that ends with a slash is not the file of that name. */
function absolute(path: string): string {
  return resolve(path) + (path.endsWith("/") ? "/" : "");
}

function headOf(plan: Plan): DatasetHead {
  const { path, card, format } = plan;
  return {
    path,
    name: nameOf(plan),
    format: format?.name ?? "unknown",
    card,
    verdict: card?.verdict ?? format?.verdict,
  };
}

/** Files whose sha256 is not the one in the card; those that could not be read have been rejected already. */
function wrongHashes({ card, path: folder }: Plan, open: Opener): Problem[] {
  const found = new Map(open.opened().map(({ path, sha256 }) => [path, sha256]));
  return (card?.files ?? []).flatMap(({ path, sha256 }) => {
    const file = join(folder, path);
    const hash = found.get(file);
    if (hash === undefined || hash === sha256) return [];
    const reason = `sha256 is not the one in dataset.json: found ${hash}; put it there if the change is meant`;
    return [{ file, at: "file", reason }];
  });
}
