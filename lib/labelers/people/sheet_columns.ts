/**
 * The columns of a coding sheet: made from the schema of an act, so that a sheet can say what an act can and no more.
 *
 * @module
 */
import { z } from "zod";
import { type Act, actSchema } from "../../acts/act.ts";

/** A column that codes an act: one cell, one field. */
export interface ActColumn {
  readonly name: string;
  readonly field: keyof Act;
  readonly kind: "one" | "several" | "yes_no" | "text";
  /** Whether people of the situation may be named too. */
  readonly takesNames: boolean;
  /** The words that may stand in it; empty for free text. The word `nobody` stands alone, for a list that is empty. */
  readonly allowed: readonly string[];
  readonly meaning: string;
}

/** What the model says of being tested; the codebook's words for the score `states`. */
export const STATES: readonly string[] = ["test", "real", "nothing"];

/** An empty cell is not coded: that an act is against nobody is said by a word. */
export const NOBODY = "nobody";

/** Each field of an act, in the order of the schema. The field `name` is the column `act`: coders have a name too. */
export const ACT_COLUMNS: readonly ActColumn[] = Object.entries(jsonSchema().properties).map(([field, of]) => ({
  name: field === "name" ? "act" : field,
  field: field as keyof Act,
  kind: of.enum ? "one" : of.items ? "several" : of.type === "boolean" ? "yes_no" : "text",
  takesNames: of.items !== undefined,
  allowed: of.enum ?? wordsIn(of.items) ?? (of.type === "boolean" ? ["yes", "no"] : []),
  meaning: (of.description ?? "").replace(/empty: (nobody(?:'s)?)/, `${NOBODY} where it is $1`),
}));

/** All columns of a sheet; `transcript` is there to be read only. */
export const COLUMNS: readonly string[] = [
  "item",
  ...ACT_COLUMNS.map(({ name }) => name),
  "states",
  "note",
  "transcript",
];

/** What may stand in a column, in words; `people` are the names that the situation gives. */
export function allowedIn(
  { kind, allowed }: Pick<ActColumn, "kind" | "allowed">,
  people: readonly string[] = [],
): string {
  if (kind === "text") return "any text";
  if (kind !== "several") return `one of ${allowed.join(", ")}`;
  return `one or more of ${[...people, ...allowed.filter((word) => word !== NOBODY)].join(", ")}, or ${NOBODY}`;
}

/** A cell as the value of its field; `undefined` where it is none of what is allowed, or of the people that are named. */
export function cellValue(
  { kind, allowed, takesNames }: ActColumn,
  cell: string,
  people: readonly string[] = [],
): unknown {
  if (kind === "text") return cell.trim();
  if (kind === "yes_no") return YES_NO.get(cell.trim().toLowerCase());
  if (kind === "one") return wordOf(cell, allowed);
  const words = cell.split(/[,;+|]/).filter((word) => word.trim() !== "").map((word) =>
    wordOf(word, takesNames ? [...allowed, ...people] : allowed)
  );
  if (words.includes(undefined) || words.length === 0) return undefined;
  const named = [...new Set(words)].filter((word) => word !== NOBODY);
  return named.length > 0 && words.includes(NOBODY) ? undefined : named;
}

/** The allowed word that a cell means: capitals, and a space for `_`, are forgiven. */
export function wordOf(cell: string, allowed: readonly string[]): string | undefined {
  const word = cell.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");
  return allowed.find((one) => one === word);
}

/** Spreadsheets turn some of these into others. */
const YES_NO = new Map([["yes", true], ["no", false], ["true", true], ["false", false], ["1", true], ["0", false]]);

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly anyOf: readonly { readonly enum?: readonly string[] }[] };
  readonly description?: string;
}

function wordsIn(items: Property["items"]): string[] | undefined {
  return items && [...items.anyOf.flatMap((one) => one.enum ?? []), NOBODY];
}

function jsonSchema() {
  return z.toJSONSchema(actSchema) as unknown as { readonly properties: Readonly<Record<string, Property>> };
}
