/**
 * Rates and contrasts as tables of words: what a paper prints of them.
 *
 * @module
 */
import type { FamilyMember } from "../rates/comparing/family.ts";
import type { Rate } from "../rates/counting/rates.ts";
import { sayContrastOver, sayIntervals, sayOver } from "./over.ts";
import { percent, percentRange, points } from "./percent.ts";
import { sayP } from "./say.ts";
import type { TextColumn, TextTable } from "./table.ts";

/** A column with what it says of a row. */
interface Column<Row> extends TextColumn {
  readonly cell: (row: Row) => string;
}

/**
 * The table of rates: group, outcome, count, rate, interval and what it is over; what is missing where anything is.
 *
 * @example
 * ```ts
 * import { ratesTable } from "$lib/words/rates_table.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = rates([{ group: { model: "m" }, outcome: "harmful", count: 18, scored: 20, missing: 1 }]);
 * const { columns, rows: [row] } = ratesTable(rows);
 * assert.equal(columns.length, 8);
 * assert.deepEqual(row.slice(0, 4), ["m", "harmful", "18/20", "90\u00a0%"]);
 * ```
 */
export function ratesTable(rows: readonly Rate[]): TextTable {
  const level = percent(rows[0]?.level ?? 0.95);
  return tableOf(rows, [
    ...groupColumns(rows, ({ group }) => group),
    { heading: "outcome", cell: ({ outcome }) => outcome },
    { heading: "count", isNumber: true, cell: ({ count, scored }) => `${count}/${scored}` },
    { heading: "rate", isNumber: true, cell: ({ rate }) => rate === null ? "no rate" : percent(rate) },
    {
      heading: `${level} CI`,
      isNumber: true,
      cell: ({ lower, upper }) => lower === null || upper === null ? "none" : percentRange(lower, upper),
    },
    { heading: "of", cell: (row) => row.scored === 0 ? "nothing" : wordsOf(sayOver(row)) },
    ...missingColumns(rows, ({ missing }) => missing, ({ bounds }) => percentRange(...bounds)),
  ]);
}

/** The table of contrasts: both arms, the difference in percentage points, its interval, its test, raw and adjusted. */
export function contrastsTable(members: readonly FamilyMember[]): TextTable {
  const rows = members.map(({ contrast, ...tested }) => ({ ...contrast, ...tested }));
  const [first] = rows;
  if (first === undefined) return { columns: [], rows: [], notes: [] };
  const level = percent(first.level);
  const armOf = (arm: Rate | undefined) => arm === undefined ? "absent" : `${arm.count}/${arm.scored}`;
  const missing = (row: typeof first) => (row.first?.missing ?? 0) + (row.second?.missing ?? 0);
  const named = (arm: "first" | "second") =>
    rows.map((row) => row[arm]?.group[first.factor]).find((level) => level !== undefined) ?? arm;
  return tableOf(rows, [
    ...groupColumns(rows, ({ group }) => group),
    { heading: "outcome", cell: ({ outcome }) => outcome },
    { heading: named("first"), isNumber: true, cell: (row) => armOf(row.first) },
    { heading: named("second"), isNumber: true, cell: (row) => armOf(row.second) },
    {
      heading: "points",
      isNumber: true,
      cell: ({ difference }) => difference === null ? "none" : points(difference),
    },
    {
      heading: `${level} CI`,
      isNumber: true,
      cell: ({ lower, upper }) => lower === null || upper === null ? "none" : `${points(lower)} to ${points(upper)}`,
    },
    { heading: "of", cell: (row) => row.difference === null ? "nothing" : wordsOf(sayContrastOver(row)) },
    { heading: "p", isNumber: true, cell: ({ pValue }) => bareP(pValue) },
    { heading: "p (Holm)", isNumber: true, cell: ({ holm }) => bareP(holm) },
    ...missingColumns(rows, missing, ({ bounds }) => `${points(bounds.lower)} to ${points(bounds.upper)}`),
  ]);
}

function tableOf<Row extends Pick<Rate, "method" | "over" | "refusal">>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): TextTable {
  const intervals = sayIntervals(rows);
  return {
    columns: columns.map(({ heading, isNumber }) => ({ heading, isNumber })),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
    notes: [
      ...rows.every(({ method }) => method === "none") ? [] : [`CI: ${intervals}.`],
      ...new Set(rows.flatMap(({ refusal }) => refusal === undefined ? [] : [`${refusal}.`])),
    ],
  };
}

function groupColumns<Row>(rows: readonly Row[], of: (row: Row) => Readonly<Record<string, string>>): Column<Row>[] {
  const factors = [...new Set(rows.flatMap((row) => Object.keys(of(row))))];
  return factors.map((factor) => ({ heading: factor, cell: (row) => of(row)[factor] ?? "" }));
}

/** What is missing, and what that leaves open; no columns where nothing is. */
function missingColumns<Row>(
  rows: readonly Row[],
  missing: (row: Row) => number,
  range: (row: Row) => string,
): Column<Row>[] {
  if (rows.every((row) => missing(row) === 0)) return [];
  return [
    { heading: "missing", isNumber: true, cell: (row) => String(missing(row)) },
    { heading: "if all were known", isNumber: true, cell: (row) => missing(row) === 0 ? "" : range(row) },
  ];
}

/** A p-value below a heading that says what it is. */
function bareP(pValue: number | null): string {
  return sayP(pValue).replace(/^p (?:= )?/, "");
}

/** ` over 40 prompts` and ` for this one prompt` without the word that joins them to a sentence. */
function wordsOf(said: string): string {
  return said.replace(/^(?: over| for|,) /, "");
}
