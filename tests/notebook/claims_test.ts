/**
 * What the notebooks say, held against what a number can carry: a null is claimed by `equivalence` or not at all, and a
 * rate with an interval says what it is over.
 */
import assert from "node:assert/strict";
import { notebookNames, NOTEBOOKS } from "$lib/commands/join_notebooks.ts";

/** Words that claim that something is not there. *Not shown*, *not told apart* and *neither shown nor excluded* do not. */
const NULLS = [
  /\b(?:makes?|made|is|are|was|were|with) no (?:difference|effect)\b/i,
  /\b(?:has|have|had) no (?:effect|influence)\b/i,
  /\b(?:do|does|did) not (?:change|move|affect|differ|depend|raise|lower)\b/i,
  /\b(?:hardly|barely) (?:moves?|moved|changes?|changed|differs?|matters?)\b/i,
  /\bnone can (?:well )?(?:lie|be)\b/i,
  /\bnor (?:a|any) sign\b/i,
  /\b(?:just )?as often (?:as|with|without)\b/i,
  /\bthe same rate\b/i,
  /\bregardless of\b/i,
];

/** A rate with its interval, as every sentence prints it. */
const RATE = /\d+\/\d+ \([\d.]+ %, [^()]*CI[^()]*\)/g;
const OVER = / over \d+ | for this one | for these \d+ |not recorded/;

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, readonly string[] | string>> }[];
}

/** What a reader sees of a cell: its own words, or what it printed. */
function* shownBy({ cell_type, source, outputs = [] }: Cell): Generator<string> {
  if (cell_type === "markdown") yield source.join("");
  for (const { data = {} } of outputs) {
    const text = data["text/markdown"] ?? data["text/plain"] ?? [];
    yield typeof text === "string" ? text : text.join("");
  }
}

/** Each sentence of a notebook that says more than it may, with its cell. */
function overclaims(cells: readonly Cell[]): string[] {
  const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source.join("")).join("\n");
  const mayClaimNull = /\bequivalence\(/.test(code);
  return cells.flatMap((cell, index) =>
    [...shownBy(cell)].map((text) => text.replaceAll(/[\u00a0\s]+/g, " ")).flatMap((text) =>
      [
        ...(mayClaimNull ? [] : NULLS.flatMap((claim) => claim.exec(text)?.[0] ?? [])),
        ...[...text.matchAll(RATE)].map(([rate]) => rate).filter((rate) => !OVER.test(rate)),
      ].map((said) => `cell ${index}: ${said}`)
    )
  );
}

for (const name of await notebookNames()) {
  Deno.test(`${name}: no null without equivalence, no rate without what it is over`, async () => {
    const { cells } = JSON.parse(await Deno.readTextFile(`${NOTEBOOKS}${name}.ipynb`));
    assert.deepEqual(overclaims(cells), []);
  });
}

Deno.test("a null and a rate that does not say what it is over are found, in words and in outputs", () => {
  const shown = (text: string): Cell => ({
    cell_type: "code",
    source: ["x"],
    outputs: [{ data: { "text/markdown": [text] } }],
  });
  const words = (text: string): Cell => ({ cell_type: "markdown", source: [text] });
  assert.deepEqual(overclaims([words("So the wording makes\nno difference.")]), ["cell 0: makes no difference"]);
  assert.deepEqual(overclaims([words("It is not shown that the wording matters.")]), []);
  assert.deepEqual(overclaims([shown("86/100 (86 %, 95 % CI 78–91 %)")]), ["cell 0: 86/100 (86 %, 95 % CI 78–91 %)"]);
  assert.deepEqual(overclaims([shown("86/100 (86 %, 95 % CI 78–91 % for this one prompt)")]), []);
  const equal = { cell_type: "code", source: ["equivalence(a, b, margin)"] };
  assert.deepEqual(overclaims([words("It makes no difference."), equal]), []);
});
