/**
 * One sample, one count: what is known across all paths of a command, and what becomes of each entry by it.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import type { Entry, Problem } from "../samples/load_report.ts";
import { type Cell, identityOf, type Place, type Sample } from "../samples/sample.ts";
import { createSeen, type Repeated, type Seen } from "../samples/seen.ts";
import { createOpener, STDIN } from "./bytes/source.ts";
import { type Plan, plan } from "./files_to_read.ts";
import { type Standing, standingCopies, withScoresOf } from "./standing_copies.ts";

/** What is known across all paths of a command. */
export interface Command {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly seen: Seen;
  /** Names of data sets that tell samples apart: of those with a card, and of those that share a file with others. */
  readonly named: ReadonlySet<string>;
}

/** A plan without the files that were planned before; those are in `repeated`. */
export interface FreshPlan {
  readonly one: Plan;
  readonly repeated: readonly Problem[];
}

/** Nothing else is read: for a data set by itself. */
export function aloneCommand(): Command {
  return { standing: new Map(), seen: createSeen(false), named: new Set() };
}

/**
 * Plans all paths of a command before any of them is read.
 *
 * @throws {Deno.errors.NotFound} if a path does not exist
 */
export async function planAll(paths: readonly string[]): Promise<{ plans: readonly FreshPlan[]; command: Command }> {
  const found: Plan[] = [];
  for (const path of paths) found.push(...await plan(path, createOpener()));
  const taken = new Map<string, string>();
  const plans: FreshPlan[] = [];
  for (const one of together(found)) {
    const { files, repeated } = await withoutRepeats(one, taken);
    plans.push({ one: { ...one, files }, repeated });
  }
  const all = plans.map(({ one }) => one);
  const command = {
    standing: await standingCopies(all),
    seen: createSeen(all.reduce((sum, { files }) => sum + files.length, 0) > 1),
    named: namesAmong(all),
  };
  return { plans, command };
}

/** The name of a plan's data set. */
export function nameOf({ path, card, format }: Plan): string {
  return card?.name ?? format?.dataset ?? (path === STDIN ? "standard input" : basename(resolve(path)));
}

/** What becomes of an entry: it counts, cannot be used, stands elsewhere, or was seen before. */
export type Admitted =
  | { readonly item: Sample | Cell }
  | { readonly reject: Problem }
  | { readonly superseded: Problem }
  | { readonly again: Repeated & { readonly identity: string; readonly source: Place } };

/** Says of one entry after the other what becomes of it. */
export function admitting(one: Plan, { standing, seen, named }: Command): (entry: Entry) => Admitted {
  const name = nameOf(one);
  const origin = {
    space: named.has(name) ? name : "",
    isWhole: one.format?.repeats === true || one.format?.together === true,
  };
  const admit = (item: Sample | Cell): Admitted => {
    const identity = identityOf(item);
    const before = seen.repeated(item, identity, origin);
    return before === undefined ? { item } : { again: { ...before, identity, source: item.source } };
  };
  return (entry) => {
    if ("reject" in entry) return entry;
    if ("cell" in entry) return admit(entry.cell);
    const { sample, attempt } = entry;
    const found = attempt && standing.get(attempt.key);
    if (found === undefined) return admit(sample);
    const told = (reason: string) => ({ ...sample.source, reason: `${sample.id}: ${reason}` });
    if (found.conflict !== undefined) return { reject: told(found.conflict) };
    if (found.file === sample.source.file) return admit(withScoresOf(sample, found));
    return { superseded: told(`the same run stands in ${found.file}, and counts from there`) };
  };
}

function namesAmong(plans: readonly Plan[]): Set<string> {
  const inParts = plans.filter(({ format, files }) => format?.dataset !== undefined && files.length > 0);
  const inFile = Map.groupBy(inParts, ({ files }) => files[0]);
  const sharing = [...inFile.values()].filter(({ length }) => length > 1).flat();
  return new Set([...plans.filter(({ card }) => card !== undefined), ...sharing].map(nameOf));
}

/** Files that a format reads together, or that one card lists, are one data set, also where they are given one by one. */
function together(plans: readonly Plan[]): Plan[] {
  const joined: Plan[] = [];
  for (const one of plans) {
    const index = joined.findIndex(({ path, format, card }) =>
      card === undefined
        ? format?.together && format === one.format && one.card === undefined
        : one.card !== undefined && resolve(path) === resolve(one.path)
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
