/**
 * `--samples FILE.csv`: which samples stand behind each row.
 *
 * @module
 */
import { toCsv } from "../../figures/csv.ts";
import type { SampleAnswer } from "../../rates/counting/answers.ts";
import type { TableRow } from "../../rates/counting/rates.ts";
import { UsageError } from "./main.ts";

/** Collects answers, and writes them when all is counted. */
export interface SamplesFile {
  readonly add: (answer: SampleAnswer) => void;
  /** @returns what was written, as a line to print */
  readonly write: () => Promise<string>;
}

/**
 * Opens the file of `--samples`; without one there is none.
 *
 * @throws {UsageError} if the name does not end with .csv, or there is already a file
 */
export async function samplesFile(file: string | undefined): Promise<SamplesFile | undefined> {
  if (file === undefined) return undefined;
  if (!file.endsWith(".csv")) throw new UsageError(`Cannot write ${file}: the name of --samples must end with .csv`);
  if (await Deno.stat(file).then(() => true, () => false)) {
    throw new UsageError(`Cannot write as there is already a file: ${file}`);
  }
  const answers: SampleAnswer[] = [];
  return {
    add: (answer) => answers.push(answer),
    write: async () => {
      await Deno.writeTextFile(file, toCsv(answers.map(rowOf)), { createNew: true });
      return `written: ${file}: ${answers.length} samples and answers`;
    },
  };
}

function rowOf({ group, source, labeler, dataset, id, outcome, answer }: SampleAnswer): TableRow {
  return { ...group, outcome, answer, labeler: labeler ?? null, id, dataset, file: source.file, at: source.at };
}
