/**
 * What a format is: how its files are recognised, and how they are read.
 *
 * @module
 */
import type { CardVerdict } from "../../samples/dataset_card.ts";
import type { Entry, NumberingGap } from "../../samples/load_report.ts";
import type { Opener } from "../bytes/source.ts";
import type { Place } from "../../samples/sample.ts";

/** The beginning of a file, for recognising its format. */
export interface FileHead {
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** The first bytes, decompressed, and the same as text; `whole` where that is all of the file. */
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly whole: boolean;
}

/** One format. */
export interface Format {
  readonly name: string;
  /** What a file must hold to be of this format, as said where none fits: `id, labels in a JSONL line`. */
  readonly needs: string;
  readonly fits: (head: FileHead) => boolean;
  /** True where all files of the format below one path make one data set that must be read together. */
  readonly together?: boolean;
  /** True where one sample may stand in several files (a log and its retry): repeats are counted, not problems. */
  readonly repeats?: boolean;
  /** Where a run may stand in several files as several attempts: what is the same in all of these files. */
  readonly seriesOf?: (file: string) => Promise<string | undefined>;
  /** Where the format records only a yes/no verdict: which score it is, and the outcome that true stands for. */
  readonly verdict?: CardVerdict;
  /** Where samples are numbered: which numbers are absent among those that were met. */
  readonly gaps?: (met: Iterable<Place>) => NumberingGap[];
  /** Where one file can hold several data sets: a format for each of them, in their order. */
  readonly datasetsOf?: (file: string) => Promise<readonly Format[]>;
  /** The name of the data set, for a format that is one of those. */
  readonly dataset?: string;
  /** Yields a sample, cell or reject for everything that the files hold, one or many at a time; reads through `open`. */
  readonly read: (files: readonly string[], open: Opener) => AsyncGenerator<Entry | Entry[]>;
}
