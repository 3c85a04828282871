/**
 * In which form a command prints its rows: as sentences, or as `--json`, `--csv`, `--md`, `--tex`.
 *
 * @module
 */
import { type TextTable, toMarkdown, toTex } from "../../words/table.ts";
import { UsageError } from "./main.ts";
import { tell } from "./print.ts";

/** The options, as parseArgs() takes them. */
export const PRINT_OPTIONS = {
  json: { type: "boolean" },
  csv: { type: "boolean" },
  md: { type: "boolean" },
  tex: { type: "boolean" },
} as const;

/** What they mean, for the usage of a command. */
export const PRINT_USAGE = `  --json      one JSON object on standard output and nothing else
  --csv       the same rows as CSV
  --md --tex  a table for a page of text, or for a paper (booktabs)`;

/** The form that was asked for; `undefined`: sentences. */
export function printedAs(values: Readonly<Record<string, unknown>>): keyof typeof PRINT_OPTIONS | undefined {
  const chosen = (["json", "csv", "md", "tex"] as const).filter((name) => values[name]);
  if (chosen.length > 1) {
    const options = chosen.map((one) => `--${one}`).join(", ");
    throw new UsageError(`Cannot print in several ways at once: choose one of ${options}`);
  }
  return chosen[0];
}

/** Prints a table of words. */
export function tellTable(table: TextTable, as: "md" | "tex"): void {
  tell((as === "md" ? toMarkdown : toTex)(table).trimEnd().split("\n"));
}
