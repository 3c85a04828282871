/**
 * Tables of words: for a paper as TeX with booktabs, for a page of text as Markdown.
 *
 * @module
 */

/** The head of a column. */
export interface TextColumn {
  /** Its text. */
  readonly heading: string;
  /** Whether its cells stand at the right. */
  readonly isNumber?: boolean;
}

/** A table whose cells are text already. */
export interface TextTable {
  /** The headings; those of numbers stand at the right. */
  readonly columns: readonly TextColumn[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** What must be said of it, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Returns the table as Markdown, each note a paragraph below it.
 *
 * @example
 * ```ts
 * import { toMarkdown } from "$lib/words/table.ts";
 * import assert from "node:assert/strict";
 *
 * const columns = [{ heading: "model" }, { heading: "rate", isNumber: true }];
 * const said = toMarkdown({ columns, rows: [["gpt_4|o", "9 %"]], notes: ["Of 100."] });
 * assert.equal(said, "| model | rate |\n| --- | ---: |\n| gpt\\_4\\|o | 9 % |\n\nOf 100.\n");
 * ```
 */
export function toMarkdown({ columns, rows, notes }: TextTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ heading }) => inMarkdown(heading))),
    line(columns.map(({ isNumber }) => isNumber ? "---:" : "---")),
    ...rows.map((row) => line(row.map(inMarkdown))),
    ...notes.flatMap((note) => ["", inMarkdown(note)]),
    "",
  ].join("\n");
}

/**
 * Returns the table as TeX: a `tabular` with the rules of booktabs, each note a comment above it.
 *
 * @example
 * ```ts
 * import { toTex } from "$lib/words/table.ts";
 * import assert from "node:assert/strict";
 *
 * const columns = [{ heading: "model" }, { heading: "rate", isNumber: true }];
 * const said = toTex({ columns, rows: [["gpt_4 & o", "−9\u00a0%"]], notes: [] });
 * assert(said.includes("\\begin{tabular}{lr}\n\\toprule\nmodel & rate \\\\\n\\midrule\n"));
 * assert(said.includes("gpt\\_4 \\& o & $-$9~\\% \\\\\n\\bottomrule"));
 * ```
 */
export function toTex({ columns, rows, notes }: TextTable): string {
  const line = (cells: readonly string[]) => `${cells.map(inTex).join(" & ")} \\\\`;
  return [
    "% needs \\usepackage{booktabs}",
    ...notes.map((note) => `% ${oneLine(note)}`),
    `\\begin{tabular}{${columns.map(({ isNumber }) => isNumber ? "r" : "l").join("")}}`,
    "\\toprule",
    line(columns.map(({ heading }) => heading)),
    "\\midrule",
    ...rows.map(line),
    "\\bottomrule",
    "\\end{tabular}",
    "",
  ].join("\n");
}

function inMarkdown(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_{}[\]<>|#~$]/g, "\\$&");
}

/** What each letter is in TeX that means something there, or that no font of it has under its own code. */
const TEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "\u00a0": "~",
  "−": "$-$",
  "–": "--",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
};

function inTex(text: string): string {
  return oneLine(text).replaceAll(/[\\~^\u00a0−–<>|"&%$#_{}]/g, (letter) => TEX[letter] ?? `\\${letter}`);
}

/** Controls and line ends would end a row, or a comment, and marks of direction turn it around. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}
