/** Text that a spreadsheet would run is shown by it and not run, in every CSV that is written, and reads back as it was. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { toCsv } from "$lib/figures/csv.ts";
import { importSheet } from "$lib/labelers/people/import_sheet.ts";
import { writeSheet } from "$lib/labelers/people/sheet.ts";
import { sheetCsv } from "$lib/pages/coding/store.ts";
import { load } from "$lib/reading/load.ts";
import { fromCell, toCell } from "$lib/samples/spreadsheet_cell.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { runNamed } from "../support/label_command.ts";
import { folderOf } from "../support/temp_folder.ts";

const FORMULAS = [
  '=HYPERLINK("http://127.0.0.1:9/","x")',
  "=cmd|' /C calc'!A0",
  "+1+cmd|' /C calc'!A0",
  "-1+1",
  "- a point of a list",
  "@SUM(1,2)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  " =1+1",
  "\u200b=1+1",
  "＝1+1",
  "'=1+1",
  "''@x",
  "+3",
];
const HARMLESS = ["-1.5", "a=b", "it's", "'quoted'", "a\rb", "x@y", "−3 points"];

/** No cell that a spreadsheet runs: none begins as a formula does, but numbers. */
function assertShown(csv: string): void {
  for (const cell of parse(csv, { bom: true, relax_column_count: true }).flat()) {
    assert.doesNotMatch(cell, /^[\s\p{C}]*[=+@＝＋－＠]|^[\t\r\n]|^[\s\p{C}]*-(?!\d+(\.\d+)?$)/u);
  }
}

Deno.test("a text reads back from its cell as it was, whatever it begins with, and only what would run is marked", () => {
  const begins = ["", "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", " ", "\u0000", "\u200b", "＝", "a", "-1", "1"];
  for (const text of begins.flatMap((one) => begins.flatMap((two) => begins.map((three) => one + two + three)))) {
    assert.equal(fromCell(toCell(text)), text);
    assert.doesNotMatch(toCell(text), /^[\t\r\n]|^[\s\p{C}]*[=+@＝＋－＠]/u);
  }
  assert.deepEqual(HARMLESS.map(toCell), HARMLESS);
  assert.deepEqual(FORMULAS.map(toCell), FORMULAS.map((text) => `'${text}`));
});

Deno.test("a table runs nothing, keeps numbers, and is read back by the loader to the same names", async () => {
  const rows = [...FORMULAS, ...HARMLESS].map((text, index) => ({
    model: text,
    scenario: "s",
    "=1+1": text,
    label: "harmful",
    count: index,
    scored: 100,
    missing: 0,
    published: text,
  }));
  const csv = toCsv(rows);
  assertShown(csv);
  assert(toCsv([{ rate: -0.5, level: "-0.5" }]).endsWith("\n-0.5,-0.5\n"));
  const folder = await folderOf({ "counts.csv": csv });
  const { cells, report } = (await load([`${folder}/counts.csv`]))[0];
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(
    cells.map(({ model, condition, published, count }) => ({ model, factor: condition["=1+1"], published, count })),
    rows.map((row) => ({ model: row.model, factor: row["=1+1"], published: row.published, count: row.count })),
  );
  assert.match(report.notes![0].reason, /^apostrophes that keep a spreadsheet from running a cell are not read/);
});

Deno.test("rates --csv of hostile levels runs nothing, and a mapping reads its table back to the same levels", async () => {
  const labels = [{ labeler: "x", kind: "rule", scores: { harmful: true } }];
  const lines = FORMULAS.map((text, at) => ({
    id: `${at}`,
    model: text,
    scenario: "s",
    condition: { "@f": text },
    labels,
  }));
  const mapping = {
    records: "csv",
    id: ["model"],
    model: "model",
    scenario: { value: "s" },
    factors: { f: "@f" },
    labels: [],
  };
  const folder = await folderOf({ "samples.jsonl": lines.map((line) => JSON.stringify(line)).join("\n") });
  const { out, code } = await runNamed("rates", [folder, "--by", "model,@f", "--label", "harmful", "--csv"]);
  assert.equal(code, 0);
  assertShown(out);
  const card = {
    name: "back",
    title: "t",
    format: "mapped",
    mapping,
    files: [{ path: "rates.csv", sha256: createHash("sha256").update(out).digest("hex") }],
    labelers: {},
    cluster: "c",
    source: { url: "https://example.org", licence: "none" },
    excluded: [],
    notes: [],
  };
  const [{ samples, report }] = await load([await folderOf({ "rates.csv": out, "dataset.json": card })]);
  assert.deepEqual(report.rejected, []);
  assert.deepEqual(samples.map(({ model }) => model).sort(), [...FORMULAS].sort());
  assert.deepEqual(samples.map(({ condition }) => condition.f).sort(), [...FORMULAS].sort());
});

Deno.test("the sheet and what the page saves run nothing, and import gives the texts that were typed", () => {
  const typed = FORMULAS.map((text) => text.trim());
  const samples = samplesOf(typed.length).map((sample, at) => ({
    ...sample,
    messages: [{ role: "assistant" as const, content: typed[at] }],
  }));
  const { csv, key } = writeSheet(samples, { seed: 1 });
  assertShown(csv);
  const columns = ["item", "act", "where", "quote", "states", "note"];
  const all = parse(csv, { bom: true })[0].filter((name: string) => name !== "transcript");
  const codings = key.items.map(({ item }, at) => [item, {
    acts: [{ act: "refuses", where: typed[at], quote: typed[at] }],
    states: "",
    note: typed[at],
  }]);
  assert(columns.every((name) => all.includes(name)));
  const items = key.items.map(({ item }) => ({ item, parts: [], people: [] }));
  const page = { sheet: key.sheet, items, columns: all, acts: [], fields: [], states: [], asked: [], nobody: "nobody" };
  const saved = sheetCsv(page, Object.fromEntries(codings), "=1+1");
  assertShown(saved);
  const { labels, problems } = importSheet(saved, key, "coder:ab");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    labels.map(({ acts, note }) => [acts![0].where, acts![0].quote, note]),
    typed.map((one) => [one, one, one]),
  );
});
