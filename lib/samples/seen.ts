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
import { type Cell, likenessOf, recordedOf, type Sample } from "./sample.ts";

/** What was seen so far. */
export interface Seen {
  /**
   * Takes an item in; returns under which key it was seen before, if it was.
   *
   * @param item with its `identity`, see `identityOf` in `sample.ts`
   */
  readonly repeated: (item: Sample | Cell, identity: string, origin: Origin) => Repeated | undefined;
  /** The file in which each of the keys `wanted` was seen first. */
  readonly firstFiles: (wanted: ReadonlySet<string>) => ReadonlyMap<string, string>;
}

/** What was seen before. */
export interface Repeated {
  readonly key: string;
  /** True where something else was recorded of it then: other acts or scores. */
  readonly isOther: boolean;
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
  return hasMany ? seenInMany() : seenByIdentity();
}

/** The least that is needed, for it is asked for every sample: one look-up, and nothing held beside the identity. */
function seenByIdentity(): Seen {
  const seen = new Set<string>();
  const first = firstFilesOf(seen);
  return {
    repeated: (item, identity) => {
      const { size } = seen;
      if (seen.add(identity).size === size) return { key: identity, isOther: false };
      first.isNextIn(item.source.file);
      return undefined;
    },
    firstFiles: first.among,
  };
}

function seenInMany(): Seen {
  const seen = new Map<string, number>(); // with what was recorded
  const first = firstFilesOf(seen);
  const inFile = { place: "", keys: new Set<string>() };
  return {
    repeated: (item, identity, { space, isWhole }) => {
      const { file } = item.source;
      const recorded = recordedOf(item);
      const before = (key: string): Repeated | undefined => {
        const known = seen.get(key);
        if (known !== undefined) return { key, isOther: known !== recorded };
        seen.set(key, recorded);
        first.isNextIn(file);
        return undefined;
      };
      const whole = `${space}\n${identity}`;
      const again = isWhole ? before(whole) : undefined;
      if (again !== undefined) return again;
      const alike = `${whole}\n${likenessOf(item)}`;
      const copy = before(alike);
      if (copy !== undefined) return copy;
      if (isWhole) return undefined;
      const place = `${space}\n${file}`;
      if (inFile.place !== place) {
        inFile.place = place;
        inFile.keys.clear();
      }
      const size = inFile.keys.size;
      return inFile.keys.add(identity).size === size ? { key: alike, isOther: false } : undefined;
    },
    firstFiles: first.among,
  };
}

/** The files of keys, which lie in the order of their first appearance: where in it each file begins. */
function firstFilesOf(seen: ReadonlySet<string> | ReadonlyMap<string, unknown>) {
  const runs: { readonly file: string; readonly from: number }[] = [];
  return {
    /** Takes down that the key that was added last is of this file. */
    isNextIn: (file: string): void => {
      if (runs.at(-1)?.file !== file) runs.push({ file, from: seen.size - 1 });
    },
    among: (wanted: ReadonlySet<string>): ReadonlyMap<string, string> => {
      const found = new Map<string, string>();
      let [index, run] = [0, 0];
      for (const key of wanted.size === 0 ? [] : seen.keys()) {
        if (runs[run + 1]?.from === index) run++;
        if (wanted.has(key)) found.set(key, runs[run].file);
        index++;
      }
      return found;
    },
  };
}
