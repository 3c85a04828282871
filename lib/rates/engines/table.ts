/**
 * Tables of Parquet in the layout of `deno task load --to` that are larger than what is opened here, or lie in folders that
 * are columns: an engine counts their kinds, and nothing else of them is read.
 *
 * @module
 */
import type { RecordRead } from "../../reading/bytes/record.ts";
import type { CountedSamples } from "../counting/count.ts";
import type { Question } from "../counting/verdicts.ts";
import { countKindRecords, type KindOptions } from "./count_kinds.ts";

/** Where a table is, and how it is read. */
export interface Table {
  /** Folders, files or addresses, as the engine takes them. */
  readonly paths: readonly string[];
  /** True where paths may be patterns, and folders named `model=x` are columns. */
  readonly partitions?: boolean;
}

/** What an engine answers. */
export interface Answer {
  /** The kinds, as they come. */
  readonly kinds: AsyncIterable<readonly RecordRead[]>;
  /** Samples that stand several times, at most {@linkcode MOST_COPIES} of them; known when the kinds have ended. */
  readonly copies: readonly { readonly id: string; readonly times: number }[];
  /** The engine with its version; known when the kinds have ended. */
  readonly engine: string;
}

/** An engine: `withRun` says that kinds are told apart by where samples stood. */
export type Engine = (table: Table, withRun: boolean) => Promise<Answer>;

/** So many copies are enough to say what is wrong. */
export const MOST_COPIES = 5;

/** What an engine counted, and which it was. */
export interface CountedTable extends CountedSamples {
  /** Its name and version. */
  readonly engine: string;
}

/**
 * Counts a table by an engine, as `countSamples()` counts files.
 *
 * @throws {SyntaxError} if the table has not the columns of the layout, or a sample stands in it several times: which of
 *   them counts cannot be said without reading them
 * @throws {RangeError} if no sample has one of the factors or levels
 *
 * @example
 * ```ts
 * import { duckdbTable } from "$lib/rates/engines/duckdb_table.ts";
 * import { countTable } from "$lib/rates/engines/table.ts";
 * import { writeParquet } from "$lib/reading/parquet/write.ts";
 * import { scan } from "$lib/reading/scan.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * await writeParquet(`${folder}/a.parquet`, (visitor) => scan(["data/opus4-variants"], visitor));
 * const table = { paths: [folder] };
 * const { counts, engine } = await countTable(duckdbTable, table, ["variant"], [{ label: "accepts_migration" }]);
 * assert.deepEqual(counts.map(({ scored }) => scored), [10, 10, 10, 10]);
 * assert.match(engine, /^DuckDB v1/);
 * ```
 */
export async function countTable(
  engine: Engine,
  table: Table,
  by: readonly string[],
  questions: readonly Question[],
  options: KindOptions = {},
): Promise<CountedTable> {
  const name = table.paths.join(", ");
  const ask = async (withRun: boolean) => {
    const answer = await engine(table, withRun);
    const counted = await countKindRecords(name, answer.kinds, by, questions, options);
    const [copy] = answer.copies;
    if (copy !== undefined) {
      const others = answer.copies.length === 1 ? "" : ", and it is not alone";
      throw new SyntaxError(
        `Cannot count ${name} as sample ${copy.id} stands in it ${copy.times} times${others}: ` +
          "write the table without copies, as deno task load --to does from all its files at once",
      );
    }
    return { ...counted, engine: answer.engine };
  };
  try {
    return await ask(false);
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes(" as no sample has ")) throw error;
    return await ask(true); // what nobody has as a factor may stand in `run`: far more kinds, so only where needed
  }
}
