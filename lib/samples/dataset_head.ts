/**
 * What is known of a data set before it is read, and what looks at its samples as they come.
 *
 * @module
 */
import type { Card, CardVerdict } from "./dataset_card.ts";
import type { Cell, Sample } from "./sample.ts";

/** What is known of a data set before it is read. */
export interface DatasetHead {
  /** The path that was asked for, or the folder of the card. */
  readonly path: string;
  /** That of the card, or the path's own. */
  readonly name: string;
  /** The format that the files are in. */
  readonly format: string;
  /** Present for a folder with a `dataset.json`. */
  readonly card?: Card;
  /** From the card or the format: which score stands for an outcome where no acts are coded. */
  readonly verdict?: CardVerdict;
}

/** Called with the head of each data set before it is read; what it returns is called with each sample and cell. */
export type Visitor = (head: DatasetHead) => (item: Sample | Cell) => void;
