/**
 * What is known of a data set before it is read, and what looks at its samples as they come.
 *
 * @module
 */
import type { Outcome } from "../acts/vocabulary.ts";
import type { Card } from "./dataset_card.ts";
import type { Cell, Sample } from "./sample.ts";

/** A score that stands for an outcome where it is true; where it is false, which other outcome it was is not known. */
export interface Verdict {
  readonly label: string;
  readonly true_is: Outcome;
}

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

/** Called with the head of each data set before it is read; what it returns is called with each sample and cell. */
export type Visitor = (head: DatasetHead) => (item: Sample | Cell) => void;
