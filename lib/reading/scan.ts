/**
 * Reads paths once, whatever they hold, without holding samples: each goes to a visitor and into the summary, and
 * everything that cannot be used goes into the report.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import type { Card } from "../samples/dataset_card.ts";
import type { Verdict } from "./formats/format.ts";
import { createSeen, type Repeated, type Seen } from "../samples/seen.ts";
import type { Entry, LoadReport, Problem } from "../samples/load_report.ts";
import { createOpener, type HashedFile, type Opener, type OpenerOptions, STDIN } from "./bytes/source.ts";
import { type Plan, plan } from "./files_to_read.ts";
import { readPlan } from "./read_plan.ts";
import { type Cell, identityOf, type Place, type Sample } from "../samples/sample.ts";
import { createSummary, type Summary } from "../samples/summary.ts";
import { type Standing, standingCopies, withScoresOf } from "./standing_copies.ts";
import { readTranscripts } from "./transcripts.ts";

/** What is known of a data set before it is read. */
export interface DatasetHead {
  /** The path that was asked for, or the folder of the card. */
  readonly path: string;
  readonly name: string;
  readonly format: string;
  /** Present for a folder with a `dataset.json`. */
  readonly card?: Card;
  /** From the card or the format: which score stands for an outcome where no acts are coded. */
  readonly verdict?: Verdict;
}

/** What is known after. */
export interface Scanned extends DatasetHead, Summary {
  readonly files: readonly HashedFile[];
  /** How many samples got their transcript from `data/raw/`; present where the card names transcripts. */
  readonly transcripts?: number;
  readonly report: LoadReport;
}

/** What a scan does besides reading. */
export interface ScanOptions extends OpenerOptions {
  /** Returns each sample as it is to be counted, for example with labels of another file. */
  readonly prepare?: (sample: Sample) => Sample;
}

/** Called with the head of each data set before it is read; what it returns is called with each sample and cell. */
export type Visitor = (head: DatasetHead) => (item: Sample | Cell) => void;

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
  const plans: Plan[] = [];
  for (const path of paths) plans.push(...await plan(path, createOpener()));
  const taken = new Map<string, string>();
  const fresh: { readonly one: Plan; readonly repeated: readonly Problem[] }[] = [];
  for (const one of together(plans)) {
    const { files, repeated } = await withoutRepeats(one, taken);
    fresh.push({ one: { ...one, files }, repeated });
  }
  const command = {
    standing: await standingCopies(fresh.map(({ one }) => one)),
    seen: createSeen(fresh.reduce((sum, { one }) => sum + one.files.length, 0) > 1),
    named: namesAmong(fresh.map(({ one }) => one)),
  };
  const scanned: Scanned[] = [];
  for (const { one, repeated } of fresh) {
    scanned.push(await scanPlan(one, visitor, createOpener(options), repeated, options.prepare, command));
  }
  return scanned;
}

/** What is known across all paths of a command. */
interface Command {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly seen: Seen;
  /** Names of data sets that tell samples apart: of those with a card, and of those that share a file with others. */
  readonly named: ReadonlySet<string>;
}

function namesAmong(plans: readonly Plan[]): Set<string> {
  const inParts = plans.filter(({ format, files }) => format?.dataset !== undefined && files.length > 0);
  const inFile = Map.groupBy(inParts, ({ files }) => files[0]);
  const sharing = [...inFile.values()].filter(({ length }) => length > 1).flat();
  return new Set([...plans.filter(({ card }) => card !== undefined), ...sharing].map((one) => headOf(one).name));
}

/** Files that a format reads together are one data set, also where they are given one by one. */
function together(plans: readonly Plan[]): Plan[] {
  const joined: Plan[] = [];
  for (const one of plans) {
    const index = joined.findIndex(({ format, card }) =>
      format?.together && format === one.format && card === undefined && one.card === undefined
    );
    if (index < 0) joined.push(one);
    else {
      const { files, rejected, passedOver, ...rest } = joined[index];
      joined[index] = {
        ...rest,
        files: [...files, ...one.files],
        rejected: [...rejected, ...one.rejected],
        passedOver: [...passedOver, ...one.passedOver],
      };
    }
  }
  return joined;
}

/** Scans one plan; `repeated` are files of it that are not to be read again. */
export async function scanPlan(
  one: Plan,
  visitor: Visitor,
  open: Opener,
  repeated: readonly Problem[] = [],
  prepare: (sample: Sample) => Sample = (sample) => sample,
  { standing, seen, named }: Command = { standing: new Map(), seen: createSeen(false), named: new Set() },
): Promise<Scanned> {
  const head = headOf(one);
  const visit = visitor(head);
  const summary = createSummary();
  const rejected: Problem[] = [];
  const unusable: Problem[] = [];
  const again: (Repeated & { readonly identity: string; readonly source: Place })[] = [];
  const superseded: Problem[] = [];
  const space = named.has(head.name) ? head.name : "";
  const isWhole = one.format?.repeats === true || one.format?.together === true;
  const transcripts = one.card && await readTranscripts(one.card, open);
  const counts = { samples: 0, cells: 0, joined: 0 };
  const withTranscript = (sample: Sample): Sample => {
    const messages = transcripts?.messages.get(sample.id);
    if (messages === undefined) return sample;
    counts.joined++;
    return { ...sample, messages };
  };
  const take = (item: Sample | Cell): void => {
    const identity = identityOf(item);
    const before = seen.repeated(item, identity, { space, isWhole });
    if (before !== undefined) {
      again.push({ ...before, identity, source: item.source });
      return;
    }
    counts["labels" in item ? "samples" : "cells"]++;
    const counted = "labels" in item ? prepare(withTranscript(item)) : item;
    summary.add(counted);
    visit(counted);
  };
  const met: Place[] = [];
  const gapsOf = one.format?.gaps;
  for await (const entries of readPlan(one, open, () => again.length + superseded.length)) {
    if (gapsOf !== undefined) met.push(...entries.map(placeOf));
    for (const entry of entries) {
      if ("reject" in entry) rejected.push(entry.reject);
      else if ("cell" in entry) take(entry.cell);
      else {
        unusable.push(...entry.unusable ?? []);
        const found = entry.attempt && standing.get(entry.attempt.key);
        const { id, source } = entry.sample;
        if (found === undefined) take(entry.sample);
        else if (found.file !== source.file) {
          superseded.push({ ...source, reason: `${id}: the same run stands in ${found.file}, and counts from there` });
        } else if (found.conflict === undefined) take(withScoresOf(entry.sample, found));
        else rejected.push({ ...source, reason: `${id}: ${found.conflict}` });
      }
    }
  }
  const told = new Set(rejected.map(({ file }) => file)); // by the reader of the files that it stands beside
  rejected.push(
    ...one.rejected.filter(({ file }) => !told.has(file)),
    ...wrongHashes(one, open),
    ...transcripts?.rejected ?? [],
  );
  const firstFiles = seen.firstFiles(new Set(again.map(({ key }) => key)));
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

function headOf({ path, card, format }: Plan): DatasetHead {
  return {
    path,
    name: card?.name ?? format?.dataset ?? (path === STDIN ? "standard input" : basename(resolve(path))),
    format: format?.name ?? "unknown",
    card,
    verdict: card?.verdict ?? format?.verdict,
  };
}

async function withoutRepeats(
  { files, format }: Plan,
  taken: Map<string, string>,
): Promise<{ files: string[]; repeated: Problem[] }> {
  const fresh: string[] = [];
  const repeated: Problem[] = [];
  for (const file of files) {
    const real = file === STDIN ? STDIN : await Deno.realPath(file).catch(() => file);
    const place = JSON.stringify([real, format?.dataset]);
    const first = taken.get(place);
    if (first === undefined) fresh.push(file);
    else repeated.push({ file, at: "file", reason: `this file was already loaded: ${first}` });
    taken.set(place, first ?? file);
  }
  return { files: fresh, repeated };
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
