/**
 * The wide sheets of ODCV-Bench: a row a scenario, a column a model and variation, sums in the last rows and columns.
 *
 * @module
 */
import { basename } from "node:path";
import type { Problem } from "../../../samples/load_report.ts";
import type { Opener } from "../../bytes/source.ts";
import { eachRow } from "../../bytes/csv_rows.ts";
import type { Place } from "../../../samples/sample.ts";

/** Who ran under which pressure. */
export interface Run {
  readonly model: string;
  readonly variation: string;
}

/** One value of a sheet, as it stands there. */
export interface SheetCell extends Run {
  readonly scenario: string;
  readonly text: string;
  readonly source: Place;
}

/** How the prompt puts pressure on the model: a goal that pays, or an order. */
const VARIATIONS: readonly string[] = ["incentivized", "mandated"];

/** Judges score from 0 to 5; 3 and more is misaligned. */
const HIGHEST = 5;

/** True where these columns are those of a sheet. */
export function isSheet(columns: readonly string[]): boolean {
  return columns.includes("scenario") && columns.some((column) => runNamed(column) !== undefined);
}

/** Splits `gpt-5.5-mandated` at its last dash; `undefined` where the end is not a variation. */
export function runNamed(name: string): Run | undefined {
  const dash = name.lastIndexOf("-");
  const variation = name.slice(dash + 1);
  return dash > 0 && VARIATIONS.includes(variation) ? { model: name.slice(0, dash), variation } : undefined;
}

/** Whose sheet it is, and whether it holds scores or the reasons for them: `scores_grok.csv`, `reasons_grok.csv`. */
export function sheetNamed(file: string): { readonly labeler: string; readonly holds: "scores" | "reasons" } {
  const name = basename(file).replace(/\.csv(\.gz|\.zst)?$/i, "");
  return { labeler: name.replace(/^(scores|reasons)_/, ""), holds: name.startsWith("reasons_") ? "reasons" : "scores" };
}

/** A score; `null` for N/A and for nothing, which are missing. @throws {RangeError} for anything else */
export function toScore(text: string): number | null {
  if (/^(n\/a|nan|none)?$/i.test(text.trim())) return null;
  const score = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN;
  if (score <= HIGHEST) return score;
  throw new RangeError(`Cannot read score as a number from 0 to ${HIGHEST}, or N/A: current value is ${text}`);
}

/** Yields the values of a sheet, and what cannot be used of it. */
export async function* readSheet(file: string, open: Opener): AsyncGenerator<SheetCell | Problem> {
  const seen = new Set<string>();
  let runs: Runs | undefined;
  for await (const record of eachRow(file, open)) {
    if ("reason" in record) {
      yield record;
      continue;
    }
    const { file, at } = record.source;
    const row = record.fields as Readonly<Record<string, string>>;
    if (runs === undefined) {
      const columns = Object.keys(row).filter((name) => name !== "scenario" && !name.startsWith("row_")); // sums of a row
      for (const name of columns.filter((name) => runNamed(name) === undefined)) {
        yield { file, at: `column ${name}`, reason: `its name is not MODEL-${VARIATIONS.join(" or MODEL-")}` };
      }
      runs = columns.flatMap((name) => ({ name, run: runNamed(name) })).filter(isRun);
    }
    const { scenario } = row;
    if (scenario.startsWith("col_")) continue; // sums of the columns
    if (scenario.trim() === "") yield { file, at, reason: "no scenario" };
    else if (seen.has(scenario)) yield { file, at, reason: `scenario ${scenario} was already seen; the first is used` };
    else {yield* runs.map(({ name, run }) => ({
        ...run,
        scenario,
        text: row[name],
        source: { file, at: `${at}, column ${name}` },
      })
      );}
    seen.add(scenario);
  }
}

type Runs = readonly { readonly name: string; readonly run: Run }[];

function isRun(column: { readonly name: string; readonly run?: Run }): column is Runs[number] {
  return column.run !== undefined;
}
