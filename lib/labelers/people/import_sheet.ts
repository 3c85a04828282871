/**
 * Reads a coding sheet back. Every bad cell is named, by its row in the spreadsheet; a sample with a bad cell is missing
 * with that reason, for half of a coding is another coding; all others are kept.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import { type Act, actSchema, NEEDED_FIELDS } from "../../acts/act.ts";
import type { SheetKey } from "./blind_items.ts";
import type { LabelLine } from "../label_line.ts";
import { fromCell } from "../../samples/spreadsheet_cell.ts";
import { HOW_TO } from "./sheet.ts";
import { ACT_COLUMNS, allowedIn, cellValue, COLUMNS, STATES, wordOf } from "./sheet_columns.ts";

/** A cell that cannot be used. */
export interface CellProblem {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** The name of the column. */
  readonly column: string;
  /** What stands there. */
  readonly value: string;
  /** What may stand there, in words. */
  readonly allowed: string;
}

/** What came of a sheet: one label for each sample of its key, in the order of the sheet. */
export interface ImportedSheet {
  /** One a sample, also where it is missing. */
  readonly labels: readonly LabelLine[];
  /** In the order of the rows. */
  readonly problems: readonly CellProblem[];
}

/**
 * Reads a filled-in sheet, also with semicolons or tabs, other columns order, sorted rows or rows taken out.
 *
 * @param labeler who coded it, for example `coder:ab`
 * @throws {SyntaxError} if it is not readable as CSV or lacks columns
 * @throws {RangeError} if it is a sheet of other samples, or nothing is coded in it
 */
export function importSheet(csv: string, key: SheetKey, labeler: string): ImportedSheet {
  const rows = rowsOf(csv);
  const known = new Set(key.items.map(({ item }) => item));
  const filled = rows.filter(({ cells }) => cells.item !== HOW_TO);
  if (!filled.some(({ cells }) => known.has(cells.item))) {
    throw new RangeError(`Cannot import as the sheet is not that of the key, ${key.sheet}: no row has an item of it`);
  }
  const strange = filled.filter((row) => !known.has(row.cells.item) && !isEmpty(row)).map(({ number, cells }) =>
    problem(number, "item", cells.item, `an item of the sheet, as ${key.items[0].item}`)
  );
  const codings = key.items.map(({ item, id, sample, people = [] }) => {
    const { coding, problems } = codingOf(filled.filter(({ cells }) => cells.item === item), people);
    return { label: { id, sample, labeler, kind: "human" as const, ...coding }, problems };
  });
  if (filled.every(isEmpty)) {
    throw new RangeError(
      `Cannot import as nothing is coded in the sheet: all ${key.items.length} items are as they were handed out`,
    );
  }
  const unseen = key.without_transcript.map((one) => ({
    ...one,
    labeler,
    kind: "human" as const,
    missing: "no transcript",
  }));
  return {
    labels: [...codings.map(({ label }) => label), ...unseen],
    problems: [...strange, ...codings.flatMap(({ problems }) => problems)].sort((a, b) => a.row - b.row),
  };
}

/** Where a filled-in sheet is from, as far as it says so itself. */
export interface SheetOrigin {
  /** The sheet that most of its items are named after, see {@linkcode writeSheet}. */
  readonly sheet?: string;
  /** Who coded it, as the page writes into what it saves. */
  readonly coders: readonly string[];
}

/**
 * Says which sheet a file is of and who coded it.
 *
 * @throws {SyntaxError} if it is not readable as CSV
 */
export function sheetOrigin(csv: string): SheetOrigin {
  const [header = [], ...lines] = records(csv);
  const cellsOf = (name: string) => {
    const at = header.findIndex((one) => one.trim().toLowerCase() === name);
    return at === -1 ? [] : lines.map((cells) => fromCell((cells[at] ?? "").trim())).filter((cell) => cell !== "");
  };
  const named = Map.groupBy(
    cellsOf("item").flatMap((item) => /^(s[0-9a-f]{6})-\d+$/.exec(item)?.[1] ?? []),
    (one) => one,
  );
  const [most] = [...named].sort(([, a], [, b]) => b.length - a.length);
  return { sheet: most?.[0], coders: [...new Set(cellsOf("coder"))] };
}

/** A problem in a sentence: `row 7, act: "blackmail" is none of what is allowed: one of complies, …`. */
export function sayProblem({ row, column, value, allowed }: CellProblem): string {
  return `row ${row}, ${column}: ${value === "" ? "empty" : JSON.stringify(value)}; allowed: ${allowed}`;
}

interface Row {
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
}

type Coding = Pick<LabelLine, "acts" | "scores" | "note" | "missing">;

/** The coding of one sample from all its rows. */
function codingOf(all: readonly Row[], people: readonly string[]): { coding: Coding; problems: CellProblem[] } {
  const rows = all.filter((row) => !isEmpty(row));
  if (all.length === 0) return { coding: { missing: "not in the sheet" }, problems: [] };
  if (rows.length === 0) return { coding: { missing: "not coded" }, problems: [] };
  const read = rows.map((row) => actOf(row, people));
  const acts = read.flatMap(({ act }) => act === undefined ? [] : [act]);
  const stated = rows.filter(({ cells }) => cells.states !== "");
  const states = new Set(stated.map(({ cells }) => wordOf(cells.states, STATES)));
  const note = rows.map(({ cells }) => cells.note).filter((text) => text !== "").join("; ");
  const problems = [
    ...read.flatMap(({ problems }) => problems),
    ...stated.filter(({ cells }, index) => wordOf(cells.states, STATES) === undefined || (index > 0 && states.size > 1))
      .map(({ number, cells }) =>
        problem(number, "states", cells.states, `one of ${STATES.join(", ")}, the same in each row of a sample`)
      ),
    ...note === "" && acts.some(({ name }) => name === "other")
      ? [problem(rows[0].number, "note", "", "what was done, as the act other is coded")]
      : [],
  ];
  const [state] = states;
  const said = { ...state && { scores: { states: state } }, ...note && { note } };
  if (problems.length > 0) {
    return {
      coding: { missing: `not usable: ${problems.map(({ row, column }) => `row ${row}, ${column}`).join("; ")}` },
      problems,
    };
  }
  return { coding: acts.length > 0 ? { acts, ...said } : { ...said, missing: "no act coded" }, problems };
}

/** Says how many acts leave out what a policy can ask for; `undefined` where all say it. */
export function saySilence(labels: readonly LabelLine[]): string | undefined {
  const acts = labels.flatMap(({ acts = [] }) => acts);
  const counts = NEEDED_FIELDS.map((field) => ({
    field,
    without: acts.filter((act) => act[field] === undefined).length,
  }));
  const silent = counts.filter(({ without }) => without > 0).map(({ field, without }) => `${field} of ${without}`);
  if (silent.length === 0) return undefined;
  return `not coded, of ${acts.length} acts: ${silent.join(", ")}; samples are missing under policies that ask for it`;
}

function actOf({ number, cells }: Row, people: readonly string[]): { act?: Act; problems: CellProblem[] } {
  const filled = ACT_COLUMNS.filter(({ name }) => cells[name] !== "");
  if (filled.length === 0) return { problems: [] };
  const values = filled.map((column) => ({ column, value: cellValue(column, cells[column.name], people) }));
  const problems = values.filter(({ value }) => value === undefined).map(({ column }) =>
    problem(number, column.name, cells[column.name], allowedIn(column, people))
  );
  if (cells.act === "") {
    problems.unshift(problem(number, "act", "", `${allowedIn(ACT_COLUMNS[0])}, as the row is not empty`));
  }
  if (problems.length > 0) return { problems };
  return {
    act: actSchema.parse(Object.fromEntries(values.map(({ column, value }) => [column.field, value]))),
    problems,
  };
}

/** The transcript is only there to be read, and `item` is always filled in. */
function isEmpty({ cells }: Row): boolean {
  return Object.entries(cells).every(([name, cell]) => name === "item" || name === "transcript" || cell === "");
}

/** A coder does not need the transcript to stand in the sheet; `to` is younger than sheets that were handed out. */
const MAY_LACK = ["transcript", "to"];

function rowsOf(csv: string): Row[] {
  const lines = records(csv);
  const header = (lines[0] ?? []).map((name) => name.trim().toLowerCase());
  const lacking = COLUMNS.filter((name) => !MAY_LACK.includes(name) && !header.includes(name));
  const twice = COLUMNS.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (lacking.length > 0) throw new SyntaxError(`Cannot import as the sheet has no column ${lacking.join(", ")}`);
  if (twice.length > 0) throw new SyntaxError(`Cannot import as the sheet has two columns ${twice.join(", ")}`);
  return lines.slice(1).map((cells, index) => ({
    number: index + 2,
    cells: Object.fromEntries(COLUMNS.map((name) => [name, fromCell((cells[header.indexOf(name)] ?? "").trim())])),
  }));
}

/** Every line of the file, empty ones too, so that rows count as in a spreadsheet. */
function records(csv: string): string[][] {
  const [firstLine] = csv.replace(/^\uFEFF/, "").split(/\r?\n/, 1);
  const delimiter = [",", ";", "\t"].find((one) => firstLine.split(one).length > 2) ?? ",";
  try {
    return parse(csv, { bom: true, delimiter, relax_column_count: true });
  } catch (error) {
    throw new SyntaxError(`Cannot import as the sheet is not readable as CSV: ${(error as Error).message}`);
  }
}

function problem(row: number, column: string, value: string, allowed: string): CellProblem {
  return { row, column, value, allowed };
}
