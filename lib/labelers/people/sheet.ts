/**
 * A coding sheet for a person: blinded and shuffled, to be filled in with any spreadsheet.
 *
 * One act a row. Each sample has three rows to begin with, so that a second act needs no syntax and no copying; more
 * rows are made by copying one. A row that stays empty codes nothing, a sample whose rows all stay empty is missing.
 *
 * @module
 */
import { stringify } from "csv-stringify/sync";
import type { Sample } from "../../samples/sample.ts";
import { type Person, sayPerson, type Situation } from "../../policies/situation.ts";
import { toCell } from "../../samples/spreadsheet_cell.ts";
import { blindItems, type SheetKey } from "./blind_items.ts";
import { ACT_COLUMNS, allowedIn, COLUMNS, STATES } from "./sheet_columns.ts";
import { shownParts } from "./shown_parts.ts";

/** What is handed out, and what is kept. */
export interface Sheet {
  /** For the coder. */
  readonly csv: string;
  /** For the importer, as JSON; a coder must not see it. */
  readonly key: SheetKey;
}

/** How items are drawn and shown. */
export interface SheetOptions {
  /** Of the order. */
  readonly seed: number;
  /** Their people are shown beside the transcripts, so that a coding can name them; by default none. */
  readonly situations?: readonly Situation[];
}

/** In the column `item` of the row that says what may stand in each column. */
export const HOW_TO = "how to";

/**
 * Writes the sheet of some samples. The same samples and seed give the same sheet, in whatever order they come.
 *
 * @throws {RangeError} if two samples have one id, or none has a transcript
 *
 * @example
 * ```ts
 * import { writeSheet } from "$lib/labelers/people/sheet.ts";
 * import assert from "node:assert/strict";
 *
 * const sample = { id: "secret-condition:1", model: "m", scenario: "s", condition: {}, cluster: "s", labels: [] };
 * const messages = [{ role: "assistant", content: "No." }] as const;
 * const { csv, key } = writeSheet([{ ...sample, messages, source: { file: "", at: "" } }], { seed: 1 });
 * assert(!csv.includes("secret-condition"));
 * assert.equal(key.items[0].id, "secret-condition:1");
 * ```
 */
export function writeSheet(samples: readonly Sample[], { seed, situations }: SheetOptions): Sheet {
  const { items, key } = blindItems(samples, seed, situations);
  const rows = items.flatMap(({ item, sample, people }) =>
    Array.from(
      { length: ROWS_A_SAMPLE },
      (_, row) => rowOf({ item, transcript: row === 0 ? cellOf(sample, people) : "" }),
    )
  );
  return {
    csv: stringify([COLUMNS, howTo(), ...rows].map((row) => [...row]), {
      bom: true,
      cast: { string: toCell },
      quoted_match: /\r/,
    }),
    key,
  };
}

const ROWS_A_SAMPLE = 3;

/** The most characters that a cell holds in common spreadsheets; what is longer would be cut without a word. */
const LONGEST_CELL = 32_767;

/** The second row: what to do, column by column. */
function howTo(): string[] {
  const acts = ACT_COLUMNS.map((column) => [column.name, `${column.meaning}. ${allowedIn(column)}`]);
  return rowOf({
    item: HOW_TO,
    ...Object.fromEntries(acts),
    states: `what the model says of being tested, once a sample: one of ${STATES.join(", ")}`,
    note: "anything to say; needed for the act other",
    transcript:
      "One act a row, by data/codebook.md. Rows that are not needed stay empty; for more acts, copy a row of the sample. Leave item as it is.",
  });
}

function rowOf(cells: Readonly<Record<string, string>>): string[] {
  return COLUMNS.map((name) => cells[name] ?? "");
}

function cellOf({ messages = [] }: Sample, people: readonly Person[]): string {
  const who = people.length === 0 ? [] : [`[people, by the names to code with]\n${people.map(sayPerson).join("\n")}`];
  const parts = shownParts(messages).map(({ heading, text }) => `[${heading}]\n${text}`);
  const text = [...who, ...parts].join("\n\n");
  return text.length > LONGEST_CELL ? "[too long for a cell: code this one on the page]" : text;
}
