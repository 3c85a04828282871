/**
 * Which samples and published counts were seen already, over all that one command reads, and in which file first.
 *
 * A sample is the same as another where both have the same id and data set. Files without a card do not say which data
 * set they are of: there, in two files, those are the same that are alike in model, scenario, condition and transcript
 * as well, so that two files that both number from 1 are no copies, and a copy under another name, in another folder or
 * another format is one. Within one file an id stands once. With a file beside each, a million would not fit.
 *
 * @module
 */
import { type Cell, likenessOf, type Sample } from "./sample.ts";

/** What was seen so far. */
export interface Seen {
  /**
   * Takes an item in; returns the key under which it was seen before, if it was.
   *
   * @param item with its `identity`, see `identityOf` in `sample.ts`
   */
  readonly repeated: (item: Sample | Cell, identity: string, origin: Origin) => string | undefined;
  /** The file in which each of the keys `wanted` was seen first. */
  readonly firstFiles: (wanted: ReadonlySet<string>) => ReadonlyMap<string, string>;
}

/** Where an item comes from. */
export interface Origin {
  /** The name of its data set, where that has a card; else empty. */
  readonly space: string;
  /** True where an id is one sample in all files of the format, as that of a log is. */
  readonly isWhole: boolean;
}

/** Starts with nothing seen. @param hasMany whether there is more than one file: a file by itself needs its ids alone */
export function createSeen(hasMany: boolean): Seen {
  const seen = new Set<string>(); // in order of first appearance
  const runs: { readonly file: string; readonly from: number }[] = []; // those seen from there on are in this file
  const inFile = { place: "", keys: new Set<string>() };
  const isNew = (key: string, file: string): boolean => {
    const before = seen.size;
    if (seen.add(key).size === before) return false; // one look-up: at a million, each misses every cache
    if (runs.at(-1)?.file !== file) runs.push({ file, from: before });
    return true;
  };
  return {
    repeated: (item, identity, { space, isWhole }) => {
      const { file } = item.source;
      if (!hasMany) return isNew(identity, file) ? undefined : identity;
      const whole = `${space}\n${identity}`;
      if (isWhole && !isNew(whole, file)) return whole;
      const alike = `${whole}\n${likenessOf(item)}`;
      if (!isNew(alike, file)) return alike;
      if (isWhole) return undefined;
      const place = `${space}\n${file}`;
      if (inFile.place !== place) {
        inFile.place = place;
        inFile.keys.clear();
      }
      const size = inFile.keys.size;
      return inFile.keys.add(identity).size === size ? alike : undefined;
    },
    firstFiles: (wanted) => {
      const found = new Map<string, string>();
      let [index, run] = [0, 0];
      for (const key of wanted.size === 0 ? [] : seen) {
        if (runs[run + 1]?.from === index) run++;
        if (wanted.has(key)) found.set(key, runs[run].file);
        index++;
      }
      return found;
    },
  };
}
