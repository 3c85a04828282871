/**
 * What the reader's parts know of each other while the page is open.
 *
 * @module
 */
import type { ReaderData } from "./data.ts";
import type { Compared } from "./pairs.ts";
import type { Asked } from "./question.ts";

/** The page at work. */
export interface Reader {
  readonly data: ReaderData;
  readonly asked: Asked;
  /** The texts in small letters, made bit by bit once the page stands; `undefined`: not yet. */
  readonly small: (string | undefined)[];
  /** For each text 1 where it holds the words that are searched for; `undefined`: none are. */
  hits: Uint8Array | undefined;
  /** Numbers of the samples in the list, in order. */
  list: readonly number[];
  view: "counts" | "sample" | "pair";
  /** Number of the sample that is open; -1: none. */
  sample: number;
  compared: Compared | undefined;
  /** Which of the pairs is open. */
  pair: number;
  /** What the address shall end with: it follows a moment later. */
  hash: string;
  /** Numbers of up to two factors that counts are by; -1: none. */
  readonly by: [number, number];
}

/** What a part may ask of the page. */
export interface Actions {
  /** Opens a sample, at a message or quote such as `m3`. */
  readonly open: (sample: number, at?: string) => void;
  /** After the question or the choice of samples has changed. */
  readonly ask: () => void;
  readonly show: (view: Reader["view"]) => void;
  /** Says something in the line of messages. */
  readonly say: (message: string) => void;
}
