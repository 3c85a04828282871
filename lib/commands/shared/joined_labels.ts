/**
 * `--labels FILE`: labels of another file, joined to the samples that are counted, with an account of them.
 *
 * @module
 */
import { type JoinAccount, labelJoiner, sayContradiction } from "../../labelers/join_labels.ts";
import type { ScanOptions } from "../../reading/scan.ts";
import { UsageError } from "./main.ts";

/** What to give to the scan, and the account to print after it. */
export interface JoinedLabels {
  readonly options: Pick<ScanOptions, "prepare">;
  /** Names of the labelers in the file. */
  readonly labelers: () => string[];
  /** Lines to print, one a labeler. */
  readonly notes: () => string[];
  /** Lines about labels that could not be used. */
  readonly problems: () => string[];
}

/** Opens the file of `--labels`; without one nothing is joined. */
export function joinedLabels(file: string | undefined): JoinedLabels {
  if (file === undefined) return { options: {}, labelers: () => [], notes: () => [], problems: () => [] };
  const { join, account } = opened(file);
  return {
    options: { prepare: join },
    labelers: () => Object.keys(account().labelers),
    notes: () => {
      const counted = Object.entries(account().labelers).map(([labeler, count]) => sayCount(labeler, count));
      return counted.length === 0 ? [`${file} holds no label`] : counted;
    },
    problems: () => [
      ...account().unknown.map((id) => `not joined: ${file}: no sample has the id ${id}`),
      ...account().changed.map((id) => `not joined: ${file}: sample ${id} has another transcript than was labelled`),
      ...account().contradictions.map((one) => `not joined: ${file}: ${sayContradiction(one)}`),
    ],
  };
}

function opened(file: string) {
  try {
    return labelJoiner(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`Cannot join labels as there is no file ${file}`);
    throw error;
  }
}

function sayCount(labeler: string, { labelled, missing, without }: JoinAccount["labelers"][string]): string {
  const reasons = Object.entries(missing).map(([reason, count]) => `, ${count} missing (${reason})`).join("");
  return `${labeler}: ${labelled} labelled${reasons}, ${without} without a line`;
}
